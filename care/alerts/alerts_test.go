package alerts_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/care/caretest/rounds"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
)

// on turns alerts on, day and night, with an administrator as the fail-safe.
func on(t *testing.T, h *caretest.Clinic) {
	t.Helper()
	hours := risk.Hours{Zone: "America/New_York"}
	for day := 1; day <= 7; day++ {
		hours.Windows = append(hours.Windows, risk.Window{Day: day, From: "00:00", To: "24:00"})
	}
	v, err := h.Care.Alerts.Settings(t.Context(), h.Admin)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = h.Care.Alerts.Set(t.Context(), h.Admin, v.Version, alerts.Terms{Hours: hours, FailSafe: h.Admin.AccountID, Confirmed: true}); err != nil {
		t.Fatal(err)
	}
}

func unsafe(h *caretest.Clinic, c *care.Care, p models.Actor) error {
	ch, err := c.Open(context.Background(), p, p.PatientID, models.PurposeSelf)
	if err != nil {
		return err
	}
	_, err = ch.Record.SendCheckIn(context.Background(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(),
		Zone: "America/New_York", Answers: map[string]any{"mood": 3.0, "safety": true}})
	return err
}

func work(t *testing.T, h *caretest.Clinic, who models.Actor) []alerts.Work {
	t.Helper()
	w, err := h.Care.Alerts.Worklist(t.Context(), who, func(string) error { return nil }, func(all []alerts.Work) ([]alerts.Work, error) { return all, nil })
	if err != nil {
		t.Fatal(err)
	}
	return w.Items
}

// always shows a state, whichever it is.
func always(string) error { return nil }

// must gives the value of a call that may not fail.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// TestAnUnsafeAnswerHasAnOwner: from the batch of the check-in on, through the levels,
// to the outcome; and the patient reads who has read it.
func TestAnUnsafeAnswerHasAnOwner(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	if got := work(t, h, nurse); len(got) != 1 || got[0].Kind != "check-in" || got[0].Tier != checkin.Urgent || got[0].CheckIn == nil {
		t.Fatalf("before alerts are on: %+v", got)
	}
	on(t, h)
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	got := work(t, h, nurse)
	if len(got) != 2 || got[0].Kind != "alert" || len(got[0].CheckIns) != 1 || !got[0].Alert.Mine || got[0].Alert.Status != risk.Notified || len(got[0].Alert.Evidence) != 1 {
		t.Fatalf("%+v", got)
	}
	id := got[0].ID
	if others := work(t, h, doctor); len(others) != 2 {
		t.Fatalf("the alert has two owners: %+v", others)
	}
	h.Clock.Move(31 * time.Minute)
	for range 5 {
		if err := h.Care.Alerts.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	v := must(h.Care.Alerts.Alert(t.Context(), doctor, id, always))(t)
	if v.Owner != doctor.AccountID || v.Level != risk.LevelCover {
		t.Fatalf("nobody was asked next: %+v", v)
	}
	late := must(h.Care.Alerts.Acknowledge(t.Context(), nurse, id))(t)
	if late.Owner != doctor.AccountID || late.Status != risk.Notified {
		t.Fatalf("a late answer took it back: %+v", late)
	}
	if done := must(h.Care.Alerts.Acknowledge(t.Context(), doctor, id))(t); done.Status != risk.Acknowledged {
		t.Fatalf("%+v", done)
	}
	list, err := h.Chart(p, p.PatientID).Record.CheckIns(t.Context(), "", 10)
	if err != nil || list.Items[0].Read == nil || list.Items[0].Read.Name != doctor.Name || list.Items[1].Read != nil || len(list.Items[0].Signals) != 0 {
		t.Fatalf("the patient reads %+v %v", list.Items, err)
	}
	if _, err := h.Care.Alerts.Record(t.Context(), nurse, id, risk.Ending{Status: risk.Resolved, Code: "reached-safe"}); models.KindOf(err) != models.KindConflict {
		t.Fatalf("somebody else's outcome: %v", err)
	}
	if end := must(h.Care.Alerts.Record(t.Context(), doctor, id, risk.Ending{Status: risk.Resolved, Code: "reached-safe"}))(t); end.Status != risk.Resolved {
		t.Fatalf("%+v", end)
	}
	if left := work(t, h, doctor); len(left) != 1 || left[0].Kind != "check-in" {
		t.Fatalf("%+v", left)
	}
}

// TestWhoMaySee: the patient, strangers and supporters know of no alert; the fail-safe
// knows that somebody needs attention, and not why.
func TestWhoMaySee(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	on(t, h)
	if err := unsafe(h, h.Care, p); err != nil { // nobody is on the team
		t.Fatal(err)
	}
	got := work(t, h, h.Admin)
	if len(got) != 2 || got[0].Kind != "alert" || got[0].Alert.Whole || len(got[0].Alert.Evidence) != 0 || got[0].Alert.Rule != "" || got[1].CheckIn != nil {
		t.Fatalf("%+v", got)
	}
	for _, s := range got[0].Alert.History {
		if strings.HasPrefix(s.Code, "R-") {
			t.Errorf("the history says why: %+v", s)
		}
	}
	id := got[0].ID
	for name, who := range map[string]models.Actor{"patient": p, "stranger": h.Clinician(models.DisciplineTherapy), "supporter": h.Supporter(p)} {
		if _, err := h.Care.Alerts.Alert(t.Context(), who, id, always); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Care.Alerts.Alert(t.Context(), h.Admin, care.NewID(), always); models.KindOf(err) != models.KindNotFound {
		t.Error(err)
	}
}

// TestAnOwnerWhoIsGone: what is theirs goes to the next who may see it.
func TestAnOwnerWhoIsGone(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	on(t, h)
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	id := work(t, h, nurse)[0].ID
	must(h.Care.Alerts.Acknowledge(t.Context(), nurse, id))(t)
	if err := h.Chart(h.Admin, p.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, nurse.AccountID); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Alerts.Recheck(t.Context(), p.PatientID); err != nil {
		t.Fatal(err)
	}
	if v := must(h.Care.Alerts.Alert(t.Context(), doctor, id, always))(t); v.Owner != doctor.AccountID || v.Status != risk.Notified {
		t.Fatalf("%+v", v)
	}
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, doctor.AccountID, true); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Alerts.RecheckOwner(t.Context(), doctor.AccountID); err != nil {
		t.Fatal(err)
	}
	if v := must(h.Care.Alerts.Alert(t.Context(), h.Admin, id, always))(t); v.Owner != h.Admin.AccountID {
		t.Fatalf("%+v", v)
	}
}

// TestMarkedRead: once, for the whole team; several at once only without a signal.
func TestMarkedRead(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	calm := care.NewID()
	if _, err := h.Chart(p, p.PatientID).Record.SendCheckIn(t.Context(), calm, checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(), Zone: "UTC", Answers: map[string]any{"mood": 5.0, "safety": false}}); err != nil {
		t.Fatal(err)
	}
	got := work(t, h, nurse)
	if len(got) != 2 || got[0].Tier != checkin.Urgent || got[1].ID != calm {
		t.Fatalf("%+v", got)
	}
	part := h.Chart(nurse, p.PatientID).Alerts
	if err := part.MarkRead(t.Context(), []string{got[0].ID, calm}); models.KindOf(err) != models.KindConflict {
		t.Fatalf("a signal among several: %v", err)
	}
	for range 2 {
		if err := part.MarkRead(t.Context(), []string{got[0].ID}); err != nil {
			t.Fatal(err)
		}
	}
	if left := work(t, h, doctor); len(left) != 1 || left[0].ID != calm {
		t.Fatalf("%+v", left)
	}
}

// TestOneOwnerWhateverHappensTogether: three instances over one store acknowledge,
// resolve, hand over, escalate and take check-ins at the same time.
func TestOneOwnerWhateverHappensTogether(t *testing.T) {
	for seed := range uint64(rounds.Of(3, 200)) {
		h := caretest.New(t)
		p := h.Patient()
		people := []models.Actor{h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p), h.Admin}
		on(t, h)
		instances := []*care.Care{h.Care, h.Instance(), h.Instance()}
		if err := unsafe(h, h.Care, p); err != nil {
			t.Fatal(err)
		}
		var id string
		for _, w := range work(t, h, people[0]) {
			if w.Kind == "alert" {
				id = w.ID
			}
		}
		for range 6 {
			var together sync.WaitGroup
			for k, c := range instances {
				r := rand.New(rand.NewPCG(seed, uint64(k)+uint64(h.Clock.Now().Unix())))
				together.Go(func() {
					who, err := people[r.IntN(3)], error(nil)
					switch r.IntN(6) {
					case 0:
						_, err = c.Alerts.Acknowledge(context.Background(), who, id)
					case 1:
						_, err = c.Alerts.Record(context.Background(), who, id, risk.Ending{Status: risk.Resolved, Code: "reached-safe"})
					case 2:
						_, err = c.Alerts.HandOver(context.Background(), who, id, people[r.IntN(3)].AccountID)
					case 3:
						err = unsafe(h, c, p)
					default:
						err = c.Alerts.Follow(context.Background())
					}
					if k := models.KindOf(err); err != nil && k != models.KindConflict && k != models.KindForbidden {
						t.Error(err)
					}
				})
			}
			together.Wait()
			a := must(h.Care.Alerts.Alert(t.Context(), h.Admin, id, always))(t).Alert
			if err := whole(a); err != nil {
				t.Fatalf("seed %d: %v: %+v", seed, err, a)
			}
			h.Clock.Move(time.Duration(5+seed%30) * time.Minute)
		}
	}
}

// whole holds what is true of every alert: one level at a time, and no call of the
// acknowledge chain after it was acknowledged.
func whole(a risk.Alert) error {
	if a.Owner == "" || a.Due().IsZero() != a.Status.Ended() {
		return errors.New("no owner or no timer")
	}
	answered := false
	for _, s := range a.History {
		switch s.What {
		case risk.DidAcknowledge:
			answered = true
		case risk.DidReopen, risk.DidMiss, risk.DidMove, risk.DidHandOver:
			answered = false
		case risk.DidAsk, risk.DidRepeat, risk.DidUnanswer:
			if answered {
				return fmt.Errorf("called at %s after it was acknowledged", s.At)
			}
		}
	}
	return nil
}
