package models

import "time"

// dayCut is the wall-clock hour at which a day begins: what somebody tells at two
// in the morning belongs to the day that they have not slept after.
const dayCut = 4

// Weekdays are the days of a week as RFC 5545 writes them, in the order of ISO 8601.
var Weekdays = []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}

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

// DaysBetween lists the days from first to last, both included; none when first is
// after last, or when one is no date.
func DaysBetween(first, last string) []string {
	from, n := DaysFrom(first, last)
	var out []string
	for k := range max(n, 0) {
		out = append(out, from.AddDate(0, 0, k).Format(time.DateOnly))
	}
	return out
}

// DaysFrom counts the days from first to last without listing them: 0 or less when
// first is after last, 0 when one is no date.
func DaysFrom(first, last string) (from time.Time, n int) {
	from, errA := time.Parse(time.DateOnly, first)
	to, errB := time.Parse(time.DateOnly, last)
	if errA != nil || errB != nil {
		return from, 0
	}
	return from, int(to.Sub(from)/(24*time.Hour)) + 1
}
