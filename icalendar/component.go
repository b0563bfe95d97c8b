package icalendar

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	ics "github.com/arran4/golang-ical"
)

// The bounds of what is kept of a calendar. A file beyond one of them is refused
// whole: half a calendar would say that somebody is free when they are not.
const (
	maxDepth  = 8
	maxKept   = 5000     // events that can touch the window
	maxMemory = 16 << 20 // bytes of their lines
	maxZones  = 500
	maxLines  = 2000 // of one event or zone
)

// kept are the properties that say when somebody is busy. Nothing else of a
// calendar is ever parsed: not what an event is about, nor who is in it.
var kept = []string{"UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP", "FREEBUSY",
	"X-MICROSOFT-CDO-BUSYSTATUS", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION", "X-WR-TIMEZONE"}

// property is one content line that counts.
type property struct {
	params map[string][]string
	value  string
}

func (p property) param(name string) string {
	if v := p.params[name]; len(v) > 0 {
		return strings.Trim(v[0], `"`)
	}
	return ""
}

// component is what counts of an event, a free-busy list, or a part of a zone.
type component struct {
	name  string
	props map[string][]property
	parts []*component // of a VTIMEZONE
	odd   bool         // a line that counts could not be read
	size  int
	lines int
	prose bool // see scanner.property
}

// one is the first property of a name.
func (c *component) one(name string) (property, bool) {
	if list := c.props[name]; len(list) > 0 {
		return list[0], true
	}
	return property{}, false
}

func (c *component) text(name string) string {
	p, _ := c.one(name)
	return strings.TrimSpace(p.value)
}

// scanner splits a calendar into its components as it passes.
type scanner struct {
	lines *lines
	open  []*component
	take  func(*component) error // an event, a free-busy list, a zone or a calendar that has ended
	seen  bool
}

// run reads to the end. Errors: calendar-not-understood, calendar-too-much.
func (s *scanner) run(ctx context.Context) error {
	for n := 0; ; n++ {
		line, cut, err := s.lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && n%1024 == 0 {
			err = ctx.Err()
		}
		if err == nil {
			err = s.line(line, cut)
		}
		if err != nil {
			return err
		}
	}
	if len(s.open) > 0 || !s.seen {
		return notACalendar() // cut off on the way, or nothing
	}
	return nil
}

func (s *scanner) line(line []byte, cut bool) error {
	i := bytes.IndexAny(line, ":;")
	if i < 0 {
		return s.noProperty()
	}
	name, value := strings.ToUpper(string(line[:i])), string(line[i+1:])
	switch {
	case line[i] == ':' && name == "BEGIN" && isName(strings.TrimRight(value, " \t")):
		return s.begin(strings.ToUpper(strings.TrimSpace(value)))
	case line[i] == ':' && name == "END" && isName(strings.TrimRight(value, " \t")):
		return s.end(strings.ToUpper(strings.TrimSpace(value)))
	case !s.seen:
		return notACalendar()
	}
	return s.property(name, line, i, cut)
}

// isName tells the name of a component from prose such as "Begin: nine".
func isName(text string) bool {
	return text != "" && strings.Trim(strings.ToUpper(text), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == ""
}

func (s *scanner) begin(name string) error {
	if !s.seen && name != "VCALENDAR" {
		return notACalendar()
	}
	s.seen = true
	if at := s.top(); at != nil && at.name == name && name != "VCALENDAR" { // its END is missing: it ends here
		at.odd = true
		if err := s.close(); err != nil {
			return err
		}
	}
	if len(s.open) == maxDepth {
		return tooMuch()
	}
	s.open = append(s.open, &component{name: name, props: map[string][]property{}})
	return nil
}

func (s *scanner) end(name string) error {
	at := slices.IndexFunc(s.open, func(c *component) bool { return c.name == name })
	if at < 0 {
		if len(s.open) == 0 {
			return notACalendar()
		}
		return nil // an end of nothing, inside of something
	}
	for len(s.open) > at {
		if last := s.top(); len(s.open) > at+1 {
			last.odd = true // its END is missing
		}
		if err := s.close(); err != nil {
			return err
		}
	}
	return nil
}

// close ends the innermost component.
func (s *scanner) close() error {
	c := s.top()
	s.open = s.open[:len(s.open)-1]
	if parent := s.top(); parent != nil && parent.name == "VTIMEZONE" && len(parent.parts) < maxZones {
		parent.parts = append(parent.parts, c)
	}
	return s.take(c)
}

func (s *scanner) top() *component {
	if len(s.open) == 0 {
		return nil
	}
	return s.open[len(s.open)-1]
}

// texts are properties that hold what people type. Programs that forget to escape
// it (RFC 5545, section 3.3.11) let its lines stand where properties stand.
var texts = []string{"DESCRIPTION", "SUMMARY", "COMMENT", "LOCATION", "X-ALT-DESC", "CONTACT"}

// noProperty is a line that can't be a property: prose has begun.
func (s *scanner) noProperty() error {
	if !s.seen {
		return notACalendar()
	}
	if c := s.top(); c != nil {
		c.prose = true
	}
	return nil
}

// property keeps a line that counts. What may be prose does not: "Status: cancelled"
// in a description cancels nothing, and prose goes on until a property comes that
// nobody types.
func (s *scanner) property(name string, line []byte, i int, cut bool) error {
	c := s.top()
	if c == nil {
		return nil
	}
	if !slices.Contains(kept, name) {
		c.prose = !slices.Contains(texts, name) && (c.prose || looksTyped(name, line, i))
		return nil
	}
	if (name == "STATUS" || name == "TRANSP") && (c.prose || looksTyped(name, line, i)) {
		c.prose = true
		return nil
	}
	if name == "DTSTART" || name == "DTEND" || name == "UID" {
		c.prose = false
	}
	parsed, err := ics.ParseProperty(ics.ContentLine(name + string(line[i:])))
	if err != nil || parsed == nil || cut || c.lines >= maxLines {
		c.odd = true
		return nil
	}
	c.props[name] = append(c.props[name], property{parsed.ICalParameters, parsed.Value})
	c.size += len(line)
	c.lines++
	return nil
}

// looksTyped tells whether a line that looks like a property may be what somebody
// typed: programs write names in one case and put no space before a value.
func looksTyped(name string, line []byte, i int) bool {
	typed := string(line[:i])
	return typed != name && typed != strings.ToLower(name) || bytes.HasPrefix(line[i:], []byte(": "))
}
