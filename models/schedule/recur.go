package schedule

import (
	"slices"
	"strings"

	"handrail/models"
)

// Recurring is an event of a calendar that somebody else wrote, as far as its times
// go. Where RFC 5545 leaves a meaning open it follows what calendar programs do
// instead of refusing.
type Recurring struct {
	Zone  *Zone
	Start Wall
	RRule string // "": once
}

// Starts lists when the event begins within a piece of time, as readings of its
// clock. Looking is bounded by the days of within, and by ten years where the rule
// counts. It is false for a rule that is not understood: sub-daily ones, and what
// parseRule has no words for.
func (r Recurring) Starts(within Span) ([]Wall, bool) {
	if r.RRule == "" {
		if at := r.Zone.At(r.Start); at >= within.From && at < within.To {
			return []Wall{r.Start}, true
		}
		return nil, true
	}
	rule, ok := foreignRule(r.RRule)
	if !ok {
		return nil, false
	}
	first := r.Start.Day()
	days := recurrence{rule: rule, first: first, last: maxDay}
	// Programs show the first event even where its rule does not fall on it, and
	// count it.
	odd := !days.falls(first)
	if n := rule.count; n > 0 {
		if odd {
			n--
		}
		if days.last = first; n > 0 {
			if days.last, ok = days.lastOf(n); !ok {
				return nil, false
			}
		}
	}
	var out []Wall
	for d := max(dayOf(within.From)-2, first); d <= min(dayOf(within.To)+2, days.last); d++ {
		w := d.At(r.Start.Clock())
		at := r.Zone.At(w)
		if at < within.From || at >= within.To {
			continue
		}
		if d == first || days.on(d) && !days.over(w, at) {
			out = append(out, w)
		}
	}
	return out, true
}

// foreignRule is parseRule, and yearly rules besides: a year is twelve months.
func foreignRule(text string) (rule, bool) {
	var c models.Checks
	text = strings.ToUpper(strings.TrimSuffix(text, ";"))
	parts := strings.Split(text, ";")
	if i := slices.Index(parts, "FREQ=YEARLY"); i >= 0 {
		parts[i] = "FREQ=MONTHLY"
		months, every, byDay, set := "", "1", false, false
		for _, p := range parts {
			name, value, _ := strings.Cut(p, "=")
			switch name {
			case "BYMONTH":
				months = value
			case "INTERVAL":
				every = value
			case "BYDAY":
				byDay = true
			case "BYSETPOS":
				set = true
			}
		}
		switch {
		case every != "1", months == "" && (byDay || set), set && strings.Contains(months, ","):
			return rule{}, false
		case months == "":
			parts = append(slices.DeleteFunc(parts, func(p string) bool { return p == "INTERVAL=1" }), "INTERVAL=12")
		}
	}
	return parseRule(&c, "rrule", strings.Join(parts, ";"))
}

// Without is what is left of a set when the holes, a set too, are cut out.
func Without(set, holes []Span) []Span { return subtract(nil, set, holes) }

// Union makes a sorted set without overlaps of any spans, in place.
func Union(spans []Span) []Span { return merge(spans) }
