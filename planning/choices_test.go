package planning_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// TestEveryChoiceOfThePromisesIsRead walks what the consent form can offer for a
// supporter, and fails for a choice that changes nothing.
func TestEveryChoiceOfThePromisesIsRead(t *testing.T) {
	kept := map[models.Scope]bool{models.ScopeCallForHelp: true, models.ScopeMedicineReminders: true} // by what follows
	for _, s := range models.SupporterPromises {
		if !kept[s] || slices.Contains(models.WithdrawnScopes, s) {
			t.Errorf("%s: nothing here keeps it, or it has the name of a promise that was not kept", s)
		}
	}
	for _, way := range models.CallWays {
		if steps := notify.StepsOf(way); len(steps) != 1 || !slices.Contains(reminder.Steps, steps[0]) {
			t.Errorf("%s goes out by %v", way, steps)
		}
	}
	type when struct{ alert, asked, late int }
	want := map[models.CallRule]when{models.CallAtOnce: {1, 1, 1}, models.CallTeamAsks: {0, 1, 1}, models.CallNoContact: {0, 0, 1}}
	for _, rule := range models.CallRules {
		t.Run(string(rule), func(t *testing.T) {
			w := newPlannedClinic(t)
			w.alertsOn()
			mother := w.Supporter(w.sam)
			w.phone(mother)
			w.promise(mother, w.callBy(rule, models.Wordings[0]), nil)
			var got when
			id := w.unsafe()
			w.turn()
			got.alert = len(w.helpCalls(mother))
			if rule == models.CallTeamAsks {
				_, err := w.Care.Promises.Ask(t.Context(), w.doctor, id, mother.AccountID)
				w.ok(err)
				w.turn()
			}
			got.asked = len(w.helpCalls(mother))
			for range 40 {
				w.Clock.Move(10 * time.Minute)
				w.ok(w.Care.Alerts.Follow(t.Context()))
				w.turn()
			}
			got.late = len(w.helpCalls(mother))
			if got != want[rule] {
				t.Errorf("%+v, want %+v", got, want[rule])
			}
		})
	}
	for _, after := range models.AfterMinutes {
		t.Run(fmt.Sprint(after), func(t *testing.T) {
			w := newPlannedClinic(t)
			mother := w.Supporter(w.sam)
			w.phone(mother)
			m, err := w.own().Record.MedicineTimes(t.Context())
			w.ok(err)
			m.Value.Items = []reminder.Medicine{{ID: "m1", Policy: reminder.Home, Times: []string{"09:00"}}}
			_, err = w.own().Record.SetMedicineTimes(t.Context(), m.Version, m.Value)
			w.ok(err)
			w.promise(mother, nil, &models.MedicineReminders{Way: models.WayPush, AfterMinutes: after})
			w.turn()
			if got := w.coming(mother, reminder.MedicineTime); len(got) == 0 || !got[0].At.Equal(w.next(9).Add(time.Duration(after)*time.Minute)) {
				t.Errorf("%+v", got)
			}
		})
	}
	w := newPlannedClinic(t)
	for _, language := range []string{"en", "es", "ar"} {
		said := map[string]bool{}
		for _, x := range w.notify.Wordings() {
			if x.Language == language && slices.Contains(models.Wordings, x.Code) {
				said[x.Text] = true
			}
		}
		if len(said) != len(models.Wordings) {
			t.Errorf("%s: %d sentences for %d choices", language, len(said), len(models.Wordings))
		}
	}
}
