package icalendar

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"handrail/models/schedule"
)

// clock turns what a wall clock shows into an instant, in Unix seconds.
type clock interface {
	At(w schedule.Wall) int64
}

// fixed is a clock that never changes: seconds east of Greenwich.
type fixed int64

// At implements clock.
func (f fixed) At(w schedule.Wall) int64 { return int64(w) - int64(f) }

// moment is a DATE or a DATE-TIME (RFC 5545, sections 3.3.4 and 3.3.5).
type moment struct {
	wall     schedule.Wall
	clock    clock
	date     bool
	floating bool // no zone is named
	vague    bool // the zone was not understood: the clock is a guess
	earlier  int64
}

func (m moment) unix() int64 { return m.clock.At(m.wall) }

func (m moment) day() int64 { return floorDiv(int64(m.wall), 86400) }

func floorDiv(a, b int64) int64 {
	if a%b != 0 && (a < 0) != (b < 0) {
		return a/b - 1
	}
	return a / b
}

// dateTime is a date, or a date and a time, with or without the signs of ISO 8601
// that some programs write.
var dateTime = regexp.MustCompile(`^(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d):?(\d\d)?(?:[.,]\d+)?([Zz]|[+-]\d\d:?\d\d)?)?$`)

// parseWall reads the face of a clock. zoned is a clock that the text itself names.
// A time that is none, such as 25:00, leaves the date, with whole false.
func parseWall(text string) (w schedule.Wall, date bool, zoned clock, whole, ok bool) {
	text = strings.TrimSpace(text)
	m := dateTime.FindStringSubmatch(text)
	if m == nil {
		if len(text) < 8 {
			return 0, false, nil, false, false
		}
		day, err := time.Parse("20060102", text[:8])
		return schedule.Wall(day.Unix()), true, nil, false, err == nil
	}
	day, err := time.Parse("20060102", m[1]+m[2]+m[3])
	if err != nil {
		return 0, false, nil, false, false
	}
	if m[4] == "" {
		return schedule.Wall(day.Unix()), true, nil, true, true
	}
	number := func(s string) int64 { n, _ := strconv.ParseInt(s, 10, 64); return n } // digits only, or nothing
	h, min, sec := number(m[4]), number(m[5]), number(m[6])
	if h > 24 || min > 59 || sec > 60 || h == 24 && min+sec > 0 {
		return schedule.Wall(day.Unix()), true, nil, false, true
	}
	switch z := m[7]; {
	case strings.EqualFold(z, "Z"):
		zoned = fixed(0)
	case z != "":
		off, understood := parseOffset(z)
		if !understood {
			return schedule.Wall(day.Unix()), true, nil, false, true
		}
		zoned = fixed(off)
	}
	return schedule.Wall(day.Unix() + h*3600 + min*60 + sec), false, zoned, true, true
}

// moment reads a property's value, or one of its values. ok is false when not even
// the date can be told; whole is false when only the date can.
func (r *reader) moment(p property, text string) (m moment, whole, ok bool) {
	w, date, zoned, whole, ok := parseWall(text)
	m = moment{wall: w, date: date, clock: r.floating}
	if !ok {
		return m, false, false
	}
	id := p.param("TZID")
	switch {
	case zoned != nil:
		m.clock = zoned
	case id != "":
		z := r.zone(id)
		m.clock, m.vague, m.earlier = z.clock, z.vague, z.earlier
	default:
		m.floating = true
	}
	return m, whole, true
}

// length is how long an event takes: so many days of the calendar, and so many
// seconds.
type length struct {
	days    int64
	seconds int64
	nominal int64 // the same by the face of the clock, 0 when it is not known
}

// maxLength is the longest that one occurrence of a recurring event is followed, in
// days: a leave of two years.
const maxLength = 800

func (l length) zero() bool { return l.days == 0 && l.seconds == 0 }

// atMost is no less than the length in seconds, whatever clocks do meanwhile.
func (l length) atMost() int64 { return (l.days+1)*86400 + max(l.seconds, l.nominal) + 86400 }

// end is when an occurrence ends. Programs differ on a night in which clocks change
// (the same length, or the same end on the clock), so that the later one counts.
func (l length) end(m moment) int64 {
	day := m.wall + schedule.Wall(l.days)*86400
	return max(m.clock.At(day)+l.seconds, second(m.clock, day+schedule.Wall(max(l.seconds, l.nominal))))
}

// first is the earlier instant that programs take a time for that clocks leave out
// when they go forward.
func first(c clock, w schedule.Wall) int64 {
	return min(c.At(w), c.At(w+3600)-3600)
}

// second is the later instant of a time that comes twice when clocks go back.
func second(c clock, w schedule.Wall) int64 {
	return max(c.At(w), c.At(w+3600)-3600)
}

// assumed is the length of an event whose length can't be told.
var assumed = length{seconds: 3600}

// length finds it in DTEND or DURATION, or else in the kind of DTSTART (RFC 5545,
// section 3.6.1). Where both stand, the longer one counts. ok is false when it is
// assumed.
func (r *reader) length(c *component, start moment) (l length, ok bool) {
	ok = true
	found := false
	for _, p := range c.props["DTEND"] {
		if got, good := r.until(p, start); good {
			l, found = longer(l, got), true
		} else {
			ok = false
		}
	}
	for _, p := range c.props["DURATION"] {
		got, good := parseDuration(p.value)
		switch {
		case good && (!found || len(c.props["DTEND"]) > 0):
			l, found = longer(l, got), true
		case !good && len(c.props["DTEND"]) == 0:
			ok = false
		}
	}
	switch {
	case found:
	case start.date:
		l.days = 1
	case !ok:
		l = assumed
	}
	return l, ok
}

// until is the length up to an end.
func (r *reader) until(p property, start moment) (length, bool) {
	end, whole, ok := r.moment(p, p.value)
	if !ok || !whole {
		return length{}, false
	}
	if start.date && end.date {
		days := end.day() - start.day()
		return length{days: max(days, 1)}, days >= 0
	}
	l := length{seconds: second(end.clock, end.wall) - start.unix()}
	if n := int64(end.wall - start.wall); end.clock == start.clock && n > 0 {
		l.nominal = n
	}
	if start.date { // a date, and an end with a time
		l = length{days: max(1, end.day()-start.day()+1)}
	}
	return l, l.seconds >= 0
}

func longer(a, b length) length {
	if b.days*86400+b.seconds > a.days*86400+a.seconds {
		return b
	}
	return a
}

var durationParts = regexp.MustCompile(`^\+?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$`)

// parseDuration reads "P1DT2H" and "P2W" (RFC 5545, section 3.3.6).
func parseDuration(text string) (l length, ok bool) {
	m := durationParts.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(text)))
	if m == nil || strings.Join(m[1:], "") == "" {
		return l, false
	}
	n := func(i int) int64 { v, _ := strconv.ParseInt(m[i], 10, 64); return v } // digits only, or nothing
	return length{days: 7*n(1) + n(2), seconds: 3600*n(3) + 60*n(4) + n(5)}, true
}
