package schedule

import (
	"slices"
	"strings"
	"time"

	rrule "github.com/teambition/rrule-go"
)

// This file answers what Find answers, minute by minute and by looking at
// everything. It shares no code with it: it reads clocks through package time,
// expands rules with rrule-go, and paints minutes.

// A clock is what a zone's wall shows at each minute around a moment.
type clock struct {
	from   int64   // minute of the first reading
	reads  []int64 // minute on the wall, by minute
	base   int64   // first minute on the wall of firsts
	firsts []int64 // minute at which a reading is first shown, by reading; -1: never
}

const clockDays = 20

func newClock(zone string, middle int64) *clock {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	from := middle/60 - clockDays/2*1440
	c := &clock{from: from, base: from - 2*1440, firsts: make([]int64, (clockDays+4)*1440)}
	for i := range c.firsts {
		c.firsts[i] = -1
	}
	for m := from; m < from+clockDays*1440; m++ {
		_, off := time.Unix(m*60, 0).In(loc).Zone()
		w := m + int64(off/60)
		c.reads = append(c.reads, w)
		if c.firsts[w-c.base] < 0 {
			c.firsts[w-c.base] = m
		}
	}
	return c
}

// read is the minute that the wall shows.
func (c *clock) read(minute int64) int64 { return c.reads[minute-c.from] }

// at is the minute of a reading: the first at which it is shown; if it is never
// shown, what it would be with the offset of the last reading before it.
func (c *clock) at(reading int64) int64 {
	shown := reading
	for c.firsts[shown-c.base] < 0 {
		shown--
	}
	return c.firsts[shown-c.base] + reading - shown
}

// day is a date, given a minute on the wall.
func day(reading int64) int64 { return floorDiv(reading, 1440) }

// oracle paints the minutes of one case.
type oracle struct {
	oracleCase
	from, to int64 // minutes that are painted
	clocks   func(zone string) *clock
}

// wallMinute reads a LocalDateTime as minutes of a wall.
func wallMinute(text string) int64 {
	t, err := time.Parse(wallLayout, text)
	if err != nil {
		panic(err)
	}
	return t.Unix() / 60
}

// paint sets the minutes [from, to) that lie in the picture.
func (o *oracle) paint(picture []bool, from, to int64, value bool) {
	for m := max(from, o.from); m < min(to, o.to); m++ {
		picture[m-o.from] = value
	}
}

// open paints when somebody's hours allow a visit at a site.
func (o *oracle) open(a *Availability, kind Kind, site string) []bool {
	picture := make([]bool, o.to-o.from)
	one := func(starts []int64, end string, x Terms, until int64) {
		hours := picture
		if len(o.closures) > 0 { // which must not shut the other hours
			hours = make([]bool, o.to-o.from)
		}
		for _, start := range starts {
			stop := start - start%1440 + clockMinute(end)
			for stop <= start {
				stop += 1440
			}
			zone := o.clocks(o.zoneOn(a, day(start)))
			if zone.at(start)*60 <= until {
				o.paint(hours, zone.at(start), zone.at(stop), true)
			}
		}
		if len(o.closures) == 0 {
			return
		}
		for _, c := range o.closures {
			if c.Site == "" || c.Site == x.Site {
				z := o.clocks(c.Zone)
				o.paint(hours, z.at(wallMinute(c.Start)), z.at(wallMinute(c.End)), false)
			}
		}
		for i, open := range hours {
			if open {
				picture[i] = true
			}
		}
	}
	for _, h := range a.Hours {
		if o.suits(h.Terms, kind, site) {
			starts, until := o.starts(h)
			one(starts, h.End, h.Terms, until)
		}
	}
	for _, x := range a.Extra {
		if o.suits(x.Terms, kind, site) {
			one([]int64{wallMinute(x.Start)}, x.End, x.Terms, 1<<60)
		}
	}
	home := o.clocks(a.Zone)
	for _, l := range a.Leave {
		o.paint(picture, home.at(wallMinute(l.Start)), home.at(wallMinute(l.End)), false)
	}
	return picture
}

func clockMinute(text string) int64 {
	return int64(text[0]-'0')*600 + int64(text[1]-'0')*60 + int64(text[3]-'0')*10 + int64(text[4]-'0')
}

// starts are the readings at which hours begin near the case, and UNTIL in seconds.
func (o *oracle) starts(h Hours) (readings []int64, until int64) {
	rule, end, ends := strings.Cut(h.RRule, ";UNTIL=")
	until = 1 << 60
	if ends {
		t, err := time.Parse("20060102T150405Z", end)
		if err != nil {
			panic(err)
		}
		until = t.Unix()
	}
	opt, err := rrule.StrToROption(rule)
	if err != nil {
		panic(err)
	}
	opt.Dtstart = time.Unix(wallMinute(h.Start)*60, 0).UTC()
	r, err := rrule.NewRRule(*opt)
	if err != nil {
		panic(err)
	}
	for _, t := range r.Between(time.Unix(o.from*60, 0).UTC().AddDate(0, 0, -4), time.Unix(o.to*60, 0).UTC().AddDate(0, 0, 3), true) {
		if !slices.Contains(h.ExDates, t.Format(dateLayout)) && !slices.Contains(h.ExDates, t.Format(wallLayout)) {
			readings = append(readings, t.Unix()/60)
		}
	}
	return readings, until
}

func (o *oracle) zoneOn(a *Availability, d int64) string {
	for _, t := range a.Travel {
		if t.Hours == MoveHours && d >= day(wallMinute(t.From+"T00:00:00")) && d <= day(wallMinute(t.To+"T00:00:00")) {
			return t.Zone
		}
	}
	return a.Zone
}

func (o *oracle) suits(x Terms, kind Kind, site string) bool {
	if kind == Patient || kind == Supporter {
		return true
	}
	return (len(x.Modalities) == 0 || slices.Contains(x.Modalities, o.req.Modality)) &&
		(len(x.VisitTypes) == 0 || slices.Contains(x.VisitTypes, o.req.Visit.ID)) &&
		(o.req.Modality != InPerson || x.Site == site && site != "")
}

// taken paints what claims and busy times take, a minute being taken when a second of it is.
func (o *oracle) taken(p *Candidate) []bool {
	picture := make([]bool, o.to-o.from)
	for _, c := range p.Claims {
		if o.counts(c) {
			o.paint(picture, floorDiv(c.From, 60), floorDiv(c.To+59, 60), true)
		}
	}
	for _, b := range p.Busy {
		o.paint(picture, floorDiv(b.From, 60), floorDiv(b.To+59, 60), true)
	}
	return picture
}

func (o *oracle) counts(c Claim) bool {
	return (c.Expires == 0 || c.Expires > o.req.Now.Unix()) && (o.req.Ignore == "" || c.Visit != o.req.Ignore)
}

// full tells whether somebody has their number of such visits on the date of a minute.
func (o *oracle) full(p *Candidate, a *Availability, minute int64) bool {
	if o.req.Visit.PerDay == 0 {
		return false
	}
	home, n := o.clocks(a.Zone), 0
	for _, c := range p.Claims {
		if o.counts(c) && c.Type == o.req.Visit.ID && day(home.read(c.Start/60)) == day(home.read(minute)) {
			n++
		}
	}
	return n >= o.req.Visit.PerDay
}

// all tells whether every minute of [from, to) is painted.
func (o *oracle) all(picture []bool, from, to int64) bool {
	for m := from; m < to; m++ {
		if !picture[m-o.from] {
			return false
		}
	}
	return true
}

// none tells whether no minute of [from, to) is painted.
func (o *oracle) none(picture []bool, from, to int64) bool {
	for m := from; m < to; m++ {
		if picture[m-o.from] {
			return false
		}
	}
	return true
}
