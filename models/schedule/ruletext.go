package schedule

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"handrail/models"
)

var (
	freqs    = map[string]freq{"DAILY": daily, "WEEKLY": weekly, "MONTHLY": monthly}
	weekdays = map[string]time.Weekday{
		"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday,
		"TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
	}
	maxInterval = map[freq]int{daily: 365, weekly: 52, monthly: 12}
)

// parseRule reads the value of an RRULE property (RFC 5545 section 3.3.10), without
// the word "RRULE:". What it refuses is noted in c under field, and makes it false.
func parseRule(c *models.Checks, field, text string) (r rule, ok bool) {
	ok = true
	fail := func(code, why string) {
		ok = false
		c.Fail(field, code, why)
	}
	r = rule{interval: 1, weekStart: time.Monday}
	if len(text) > MaxRuleText {
		fail("too-long", "This rule is too long.")
		return r, ok
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(text, ";") {
		name, value, cut := strings.Cut(part, "=")
		if !cut || value == "" || seen[name] {
			fail("bad-rule", "This is not a rule as RFC 5545 has it: each part is NAME=VALUE and comes once.")
			return r, ok
		}
		seen[name] = true
		if code, why := r.set(name, value); code != "" {
			fail(code, why)
		}
	}
	r.checkWhole(fail)
	return r, ok
}

// set takes one part of a rule. It gives a code and a sentence when it can't.
func (r *rule) set(name, value string) (code, why string) {
	ok := true
	switch name {
	case "FREQ":
		if r.freq, ok = freqs[value]; !ok {
			return "frequency-not-allowed", "Use FREQ=DAILY, WEEKLY or MONTHLY."
		}
	case "INTERVAL":
		r.interval, ok = number(value, 1, 365)
	case "COUNT":
		if r.count, ok = number(value, 1, MaxCount); !ok {
			return "count-not-allowed", "COUNT is a number from 1 to 1000."
		}
	case "UNTIL":
		r.until, ok = parseUntil(value)
	case "WKST":
		r.weekStart, ok = weekdays[value]
	case "BYDAY":
		ok = list(&r.byDay, value, 14, parseNthDay)
	case "BYMONTHDAY":
		ok = list(&r.byDate, value, 31, signed(31))
	case "BYMONTH":
		var months []int
		ok = list(&months, value, 12, func(s string) (int, bool) { return number(s, 1, 12) })
		for _, m := range months {
			r.byMonth |= 1 << m
		}
	case "BYSETPOS":
		ok = list(&r.bySetPos, value, 10, signed(31))
	default:
		return "rule-part-not-allowed", "A rule here has FREQ, INTERVAL, COUNT, UNTIL, WKST, BYDAY, BYMONTHDAY, BYMONTH and BYSETPOS."
	}
	if !ok {
		return "bad-rule-part", "A part of this rule has a value that it can't have."
	}
	return "", ""
}

// checkWhole looks at the parts together.
func (r *rule) checkWhole(fail func(code, why string)) {
	if r.freq == 0 {
		fail("frequency-missing", "A rule needs FREQ=DAILY, WEEKLY or MONTHLY.")
		return
	}
	if r.interval > maxInterval[r.freq] {
		fail("interval-not-allowed", "INTERVAL is at most 365 days, 52 weeks or 12 months.")
	}
	if r.count > 0 && r.until.set {
		fail("count-and-until", "A rule ends by COUNT or by UNTIL, not by both.")
	}
	if r.freq != monthly && slices.ContainsFunc(r.byDay, func(b nthDay) bool { return b.n != 0 }) {
		fail("nth-day-not-monthly", "A numbered weekday such as 2TU needs FREQ=MONTHLY.")
	}
	if r.freq == weekly && len(r.byDate) > 0 {
		fail("month-day-in-weekly", "BYMONTHDAY does not go with FREQ=WEEKLY.")
	}
	if len(r.bySetPos) > 0 && (r.freq != monthly || len(r.byDay)+len(r.byDate) == 0) {
		fail("set-position-alone", "BYSETPOS needs FREQ=MONTHLY and BYDAY or BYMONTHDAY.")
	}
}

// parseUntil reads "20261231T225959Z" (an instant), "20261231T090000" (a reading
// of the rule's clock) or "20261231" (the whole of that day).
func parseUntil(text string) (until, bool) {
	body, utc := strings.CutSuffix(text, "Z")
	if len(body) == len("20060102") && !utc {
		body += "T235959"
	}
	t, err := time.ParseInLocation("20060102T150405", body, time.UTC)
	d := dayOf(t.Unix())
	return until{set: true, utc: utc, at: t.Unix()}, err == nil && d >= minDay && d < maxDay
}

func parseNthDay(s string) (nthDay, bool) {
	if len(s) < 2 {
		return nthDay{}, false
	}
	day, ok := weekdays[s[len(s)-2:]]
	if nth := s[:len(s)-2]; nth != "" && ok {
		n, ok := signed(5)(nth)
		return nthDay{n, day}, ok
	}
	return nthDay{0, day}, ok
}

// list reads values that are parted by commas, at most max of them, none twice.
func list[T comparable](into *[]T, text string, max int, parse func(string) (T, bool)) bool {
	for s := range strings.SplitSeq(text, ",") {
		v, ok := parse(s)
		if !ok || len(*into) == max || slices.Contains(*into, v) {
			return false
		}
		*into = append(*into, v)
	}
	return true
}

// signed reads 1..max or -1..-max, with or without a plus.
func signed(max int) func(string) (int, bool) {
	return func(s string) (int, bool) {
		body, minus := strings.CutPrefix(s, "-")
		if !minus {
			body = strings.TrimPrefix(body, "+")
		}
		n, ok := number(body, 1, max)
		if minus {
			n = -n
		}
		return n, ok
	}
}

// number reads plain digits.
func number(s string, min, max int) (int, bool) {
	if len(s) == 0 || len(s) > 6 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= min && n <= max
}
