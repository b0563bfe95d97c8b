package icalendar

import (
	"context"
	"io"
	"strings"
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// Busy is when somebody's calendar says that they are taken.
type Busy struct {
	Times  []schedule.Span // a set
	Unread int             // events that were not understood in whole
	Odd    []Odd           // the first of them, for the one whose calendar it is
}

// Odd is an event that was not understood in whole. What could be told of it is
// among the busy times.
type Odd struct {
	At  *schedule.Span // where it was put, if anywhere
	Why string         // one of the Why… constants
}

// Why an event was not understood.
const (
	WhyNoTime    = "no-time"     // its beginning can't be told
	WhyTime      = "time"        // of its beginning only the day can be told, or its end can't
	WhyZone      = "zone"        // its time zone is not known: taken for the reader's own
	WhyRule      = "rule"        // how it comes again can't be told, or not in whole
	WhyException = "exception"   // an exception to it, or a further date, can't be told
	WhyFollowing = "following"   // it changes all that follow: both are kept taken
	WhyBroken    = "broken"      // a line of it is damaged
	WhyFormat    = "not-offered" // a kind of entry that is not read here
)

// Whys lists them.
var Whys = []string{WhyNoTime, WhyTime, WhyZone, WhyRule, WhyException, WhyFollowing, WhyBroken, WhyFormat}

// maxOdd is how many odd events are told one by one.
const maxOdd = 20

// maxTimes is how many busy times are kept.
const maxTimes = 10_000

// ReadBusy reads the busy times of a calendar between two instants as it passes.
// Events that are cancelled or transparent (RFC 5545, section 3.8.2.7) take no time,
// and neither do our own visits, which come back from whoever subscribes to their
// feed. home is the clock of events that name none. What is not understood keeps the
// time taken and is counted: somebody who may be busy is not booked.
//
// Errors: calendar-not-understood, calendar-too-much (invalid); those of text and of
// ctx. No error holds anything of the calendar.
func ReadBusy(ctx context.Context, text io.Reader, from, to time.Time, home *schedule.Zone) (Busy, error) {
	r := &reader{home: home, floating: home, within: schedule.SpanOf(from, to), zones: map[string]named{}, moved: map[string]*moves{}}
	s := scanner{lines: newLines(text), take: r.take}
	if err := s.run(ctx); err != nil {
		return Busy{}, err
	}
	if z := knownZone(r.ownZone); z != nil {
		r.floating = z
	}
	for _, c := range r.events {
		r.noteMoved(c)
	}
	for _, c := range r.events {
		if err := ctx.Err(); err != nil {
			return Busy{}, err
		}
		if err := r.event(c); err != nil {
			return Busy{}, err
		}
	}
	r.out.Times = schedule.Union(r.out.Times)
	return r.out, nil
}

type reader struct {
	home, floating clock
	ownZone        string // X-WR-TIMEZONE
	within         schedule.Span
	vtimezones     []*component
	zones          map[string]named // by TZID, as they are met
	events         []*component
	memory         int
	moved          map[string]*moves // by UID
	out            Busy
}

// take keeps a component that can touch the window.
func (r *reader) take(c *component) error {
	switch c.name {
	case "VCALENDAR":
		if p, ok := c.one("X-WR-TIMEZONE"); ok {
			r.ownZone = strings.TrimSpace(p.value)
		}
	case "VTIMEZONE":
		if len(r.vtimezones) < maxZones {
			r.vtimezones = append(r.vtimezones, c)
		}
	case "VAVAILABILITY":
		r.odd(nil, WhyFormat)
	case "VEVENT", "VFREEBUSY":
		if !r.near(c) {
			return nil
		}
		r.events = append(r.events, c)
	default:
		return nil
	}
	if r.memory += c.size; r.memory > maxMemory || len(r.events) > maxKept {
		return tooMuch()
	}
	return nil
}

// margin is more than clocks of the world and odd lengths are apart, in days.
const margin = 40

// near tells whether an event can touch the window, by the dates in it alone: its
// zone may stand further down. When unsure, it can.
func (r *reader) near(c *component) bool {
	if c.odd || len(c.props["RDATE"]) > 0 || c.name == "VFREEBUSY" {
		return true
	}
	first, last := dayIn(c.text("DTSTART")), dayIn(c.text("DTSTART"))
	if p, ok := c.one("DTEND"); ok {
		last = dayIn(p.value)
	}
	if p, ok := c.one("DURATION"); ok {
		l, understood := parseDuration(p.value)
		if !understood {
			return true
		}
		last = max(last, first+l.days*86400+l.seconds)
	}
	if first == 0 || last == 0 || last < first {
		return true
	}
	if p, ok := c.one("RECURRENCE-ID"); ok {
		at := dayIn(p.value)
		if at == 0 || p.param("RANGE") != "" {
			return true
		}
		first, last = min(first, at), max(last, at)
	} else if rule, ok := c.one("RRULE"); ok {
		ends, known := int64(0), false
		if parsed, understood := parseRule(rule.value); understood && len(c.props["RRULE"]) == 1 && !parsed.unsure {
			ends, known = parsed.lastDay()
		}
		if !known {
			return first-margin*86400 < r.within.To
		}
		last += max(0, ends-first)
	}
	return first-margin*86400 < r.within.To && last+margin*86400 > r.within.From
}

// dayIn is the day of a date in Unix seconds, 0 when it can't be told.
func dayIn(text string) int64 {
	w, _, _, _, ok := parseWall(text)
	if !ok {
		return 0
	}
	return floorDiv(int64(w), 86400) * 86400
}

// odd counts an event that was not understood.
func (r *reader) odd(at *schedule.Span, why string) {
	r.out.Unread++
	if len(r.out.Odd) < maxOdd {
		r.out.Odd = append(r.out.Odd, Odd{at, why})
	}
}

// add keeps a time taken.
func (r *reader) add(s schedule.Span) error {
	if s = s.And(r.within); s.Empty() {
		return nil
	}
	r.out.Times = append(r.out.Times, s)
	if len(r.out.Times) > 2*maxTimes {
		if r.out.Times = schedule.Union(r.out.Times); len(r.out.Times) > maxTimes {
			return tooMuch()
		}
	}
	return nil
}

func notACalendar() error {
	return models.E(models.KindInvalid, "calendar-not-understood", "What came is not a calendar, or only a part of one.")
}

func tooMuch() error {
	return models.E(models.KindInvalid, "calendar-too-much", "This calendar is too large: at most 20 MiB, 5,000 events and 10,000 times from now on.")
}
