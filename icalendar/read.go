package icalendar

import (
	"bytes"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"handrail/models"
	"handrail/models/schedule"
)

// Busy is when somebody's calendar says that they are taken.
type Busy struct {
	Times  []schedule.Span // a set
	Unread int             // events whose time could not be understood
}

// ReadBusy reads the busy times of a calendar between two instants. Events that
// are cancelled or transparent (RFC 5545, section 3.8.2.7) take no time, and
// neither do our own visits, which come back from whoever subscribes to their feed.
// home is the clock of events that name none.
//
// Errors: calendar-not-understood, calendar-too-much (invalid). No error holds
// anything of the calendar.
func ReadBusy(text []byte, from, to time.Time, home *schedule.Zone) (Busy, error) {
	text, err := sieve(text)
	if err != nil {
		return Busy{}, err
	}
	c, err := ics.ParseCalendarWithOptions(bytes.NewReader(text), ics.WithUnknownPropertyHandler(ics.AcceptUnknownPropertyHandler))
	if err != nil || c == nil || !bytes.HasPrefix(bytes.ToUpper(text), []byte("BEGIN:VCALENDAR")) {
		return Busy{}, notACalendar()
	}
	r := reader{zones: zonesOf(c, home, from.Year()), home: home, within: schedule.SpanOf(from, to), moved: map[occurrence]bool{}}
	for _, x := range c.Components {
		if _, ok := x.(*ics.VBusy); ok {
			r.out.Unread++ // free-busy lists are another format within this one
		}
	}
	events := c.Events()
	for _, e := range events {
		r.noteMoved(e)
	}
	for _, e := range events {
		if err := r.event(e); err != nil {
			return Busy{}, err
		}
	}
	r.out.Times = schedule.Union(r.out.Times)
	return r.out, nil
}

type reader struct {
	zones     map[string]*schedule.Zone
	home      *schedule.Zone
	within    schedule.Span
	moved     map[occurrence]bool // occurrences that an event of their own stands for
	recurring int
	out       Busy
}

// value is a property's text, "" when it is not there.
func value(e *ics.VEvent, name ics.ComponentProperty) string {
	if p := e.GetProperty(name); p != nil {
		return strings.TrimSpace(p.Value)
	}
	return ""
}

func (r *reader) noteMoved(e *ics.VEvent) {
	if p := e.GetProperty(ics.ComponentPropertyRecurrenceId); p != nil {
		if m, ok := r.moment(&p.BaseProperty); ok {
			r.moved[occurrence{value(e, ics.ComponentPropertyUniqueId), m.unix()}] = true
		}
	}
}

// occurrence is an event at one of its times.
type occurrence struct {
	uid string
	at  int64
}

// event adds the busy times of one event.
func (r *reader) event(e *ics.VEvent) error {
	switch {
	case strings.EqualFold(value(e, ics.ComponentPropertyStatus), "CANCELLED"),
		strings.EqualFold(value(e, ics.ComponentPropertyTransp), "TRANSPARENT"),
		strings.HasSuffix(value(e, ics.ComponentPropertyUniqueId), uidHost):
		return nil
	}
	start, ok := r.time(e, ics.ComponentPropertyDtStart)
	if !ok {
		r.out.Unread++
		return nil
	}
	length, ok := r.length(e, start)
	if !ok {
		r.out.Unread++
		return nil
	}
	rule := value(e, ics.ComponentPropertyRrule)
	if e.GetProperty(ics.ComponentPropertyRecurrenceId) != nil {
		if p := e.GetProperty(ics.ComponentPropertyRecurrenceId); p.ICalParameters["RANGE"] != nil {
			r.out.Unread++ // "and all that follow" can't be told from one event
		}
		rule = ""
	}
	if rule != "" {
		r.recurring++
		if strings.Contains(strings.ToUpper(rule), "BYSETPOS") {
			r.recurring += 9
		}
		if r.recurring > maxRecurring {
			return tooMuch()
		}
	}
	return r.occurrences(e, start, length, rule)
}

// occurrences adds each time of an event that touches the window.
func (r *reader) occurrences(e *ics.VEvent, start moment, length length, rule string) error {
	if length.zero() {
		return nil
	}
	within := r.within
	within.From -= length.atMost()
	if rule == "" {
		within.From = min(within.From, start.unix())
	}
	walls, ok := schedule.Recurring{Zone: start.zone, Start: start.wall, RRule: rule}.Starts(within)
	if !ok {
		r.out.Unread++
		walls = []schedule.Wall{start.wall}
	}
	extra, ok := r.list(e, ics.ComponentPropertyRdate)
	except, ok2 := r.list(e, ics.ComponentPropertyExdate)
	if !ok || !ok2 {
		r.out.Unread++
	}
	own := e.GetProperty(ics.ComponentPropertyRecurrenceId) != nil
	uid := value(e, ics.ComponentPropertyUniqueId)
	gone := map[int64]bool{}
	for _, m := range except {
		gone[m.unix()] = true
	}
	add := func(m moment) {
		s := schedule.Span{From: m.unix(), To: length.end(m)}.And(r.within)
		if !gone[m.unix()] && !s.Empty() && (own || !r.moved[occurrence{uid, m.unix()}]) {
			r.out.Times = append(r.out.Times, s)
		}
	}
	for _, w := range walls {
		add(moment{w, start.zone, start.date})
	}
	for _, m := range extra {
		add(m)
	}
	if len(r.out.Times) > maxTimes {
		return tooMuch()
	}
	return nil
}

// list reads a property that holds dates and may come more than once.
func (r *reader) list(e *ics.VEvent, name ics.ComponentProperty) ([]moment, bool) {
	var out []moment
	ok := true
	for _, p := range e.GetProperties(name) {
		for text := range strings.SplitSeq(p.Value, ",") {
			one := p.BaseProperty
			one.Value = text
			m, understood := r.moment(&one)
			if ok = ok && understood; understood {
				out = append(out, m)
			}
		}
	}
	return out, ok
}

// zonesOf finds what the file's names of time zones mean: IANA's own names, those
// that the file explains (X-LIC-LOCATION), and names of other lists, as Outlook
// writes them, if their clock is set by the same hours as home's.
func zonesOf(c *ics.Calendar, home *schedule.Zone, year int) map[string]*schedule.Zone {
	out := map[string]*schedule.Zone{}
	for _, z := range c.Timezones() {
		id := z.GetProperty(ics.ComponentProperty(ics.PropertyTzid))
		if id == nil {
			continue
		}
		if p := z.GetProperty("X-LIC-LOCATION"); p != nil {
			if known, err := schedule.LoadZone(p.Value); err == nil {
				out[id.Value] = known
				continue
			}
		}
		var offsets []string
		for _, sub := range z.SubComponents() {
			offsets = append(offsets, offsetsOf(sub)...)
		}
		slices.Sort(offsets)
		if own := homeOffsets(home, year); slices.Equal(slices.Compact(offsets), own) {
			out[id.Value] = home
		}
	}
	return out
}

func offsetsOf(sub ics.Component) []string {
	var out []string
	for _, p := range sub.UnknownPropertiesIANAProperties() {
		if strings.EqualFold(p.IANAToken, "TZOFFSETTO") {
			out = append(out, strings.TrimSpace(p.Value))
		}
	}
	return out
}

// homeOffsets are the offsets of a zone in a year, as a calendar writes them.
func homeOffsets(home *schedule.Zone, year int) []string {
	var out []string
	for month := time.January; month <= time.December; month++ {
		out = append(out, time.Date(year, month, 1, 12, 0, 0, 0, home.Location()).Format("-0700"))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func notACalendar() error {
	return models.E(models.KindInvalid, "calendar-not-understood", "What came is not a calendar, or only a part of one.")
}

func tooMuch() error {
	return models.E(models.KindInvalid, "calendar-too-much", "This calendar is too large: at most 1 MiB and 5000 events, 1000 of them recurring, and 10,000 times.")
}
