package icalendar

import (
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"handrail/models/schedule"
)

// moment is a DATE or a DATE-TIME (RFC 5545, sections 3.3.4 and 3.3.5).
type moment struct {
	wall schedule.Wall
	zone *schedule.Zone
	date bool
}

func (m moment) unix() int64 { return m.zone.At(m.wall) }

var utc = func() *schedule.Zone {
	z, err := schedule.LoadZone("UTC")
	if err != nil {
		panic("icalendar: " + err.Error()) // built in
	}
	return z
}()

func (r *reader) time(e *ics.VEvent, name ics.ComponentProperty) (moment, bool) {
	p := e.GetProperty(name)
	if p == nil {
		return moment{}, false
	}
	return r.moment(&p.BaseProperty)
}

// moment reads "20260302", "20260302T090000Z", and "20260302T090000" on the clock
// that TZID names, or on the home clock.
func (r *reader) moment(p *ics.BaseProperty) (moment, bool) {
	text := strings.TrimSpace(p.Value)
	m := moment{zone: r.home}
	if id := p.ICalParameters["TZID"]; len(id) == 1 {
		if m.zone = r.zone(strings.Trim(id[0], `"`)); m.zone == nil {
			return m, false
		}
	}
	layout := "20060102T150405"
	if len(text) == len("20060102") {
		layout, m.date = "20060102", true
	}
	if body, ok := strings.CutSuffix(text, "Z"); ok && !m.date {
		text, m.zone = body, utc
	}
	t, err := time.ParseInLocation(layout, text, time.UTC)
	if err != nil || t.Year() < 1970 || t.Year() > 2098 {
		return m, false
	}
	m.wall = schedule.Wall(t.Unix())
	return m, true
}

func (r *reader) zone(id string) *schedule.Zone {
	if z := r.zones[id]; z != nil {
		return z
	}
	z, err := schedule.LoadZone(strings.TrimPrefix(id, "/"))
	if err != nil {
		return nil
	}
	return z
}

// length is how long an event takes: so many days of the calendar, and so many
// seconds.
type length struct {
	days    int
	seconds int64
}

// maxLength is the longest event, in days: a leave of two years.
const maxLength = 800

func (l length) zero() bool { return l.days == 0 && l.seconds == 0 }

// atMost is no less than the length in seconds, whatever clocks do meanwhile.
func (l length) atMost() int64 { return int64(l.days+1)*86400 + l.seconds + 86400 }

func (l length) end(m moment) int64 {
	return m.zone.At(m.wall+schedule.Wall(l.days)*86400) + l.seconds
}

// length finds it in DTEND or DURATION, or else in the kind of DTSTART (RFC 5545,
// section 3.6.1).
func (r *reader) length(e *ics.VEvent, start moment) (length, bool) {
	var l length
	ok := true
	switch text := value(e, "DURATION"); {
	case text != "":
		l, ok = parseDuration(text)
	case e.GetProperty(ics.ComponentPropertyDtEnd) != nil:
		var end moment
		if end, ok = r.time(e, ics.ComponentPropertyDtEnd); start.date {
			l.days = int(end.wall.Day() - start.wall.Day())
		} else {
			l.seconds = end.unix() - start.unix()
		}
	case start.date:
		l.days = 1
	}
	return l, ok && l.days >= 0 && l.seconds >= 0 && l.days <= maxLength && l.seconds <= maxLength*86400
}

// parseDuration reads "P1DT2H" and "P2W" (RFC 5545, section 3.3.6).
func parseDuration(text string) (l length, ok bool) {
	text, ok = strings.CutPrefix(strings.TrimPrefix(strings.ToUpper(text), "+"), "P")
	days, clock, _ := strings.Cut(text, "T")
	if !ok || text == "" {
		return l, false
	}
	for _, part := range []struct {
		text  string
		units map[byte]int64 // seconds
	}{{days, map[byte]int64{'W': 7 * 86400, 'D': 86400}}, {clock, map[byte]int64{'H': 3600, 'M': 60, 'S': 1}}} {
		for rest := part.text; rest != ""; {
			i := strings.IndexFunc(rest, func(c rune) bool { return c < '0' || c > '9' })
			if i < 1 || i > 7 || part.units[rest[i]] == 0 {
				return l, false
			}
			n, err := strconv.ParseInt(rest[:i], 10, 64)
			if err != nil {
				return l, false
			}
			if unit := part.units[rest[i]]; unit >= 86400 {
				l.days += int(n * unit / 86400)
			} else {
				l.seconds += n * unit
			}
			rest = rest[i+1:]
		}
	}
	return l, true
}
