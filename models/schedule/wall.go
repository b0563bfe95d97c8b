package schedule

import (
	"errors"
	"time"
)

// WallLen is how long a Wall is as text.
const WallLen = len(wallLayout)

// Wall is what a clock on a wall shows, with the date: seconds since
// 1970-01-01T00:00:00 of that wall. It is no instant until a Zone makes it one.
type Wall int64

// Day is a date: days since 1970-01-01.
type Day int32

const (
	daySeconds     = 86400
	wallLayout     = "2006-01-02T15:04:05" // RFC 8984 LocalDateTime
	dateLayout     = "2006-01-02"
	minDay     Day = 0     // 1970-01-01: zones are laws, and older laws are of no use here
	maxDay     Day = 47482 // 2100-01-01, the first date that is too late
)

// ParseWall reads "2026-03-02T09:00:00". Seconds must be 00; the date must lie in
// 1970..2099.
func ParseWall(text string) (Wall, bool) {
	t, err := time.ParseInLocation(wallLayout, text, time.UTC)
	if err != nil || len(text) != len(wallLayout) || t.Second() != 0 {
		return 0, false
	}
	w := Wall(t.Unix())
	return w, w.Day() >= minDay && w.Day() < maxDay
}

// ParseDay reads "2026-03-02", a date in 1970..2099.
func ParseDay(text string) (Day, bool) {
	t, err := time.ParseInLocation(dateLayout, text, time.UTC)
	if err != nil {
		return 0, false
	}
	d := Wall(t.Unix()).Day()
	return d, d >= minDay && d < maxDay
}

// ParseClock reads "17:30" as seconds of the day; "24:00" is allowed.
func ParseClock(text string) (int64, bool) {
	if text == "24:00" {
		return daySeconds, true
	}
	t, err := time.ParseInLocation("15:04", text, time.UTC)
	if err != nil || len(text) != 5 {
		return 0, false
	}
	return int64(t.Hour())*3600 + int64(t.Minute())*60, true
}

// String is the RFC 8984 LocalDateTime.
func (w Wall) String() string { return instant(int64(w)).Format(wallLayout) }

// Day is the date on that wall.
func (w Wall) Day() Day { return Day(floorDiv(int64(w), daySeconds)) }

// Clock is the time of day in seconds.
func (w Wall) Clock() int64 { return int64(w) - int64(w.Day())*daySeconds }

// At is the reading of the given seconds after midnight; they may exceed a day.
func (d Day) At(seconds int64) Wall { return Wall(int64(d)*daySeconds + seconds) }

// String is the date as YYYY-MM-DD.
func (d Day) String() string { return instant(int64(d) * daySeconds).Format(dateLayout) }

// MarshalText and UnmarshalText write a date as YYYY-MM-DD, in JSON too.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a date in 1970..2099.
func (d *Day) UnmarshalText(text []byte) error {
	day, ok := ParseDay(string(text))
	if !ok {
		return errors.New("schedule: not a date")
	}
	*d = day
	return nil
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(floorMod(int64(d)+4, 7)) } // 1970-01-01 was a Thursday

// Date is year, month and day of the month.
func (d Day) Date() (year int, month time.Month, day int) {
	return instant(int64(d) * daySeconds).Date()
}

// dayOf is the UTC date of an instant.
func dayOf(unix int64) Day { return Day(floorDiv(unix, daySeconds)) }

// monthLength is the number of days of d's month.
func monthLength(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func floorDiv(a, b int64) int64 { return (a - floorMod(a, b)) / b }

func floorMod(a, b int64) int64 { return ((a % b) + b) % b }
