package schedule

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func zone(t testing.TB, name string) *Zone {
	t.Helper()
	z, err := LoadZone(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return z
}

func wall(t testing.TB, text string) Wall {
	t.Helper()
	w, ok := ParseWall(text)
	if !ok {
		t.Fatalf("%s is no LocalDateTime", text)
	}
	return w
}

func utc(t testing.TB, text string) int64 {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z", text)
	if err != nil {
		t.Fatal(err)
	}
	return at.Unix()
}

// TestReadings has each kind of change of clocks, in both directions.
func TestReadings(t *testing.T) {
	for name, c := range map[string]struct{ zone, wall, utc string }{
		"RFC 5545 3.3.5, gap":           {"America/New_York", "2007-03-11T02:30:00", "2007-03-11T07:30Z"}, // 03:30 EDT
		"RFC 5545 3.3.5, fold":          {"America/New_York", "2007-11-04T01:30:00", "2007-11-04T05:30Z"}, // 01:30 EDT
		"minute before the gap":         {"America/New_York", "2026-03-08T01:59:00", "2026-03-08T06:59Z"},
		"first minute of the gap":       {"America/New_York", "2026-03-08T02:00:00", "2026-03-08T07:00Z"},
		"last minute of the gap":        {"America/New_York", "2026-03-08T02:59:00", "2026-03-08T07:59Z"},
		"minute after the gap":          {"America/New_York", "2026-03-08T03:00:00", "2026-03-08T07:00Z"},
		"minute before the fold":        {"America/New_York", "2026-11-01T00:59:00", "2026-11-01T04:59Z"},
		"first minute of the fold":      {"America/New_York", "2026-11-01T01:00:00", "2026-11-01T05:00Z"},
		"last minute of the fold":       {"America/New_York", "2026-11-01T01:59:00", "2026-11-01T05:59Z"},
		"minute after the fold":         {"America/New_York", "2026-11-01T02:00:00", "2026-11-01T07:00Z"},
		"Lord Howe, gap of 30 minutes":  {"Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45Z"},
		"Lord Howe, after the gap":      {"Australia/Lord_Howe", "2026-10-04T02:30:00", "2026-10-03T15:30Z"},
		"Lord Howe, fold of 30 minutes": {"Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45Z"},
		"Lord Howe, after the fold":     {"Australia/Lord_Howe", "2026-04-05T02:00:00", "2026-04-04T15:30Z"},
		"Chatham, 45 minutes, gap":      {"Pacific/Chatham", "2026-09-27T03:00:00", "2026-09-26T14:15Z"},
		"Chatham, 45 minutes, fold":     {"Pacific/Chatham", "2026-04-05T03:00:00", "2026-04-04T13:15Z"},
		"Nepal, 45 minutes, no change":  {"Asia/Kathmandu", "2026-03-08T02:30:00", "2026-03-07T20:45Z"},
		"Santiago, gap at midnight":     {"America/Santiago", "2026-09-06T00:30:00", "2026-09-06T04:30Z"}, // 01:30 -03
		"Santiago, fold to the eve":     {"America/Santiago", "2026-04-04T23:30:00", "2026-04-05T02:30Z"},
		"Samoa, before the jump":        {"Pacific/Apia", "2011-12-29T09:00:00", "2011-12-29T19:00Z"},
		"Samoa, the day that was not":   {"Pacific/Apia", "2011-12-30T09:00:00", "2011-12-30T19:00Z"}, // is 31 December, 09:00 +14
		"Samoa, after the jump":         {"Pacific/Apia", "2011-12-31T09:00:00", "2011-12-30T19:00Z"},
		"Kwajalein, before the jump":    {"Pacific/Kwajalein", "1993-08-20T09:00:00", "1993-08-20T21:00Z"},
		"Kwajalein, the day that was n": {"Pacific/Kwajalein", "1993-08-21T09:00:00", "1993-08-21T21:00Z"},
		"Kwajalein, after the jump":     {"Pacific/Kwajalein", "1993-08-22T09:00:00", "1993-08-21T21:00Z"},
		"Mexico, law until 2022":        {"America/Mexico_City", "2022-07-01T09:00:00", "2022-07-01T14:00Z"},
		"Mexico, law from 2023":         {"America/Mexico_City", "2023-07-01T09:00:00", "2023-07-01T15:00Z"},
		"Jordan, summer for good":       {"Asia/Amman", "2023-01-15T09:00:00", "2023-01-15T06:00Z"},
		"Jordan, winter before":         {"Asia/Amman", "2022-01-15T09:00:00", "2022-01-15T07:00Z"},
		"Volgograd, back in 2020":       {"Europe/Volgograd", "2020-12-27T01:30:00", "2020-12-26T21:30Z"}, // shown twice
		"South Sudan, back in 2021":     {"Africa/Juba", "2021-01-31T23:30:00", "2021-01-31T20:30Z"},
		"Casablanca, Ramadan":           {"Africa/Casablanca", "2026-02-20T09:00:00", "2026-02-20T09:00Z"},
		"Troll, two hours":              {"Antarctica/Troll", "2026-03-29T02:00:00", "2026-03-29T02:00Z"}, // 04:00 +02
		"UTC":                           {"UTC", "2026-03-08T02:30:00", "2026-03-08T02:30Z"},
		"far future by the last law":    {"Europe/Berlin", "2099-07-01T09:00:00", "2099-07-01T07:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, want := zone(t, c.zone).At(wall(t, c.wall)), utc(t, c.utc); got != want {
				t.Errorf("%s is %s, want %s", c.wall, instant(got).Format(time.RFC3339), c.utc)
			}
		})
	}
}

// zoneNames lists every zone that Go's own copy of the tz database has.
func zoneNames(t testing.TB) []string {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip("no go command to ask for its zones: ", err)
	}
	r, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var names []string
	for _, f := range r.File {
		if !strings.HasSuffix(f.Name, "/") && f.Name != "Factory" { // nobody lives by that one
			names = append(names, f.Name)
		}
	}
	return names
}

// TestEveryZone walks the clock of each zone of the world around each of its
// changes from 2020 to 2037, and a day in between.
func TestEveryZone(t *testing.T) {
	begin, end := utc(t, "2020-01-01T00:00Z"), utc(t, "2038-01-01T00:00Z")
	changes := 0
	for _, name := range zoneNames(t) {
		z := zone(t, name)
		for i, at := range z.from {
			if at < begin || at >= end {
				continue
			}
			changes++
			checkChange(t, z, i)
		}
		for at := begin; at < end; at += 37*daySeconds + 4321*60 {
			checkInstant(t, z, at)
		}
	}
	if changes < 4000 {
		t.Errorf("only %d changes of clocks in all zones: is the tz database there?", changes)
	}
}

func checkInstant(t *testing.T, z *Zone, at int64) {
	t.Helper()
	_, off := instant(at).In(z.loc).Zone()
	if want := Wall(at + int64(off)); z.Wall(at) != want {
		t.Fatalf("%s at %v: reads %v, package time says %v", z.name, instant(at), z.Wall(at), want)
	}
	if got := z.At(z.Wall(at)); got > at || z.Wall(got) != z.Wall(at) {
		t.Fatalf("%s at %v: reading goes to %v", z.name, instant(at), instant(got))
	}
	if d := z.Day(at); !(Span{at, at + 1}).Overlaps(z.DaySpan(d)) {
		t.Fatalf("%s at %v lies outside of its own date", z.name, instant(at))
	}
}

// checkChange looks at each minute around change i of a zone.
func checkChange(t *testing.T, z *Zone, i int) {
	t.Helper()
	at, before, after := z.from[i], z.off[i-1], z.off[i]
	g := grid{z, 60}
	seen := map[Wall]bool{}
	for u := at - 200*60; u < at+200*60; u += 60 { // Casey was set back by three hours
		checkInstant(t, z, u)
		w := z.Wall(u)
		if first := !seen[w]; first != (z.At(w) == u) || first != g.on(u) {
			t.Fatalf("%s: %v is read at %v; first: %v", z.name, w, instant(u), first)
		}
		seen[w] = true
	}
	for w := Wall(at + before); w < Wall(at+after); w += 60 { // only when set forward
		if got := z.At(w); got != int64(w)-before {
			t.Fatalf("%s: %v does not exist and goes to %v", z.name, w, instant(got))
		}
	}
}

func TestNoZones(t *testing.T) {
	for _, name := range []string{"", "Local", "Mars/Olympus", "../etc/passwd", "america/new_york", "America//New_York",
		"America/./New_York", "posix/America/New_York", "right/Europe/Paris", "/Europe/Paris", "Europe/Paris ", strings.Repeat("A", 10000)} {
		if z, err := LoadZone(name); err != ErrUnknownZone {
			t.Errorf("%.20q is taken for a zone: %v %v", name, z, err)
		}
	}
}

func TestDaysHaveTheirTrueLength(t *testing.T) {
	for _, c := range []struct {
		zone, day string
		hours     float64
	}{
		{"America/New_York", "2026-03-08", 23}, {"America/New_York", "2026-11-01", 25}, {"America/New_York", "2026-06-01", 24},
		{"Australia/Lord_Howe", "2026-10-04", 23.5}, {"Australia/Lord_Howe", "2026-04-05", 24.5},
		{"America/Santiago", "2026-09-06", 23}, {"America/Santiago", "2026-04-04", 25},
		{"Pacific/Apia", "2011-12-29", 24}, {"Pacific/Apia", "2011-12-30", 0}, {"Antarctica/Troll", "2026-03-29", 22},
	} {
		d, _ := ParseDay(c.day)
		s := zone(t, c.zone).DaySpan(d)
		if got := float64(s.To-s.From) / 3600; got != c.hours {
			t.Errorf("%s %s has %v hours, want %v", c.zone, c.day, got, c.hours)
		}
	}
}
