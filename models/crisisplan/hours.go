package crisisplan

import (
	"slices"
	"time"

	"handrail/models"
)

// Hours is when somebody answers, on the clock on their own wall.
type Hours struct {
	Always bool   `json:"always,omitempty"`
	Zone   string `json:"zone,omitempty"`
	Open   []Open `json:"open,omitempty"`
}

// Open is one stretch of hours on some days of the week.
type Open struct {
	Days []string `json:"days"`
	From string   `json:"from"`
	To   string   `json:"to"`
}

var weekdays = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"} // as time.Weekday counts

const dayMinutes = 24 * 60

func (h Hours) check(c *models.Checks, field string) {
	if h.Always {
		c.Require(h.Zone == "" && len(h.Open) == 0, field, "always-alone", "Day and night needs no other hours.")
		return
	}
	c.Zone(field+".zone", h.Zone)
	c.Require(len(h.Open) > 0, field+".open", "required", "Say when somebody answers.")
	checkList(c, field+".open", h.Open, MaxOpen, func(at string, o Open) {
		c.Require(len(o.Days) > 0 && len(o.Days) <= len(weekdays), at+".days", "required", "Choose the days.")
		for _, d := range o.Days {
			c.Require(slices.Contains(weekdays, d), at+".days", "unknown-day", "Name days as MO, TU, WE, TH, FR, SA, SU.")
		}
		from, to := minuteOf(o.From), minuteOf(o.To)
		c.Require(from >= 0 && from < dayMinutes, at+".from", "no-such-time", "Give a time as HH:MM.")
		c.Require(to >= 0, at+".to", "no-such-time", "Give a time as HH:MM.")
	})
}

// minuteOf reads HH:MM as minutes of the day; -1 for what is no time.
func minuteOf(text string) int {
	if text == "24:00" {
		return dayMinutes
	}
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

// OpenAt tells whether somebody answers at an instant. The wall clock decides: in
// the hour that comes twice in autumn it is open twice, and the hour that spring
// leaves out was never open.
func (h Hours) OpenAt(at time.Time) bool {
	if h.Always {
		return true
	}
	name, odd := models.StoredZone(h.Zone, "")
	zone, err := models.LoadZone(name)
	if err != nil || odd && name == "UTC" { // nobody knows whose clock this is: promise nobody
		return false
	}
	wall := at.In(zone)
	minute := wall.Hour()*60 + wall.Minute()
	today, before := weekdays[wall.Weekday()], weekdays[(wall.Weekday()+6)%7]
	return slices.ContainsFunc(h.Open, func(o Open) bool {
		from, to := minuteOf(o.From), minuteOf(o.To)
		if to > from {
			return slices.Contains(o.Days, today) && from <= minute && minute < to
		}
		return slices.Contains(o.Days, today) && from <= minute || slices.Contains(o.Days, before) && minute < to
	})
}
