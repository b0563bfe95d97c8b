package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/notify"
)

// TestWhatConcernsTheNightIsToldInIt: of what the team changes at 23:00, all that is
// about the quiet hours (22:00 to 08:00) or the two hours after them is said at once,
// by the old start or the new one. All else, and what the patient did, waits for 08:00.
func TestWhatConcernsTheNightIsToldInIt(t *testing.T) {
	day2 := func(hour, minute int) time.Time { return caretest.At(2, hour, minute) }
	for _, tt := range []struct {
		name     string
		was, now time.Time // zero: not booked before; called off
		own      bool
		waits    bool
	}{
		{name: "moved away from the early morning", was: day2(7, 30), now: day2(16, 0)},
		{name: "moved into the early morning", was: day2(16, 0), now: day2(7, 30)},
		{name: "moved to right after the quiet", was: day2(16, 0), now: day2(8, 30)},
		{name: "moved away from right after it", was: day2(9, 0), now: caretest.At(6, 9, 0)},
		{name: "moved to another day at that hour", was: day2(7, 30), now: caretest.At(5, 7, 30)},
		{name: "called off right after it", was: day2(8, 30)},
		{name: "called off before its end", was: day2(7, 30)},
		{name: "booked for before its end", now: day2(7, 0)},
		{name: "booked for right after it", now: day2(8, 30)},
		{name: "moved in the afternoon", was: day2(14, 0), now: day2(16, 0), waits: true},
		{name: "called off in the afternoon", was: day2(14, 0), waits: true},
		{name: "booked for the afternoon", now: day2(14, 0), waits: true},
		{name: "moved by the patient", was: day2(9, 0), now: day2(16, 0), own: true, waits: true},
		{name: "booked by the patient", now: day2(9, 0), own: true, waits: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newPlannedClinic(t)
			early := caretest.Daily()
			early.Hours[0].Start = "2026-03-01T07:00:00"
			_, err := w.Care.Visits.SetAvailability(t.Context(), w.Admin, w.doctor.AccountID, 2, early)
			w.ok(err)
			var v care.Versioned[visits.VisitView]
			if !tt.was.IsZero() {
				v = w.book(tt.was)
			}
			w.turn()
			w.Clock.Set(caretest.At(1, 23, 0))
			_, err = w.notify.Drain(t.Context())
			w.ok(err)
			before := w.entries()
			chart := w.Chart(w.doctor, w.sam.PatientID)
			if tt.own {
				chart = w.own()
			}
			switch {
			case tt.was.IsZero():
				v, err = chart.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(w.doctor), tt.now)
			case tt.now.IsZero():
				v, err = chart.Visits.CancelVisit(t.Context(), v.Value.ID, v.Version, "prov")
			default:
				v, err = chart.Visits.Reschedule(t.Context(), v.Value.ID, v.Version, tt.now)
			}
			w.ok(err)
			w.turn()
			_, err = w.notify.Drain(t.Context())
			w.ok(err)
			fresh := slices.DeleteFunc(w.entries(), func(i notify.Item) bool {
				return slices.ContainsFunc(before, func(b notify.Item) bool { return b.ID == i.ID })
			})
			if len(fresh) != 1 || fresh[0].Missed {
				t.Fatalf("in the inbox: %+v", fresh)
			}
			trail, err := w.notify.TrailOf(t.Context(), w.sam.AccountID, fresh[0].ID)
			w.ok(err)
			if waits := trail.State == notify.StatePlanned; waits != tt.waits {
				t.Errorf("waits for the morning: %t; %+v", waits, trail)
			}
		})
	}
}

// TestARestOfASeriesMovedAtNightIsToldInIt: the first of the visits that move is early.
func TestARestOfASeriesMovedAtNightIsToldInIt(t *testing.T) {
	w := newPlannedClinic(t)
	w.Clock.Set(caretest.At(1, 12, 0))
	ask := visits.SeriesAsk{Visit: caretest.With(w.doctor), Start: caretest.At(2, 9, 0), RRule: "FREQ=WEEKLY;COUNT=3"}
	series, err := w.own().Visits.BookSeries(t.Context(), care.NewID(), ask)
	w.ok(err)
	w.turn()
	w.Clock.Set(caretest.At(1, 23, 0))
	_, err = w.notify.Drain(t.Context())
	w.ok(err)
	before := len(w.entries())
	_, err = w.Chart(w.doctor, w.sam.PatientID).Visits.MoveRest(t.Context(), series.Value.ID, series.Version, series.Value.Visits[0].RecurrenceID, caretest.At(2, 16, 0))
	w.ok(err)
	w.turn()
	_, err = w.notify.Drain(t.Context())
	w.ok(err)
	now := w.entries()
	if len(now) != before+1 {
		t.Fatalf("%d entries before, now %+v", before, now)
	}
	trail, err := w.notify.TrailOf(t.Context(), w.sam.AccountID, now[0].ID)
	w.ok(err)
	if trail.State == notify.StatePlanned {
		t.Errorf("it waits for the morning: %+v", trail)
	}
}

// entries are all of the inbox of the patient.
func (w *plannedClinic) entries() []notify.Item {
	w.t.Helper()
	page, err := w.notify.Inbox(w.t.Context(), w.sam.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	return page.Items
}
