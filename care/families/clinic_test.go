package families_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/record"
	"handrail/models"
	"handrail/models/crisisplan"
)

func goalViews(page care.Page[care.Versioned[record.GoalView]]) []record.GoalView {
	list := []record.GoalView{}
	for _, g := range page.Items {
		list = append(list, g.Value)
	}
	return list
}

// book gives the patient a visit.
func book(t *testing.T, h *caretest.Clinic, p, nurse models.Actor) {
	t.Helper()
	own := h.Chart(p, p.PatientID).Visits
	hold, err := own.Hold(t.Context(), care.NewID(), caretest.With(nurse), caretest.At(1, 10, 0))
	if err == nil {
		_, err = own.Book(t.Context(), hold.Value.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// plan gives the patient a crisis plan that holds.
func plan(t *testing.T, h *caretest.Clinic, p models.Actor) {
	t.Helper()
	own := h.Chart(p, p.PatientID).Crisis
	c := caretest.Signs("I hide")
	c.LethalMeansSafety = []crisisplan.MeansStep{{Text: "Lock box"}}
	if _, err := own.SavePlan(t.Context(), 0, c, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := own.ActivatePlan(t.Context(), 1, crisisplan.Assent{}); err != nil {
		t.Fatal(err)
	}
}
