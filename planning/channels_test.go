package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/models"
	"handrail/models/duty"
)

// mails gives somebody a confirmed address.
func (w *plannedClinic) mails(to models.Actor, link func() string) {
	w.t.Helper()
	w.ok(w.notify.SetEmail(w.t.Context(), to.AccountID, to.AccountID+"@clinic.example"))
	w.ok(w.notify.ConfirmEmail(w.t.Context(), link()))
}

// TestWhoHasNoOtherWayIsTold: with a mail server that does not answer any more, who has mail
// alone is not called: the next is asked at once, and who keeps the rota hears of the
// hole within minutes. An administrator whose record can't be read keeps the news from nobody.
func TestWhoHasNoOtherWayIsTold(t *testing.T) {
	w, server := mailedClinic(t)
	w.Care.Alerts.ReachedBy(w.notify.Reachable)
	w.Care.Duty.ReachedBy(w.notify.Reachable)
	cover := w.Clinician(models.DisciplineNursing, w.sam)
	others := []models.Actor{w.First(models.RoleAdministrator, ""), w.First(models.RoleAdministrator, "")}
	w.turn()
	w.mails(w.doctor, func() string { return confirmLink.FindStringSubmatch(body(t, server.Got()[0]))[1] })
	w.phone(cover)
	w.phone(w.Admin)
	_, err := w.Care.Duty.Create(t.Context(), w.Admin, care.NewID(), duty.Terms{Name: "Days", Zone: "UTC", Serves: duty.ServesCover, OnCall: true,
		Shifts: []duty.Shift{{AccountID: w.doctor.AccountID, Days: []int{1, 2, 3, 4, 5, 6, 7}, From: "00:00", To: "24:00"}}})
	w.ok(err)
	holes := func(want bool) {
		t.Helper()
		for range 3 {
			w.ok(w.Care.Duty.Follow(t.Context()))
		}
		w.turn()
		if got := slices.Contains(w.refs(w.Admin.AccountID), "duty-hole"); got != want {
			t.Errorf("told of a hole: %v, want %v", got, want)
		}
	}
	w.ok(w.notify.KeepVerdicts(t.Context()))
	holes(false)
	server.Close()
	w.spoil("notify_people", others[0].AccountID, "{")
	if _, err := w.notify.CheckChannels(t.Context()); err == nil {
		t.Error("one of them could not be told, and nobody tries again")
	}
	if got := w.refs(others[1].AccountID); !slices.Contains(got, "channel-bad") {
		t.Errorf("another administrator was told of %v", got)
	}
	holes(false) // until all instances know
	w.Clock.Move(time.Minute)
	holes(true)
	w.on()
	w.sends(map[string]any{"safety": true})
	page, err := w.Care.Alerts.Alerts(t.Context(), cover, alerts.Filter{}, "", 10)
	w.ok(err)
	if len(page.Items) != 1 || page.Items[0].Owner != cover.AccountID {
		t.Errorf("asked: %+v", page.Items)
	}
}
