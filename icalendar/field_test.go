package icalendar

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/models/schedule"
)

// TestCalendarsFromTheField reads what other programs really write. Each file of
// testdata/field was rebuilt from a report of somebody whose program misread it.
func TestCalendarsFromTheField(t *testing.T) {
	mondays := "1207T1400-1207T1430 1214T1400-1214T1430 1221T1400-1221T1430 1228T1400-1228T1430"
	const one = "1207T1500-1207T1600"
	want := map[string]string{
		"winzone-other": "1207T1800-1207T1900", "winzone-home-novtz": one, "winzone-home": one, "winzone-home-suffix1": one,
		"tz-ms-utc": one, "tz-no-dst-same": one, "tz-libical-path": one, "tz-gmt-offset": "1207T0900-1207T1000", "tz-utc-words": one,
		"chile-vs-halifax":          "1207T1300-1207T1400",
		"recid-unreadable-zone":     one + " 1208T1700-1208T1800 1209T1500-1209T1600",
		"desc-raw-newline-status":   one,
		"desc-raw-newline-plain":    one,
		"desc-raw-newline-duration": one,
		"byhour":                    "1207T1400-1207T1430 1207T1900-1207T1930 1208T1400-1208T1430 1208T1900-1208T1930",
		"weekly-bysetpos":           mondays,
		"dup-byday":                 "1207T1400-1207T1430 1209T1400-1209T1430 1214T1400-1214T1430 1216T1400-1216T1430 1221T1400-1221T1430 1223T1400-1223T1430 1228T1400-1228T1430 1230T1400-1230T1430",
		"two-rrules":                "1207T1400-1207T1430 1210T1400-1210T1430 1214T1400-1214T1430 1217T1400-1217T1430 1221T1400-1221T1430 1224T1400-1224T1430 1228T1400-1228T1430 1231T1400-1231T1430",
		"rdate-period":              one + " 1208T1500-1208T1600 1210T1500-1210T1800 1211T1500-1211T1700",
		"rdate-only":                one + " 1209T1500-1209T1600",
		"count-2000":                mondays,
		"start-1601-weekly":         mondays,
		"yearly-bymonthday":         "1215T1400-1215T1430",
		"exdate-date-on-timed":      one + " 1209T1500-1209T1600",
		"exdate-winzone-multi":      one + " 1211T1500-1211T1600",
		"first-in-exdate":           "1208T0730-1208T0830 1215T0730-1215T0830",
		"recid-date-on-timed":       one + " 1208T2000-1208T2100 1209T1500-1209T1600",
		"recid-with-rrule":          one + " 1208T2000-1208T2100 1209T1500-1209T1600",
		"moved-occurrence":          one + " 1215T2000-1215T2100",
		"until-date-utc":            "1208T0100-1208T0200",
		"vfreebusy":                 one,
		"xwr-timezone-floating":     "1207T1000-1207T1100",
		"crcrlf":                    one,
	}
	files, err := filepath.Glob("testdata/field/*.ics")
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d files, %d expected: %v", len(files), len(want), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".ics")
		at := "America/New_York"
		if name == "chile-vs-halifax" {
			at = "America/Halifax"
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := december(t, string(text), at)
		if said(got) != want[name] || got.Unread != 0 {
			t.Errorf("%s: %s, %d unread %v; want %s", name, said(got), got.Unread, got.Odd, want[name])
		}
	}
}

// december reads a calendar for December 2026.
func december(t *testing.T, text, zone string) Busy {
	t.Helper()
	z, err := schedule.LoadZone(zone)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ReadBusy(t.Context(), strings.NewReader(text), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestTenYearsOfHistoryCostNothing: 1.1 MB of old events beside one of next week, and
// close to the most that may pass.
func TestTenYearsOfHistoryCostNothing(t *testing.T) {
	for _, events := range []int{2_400, 45_000} {
		var b strings.Builder
		b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
		day := time.Date(2016, 1, 4, 14, 0, 0, 0, time.UTC)
		for i := range events {
			at := day.AddDate(0, 0, i%3600).Format("20060102")
			b.WriteString("BEGIN:VEVENT\r\nUID:" + at + "\r\nDTSTART:" + at + "T140000Z\r\nDTEND:" + at + "T150000Z\r\nDESCRIPTION:" + strings.Repeat("lorem ", 55) + "\r\nEND:VEVENT\r\n")
		}
		b.WriteString("BEGIN:VEVENT\r\nUID:new\r\nDTSTART:20261207T150000Z\r\nDTEND:20261207T160000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
		if got := december(t, b.String(), "America/New_York"); said(got) != "1207T1500-1207T1600" {
			t.Errorf("%d events, %d bytes: %s", events, b.Len(), said(got))
		}
	}
}

// TestNamesOfZones are the ways in which programs name a zone without explaining it.
func TestNamesOfZones(t *testing.T) {
	for id, want := range map[string]string{
		"Pacific Standard Time": "1800", "W. Europe Standard Time": "0900", "Tokyo Standard Time": "0100", "pacific standard time": "1800", "Eastern Standard Time 2": "1500",
		"/mozilla.org/20050126_1/America/Los_Angeles": "1800", "/citadel.org/20190709_1/America/Indiana/Indianapolis": "1500", "/Europe/Berlin": "0900",
		"/freeassociation.sourceforge.net/Tzfile/Asia/Kolkata": "0430", "GMT+0300": "0700", "UTC-05:00": "1500", "+01:00": "0900", "UTC": "1000", "GMT": "1000", "Etc/GMT+5": "1500",
		"tzone://Microsoft/Utc": "1000", "Coordinated Universal Time": "1000",
	} {
		got := december(t, calendar("DTSTART;TZID=\""+id+"\":20261207T100000\nDURATION:PT30M"), "America/New_York")
		if !strings.HasPrefix(said(got), "1207T"+want) || got.Unread != 0 {
			t.Errorf("%s: %s, %d unread, want %s", id, said(got), got.Unread, want)
		}
	}
	got := december(t, calendar("DTSTART;TZID=\"(UTC+02:00) Somewhere\":20261207T100000\nDURATION:PT30M"), "America/New_York")
	if said(got) != "1207T0700-1207T0830" || got.Unread != 1 || got.Odd[0].Why != WhyZone || got.Odd[0].At == nil {
		t.Errorf("a name with an offset: %s %+v", said(got), got.Odd)
	}
}

// TestOneBadEventBesideGoodOnes loses none of the good ones.
func TestOneBadEventBesideGoodOnes(t *testing.T) {
	good := "BEGIN:VEVENT\r\nUID:g\r\nDTSTART:20261207T150000Z\r\nDTEND:20261207T160000Z\r\nEND:VEVENT\r\n"
	for name, bad := range map[string]string{
		"no end":        "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:20261208T150000Z\r\nDTEND:20261208T160000Z\r\n",
		"a broken line": "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:20261208T150000Z\r\nDTEND:20261208T160000Z\r\nRDATE;=;\":x\r\nEND:VEVENT\r\n",
		"an alarm open": "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:20261208T150000Z\r\nDTEND:20261208T160000Z\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDURATION:PT9H\r\nEND:VEVENT\r\n",
	} {
		got := december(t, "BEGIN:VCALENDAR\r\n"+bad+good+"END:VCALENDAR\r\n", "America/New_York")
		if said(got) != "1207T1500-1207T1600 1208T1500-1208T1600" {
			t.Errorf("%s: %s, %+v", name, said(got), got.Odd)
		}
	}
	for name, text := range map[string]string{
		"CR alone":               strings.ReplaceAll("BEGIN:VCALENDAR\r\n"+good+"END:VCALENDAR\r\n", "\r\n", "\r"),
		"a BOM":                  "\xef\xbb\xbfBEGIN:VCALENDAR\n" + good + "END:VCALENDAR",
		"folded within a letter": "BEGIN:VCALENDAR\r\nX-A:\xc3\r\n \xa9\r\n" + good + "END:VCALENDAR\r\n",
		"prose":                  "BEGIN:VCALENDAR\r\n" + strings.Replace(good, "DTSTART", "DESCRIPTION:a\r\nBegin: nine\r\nEnd: ten\r\nStatus:Cancelled\r\nroom: 4\r\nSTATUS:CANCELLED\r\nDTSTART", 1) + "END:VCALENDAR\r\n",
	} {
		if got := december(t, text, "America/New_York"); said(got) != "1207T1500-1207T1600" {
			t.Errorf("%s: %s, %+v", name, said(got), got.Odd)
		}
	}
}
