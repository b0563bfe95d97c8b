package visits_test

import (
	"errors"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// mondays asks for a weekly talk at ten, over the change of the clocks on 8 March.
func (v *clinic) mondays(n string) visits.SeriesAsk {
	return visits.SeriesAsk{Visit: caretest.With(v.one), Start: caretest.At(1, 10, 0), RRule: "FREQ=WEEKLY;COUNT=" + n}
}

// told are the visits of a series that stand, on the clinic's clock.
func told(t *testing.T, s visits.SeriesView) string {
	t.Helper()
	zone, err := time.LoadLocation(caretest.Site.Zone)
	if err != nil {
		t.Fatal(err)
	}
	var out string
	for _, v := range s.Visits {
		if v.Status != schedule.Cancelled {
			out += v.Start.In(zone).Format("02 15:04, ")
		}
	}
	return out
}

func TestASeriesIsBookedOnTheWallClock(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.SeriesView]](t)
	id := care.NewID()
	got := view(v.own.Visits.BookSeries(t.Context(), id, v.mondays("4")))
	if told(t, got.Value) != "03 10:00, 10 10:00, 17 10:00, 24 10:00, " {
		t.Errorf("booked: %s", told(t, got.Value))
	}
	if got.Value.Visits[0].Start.Hour() != 15 || got.Value.Visits[1].Start.Hour() != 14 {
		t.Error("ten did not stay ten over the change of the clocks")
	}
	if again := view(v.own.Visits.BookSeries(t.Context(), id, v.mondays("4"))); again.Version != got.Version {
		t.Error("the same call made another series")
	}
	_, err := v.own.Visits.BookSeries(t.Context(), id, v.mondays("3"))
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	v.whole(t, 8)
}

func TestASeriesIsBookedWholeOrNotAtAll(t *testing.T) {
	v := openClinic(t)
	if _, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), caretest.At(8, 10, 0)); err != nil {
		t.Fatal(err)
	}
	ask := v.mondays("3")
	_, err := v.own.Visits.BookSeries(t.Context(), care.NewID(), ask)
	caretest.WantKind(t, err, models.KindConflict, "time-not-possible")
	why, ok := errors.AsType[*visits.NotPossible](err)
	if !ok || len(why.Visits) != 1 || why.Visits[0].RecurrenceID != "2026-03-10T10:00:00" || len(why.Visits[0].Alternatives) == 0 {
		t.Fatalf("refused: %+v", why)
	}
	v.whole(t, 2)
	plan, err := v.own.Visits.PreviewSeries(t.Context(), ask)
	if err != nil || len(plan) != 3 || len(plan[1].Conflicts) == 0 || len(plan[0].Conflicts)+len(plan[2].Conflicts) > 0 {
		t.Fatalf("plan: %+v, %v", plan, err)
	}
	later := caretest.At(9, 13, 0)
	ask.Changes = []visits.SeriesChange{{RecurrenceID: why.Visits[0].RecurrenceID, Start: &later}, {RecurrenceID: "2026-03-17T10:00:00"}}
	got, err := v.own.Visits.BookSeries(t.Context(), care.NewID(), ask)
	if err != nil || told(t, got.Value) != "03 10:00, 11 13:00, " {
		t.Errorf("with changes: %s, %v", told(t, got.Value), err)
	}
	v.whole(t, 6)
}

func TestTheRestOfASeriesMovesAndWhatWasAgreedForOneStays(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.SeriesView]](t)
	id := care.NewID()
	got := view(v.own.Visits.BookSeries(t.Context(), id, v.mondays("5")))
	fourth := got.Value.Visits[3]
	if _, err := v.own.Visits.Reschedule(t.Context(), fourth.ID, 1, caretest.At(23, 15, 0)); err != nil {
		t.Fatal(err)
	}
	// Half an hour later: the new times overlap the old ones.
	moved := view(v.own.Visits.MoveRest(t.Context(), id, got.Version, got.Value.Visits[1].RecurrenceID, caretest.At(8, 10, 30)))
	if told(t, moved.Value) != "03 10:00, 10 10:30, 17 10:30, 25 15:00, 31 10:30, " {
		t.Errorf("moved: %s", told(t, moved.Value))
	}
	// A week later: each takes the place that the next one leaves.
	moved = view(v.own.Visits.MoveRest(t.Context(), id, moved.Version, got.Value.Visits[1].RecurrenceID, caretest.At(15, 10, 30)))
	if told(t, moved.Value) != "03 10:00, 17 10:30, 24 10:30, 25 15:00, 07 10:30, " {
		t.Errorf("moved by a week: %s", told(t, moved.Value))
	}
	v.whole(t, 10)
}

func TestTheRestOfASeriesIsCalledOff(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.SeriesView]](t)
	id := care.NewID()
	got := view(v.own.Visits.BookSeries(t.Context(), id, v.mondays("4")))
	_, err := v.own.Visits.CancelRest(t.Context(), id, got.Version, got.Value.Visits[2].RecurrenceID, "prov")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = v.own.Visits.CancelRest(t.Context(), id, got.Version+1, got.Value.Visits[2].RecurrenceID, "pat")
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	left := view(v.own.Visits.CancelRest(t.Context(), id, got.Version, got.Value.Visits[2].RecurrenceID, "pat"))
	if told(t, left.Value) != "03 10:00, 10 10:00, " {
		t.Errorf("left: %s", told(t, left.Value))
	}
	_, err = v.own.Visits.CancelRest(t.Context(), id, left.Version, got.Value.Visits[2].RecurrenceID, "pat")
	caretest.WantKind(t, err, models.KindConflict, "nothing-to-change")
	v.whole(t, 4)
}

func TestASeriesOfSomebodyElseIsNotThere(t *testing.T) {
	v := openClinic(t)
	got, err := v.own.Visits.BookSeries(t.Context(), care.NewID(), v.mondays("2"))
	if err != nil {
		t.Fatal(err)
	}
	friend := v.Clinic.Patient()
	_, err = v.Chart(friend, friend.PatientID).Visits.ReadSeries(t.Context(), got.Value.ID)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

func TestSeriesThatAreNone(t *testing.T) {
	v := openClinic(t)
	for name, c := range map[string]struct {
		change func(*visits.SeriesAsk)
		field  string
	}{
		"endless":        {func(a *visits.SeriesAsk) { a.RRule = "FREQ=WEEKLY" }, "rrule"},
		"each second":    {func(a *visits.SeriesAsk) { a.RRule = "FREQ=SECONDLY;COUNT=3" }, "rrule"},
		"millions":       {func(a *visits.SeriesAsk) { a.RRule = "FREQ=DAILY;COUNT=3000000" }, "rrule"},
		"no zone":        {func(a *visits.SeriesAsk) { a.Zone = "Mars/Olympus" }, "zone"},
		"unknown change": {func(a *visits.SeriesAsk) { a.Changes = []visits.SeriesChange{{RecurrenceID: "2026-03-04T10:00:00"}} }, "recurrenceId"},
		"two on one day": {func(a *visits.SeriesAsk) {
			at := caretest.At(1, 14, 0)
			a.Changes = []visits.SeriesChange{{RecurrenceID: "2026-03-10T10:00:00", Start: &at}}
		}, "changes"},
		"nothing is left": {func(a *visits.SeriesAsk) {
			a.Changes = []visits.SeriesChange{{RecurrenceID: "2026-03-03T10:00:00"}, {RecurrenceID: "2026-03-10T10:00:00"}}
		}, "changes"},
	} {
		ask := v.mondays("2")
		c.change(&ask)
		_, err := v.own.Visits.BookSeries(t.Context(), care.NewID(), ask)
		if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.KindInvalid || len(e.Fields) == 0 || e.Fields[0].Field != c.field {
			t.Errorf("%s: %+v", name, err)
		}
	}
	v.whole(t, 0)
}
