package icalendar

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"handrail/models/schedule"
)

// rule is a recurrence rule (RFC 5545, section 3.3.10), ready for the library that
// knows them. The library counts on the face of the clock; the end of the rule is
// looked at afterwards, since it may be an instant.
type rule struct {
	option rrule.ROption
	until  *untilOf
	coarse bool // each minute or second: taken for all of each day
	unsure bool // a part of it was not understood and left out: it may say less
}

// untilOf is the end of a rule.
type untilOf struct {
	wall  schedule.Wall
	date  bool
	zoned clock // nil: on the clock of the event
}

// maxCount is the longest COUNT that is counted; a longer one is taken for no end.
const maxCount = 20_000

// parseRule reads a rule and leaves out what it does not understand, so that it says
// rather more than less. ok is false when not even its FREQ can be told.
func parseRule(text string) (r rule, ok bool) {
	freq := ""
	for part := range strings.SplitSeq(strings.ToUpper(strings.ReplaceAll(text, " ", "")), ";") {
		name, value, _ := strings.Cut(part, "=")
		if name == "" {
			continue
		}
		good := true
		switch name {
		case "FREQ":
			freq = value
			r.option.Freq, good = frequencies[value]
		case "INTERVAL":
			r.option.Interval, good = numberIn(value, 1, 100_000)
		case "COUNT":
			if r.option.Count, good = numberIn(value, 1, 1<<30); r.option.Count > maxCount {
				r.option.Count, good = 0, false
			}
		case "UNTIL":
			r.until, good = parseUntil(value)
		case "WKST":
			var day rrule.Weekday
			if day, good = weekdays[value]; good {
				r.option.Wkst = day
			}
		case "BYDAY":
			r.option.Byweekday, good = parseDays(value)
		case "BYMONTH":
			r.option.Bymonth, good = numbers(value, 1, 12)
		case "BYMONTHDAY":
			r.option.Bymonthday, good = numbers(value, -31, 31)
		case "BYYEARDAY":
			r.option.Byyearday, good = numbers(value, -366, 366)
		case "BYWEEKNO":
			r.option.Byweekno, good = numbers(value, -53, 53)
		case "BYSETPOS":
			r.option.Bysetpos, good = numbers(value, -366, 366)
		case "BYHOUR":
			r.option.Byhour, good = numbers(value, 0, 23)
		case "BYMINUTE":
			r.option.Byminute, good = numbers(value, 0, 59)
		case "BYSECOND":
			r.option.Bysecond, good = numbers(value, 0, 59)
		case "RSCALE":
			good = value == "GREGORIAN"
		case "SKIP":
		default:
			good = strings.HasPrefix(name, "X-")
		}
		r.unsure = r.unsure || !good
	}
	if _, known := frequencies[freq]; !known {
		return rule{}, false
	}
	r.tidy()
	return r, true
}

// tidy drops what a frequency does not allow and what would be endless work.
func (r *rule) tidy() {
	if r.option.Freq == rrule.WEEKLY || r.option.Freq == rrule.DAILY || r.option.Freq > rrule.DAILY || len(r.option.Byweekno) > 0 {
		for i, d := range r.option.Byweekday { // "first Monday" of a week or a day is any Monday
			r.option.Byweekday[i] = weekdayOf(d.Day())
		}
	}
	if r.option.Freq == rrule.MINUTELY || r.option.Freq == rrule.SECONDLY {
		r.coarse = true
		r.option.Freq, r.option.Interval, r.option.Count, r.option.Bysetpos = rrule.DAILY, 1, 0, nil
		r.option.Byhour, r.option.Byminute, r.option.Bysecond = nil, nil, nil
	}
	if r.option.Count > 0 && r.until != nil {
		r.option.Count = 0 // both may not stand; the one that ends later can't be told
	}
	byDate := len(r.option.Byweekday) + len(r.option.Bymonthday) + len(r.option.Byyearday) + len(r.option.Byweekno) + len(r.option.Bymonth)
	if byDate+len(r.option.Byhour)+len(r.option.Byminute)+len(r.option.Bysecond) == 0 {
		r.option.Bysetpos = nil
	}
}

var frequencies = map[string]rrule.Frequency{"YEARLY": rrule.YEARLY, "MONTHLY": rrule.MONTHLY, "WEEKLY": rrule.WEEKLY, "DAILY": rrule.DAILY,
	"HOURLY": rrule.HOURLY, "MINUTELY": rrule.MINUTELY, "SECONDLY": rrule.SECONDLY}

var weekdays = map[string]rrule.Weekday{"MO": rrule.MO, "TU": rrule.TU, "WE": rrule.WE, "TH": rrule.TH, "FR": rrule.FR, "SA": rrule.SA, "SU": rrule.SU}

func weekdayOf(day int) rrule.Weekday {
	return []rrule.Weekday{rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU}[day]
}

func numberIn(text string, least, most int) (int, bool) {
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, false
	}
	return n, true
}

// numbers reads a list and leaves out doubles, zero where it counts from one, and
// what is none.
func numbers(text string, least, most int) (out []int, ok bool) {
	ok = true
	for part := range strings.SplitSeq(text, ",") {
		n, good := numberIn(strings.TrimPrefix(part, "+"), least, most)
		if good = good && (n != 0 || least == 0); good && !slices.Contains(out, n) {
			out = append(out, n)
		}
		ok = ok && good
	}
	return out, ok
}

func parseDays(text string) (out []rrule.Weekday, ok bool) {
	ok = true
	for part := range strings.SplitSeq(text, ",") {
		if len(part) < 2 {
			ok = false
			continue
		}
		day, good := weekdays[part[len(part)-2:]]
		if nth := strings.TrimPrefix(part[:len(part)-2], "+"); good && nth != "" {
			n, inYear := numberIn(nth, -53, 53)
			if good = inYear && n != 0; good {
				day = day.Nth(n)
			}
		}
		if good && !slices.Contains(out, day) {
			out = append(out, day)
		}
		ok = ok && good
	}
	return out, ok
}

func parseUntil(text string) (*untilOf, bool) {
	w, date, zoned, whole, ok := parseWall(text)
	if !ok {
		return nil, false
	}
	return &untilOf{w, date, zoned}, whole
}

// lastDay is no earlier than the last occurrence, in Unix seconds.
func (r rule) lastDay() (int64, bool) {
	if r.until == nil {
		return 0, false
	}
	return int64(r.until.wall) + 2*86400, true
}

// holds tells whether an occurrence is not after the end of the rule. Where the
// event and the end are of different kinds, the whole day of the end still counts.
func (r rule) holds(w schedule.Wall, date bool, unix int64) bool {
	u := r.until
	switch {
	case u == nil:
		return true
	case u.date || date:
		return floorDiv(int64(w), 86400) <= floorDiv(int64(u.wall), 86400)
	case u.zoned != nil:
		return unix <= u.zoned.At(u.wall)
	}
	return w <= u.wall
}

// era is four centuries in seconds, after which days and weekdays come again. The
// library looks for the next occurrence up to the year 9999; a rule that never comes
// true is moved close to it, so that the search soon ends.
const era = 146_097 * 86400

// walls are the occurrences of a rule within a span, on the face of the clock. full
// is false when there are more than anybody needs.
func (r rule) walls(start schedule.Wall, within schedule.Span) (out []schedule.Wall, full bool) {
	if within.To < int64(start) {
		return nil, true
	}
	if last, ended := r.lastDay(); ended && last < within.From {
		return nil, true
	}
	begin := r.forward(int64(start), within.From)
	moved := (yearEnd - within.To) / era * era
	o := r.option
	o.Dtstart = time.Unix(begin+moved, 0).UTC()
	o.Until = time.Unix(within.To+moved, 0).UTC()
	compiled, err := rrule.NewRRule(o)
	if err != nil {
		return nil, false
	}
	next := compiled.Iterator()
	for {
		at, more := next()
		if !more {
			return out, true
		}
		if w := at.Unix() - moved; w >= within.From {
			out = append(out, schedule.Wall(w))
		}
		if len(out) > maxTimes {
			return out, false
		}
	}
}

// yearEnd is the end of the year 9998.
var yearEnd = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// forward moves the start of a rule without COUNT close before a span, by whole
// steps, so that a start in 1601 costs no more than one of this week.
func (r rule) forward(start, from int64) int64 {
	if r.option.Count > 0 {
		return start
	}
	unit := map[rrule.Frequency]int64{rrule.HOURLY: 3600, rrule.DAILY: 86400, rrule.WEEKLY: 7 * 86400}[r.option.Freq]
	step := unit * int64(max(r.option.Interval, 1))
	if step == 0 || from-start < 2*step {
		return start
	}
	return start + (from-start-step)/step*step
}
