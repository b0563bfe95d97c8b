package icalendar

import (
	"slices"
	"strings"

	"handrail/models/schedule"
)

// explainedZone is a clock as a file explains it (RFC 5545, section 3.6.5): the
// changes of its offset around the window, in their order.
type explainedZone struct{ changes []change }

// change is an onset of standard or daylight time.
type change struct{ at, before, after int64 } // Unix seconds; seconds east of Greenwich

// At implements clock. A time that a change leaves out is read by the offset before
// it, a time that comes twice is the first one (RFC 5545, section 3.3.5).
func (e *explainedZone) At(w schedule.Wall) int64 {
	z := e.changes
	before, off := z[0].before, z[0].before
	for i, c := range z {
		if u := int64(w) - off; u < c.at {
			if i > 0 && u < z[i-1].at {
				return int64(w) - before
			}
			return u
		}
		before, off = off, c.after
	}
	if u := int64(w) - off; u >= z[len(z)-1].at {
		return u
	}
	return int64(w) - before
}

// explained finds the zone of a name in the file, nil when it is not there or says
// nothing that can be read.
func (r *reader) explained(id string) clock {
	for _, z := range r.vtimezones {
		if !strings.EqualFold(strings.Trim(z.text("TZID"), `"`), id) {
			continue
		}
		if c := r.explain(z); c != nil {
			return c
		}
		if c := knownZone(z.text("X-LIC-LOCATION")); c != nil {
			return c
		}
	}
	return nil
}

// slack is how far around the window changes are laid out, in seconds: three years.
const slack = 3 * 366 * 86400

func (r *reader) explain(z *component) clock {
	var out []change
	for _, part := range z.parts {
		before, ok := parseOffset(part.text("TZOFFSETFROM"))
		after, ok2 := parseOffset(part.text("TZOFFSETTO"))
		start, _, _, whole, ok3 := parseWall(part.text("DTSTART"))
		if !ok || !ok2 || !ok3 || !whole {
			continue
		}
		for _, w := range r.onsets(part, start, fixed(before)) {
			out = append(out, change{int64(w) - before, before, after})
		}
	}
	if len(out) == 0 {
		return nil
	}
	slices.SortFunc(out, func(a, b change) int { return int(min(max(a.at-b.at, -1), 1)) })
	return &explainedZone{out}
}

// onsets are when one part of a zone begins to hold: its start, what its rule gives
// around the window (the last ones, if the rule has ended before), and more dates.
func (r *reader) onsets(part *component, start schedule.Wall, c clock) []schedule.Wall {
	out := []schedule.Wall{start}
	for _, p := range part.props["RRULE"] {
		rule, ok := parseRule(p.value)
		if !ok {
			continue
		}
		within := schedule.Span{From: r.within.From - slack, To: r.within.To + slack}
		if last, ended := rule.lastDay(); ended && last < within.From {
			within = schedule.Span{From: last - slack, To: last + 86400}
		}
		walls, _ := rule.walls(start, within)
		for _, w := range walls {
			if rule.holds(w, false, c.At(w)) {
				out = append(out, w)
			}
		}
	}
	for _, p := range part.props["RDATE"] {
		for text := range strings.SplitSeq(p.value, ",") {
			if w, _, _, whole, ok := parseWall(text); ok && whole {
				out = append(out, w)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
