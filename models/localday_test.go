package models

import (
	"testing"
	"time"
)

func zoneOf(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestLocalDayIsCutAtFour(t *testing.T) {
	for _, c := range []struct{ zone, at, day string }{
		{"America/New_York", "2026-03-08T03:59:00-04:00", "2026-03-07"}, // the night of 23 hours
		{"America/New_York", "2026-03-08T04:00:00-04:00", "2026-03-08"},
		{"America/New_York", "2026-11-01T01:30:00-04:00", "2026-10-31"}, // the hour that comes twice, first
		{"America/New_York", "2026-11-01T01:30:00-05:00", "2026-10-31"}, // and again
		{"America/New_York", "2026-11-01T04:00:00-05:00", "2026-11-01"},
		{"Australia/Lord_Howe", "2026-10-04T03:59:00+11:00", "2026-10-03"}, // half an hour is left out
		{"Australia/Lord_Howe", "2026-10-04T04:00:00+11:00", "2026-10-04"},
		{"Asia/Kathmandu", "2026-05-01T03:59:00+05:45", "2026-04-30"},
		{"Pacific/Apia", "2011-12-31T02:00:00+14:00", "2011-12-30"}, // the 30th did not exist there; the day before the 31st is still its name
		{"Pacific/Kiritimati", "2026-01-01T00:30:00+14:00", "2025-12-31"},
		{"UTC", "2026-01-01T04:00:00Z", "2026-01-01"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := LocalDay(at, zoneOf(t, c.zone)); got != c.day {
			t.Errorf("%s in %s is %s, want %s", c.at, c.zone, got, c.day)
		}
	}
}

// TestLocalDayNeverGoesBack walks through three years of quarter hours in zones
// with every sort of clock change.
func TestLocalDayNeverGoesBack(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Asia/Tehran"} {
		z, last := zoneOf(t, name), ""
		for at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2027; at = at.Add(15 * time.Minute) {
			day := LocalDay(at, z)
			if day < last {
				t.Fatalf("%s: %s after %s at %v", name, day, last, at)
			}
			last = day
		}
	}
}

// TestADayHasItsHours: on the nights on which the clock jumps, the patient's day is
// shorter or longer, and the one around it is not.
func TestADayHasItsHours(t *testing.T) {
	for _, c := range []struct {
		zone, day string
		minutes   int
	}{
		{"America/New_York", "2026-03-07", 23 * 60}, // the night to the 8th lacks an hour
		{"America/New_York", "2026-03-08", 24 * 60},
		{"America/New_York", "2026-10-31", 25 * 60},
		{"Australia/Lord_Howe", "2026-10-03", 23*60 + 30},
		{"Australia/Lord_Howe", "2026-04-04", 24*60 + 30},
		{"Pacific/Chatham", "2026-04-04", 25 * 60}, // 03:45 becomes 02:45, right before the cut
		{"Pacific/Chatham", "2026-09-26", 23 * 60},
		{"Antarctica/Troll", "2026-03-28", 22 * 60},
		{"Africa/Cairo", "2026-04-23", 23 * 60}, // midnight does not exist
		{"Asia/Tokyo", "2026-03-07", 24 * 60},
	} {
		z, n := zoneOf(t, c.zone), 0
		day, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		for at := day.Add(-36 * time.Hour); at.Before(day.Add(72 * time.Hour)); at = at.Add(time.Minute) {
			if LocalDay(at, z) == c.day {
				n++
			}
		}
		if n != c.minutes {
			t.Errorf("%s in %s has %d minutes, want %d", c.day, c.zone, n, c.minutes)
		}
	}
}

// TestClockChangesKeepTheOrderOfDays looks at every change of clocks from 2020 to
// 2035 in the zones where people change them at odd hours, and at every zone that
// the reference names: no change of clocks brings a day back.
func TestClockChangesKeepTheOrderOfDays(t *testing.T) {
	changes := 0
	for _, name := range []string{"America/New_York", "America/St_Johns", "America/Nuuk", "America/Santiago", "Pacific/Easter", "America/Asuncion",
		"America/Havana", "Atlantic/Azores", "Europe/London", "Europe/Berlin", "Europe/Chisinau", "Asia/Gaza", "Asia/Beirut", "Asia/Jerusalem",
		"Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Antarctica/Troll", "Antarctica/Casey", "Antarctica/Vostok", "Antarctica/Macquarie",
		"Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Norfolk", "Asia/Almaty", "Europe/Volgograd",
		"Africa/Juba", "America/Dawson", "America/Mexico_City", "America/Sao_Paulo", "Asia/Amman", "Asia/Damascus", "Asia/Tehran", "Pacific/Fiji"} {
		at, end := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2035, 1, 1, 0, 0, 0, 0, time.UTC)
		z := zoneOf(t, name)
		for {
			_, change := at.In(z).ZoneBounds()
			if change.IsZero() || change.After(end) {
				break
			}
			changes++
			for k := range 16 * 60 { // every minute of the hours around it
				now := change.Add(time.Duration(k-8*60) * time.Minute)
				if before, after := LocalDay(now.Add(-time.Minute), z), LocalDay(now, z); after < before {
					t.Errorf("%s: %s after %s at %v", name, after, before, now)
					break
				}
			}
			at = change
		}
	}
	if changes < 500 {
		t.Errorf("only %d changes of clocks were looked at", changes)
	}
}

func TestDaysBetween(t *testing.T) {
	for _, c := range []struct {
		from, to string
		n        int
	}{{"2026-02-27", "2026-03-02", 4}, {"2024-02-28", "2024-03-01", 3}, {"2026-01-01", "2026-01-01", 1}, {"2026-01-02", "2026-01-01", 0}, {"", "2026-01-01", 0}, {"2026-02-30", "2026-03-01", 0}} {
		got := DaysBetween(c.from, c.to)
		if len(got) != c.n || c.n > 0 && (got[0] != c.from || got[c.n-1] != c.to) {
			t.Errorf("%s to %s: %v", c.from, c.to, got)
		}
	}
}
