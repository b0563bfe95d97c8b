package models

import "time"

// dayCut is the wall-clock hour at which a day begins: what somebody tells at two
// in the morning belongs to the day that they have not slept after.
const dayCut = 4

// LocalDay is the calendar day (YYYY-MM-DD) that an instant belongs to for a person
// in zone: days begin at 04:00 on the wall. The clock on the wall decides, so the
// day is right on the nights on which it jumps.
func LocalDay(at time.Time, zone *time.Location) string {
	wall := at.In(zone)
	y, m, d := wall.Date()
	if wall.Hour() < dayCut {
		d--
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// DaysBetween lists the days from first to last, both included.
func DaysBetween(first, last string) []string {
	from, errA := time.Parse(time.DateOnly, first)
	to, errB := time.Parse(time.DateOnly, last)
	if errA != nil || errB != nil {
		return nil
	}
	var out []string
	for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
		out = append(out, d.Format(time.DateOnly))
	}
	return out
}
