package icalendar

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/care/caretest/rounds"
	"handrail/cmd/handrail-test/npm"
	"handrail/models/schedule"
)

// icaljs is MPL-licensed, so it is not in the repository.
var icaljs = npm.Pack{Name: "ical.js", Version: "2.2.1", SHA512: "yK/UlPbEs316igb/tjRgbFA8ZV75rCsBJp/hWOatpyaPNlgw0dGDmU+FoicOcwX4xXkeXOkYiOmCqNPFpNPkQg=="}

type oracleCase struct {
	Text string `json:"text"`
	From int64  `json:"from"`
	To   int64  `json:"to"`
}

// TestNeverLessBusyThanAnotherReader: whatever ical.js takes for busy is busy.
func TestNeverLessBusyThanAnotherReader(t *testing.T) {
	source, err := icaljs.File("package/dist/ical.es5.cjs")
	if err != nil {
		if os.Getenv("HANDRAIL_TEST_REQUIRE_BROWSER") != "" {
			t.Fatal("ical.js is needed: ", err)
		}
		t.Skip("ical.js can't be fetched from npm: ", err)
	}
	from, to := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 5, 1, 0, 0, 0, 0, time.UTC)
	random := rand.New(rand.NewPCG(7, 2026))
	cases := make([]oracleCase, rounds.Of(300, 10_000))
	for i := range cases {
		cases[i] = oracleCase{madeCalendar(random), from.Unix(), to.Unix()}
	}
	answers := askOracle(t, source, cases)
	home, err := schedule.LoadZone("UTC")
	if err != nil {
		t.Fatal(err)
	}
	compared, spans, errors := 0, 0, 0
	for i, c := range cases {
		if answers[i].Error != "" {
			errors++
			continue
		}
		ours, err := ReadBusy(t.Context(), strings.NewReader(c.Text), from, to, home)
		if err != nil {
			t.Fatalf("%v\n%s", err, c.Text)
		}
		compared++
		spans += len(answers[i].Busy)
		for _, b := range answers[i].Busy {
			if s := (schedule.Span{From: b[0], To: b[1]}); !within(s, ours.Times) {
				t.Fatalf("ical.js: busy %s to %s; here: %s, %+v\n%s", s.Start(), s.End(), said(ours), ours.Odd, c.Text)
			}
		}
	}
	t.Logf("%d calendars, %d busy times of ical.js, %d that it refuses", compared, spans, errors)
	if compared < len(cases)*9/10 || spans < len(cases) {
		t.Errorf("the other reader understands too little to be a measure: %d of %d, %d times", compared, len(cases), spans)
	}
}

func within(s schedule.Span, set []schedule.Span) bool {
	for _, o := range set {
		if o.From <= s.From && s.To <= o.To {
			return true
		}
	}
	return false
}

type oracleAnswer struct {
	Busy  [][2]int64
	Error string
}

func askOracle(t *testing.T, source []byte, cases []oracleCase) (answers []oracleAnswer) {
	t.Helper()
	dir := t.TempDir()
	asked, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"cases.json": asked, "ical.cjs": source} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), "node", "testdata/oracle.cjs", filepath.Join(dir, "cases.json"), filepath.Join(dir, "ical.cjs")).Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != len(cases) {
		t.Fatal(len(answers), err)
	}
	return answers
}

// explainedZones are zones as files explain them, in the north, the south, without
// summer time, and with one that ended.
var explainedZones = []string{
	zoneText("New York", "1101T020000", "-0400", "-0500", "BYMONTH=11;BYDAY=1SU", "0301T020000", "BYMONTH=3;BYDAY=2SU"),
	zoneText("Berlin", "1031T030000", "+0200", "+0100", "BYMONTH=10;BYDAY=-1SU", "0331T020000", "BYMONTH=3;BYDAY=-1SU"),
	zoneText("Santiago", "0405T000000", "-0300", "-0400", "BYMONTH=4;BYDAY=1SU", "0906T000000", "BYMONTH=9;BYDAY=1SU"),
	"BEGIN:VTIMEZONE\r\nTZID:Kolkata\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
}

func zoneText(id, standard, summer, winter, toWinter, daylight, toSummer string) string {
	part := func(name, start, before, after, rule string) string {
		return "BEGIN:" + name + "\r\nDTSTART:2007" + start + "\r\nTZOFFSETFROM:" + before + "\r\nTZOFFSETTO:" + after + "\r\nRRULE:FREQ=YEARLY;" + rule + "\r\nEND:" + name + "\r\n"
	}
	return "BEGIN:VTIMEZONE\r\nTZID:" + id + "\r\n" + part("STANDARD", standard, summer, winter, toWinter) + part("DAYLIGHT", daylight, winter, summer, toSummer) + "END:VTIMEZONE\r\n"
}

// madeCalendar makes a calendar with a recurring event, often with exceptions, moved
// occurrences and further dates, in one of the zones.
func madeCalendar(r *rand.Rand) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	zone := pick("New York", "Berlin", "Santiago", "Kolkata", "", "Z")
	start := time.Date(2024+r.IntN(3), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), 15*r.IntN(4), 0, 0, time.UTC)
	dates := r.IntN(5) == 0
	when := func(name string, at time.Time) string {
		switch {
		case dates:
			return name + ";VALUE=DATE:" + at.Format("20060102")
		case zone == "Z":
			return name + ":" + at.Format("20060102T150405Z")
		case zone == "":
			return name + ":" + at.Format("20060102T150405")
		}
		return name + ";TZID=" + zone + ":" + at.Format("20060102T150405")
	}
	length := time.Duration(1+r.IntN(30)) * 15 * time.Minute
	if dates {
		length = time.Duration(1+r.IntN(3)) * 24 * time.Hour
	}
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + strings.Join(explainedZones, ""))
	end := when("DTEND", start.Add(length))
	if r.IntN(4) == 0 {
		end = fmt.Sprintf("DURATION:PT%dM", int(length.Minutes()))
		if dates {
			end = fmt.Sprintf("DURATION:P%dD", int(length.Hours())/24)
		}
	}
	fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:a\r\n%s\r\n%s\r\nRRULE:%s\r\n", when("DTSTART", start), end, madeRule(r, start, dates))
	for range r.IntN(3) {
		b.WriteString(when("EXDATE", start.AddDate(0, 0, 7*r.IntN(100))) + "\r\n")
	}
	if r.IntN(4) == 0 {
		b.WriteString(when("RDATE", start.AddDate(0, 0, r.IntN(900))) + "\r\n")
	}
	b.WriteString("END:VEVENT\r\n")
	for range r.IntN(3) {
		at := start.AddDate(0, 0, 7*r.IntN(100))
		moved := at.Add(time.Duration(r.IntN(48)) * time.Hour)
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:a\r\n%s\r\n%s\r\n%s\r\n%sEND:VEVENT\r\n", when("RECURRENCE-ID", at), when("DTSTART", moved), when("DTEND", moved.Add(length)),
			pick("", "", "STATUS:CANCELLED\r\n", "TRANSP:TRANSPARENT\r\n", "STATUS:TENTATIVE\r\n"))
	}
	return b.String() + "END:VCALENDAR\r\n"
}

func madeRule(r *rand.Rand, start time.Time, dates bool) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	var rule string
	switch r.IntN(6) {
	case 0:
		rule = "FREQ=DAILY" + pick("", ";BYDAY=MO,WE", ";BYMONTH=1,3,10")
	case 1:
		rule = "FREQ=WEEKLY" + pick("", ";BYDAY=MO,TU,FR", ";BYDAY=SU,SA;WKST=SU", ";BYDAY=TU,TH;WKST=MO")
	case 2:
		rule = "FREQ=MONTHLY" + pick("", ";BYDAY=1MO", ";BYDAY=-1FR", ";BYMONTHDAY=-1", ";BYMONTHDAY=15,31", ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ";BYDAY=FR;BYMONTHDAY=13", ";BYMONTHDAY=-3,1", ";BYDAY=2TU,4TU", ";BYDAY=MO")
		if start.Day() < 3 { // in a month that begins at a weekend ical.js takes the first weekday for the last
			rule, _, _ = strings.Cut(rule, ";BYSETPOS")
		}
	case 3:
		rule = "FREQ=YEARLY" + pick("", ";BYMONTH=3;BYDAY=2SU", ";BYMONTH=10,11", ";BYMONTHDAY=15", ";BYYEARDAY=100,200", ";BYYEARDAY=-1", ";BYMONTH=11;BYDAY=4TH", ";BYMONTH=5;BYDAY=-1MO", ";BYMONTH=1;BYMONTHDAY=1,15")
	case 4:
		rule = "FREQ=WEEKLY;BYDAY=" + pick("MO", "TU", "WE", "TH", "FR", "SA", "SU")
	case 5:
		rule = "FREQ=DAILY"
		if !dates {
			rule += pick("", ";BYHOUR=9,14", ";BYHOUR=8;BYMINUTE=0,30")
		}
	}
	if r.IntN(3) == 0 {
		rule += fmt.Sprintf(";INTERVAL=%d", 1+r.IntN(4))
	}
	// ical.js reads YEARLY with BYMONTHDAY as once a year, RFC 5545 as once a month: with
	// a COUNT the two end at different times, and only without one is ours the busier.
	ends := r.IntN(4)
	if strings.Contains(rule, "YEARLY;BYMONTHDAY") {
		ends = 3
	}
	switch ends {
	case 0:
		rule += fmt.Sprintf(";COUNT=%d", 1+r.IntN(400))
	case 1:
		until := start.AddDate(0, 0, r.IntN(1200))
		if dates {
			rule += ";UNTIL=" + until.Format("20060102")
		} else {
			rule += ";UNTIL=" + until.Format("20060102T150405Z")
		}
	}
	return rule
}
