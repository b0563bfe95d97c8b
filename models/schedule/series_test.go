package schedule

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// weekly is Mondays at 09:00 in New York, over the change of clocks on 8 March 2026.
func weeklySeries(n int) Series {
	return Series{ID: "s", Zone: "America/New_York", Start: "2026-02-23T09:00:00", Minutes: 50, RRule: fmt.Sprintf("FREQ=WEEKLY;COUNT=%d", n)}
}

// told writes a series as "RECURRENCE-ID: start in UTC, minutes".
func told(t testing.TB, s Series) []string {
	t.Helper()
	all, err := s.Expand()
	if err != nil {
		t.Fatal(err, fields(err))
	}
	var out []string
	for _, o := range all {
		text := fmt.Sprintf("%s: %s %d", o.RecurrenceID[5:10], o.Span.Start().Format("01-02T15:04Z"), (o.Span.To-o.Span.From)/60)
		if o.Cancelled {
			text += " cancelled"
		}
		out = append(out, text)
	}
	return out
}

func TestSeries(t *testing.T) {
	edit := func(s Series, f func(Series) (Series, error)) Series {
		next, err := f(s)
		if err != nil {
			t.Fatal(err, fields(err))
		}
		return next
	}
	one := func(id string, e Edit) func(Series) (Series, error) {
		return func(s Series) (Series, error) { return s.EditOne(id, e) }
	}
	rest := func(id string, e Edit) func(Series) (Series, error) {
		return func(s Series) (Series, error) { return s.EditRest(id, e) }
	}
	w := weeklySeries(4)
	const second, third = "2026-03-02T09:00:00", "2026-03-09T09:00:00"
	for name, c := range map[string]struct {
		s    Series
		want []string
	}{
		"weekly stays at 09:00": {w, []string{"02-23: 02-23T14:00Z 50", "03-02: 03-02T14:00Z 50", "03-09: 03-09T13:00Z 50", "03-16: 03-16T13:00Z 50"}},
		"one is moved":          {edit(w, one(second, Edit{Start: "2026-03-03T11:00:00"})), []string{"02-23: 02-23T14:00Z 50", "03-02: 03-03T16:00Z 50", "03-09: 03-09T13:00Z 50", "03-16: 03-16T13:00Z 50"}},
		"one is cancelled":      {edit(w, one(second, Edit{Cancelled: true})), []string{"02-23: 02-23T14:00Z 50", "03-02: 03-02T14:00Z 50 cancelled", "03-09: 03-09T13:00Z 50", "03-16: 03-16T13:00Z 50"}},
		"the rest moves by a day and two hours, on the wall": {edit(w, rest(second, Edit{Start: "2026-03-03T11:00:00"})),
			[]string{"02-23: 02-23T14:00Z 50", "03-02: 03-03T16:00Z 50", "03-09: 03-10T15:00Z 50", "03-16: 03-17T15:00Z 50"}},
		"the rest gets longer":                 {edit(w, rest(third, Edit{Minutes: 80})), []string{"02-23: 02-23T14:00Z 50", "03-02: 03-02T14:00Z 50", "03-09: 03-09T13:00Z 80", "03-16: 03-16T13:00Z 80"}},
		"the rest is cancelled":                {edit(w, rest(third, Edit{Cancelled: true})), []string{"02-23: 02-23T14:00Z 50", "03-02: 03-02T14:00Z 50", "03-09: 03-09T13:00Z 50 cancelled", "03-16: 03-16T13:00Z 50 cancelled"}},
		"moved, then longer: both hold":        {edit(edit(w, rest(second, Edit{Start: "2026-03-02T10:00:00"})), rest(third, Edit{Minutes: 30})), []string{"02-23: 02-23T14:00Z 50", "03-02: 03-02T15:00Z 50", "03-09: 03-09T14:00Z 30", "03-16: 03-16T14:00Z 30"}},
		"an earlier rest replaces a later one": {edit(edit(w, rest(third, Edit{Minutes: 30})), rest(second, Edit{Start: "2026-03-02T10:00:00"})), []string{"02-23: 02-23T14:00Z 50", "03-02: 03-02T15:00Z 50", "03-09: 03-09T14:00Z 50", "03-16: 03-16T14:00Z 50"}},
		"what was agreed for one stays":        {edit(edit(w, one(third, Edit{Start: "2026-03-11T08:00:00"})), rest(second, Edit{Start: "2026-03-02T10:00:00"})), []string{"02-23: 02-23T14:00Z 50", "03-02: 03-02T15:00Z 50", "03-09: 03-11T12:00Z 50", "03-16: 03-16T14:00Z 50"}},
		"02:30 in the gap moves on":            {Series{Zone: "America/New_York", Start: "2026-03-01T02:30:00", Minutes: 60, RRule: "FREQ=WEEKLY;COUNT=3"}, []string{"03-01: 03-01T07:30Z 60", "03-08: 03-08T07:30Z 60", "03-15: 03-15T06:30Z 60"}},
		"01:30 in the fold is one visit":       {Series{Zone: "America/New_York", Start: "2026-10-25T01:30:00", Minutes: 60, RRule: "FREQ=WEEKLY;COUNT=3"}, []string{"10-25: 10-25T05:30Z 60", "11-01: 11-01T05:30Z 60", "11-08: 11-08T06:30Z 60"}},
		"until an instant":                     {Series{Zone: "America/New_York", Start: "2026-02-23T09:00:00", Minutes: 50, RRule: "FREQ=WEEKLY;UNTIL=20260309T130000Z"}, []string{"02-23: 02-23T14:00Z 50", "03-02: 03-02T14:00Z 50", "03-09: 03-09T13:00Z 50"}},
		"every second Tuesday of the month":    {Series{Zone: "UTC", Start: "2026-03-10T09:00:00", Minutes: 30, RRule: "FREQ=MONTHLY;BYDAY=2TU;COUNT=3"}, []string{"03-10: 03-10T09:00Z 30", "04-14: 04-14T09:00Z 30", "05-12: 05-12T09:00Z 30"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := told(t, c.s); !slices.Equal(got, c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
		})
	}
	if w.One != nil || w.Rest != nil {
		t.Error("an edit changed its receiver")
	}
}

func TestSeriesThatCantBe(t *testing.T) {
	for name, c := range map[string]struct {
		s     Series
		field string
	}{
		"endless":       {Series{Zone: "UTC", Start: "2026-02-23T09:00:00", Minutes: 50, RRule: "FREQ=WEEKLY"}, "rrule endless"},
		"too many":      {weeklySeries(MaxSeries + 1), "rrule too-many"},
		"over decades":  {Series{Zone: "UTC", Start: "2026-02-23T09:00:00", Minutes: 50, RRule: "FREQ=MONTHLY;INTERVAL=12;UNTIL=20600101"}, "rrule too-long"},
		"no zone":       {Series{Start: "2026-02-23T09:00:00", Minutes: 50, RRule: "FREQ=WEEKLY;COUNT=2"}, "zone unknown-zone"},
		"no start":      {Series{Zone: "UTC", Minutes: 50, RRule: "FREQ=WEEKLY;COUNT=2"}, "start bad-date-time"},
		"no length":     {Series{Zone: "UTC", Start: "2026-02-23T09:00:00", RRule: "FREQ=WEEKLY;COUNT=2"}, "minutes out-of-range"},
		"each second":   {Series{Zone: "UTC", Start: "2026-02-23T09:00:00", Minutes: 50, RRule: "FREQ=SECONDLY;COUNT=2"}, "rrule frequency-not-allowed"},
		"a wrong day":   {Series{Zone: "UTC", Start: "2026-02-23T09:00:00", Minutes: 50, RRule: "FREQ=WEEKLY;BYDAY=TU;COUNT=2"}, "start not-in-rule"},
		"another visit": {Series{Zone: "UTC", Start: "2026-02-23T09:00:00", Minutes: 50, RRule: "FREQ=WEEKLY;COUNT=2", One: map[string]Edit{"2026-02-24T09:00:00": {}}}, "recurrenceId not-an-occurrence"},
	} {
		start := time.Now()
		_, err := c.s.Expand()
		if got := fields(err); !slices.Contains(got, c.field) {
			t.Errorf("%s: got %v, want %s", name, got, c.field)
		}
		if d := time.Since(start); d > time.Minute { // no measure of speed: what has no bound takes hours
			t.Errorf("%s took %v", name, d)
		}
	}
	w := weeklySeries(3)
	if _, err := w.EditOne("2026-02-24T09:00:00", Edit{Cancelled: true}); !slices.Contains(fields(err), "recurrenceId not-an-occurrence") {
		t.Errorf("edited a visit that is not there: %v", fields(err))
	}
	if _, err := w.EditRest("next week", Edit{Minutes: 60}); !slices.Contains(fields(err), "recurrenceId not-an-occurrence") {
		t.Errorf("edited the rest of nothing: %v", fields(err))
	}
	if _, err := w.EditOne(w.Start, Edit{Start: "noon"}); !slices.Contains(fields(err), "edit.start bad-date-time") {
		t.Errorf("moved to a time that is none: %v", fields(err))
	}
	if _, err := w.EditOne(w.Start, Edit{Minutes: 100000}); !slices.Contains(fields(err), "edit.minutes out-of-range") {
		t.Errorf("made too long: %v", fields(err))
	}
}
