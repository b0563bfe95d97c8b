package fhir

import (
	"testing"
	"time"
)

// TestACarePlan holds one against the golden file and the rules: each reference that begins
// with # names what is contained (dom-3), and an activity has a detail alone (cpl-3).
func TestACarePlan(t *testing.T) {
	p := CarePlanOf(Plan{PatientID: "p1", Version: 3, ChangedAt: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC), Agreed: true, Items: []PlanItem{
		{ID: "c1", Kind: "problem", Name: "Low mood & no sleep", Domain: "psychiatric"}, {ID: "g1", Kind: "goal", Name: "Walk with my son"},
		{ID: "a1", Kind: "activity", Code: "sleep", Name: "Better sleep", Why: "I want my mornings back.", Description: "Five good nights", Status: "in-progress", StartOn: "2026-03-02",
			For: []string{"c1", "g1", "gone"}, LeadID: "doc", LeadName: "Dr. Cole"},
		{ID: "s1", Kind: "relapse-prevention-step", Name: "Call my sister", Status: "completed"}}})
	golden(t, "careplan.json", p)
	golden(t, "careplan-empty.json", CarePlanOf(Plan{PatientID: "p1", Version: 1}))
	within := map[string]bool{}
	for _, r := range p.Contained {
		switch x := r.(type) {
		case Condition:
			within["#"+x.ID] = true
		case Goal:
			within["#"+x.ID] = true
		}
	}
	d := p.Activity[0].Detail
	for _, r := range append(append(append(p.Addresses, p.Goal...), d.ReasonReference...), d.Goal...) {
		if !within[r.Reference] {
			t.Errorf("%s is not there", r.Reference)
		}
	}
	if len(d.ReasonReference) != 1 || len(d.Goal) != 1 || p.Status != "active" {
		t.Errorf("%+v", d)
	}
}
