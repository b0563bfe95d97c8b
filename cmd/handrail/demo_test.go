package main

import (
	"slices"
	"testing"
	"time"

	"handrail/care/caretest/instants"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// The demo has a visit that begins within the half hour, whenever it is started. In the
// night in which clocks show an hour twice it may have begun, or be half an hour later.
func TestTheDemoHasAVisitSoonAtAnyHour(t *testing.T) {
	t.Parallel()
	var starts []time.Time
	for _, i := range append([]instants.Instant{instants.Usual}, instants.Hard...) {
		starts = append(starts, i.At)
	}
	change := time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC) // the clocks of New York go back
	for minutes := -50; minutes <= 70; minutes += 40 {
		starts = append(starts, change.Add(time.Duration(minutes)*time.Minute))
	}
	for _, at := range starts {
		s, _, err := readSettings([]string{"--data", t.TempDir(), "--zone", demoSettings["ZONE"]}, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.now = func() time.Time { return at }
		people, err := fillDemo(t.Context(), s)
		if err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		h, err := openInstance(t.Context(), s.storage, s.care(), false)
		if err != nil {
			t.Fatal(err)
		}
		soon := slices.ContainsFunc(visitsOf(t, h, people[maya]), func(v visits.VisitView) bool {
			return v.Status != schedule.Cancelled && v.End.After(at.Add(15*time.Minute)) && v.Start.Sub(at) <= time.Hour
		})
		if err := h.close(); err != nil || !soon {
			t.Errorf("started at %s: a visit soon %v, %v", at, soon, err)
		}
	}
}

func visitsOf(t *testing.T, h *instance, a models.Account) (all []visits.VisitView) {
	t.Helper()
	ch, err := h.care.Open(t.Context(), models.Actor{AccountID: a.ID, Role: a.Role, PatientID: a.PatientID, Name: a.Name}, a.PatientID, models.PurposeOf(a.Role))
	if err != nil {
		t.Fatal(err)
	}
	page, err := ch.Visits.Visits(t.Context(), visits.VisitList{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range page.Items {
		all = append(all, v.Value)
	}
	return all
}
