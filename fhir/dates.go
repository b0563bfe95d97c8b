package fhir

import (
	"strings"
	"time"
)

// DateSearch is a search by date (http://hl7.org/fhir/R4/search.html#date): all of
// its terms hold, of each term one of its values.
type DateSearch [][]dateValue

// dateValue is a value with its prefix. What is written covers a piece of time: a
// year, a month, a day, a minute or a second.
type dateValue struct {
	prefix       string
	first, after time.Time
}

// ParseDates reads search parameters of type date: each is one value or more with
// commas between them, a date or an instant, with one of the prefixes eq, ne, gt, lt,
// ge, le, sa, eb, ap. What names no zone is read in UTC. now is what "approximately"
// is measured by. false: one is not understood.
func ParseDates(texts []string, now time.Time) (DateSearch, bool) {
	var out DateSearch
	for _, text := range texts {
		var term []dateValue
		for part := range strings.SplitSeq(text, ",") {
			v, ok := parseDate(part, now)
			if !ok {
				return nil, false
			}
			term = append(term, v)
		}
		out = append(out, term)
	}
	return out, true
}

var datePrefixes = map[string]bool{"eq": true, "ne": true, "gt": true, "lt": true, "ge": true, "le": true, "sa": true, "eb": true, "ap": true}

func parseDate(text string, now time.Time) (v dateValue, ok bool) {
	v.prefix = "eq"
	if len(text) > 2 && text[0] >= 'a' && text[0] <= 'z' {
		v.prefix, text = text[:2], text[2:]
	}
	if v.first, v.after, ok = covered(text); !ok || !datePrefixes[v.prefix] {
		return v, false
	}
	if v.prefix == "ap" { // a tenth of the distance to now, and a day at least
		slack := max(now.Sub(v.first).Abs()/10, 24*time.Hour)
		v.first, v.after = v.first.Add(-slack), v.after.Add(slack)
	}
	return v, true
}

// dateLayouts are the ways in which a date may be written, and how much each covers.
var dateLayouts = []struct {
	layout string
	step   func(time.Time) time.Time
}{
	{"2006", func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
	{"2006-01", func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
	{time.DateOnly, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
	{"2006-01-02T15:04Z07:00", func(t time.Time) time.Time { return t.Add(time.Minute) }},
	{"2006-01-02T15:04", func(t time.Time) time.Time { return t.Add(time.Minute) }},
	{"2006-01-02T15:04:05Z07:00", func(t time.Time) time.Time { return t.Add(time.Second) }},
	{"2006-01-02T15:04:05", func(t time.Time) time.Time { return t.Add(time.Second) }},
}

// covered reads a value as the time that it covers. A plus that a form has made a
// space of is a plus.
func covered(text string) (first, after time.Time, ok bool) {
	text = strings.ReplaceAll(text, " ", "+")
	for _, k := range dateLayouts {
		if t, err := time.Parse(k.layout, text); err == nil && t.Year() >= 1970 && t.Year() < 2100 {
			t = t.UTC().Truncate(time.Second)
			return t, k.step(t).UTC(), true
		}
	}
	return time.Time{}, time.Time{}, false
}

// Match tells whether an instant is one that is searched for.
func (s DateSearch) Match(t time.Time) bool {
	for _, term := range s {
		found := false
		for _, v := range term {
			found = found || v.match(t)
		}
		if !found {
			return false
		}
	}
	return true
}

func (v dateValue) match(t time.Time) bool {
	inside := !t.Before(v.first) && t.Before(v.after)
	switch v.prefix {
	case "ne":
		return !inside
	case "ge":
		return !t.Before(v.first)
	case "le":
		return t.Before(v.after)
	case "gt", "sa":
		return !t.Before(v.after)
	case "lt", "eb":
		return t.Before(v.first)
	}
	return inside // eq, ap
}

// Bounds is the half-open range outside of which nothing matches. A zero time is an
// open end.
func (s DateSearch) Bounds() (from, to time.Time) {
	for _, term := range s {
		first, after := term[0].bounds()
		for _, v := range term[1:] {
			f, a := v.bounds()
			first, after = wider(first, f, true), wider(after, a, false)
		}
		if first.After(from) {
			from = first
		}
		if !after.IsZero() && (to.IsZero() || after.Before(to)) {
			to = after
		}
	}
	return from, to
}

// wider is the end of a range of the two that leaves out less; zero leaves out none.
func wider(a, b time.Time, lower bool) time.Time {
	if a.IsZero() || b.IsZero() {
		return time.Time{}
	}
	if a.Before(b) == lower {
		return a
	}
	return b
}

func (v dateValue) bounds() (from, to time.Time) {
	switch v.prefix {
	case "ne":
		return from, to
	case "ge":
		return v.first, to
	case "le":
		return from, v.after
	case "gt", "sa":
		return v.after, to
	case "lt", "eb":
		return from, v.first
	}
	return v.first, v.after
}
