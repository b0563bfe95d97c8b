package handoffs_test

import (
	"sync"
	"testing"

	"handrail/care"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/handoff"
)

// TestACircleOfThreeHandoffs: three people hand the patient to the next with what they lead,
// and each says yes at once. Each lead goes one step and no further, and has one owner.
func TestACircleOfThreeHandoffs(t *testing.T) {
	c := newClinic(t)
	people, activities := []models.Actor{c.doctor, c.nurse, c.lead}, []string{"sleep", "nutrition", "movement"}
	for n, who := range people {
		_, err := c.Chart(who, c.sam.PatientID).CarePlan.Change(t.Context(), careplan.Edit{Base: int64(n + 1), Reason: "We spoke about it.", Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Activity, Activity: &activities[n]}}})
		c.ok(err)
	}
	plan := func() map[string]string {
		is, err := c.Chart(c.doctor, c.sam.PatientID).CarePlan.Plan(t.Context())
		c.ok(err)
		out := map[string]string{}
		for _, i := range is.Items {
			out[i.TaskID] = i.Lead.AccountID
		}
		return out
	}
	before := plan()
	ids := make([]string, 3)
	for n, who := range people {
		for lead, owner := range before {
			if owner == who.AccountID {
				ids[n] = c.give(who, handoff.Terms{Receiver: people[(n+1)%3].AccountID, Severity: handoff.Stable, Summary: "On leave.", Leads: []string{lead}}).ID
			}
		}
	}
	if len(before) != 3 || ids[0] == "" || ids[1] == "" || ids[2] == "" {
		t.Fatalf("%v %v", before, ids)
	}
	var all sync.WaitGroup
	errs := make([]error, 3)
	for n := range 3 {
		part := c.of(people[(n+1)%3])
		all.Go(func() { _, errs[n] = part.Accept(t.Context(), ids[n], "") })
	}
	all.Wait()
	after := plan()
	for n, who := range people {
		if errs[n] != nil {
			t.Errorf("handoff %d: %v", n, errs[n])
		}
		for lead, owner := range before {
			if owner == who.AccountID && after[lead] != people[(n+1)%3].AccountID {
				t.Errorf("the lead of person %d went to %s", n, after[lead])
			}
		}
	}
}
