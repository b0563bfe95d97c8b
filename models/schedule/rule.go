package schedule

import (
	"slices"
	"time"
)

// rule is a recurrence rule of RFC 5545 section 3.3.10, narrowed to days: FREQ is
// DAILY, WEEKLY or MONTHLY, and the time of day is DTSTART's.
//
// It is a question to a day ("are you one?") and no generator: the answer for any
// week costs the same however far the start lies back and however rarely the rule
// matches, and needs no memory. The tests hold it against teambition/rrule-go.
type rule struct {
	freq      freq
	interval  int
	count     int          // 0: no COUNT
	until     until        // zero: no UNTIL
	weekStart time.Weekday // WKST
	byDay     []nthDay
	byDate    []int // BYMONTHDAY: 1..31, or -1..-31 from the month's end
	byMonth   uint16
	bySetPos  []int
}

type freq int

const (
	daily freq = iota + 1
	weekly
	monthly
)

// nthDay is a BYDAY: a weekday, the n-th of its month unless n is 0.
type nthDay struct {
	n   int
	day time.Weekday
}

// until is the last moment of a rule: an instant when utc, else a reading of the
// rule's own clock.
type until struct {
	set, utc bool
	at       int64
}

// recurrence is a rule with its first day, and its last as far as days can say.
type recurrence struct {
	rule
	first, last Day // inclusive
	except      []Day
}

// on tells whether the rule falls on day d.
func (r *recurrence) on(d Day) bool {
	return d >= r.first && d <= r.last && r.falls(d) && !slices.Contains(r.except, d)
}

// falls is on without exceptions and without an end.
func (r *recurrence) falls(d Day) bool {
	switch r.freq {
	case daily:
		return int(d-r.first)%r.interval == 0 && r.fits(d)
	case weekly:
		weeks := r.week(d) - r.week(r.first)
		return int(weeks)%r.interval == 0 && r.fits(d)
	}
	y, m, _ := d.Date()
	fy, fm, _ := r.first.Date()
	months := (y-fy)*12 + int(m-fm)
	return months >= 0 && months%r.interval == 0 && r.fits(d) && (len(r.bySetPos) == 0 || r.inPosition(d))
}

// week numbers the weeks as WKST begins them.
func (r *recurrence) week(d Day) int64 {
	return floorDiv(int64(d)+4-int64(r.weekStart), 7)
}

// fits tells whether d passes all of the BY parts, or is like DTSTART where a part
// is left out (RFC 5545: "information is retrieved from DTSTART").
func (r *recurrence) fits(d Day) bool {
	if r.byMonth == 0 && len(r.byDate) == 0 && r.freq != monthly {
		return r.fitsWeekday(d, 0, 0)
	}
	y, m, date := d.Date()
	if r.byMonth != 0 && r.byMonth&(1<<m) == 0 {
		return false
	}
	length := monthLength(y, m)
	if len(r.byDate) > 0 && !slices.Contains(r.byDate, date) && !slices.Contains(r.byDate, date-length-1) {
		return false
	}
	if r.freq == monthly && len(r.byDay) == 0 && len(r.byDate) == 0 {
		_, _, first := r.first.Date()
		return date == first
	}
	return r.fitsWeekday(d, date, length)
}

func (r *recurrence) fitsWeekday(d Day, date, length int) bool {
	if len(r.byDay) == 0 {
		return r.freq != weekly || d.Weekday() == r.first.Weekday()
	}
	wd := d.Weekday()
	for _, b := range r.byDay {
		if b.day == wd && (b.n == 0 || b.n == (date-1)/7+1 || -b.n == (length-date)/7+1) {
			return true
		}
	}
	return false
}

// inPosition tells whether d, which fits, stands at one of BYSETPOS among the days
// of its month that fit.
func (r *recurrence) inPosition(d Day) bool {
	y, m, date := d.Date()
	before, all := 0, 0
	for i := range monthLength(y, m) {
		if r.fits(d - Day(date-1) + Day(i)) {
			if all++; i < date {
				before++ // counts d itself
			}
		}
	}
	return slices.Contains(r.bySetPos, before) || slices.Contains(r.bySetPos, before-all-1)
}

// over tells that UNTIL lies before a start, given as its reading and its instant.
func (r *recurrence) over(start Wall, unix int64) bool {
	u := r.until
	return u.set && (u.utc && unix > u.at || !u.utc && int64(start) > u.at)
}

// lastOf is the day of the n-th time that the rule falls, if that is within ten
// years.
func (r *recurrence) lastOf(n int) (Day, bool) {
	for d := r.first; d < r.first+maxCountDays; d++ {
		if r.falls(d) {
			if n--; n == 0 {
				return d, true
			}
		}
	}
	return r.first, false
}
