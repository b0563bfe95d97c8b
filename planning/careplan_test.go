package planning_test

import (
	"slices"
	"testing"

	"handrail/care"
	"handrail/models/careplan"
)

// TestBothSidesHearOfTheCarePlan: the patient of a change by the team, the team of the
// patient's answer. One's own change is no news.
func TestBothSidesHearOfTheCarePlan(t *testing.T) {
	w := newPlannedClinic(t)
	add := func(base int64) careplan.Edit {
		return careplan.Edit{Base: base, Reason: "We spoke about it.", Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Step, Title: new("Call my sister")}}}
	}
	_, err := w.own().CarePlan.Change(t.Context(), add(1))
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); len(got) > 0 {
		t.Errorf("one's own change is told: %v", got)
	}
	_, err = w.Chart(w.doctor, w.sam.PatientID).CarePlan.Change(t.Context(), add(2))
	w.ok(err)
	_, err = w.own().CarePlan.Say(t.Context(), 3, true, "")
	w.ok(err)
	w.turn()
	if got := w.refs(w.sam.AccountID); !slices.Equal(got, []string{"care-plan"}) {
		t.Errorf("the patient is told of %v", got)
	}
	if got := w.refs(w.doctor.AccountID); !slices.Contains(got, "care-plan-answered") {
		t.Errorf("the team is told of %v", got)
	}
}
