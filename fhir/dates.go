package fhir

import "time"

// DateRange reads search parameters of type date (http://hl7.org/fhir/R4/search.html#date)
// and gives the half-open range of starts that all of them allow. Each is a date or
// an instant, with one of the prefixes eq, ge, gt, le, lt; a date is read in UTC.
// A zero time is an open end. false: one is not understood.
func DateRange(texts []string) (from, to time.Time, ok bool) {
	for _, text := range texts {
		prefix, value := "eq", text
		if len(text) > 2 && text[0] >= 'a' && text[0] <= 'z' {
			prefix, value = text[:2], text[2:]
		}
		first, after, ok := moment(value)
		if !ok {
			return from, to, false
		}
		switch prefix {
		case "eq":
			from, to = later(from, first), sooner(to, after)
		case "ge":
			from = later(from, first)
		case "gt":
			from = later(from, after)
		case "le":
			to = sooner(to, after)
		case "lt":
			to = sooner(to, first)
		default:
			return from, to, false
		}
	}
	return from, to, true
}

// moment reads a value as the time that it covers.
func moment(text string) (first, after time.Time, ok bool) {
	for _, k := range []struct {
		layout string
		step   func(time.Time) time.Time
	}{
		{"2006", func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
		{"2006-01", func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
		{time.DateOnly, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
		{time.RFC3339, func(t time.Time) time.Time { return t.Add(time.Second) }},
	} {
		if t, err := time.Parse(k.layout, text); err == nil && t.Year() >= 1970 && t.Year() < 2100 {
			return t.UTC(), k.step(t).UTC(), true
		}
	}
	return time.Time{}, time.Time{}, false
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func sooner(a, b time.Time) time.Time {
	if !a.IsZero() && a.Before(b) {
		return a
	}
	return b
}
