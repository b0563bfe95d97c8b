package duty

import (
	"fmt"
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// The limits of a rota.
const (
	MaxShifts    = 200
	MaxOverrides = 200
	MaxLeave     = 200
	MaxSwaps     = 100
	maxEvery     = 8 // weeks
)

// Check says what is wrong with the terms of a rota. Shifts that overlap are not wrong:
// the first of the list is asked first. Errors: KindInvalid with fields.
func Check(t Terms) error {
	var c models.Checks
	c.Text("name", t.Name, 1, 100)
	c.Zone("zone", t.Zone)
	c.Text("programme", t.Programme, 0, 36)
	c.Text("site", t.Site, 0, schedule.MaxKey)
	c.Require(t.Discipline == "" || t.Discipline.Valid(), "discipline", "not-a-choice", "Choose one of those that are offered.")
	c.Require(t.Serves == ServesCover || t.Serves == ServesSupervisor, "serves", "not-a-choice", "Choose one of those that are offered.")
	c.Require(len(t.Shifts) <= MaxShifts, "shifts", "too-many", "These are more than a rota can hold.")
	c.Require(len(t.Overrides) <= MaxOverrides, "overrides", "too-many", "These are more than a rota can hold.")
	c.Require(len(t.Leave) <= MaxLeave, "leave", "too-many", "These are more than a rota can hold.")
	if c.Err() != nil {
		return c.Err()
	}
	zone, err := schedule.LoadZone(t.Zone)
	if err != nil {
		return err
	}
	for i, s := range t.Shifts {
		checkShift(&c, fmt.Sprintf("shifts[%d]", i), s)
	}
	for i, o := range t.Overrides {
		CheckOnce(&c, fmt.Sprintf("overrides[%d]", i), zone, o.From, o.To)
	}
	for i, l := range t.Leave {
		at := fmt.Sprintf("leave[%d]", i)
		CheckOnce(&c, at, zone, l.From, l.To)
		c.Require(l.Cover != l.AccountID, at+".cover", "circle-of-cover", "Nobody covers for themselves. Choose somebody else, or nobody.")
	}
	if c.Err() == nil {
		checkCircles(&c, Rota{Terms: t})
	}
	return c.Err()
}

func checkShift(c *models.Checks, at string, s Shift) {
	c.Require(len(s.Days) >= 1 && len(s.Days) <= 7, at+".days", "required", "Choose at least one day.")
	for _, d := range s.Days {
		c.Require(d >= 1 && d <= 7, at+".days", "bad-window", "Give a day from 1 to 7.")
	}
	from, okFrom := schedule.ParseClock(s.From)
	_, okTo := schedule.ParseClock(s.To)
	c.Require(okFrom && from < daySeconds, at+".from", "bad-window", "Give a time as HH:MM.")
	c.Require(okTo, at+".to", "bad-window", "Give a time as HH:MM; 24:00 is the end of the day.")
	since, okSince := schedule.ParseDay(s.Since)
	until, okUntil := schedule.ParseDay(s.Until)
	c.Require(s.Since == "" || okSince, at+".since", "bad-date", "Give a date as YYYY-MM-DD.")
	c.Require(s.Until == "" || okUntil, at+".until", "bad-date", "Give a date as YYYY-MM-DD.")
	c.Require(s.Since == "" || s.Until == "" || !okSince || !okUntil || since <= until, at+".until", "bad-window", "The last day lies before the first.")
	c.Require(s.Every >= 0 && s.Every <= maxEvery, at+".every", "out-of-range", "Choose every week, up to each eighth.")
	c.Require(s.Every <= 1 || s.Since != "", at+".since", "required", "Say from which week on it is counted.")
}

// CheckOnce says what is wrong with a piece of time on a clock; the zone is that of the
// rota.
func CheckOnce(c *models.Checks, at string, zone *schedule.Zone, from, to string) {
	_, okFrom := schedule.ParseWall(from)
	_, okTo := schedule.ParseWall(to)
	c.Require(okFrom, at+".from", "bad-time", "Give a date and a time as YYYY-MM-DDTHH:MM:00.")
	c.Require(okTo, at+".to", "bad-time", "Give a date and a time as YYYY-MM-DDTHH:MM:00.")
	if okFrom && okTo {
		_, ok := spanOf(zone, from, to)
		c.Require(ok, at+".to", "bad-window", "There is no time between these two.")
	}
}

// checkCircles refuses covers that go in a circle: at each instant at which a leave
// begins or ends.
func checkCircles(c *models.Checks, r Rota) {
	away := AwayOf(r)
	for i, o := range away {
		for _, e := range away {
			for _, at := range []int64{e.span.From, e.span.To} {
				if in(o.span, at) && away.circle(o.who, at) {
					c.Fail(fmt.Sprintf("leave[%d].cover", i), "circle-of-cover", "These covers go in a circle: in the end nobody is there. Choose somebody else, or nobody.")
					return
				}
			}
		}
	}
}

func (a Away) circle(who string, at int64) bool {
	for n := 0; who != ""; n++ {
		i := len(a) - 1
		for i >= 0 && (a[i].who != who || !in(a[i].span, at)) {
			i--
		}
		if i < 0 {
			return false
		}
		if n > len(a) {
			return true
		}
		who = a[i].other
	}
	return false
}

// CheckSwap says what is wrong with a swap of a rota. Errors: KindInvalid with fields.
func CheckSwap(r Rota, w Swap) error {
	var c models.Checks
	zone, err := schedule.LoadZone(r.Zone)
	if err != nil {
		return err
	}
	if s, ok := spanOf(zone, w.From, w.To); !ok {
		CheckOnce(&c, "swap", zone, w.From, w.To)
	} else {
		c.Require(s.To-s.From <= 60*daySeconds, "to", "bad-window", "A swap is for 60 days at most.")
	}
	c.Require(w.TakenBy != w.GivenBy, "takenBy", "same-person", "Choose somebody else.")
	return c.Err()
}

// Prune leaves out overrides, leave and swaps that ended before an instant.
func Prune(r Rota, before time.Time) Rota {
	zone, err := schedule.LoadZone(r.Zone)
	if err != nil {
		return r
	}
	var swaps []Swap
	for _, w := range r.Swaps {
		if s, ok := spanOf(zone, w.From, w.To); ok && s.End().After(before) {
			swaps = append(swaps, w)
		}
	}
	r.Swaps = swaps
	return r
}
