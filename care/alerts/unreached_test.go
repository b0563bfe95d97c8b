package alerts_test

import (
	"context"
	"testing"
	"time"

	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/risk"
)

// TestAnAlertHandedToSomebodyWhomNothingReaches: who hands it over reads so at once, and the
// office; the colleague may answer, and else the next is asked after a third of the time.
func TestAnAlertHandedToSomebodyWhomNothingReaches(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	on(t, h)
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	id := work(t, h, nurse)[0].ID
	h.Care.Alerts.ReachedBy(func(_ context.Context, account string) (bool, error) { return account != doctor.AccountID, nil })
	owner := must(h.Care.Alerts.Alert(t.Context(), nurse, id, always))(t).Owner
	from, to := nurse, doctor
	if owner != nurse.AccountID {
		t.Fatalf("it is %s's", owner)
	}
	v := must(h.Care.Alerts.HandOver(t.Context(), from, id, to.AccountID))(t)
	if !v.Unreachable || v.Owner != to.AccountID {
		t.Errorf("who hands over reads %+v", v)
	}
	if v := must(h.Care.Alerts.Alert(t.Context(), to, id, always))(t); v.Unreachable {
		t.Error("the colleague reads that they can't be")
	}
	h.Clock.Move(11 * time.Minute)
	if err := h.Care.Alerts.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	v = must(h.Care.Alerts.Alert(t.Context(), nurse, id, always))(t)
	if v.Owner == to.AccountID || v.Unreachable {
		t.Errorf("after a third of the time it is still theirs: %+v", v.History)
	}
	holes := 0
	for _, s := range v.History {
		if s.What == risk.DidHole && s.Who == to.AccountID {
			holes++
		}
	}
	if holes == 0 {
		t.Error("no hole was noted")
	}
}
