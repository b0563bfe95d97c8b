package schedule

import (
	"cmp"
	"maps"
	"slices"

	"handrail/models"
)

// Series is a visit that recurs on somebody's wall clock: "weekly for 8 weeks" is
// FREQ=WEEKLY;COUNT=8. It has an end. Its visits are Appointments of their own;
// the series says when they are, and what was changed about one or about the rest.
type Series struct {
	ID      string `json:"id"`
	Zone    string `json:"zone"`    // IANA name
	Start   string `json:"start"`   // LocalDateTime of the first visit
	Minutes int    `json:"minutes"` // true length, also across a change of the clocks
	RRule   string `json:"rrule"`   // with COUNT or UNTIL
	// One are changes of single visits, by RECURRENCE-ID (RFC 5545 section 3.8.4.4).
	One map[string]Edit `json:"one,omitempty"`
	// Rest are changes of a visit and all that follow (RANGE=THISANDFUTURE, section
	// 3.2.13), sorted by RecurrenceID.
	Rest []RestEdit `json:"rest,omitempty"`
}

// Edit is what a visit of a series is instead. Zero fields change nothing.
type Edit struct {
	Start     string `json:"start,omitempty"` // LocalDateTime
	Minutes   int    `json:"minutes,omitempty"`
	Cancelled bool   `json:"cancelled,omitempty"`
}

// RestEdit is an Edit of the visit RecurrenceID; the visits after it move by as
// much on the wall clock, days included.
type RestEdit struct {
	RecurrenceID string `json:"recurrenceId"`
	Edit
}

// Occurrence is one visit of a series.
type Occurrence struct {
	RecurrenceID string `json:"recurrenceId"` // LocalDateTime that the rule gave it; never changes
	Start        string `json:"start"`        // LocalDateTime after changes
	Span         Span   `json:"span"`
	Edited       bool   `json:"edited,omitempty"`
	Cancelled    bool   `json:"cancelled,omitempty"`
}

// Expand lists the visits of a series in the order of their RecurrenceIDs.
//
// Errors: invalid-input with fields zone, start, minutes, rrule; of changes
// recurrenceId, edit.start, edit.minutes.
func (s Series) Expand() ([]Occurrence, error) {
	var c models.Checks
	zone := zoneField(&c, "zone", s.Zone)
	first, _ := wallField(&c, "start", s.Start)
	inRange(&c, "minutes", s.Minutes, 5, MaxVisit)
	r := compileRecurrence(&c, "", first.Day(), s.RRule)
	c.Require(r.count > 0 || r.until.set, "rrule", "endless", "A series needs an end: COUNT or UNTIL.")
	c.Require(r.last-r.first <= maxCountDays, "rrule", "too-long", "A series ends within ten years.")
	if err := c.Err(); err != nil {
		return nil, err
	}
	var out []Occurrence
	known := map[string]bool{}
	for d := r.first; d <= r.last; d++ {
		w := d.At(first.Clock())
		if !r.on(d) || r.over(w, zone.At(w)) {
			continue
		}
		if len(out) == MaxSeries {
			c.Fail("rrule", "too-many", "A series has at most 52 visits.")
			return nil, c.Err()
		}
		known[w.String()] = true
		out = append(out, s.occurrence(&c, zone, w))
	}
	for id := range s.One {
		c.Require(known[id], "recurrenceId", "not-an-occurrence", "A change is about a visit that the series does not have.")
	}
	for _, e := range s.Rest {
		c.Require(known[e.RecurrenceID], "recurrenceId", "not-an-occurrence", "A change is about a visit that the series does not have.")
	}
	return out, c.Err()
}

// occurrence is the visit that the rule puts at id, after changes. A change of
// this one visit goes before a change of the rest: it was agreed on for it alone.
func (s Series) occurrence(c *models.Checks, zone *Zone, id Wall) Occurrence {
	o := Occurrence{RecurrenceID: id.String()}
	start, minutes := id, s.Minutes
	apply := func(e Edit, of Wall) {
		o.Edited, o.Cancelled = true, o.Cancelled || e.Cancelled
		if e.Start != "" {
			to, _ := wallField(c, "edit.start", e.Start)
			start = id + to - of
		}
		if minutes = cmp.Or(e.Minutes, minutes); e.Minutes != 0 {
			inRange(c, "edit.minutes", minutes, 5, MaxVisit)
		}
	}
	for _, e := range s.Rest {
		if e.RecurrenceID <= o.RecurrenceID { // LocalDateTimes sort as texts
			of, _ := wallField(c, "recurrenceId", e.RecurrenceID)
			apply(e.Edit, of)
		}
	}
	if e, ok := s.One[o.RecurrenceID]; ok {
		apply(e, id)
	}
	o.Start = start.String()
	from := zone.At(start)
	o.Span = Span{from, from + int64(minutes)*60}
	return o
}

// EditOne changes one visit. The new series is checked as Expand does.
func (s Series) EditOne(recurrenceID string, e Edit) (Series, error) {
	s.One = maps.Clone(s.One)
	if s.One == nil {
		s.One = map[string]Edit{}
	}
	s.One[recurrenceID] = e
	_, err := s.Expand()
	return s, err
}

// EditRest changes a visit and all that follow. It takes the place of earlier
// changes of the rest from there on; changes of single visits stay.
func (s Series) EditRest(recurrenceID string, e Edit) (Series, error) {
	keep := slices.DeleteFunc(slices.Clone(s.Rest), func(r RestEdit) bool { return r.RecurrenceID >= recurrenceID })
	s.Rest = append(keep, RestEdit{recurrenceID, e})
	_, err := s.Expand()
	return s, err
}
