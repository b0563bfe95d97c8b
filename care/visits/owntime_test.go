package visits_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// offers tells whether a search of the patient's finds a time.
func (v *clinic) offers(t *testing.T, at time.Time, instead string) bool {
	t.Helper()
	page, err := v.own.Visits.Slots(t.Context(), visits.SlotQuestion{Ask: caretest.With(v.one), From: at, To: at.Add(time.Hour), Instead: instead, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(page.Items, func(s schedule.Slot) bool { return s.Start.Equal(at) })
}

// Whoever looks at other times while one is held for them can still take that one.
func TestOnesOwnHoldIsNotInTheWay(t *testing.T) {
	v, at := openClinic(t), caretest.At(3, 10, 0)
	id := care.NewID()
	must[care.Versioned[visits.VisitView]](t)(v.own.Visits.Hold(t.Context(), id, caretest.With(v.one), at))
	if !v.offers(t, at, "") || !v.offers(t, at.Add(30*time.Minute), "") {
		t.Error("the hold hides its own time")
	}
	must[care.Versioned[visits.VisitView]](t)(v.own.Visits.Hold(t.Context(), care.NewID(), caretest.With(v.one), at))
	id = must[care.Versioned[visits.VisitView]](t)(v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), caretest.At(3, 14, 0))).Value.ID
	if v.offers(t, caretest.At(3, 14, 0), "") {
		t.Error("a booked time is offered again")
	}
	if !v.offers(t, caretest.At(3, 14, 30), id) {
		t.Error("a visit that is to be moved stands in its own way")
	}
}

// Naming somebody else's visit tells nothing and frees nothing.
func TestAnothersVisitIsNotInTheSearch(t *testing.T) {
	v := openClinic(t)
	other := v.Patient()
	theirs, at := v.Chart(other, other.PatientID), caretest.At(4, 9, 0)
	_, err := theirs.Visits.Slots(t.Context(), visits.SlotQuestion{Ask: caretest.With(v.one), From: at, To: at.Add(time.Hour), Limit: 1,
		Instead: must[care.Versioned[visits.VisitView]](t)(v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), at)).Value.ID})
	caretest.WantKind(t, err, models.KindNotFound, models.NotFound().Code)
}
