package risk

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"handrail/models"
)

// Window is a time of the week in which somebody at the clinic answers alerts.
type Window struct {
	Day  int    `json:"day"`
	From string `json:"from"`
	To   string `json:"to"`
}

// Hours are the staffed hours of a week, on the wall clock of Zone (IANA name). None
// at all: nobody is ever there.
type Hours struct {
	Zone    string   `json:"zone"`
	Windows []Window `json:"windows"`
}

// CheckHours says what is wrong with hours. Errors: KindInvalid with fields.
func CheckHours(c *models.Checks, field string, h Hours) {
	c.Zone(field+".zone", h.Zone)
	c.Require(len(h.Windows) > 0, field+".windows", "required", "Say when somebody answers.")
	c.Require(len(h.Windows) <= 50, field+".windows", "too-many", "These are more windows than a week can use.")
	for _, w := range h.Windows {
		from, okFrom := minute(w.From)
		to, okTo := minute(w.To)
		c.Require(w.Day >= 1 && w.Day <= 7 && okFrom && okTo && from < to, field+".windows", "bad-window", "Give a day from 1 to 7, and two times as HH:MM, the second one later.")
	}
}

func minute(s string) (int, bool) {
	if len(s) != 5 || s[2] != ':' {
		return 0, false
	}
	h, errH := strconv.Atoi(s[:2])
	m, errM := strconv.Atoi(s[3:])
	if errH != nil || errM != nil || h < 0 || m < 0 || m > 59 || h*60+m > 24*60 {
		return 0, false
	}
	return h*60 + m, true
}

// span is a window on a date, as instants.
type span struct{ from, to time.Time }

// spans are the windows of the days around at, by their start.
func (h Hours) spans(at time.Time, days int) []span {
	zone, err := models.LoadZone(h.Zone)
	if err != nil {
		return nil
	}
	var out []span
	y, m, d := at.In(zone).Date()
	for n := -1; n <= days; n++ {
		noon := time.Date(y, m, d+n, 12, 0, 0, 0, zone)
		for _, w := range h.Windows {
			from, okFrom := minute(w.From)
			to, okTo := minute(w.To)
			if !okFrom || !okTo || w.Day%7 != int(noon.Weekday()) {
				continue
			}
			s := span{time.Date(y, m, d+n, 0, from, 0, 0, zone), time.Date(y, m, d+n, 0, to, 0, 0, zone)}
			if s.from.Before(s.to) { // a window inside the hour that the clock leaves out is none
				out = append(out, s)
			}
		}
	}
	slices.SortFunc(out, func(a, b span) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) })
	return out
}

// Open tells whether somebody is there at a moment.
func (h Hours) Open(at time.Time) bool {
	return slices.ContainsFunc(h.spans(at, 1), func(s span) bool { return !at.Before(s.from) && at.Before(s.to) })
}

// Next is the first moment from at on at which somebody is there; false where there is
// none in the next two weeks.
func (h Hours) Next(at time.Time) (time.Time, bool) {
	for _, s := range h.spans(at, 14) {
		if at.Before(s.to) {
			if at.Before(s.from) {
				return s.from.UTC(), true
			}
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}

// Between are the staffed times between two instants, in order, cut to them. Where
// windows overlap, the time counts once.
func (h Hours) Between(from, to time.Time) [][2]time.Time {
	var out [][2]time.Time
	for _, s := range h.spans(from, int(to.Sub(from)/(24*time.Hour))+2) {
		a, b := s.from, s.to
		if n := len(out); n > 0 && a.Before(out[n-1][1]) {
			a = out[n-1][1]
		}
		if a.Before(from) {
			a = from
		}
		if b.After(to) {
			b = to
		}
		if a.Before(b) {
			out = append(out, [2]time.Time{a, b})
		}
	}
	return out
}

// EndOfDay is when the staffed hours end of the day that is days after that of at, on the
// clinic's own clock; false where nobody is there on it.
func (h Hours) EndOfDay(at time.Time, days int) (time.Time, bool) {
	zone, err := models.LoadZone(h.Zone)
	if err != nil {
		return time.Time{}, false
	}
	y, m, d := at.In(zone).Date()
	noon := time.Date(y, m, d+days, 12, 0, 0, 0, zone)
	last := time.Time{}
	for _, w := range h.Windows {
		to, ok := minute(w.To)
		if end := time.Date(y, m, d+days, 0, to, 0, 0, zone); ok && w.Day%7 == int(noon.Weekday()) && end.After(last) {
			last = end
		}
	}
	return last.UTC(), !last.IsZero()
}

// Stretch is a time in which somebody is there.
type Stretch struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Stretches are the staffed times from at on, for some days, the first one first.
func (h Hours) Stretches(at time.Time, days int) []Stretch {
	out := []Stretch{}
	for _, s := range h.spans(at, days) {
		if at.Before(s.to) {
			out = append(out, Stretch{s.from.UTC(), s.to.UTC()})
		}
	}
	return out
}
