package icalendar

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"

	"handrail/models"
	"handrail/models/schedule"
)

var (
	from = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	to   = time.Date(2026, 4, 30, 0, 0, 0, 0, time.UTC)
)

func home(t testing.TB) *schedule.Zone {
	z, err := schedule.LoadZone("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// calendar puts the parts of events around with what every file has.
func calendar(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n")
	for i, e := range events {
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n%s\r\n", strings.ReplaceAll(e, "\n", "\r\n"))
		if !strings.Contains(e, "UID:") {
			fmt.Fprintf(&b, "UID:%d\r\n", i)
		}
		b.WriteString("SUMMARY:Séance with somebody\r\nEND:VEVENT\r\n")
	}
	return b.String() + "END:VCALENDAR\r\n"
}

func busy(t *testing.T, text string) Busy {
	t.Helper()
	b, err := ReadBusy(t.Context(), strings.NewReader(text), from, to, home(t))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// said is busy times as UTC texts, so that a test can be read.
func said(b Busy) string {
	var out []string
	for _, s := range b.Times {
		out = append(out, s.Start().Format("0102T1504")+"-"+s.End().Format("0102T1504"))
	}
	return strings.Join(out, " ")
}

func TestWhatABusyCalendarSays(t *testing.T) {
	for name, c := range map[string]struct {
		events []string
		want   string
		unread int
	}{
		"in UTC":           {[]string{"DTSTART:20260309T140000Z\nDTEND:20260309T150000Z"}, "0309T1400-0309T1500", 0},
		"in a zone":        {[]string{"DTSTART;TZID=Europe/Berlin:20260309T140000\nDTEND;TZID=Europe/Berlin:20260309T150000"}, "0309T1300-0309T1400", 0},
		"on the own clock": {[]string{"DTSTART:20260309T090000\nDURATION:PT1H30M"}, "0309T1300-0309T1430", 0},
		"a day":            {[]string{"DTSTART;VALUE=DATE:20260308"}, "0308T0500-0309T0400", 0}, // 23 hours
		"days":             {[]string{"DTSTART;VALUE=DATE:20260310\nDTEND;VALUE=DATE:20260312"}, "0310T0400-0312T0400", 0},
		"weeks":            {[]string{"DTSTART;VALUE=DATE:20260310\nDURATION:P1W"}, "0310T0400-0317T0400", 0},
		"no length":        {[]string{"DTSTART:20260309T140000Z"}, "", 0},
		"cancelled":        {[]string{"DTSTART:20260309T140000Z\nDURATION:PT1H\nSTATUS:CANCELLED"}, "", 0},
		"transparent":      {[]string{"DTSTART:20260309T140000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT"}, "", 0},
		"lower case":       {[]string{"dtstart:20260309T140000Z\nduration:pt1h\ntransp:opaque"}, "0309T1400-0309T1500", 0},
		"folded":           {[]string{"DTSTART:2026030\n 9T140000Z\nDURATI\n ON:PT1H"}, "0309T1400-0309T1500", 0},
		"our own":          {[]string{"DTSTART:20260309T140000Z\nDURATION:PT1H\nUID:0195f1a2-0000-7000-8000-000000000001@handrail"}, "", 0},
		"over each other":  {[]string{"DTSTART:20260309T140000Z\nDURATION:PT1H", "DTSTART:20260309T143000Z\nDURATION:PT1H"}, "0309T1400-0309T1530", 0},
		"over the edge":    {[]string{"DTSTART:20251220T000000Z\nDTEND:20260302T000000Z"}, "0301T0000-0302T0000", 0},
		"before and after": {[]string{"DTSTART:20260101T000000Z\nDURATION:PT1H", "DTSTART:20270101T000000Z\nDURATION:PT1H"}, "", 0},
		"weekly, over a change of the clocks": {[]string{"DTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"},
			"0302T1400-0302T1500 0309T1300-0309T1400 0316T1300-0316T1400", 0},
		"with exceptions": {[]string{"DTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=America/New_York:20260309T090000\nEXDATE:20260316T130000Z"},
			"0302T1400-0302T1500 0323T1300-0323T1400", 0},
		"with more dates":            {[]string{"DTSTART:20260302T090000Z\nDURATION:PT1H\nRDATE:20260304T090000Z,20260305T090000Z"}, "0302T0900-0302T1000 0304T0900-0304T1000 0305T0900-0305T1000", 0},
		"more dates, one called off": {[]string{"DTSTART:20260302T090000Z\nDURATION:PT1H\nRDATE:20260304T090000Z,20260305T090000Z\nEXDATE:20260304T090000Z"}, "0302T0900-0302T1000 0305T0900-0305T1000", 0},
		"said twice, called off once": {[]string{"DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nRDATE:20260303T090000Z\nEXDATE:20260303T090000Z,20260304T090000Z"},
			"0302T0900-0302T1000 0303T0900-0303T1000", 0},
		"one is moved": {[]string{"UID:a\nDTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2", "UID:a\nRECURRENCE-ID:20260303T090000Z\nDTSTART:20260303T150000Z\nDURATION:PT1H"},
			"0302T0900-0302T1000 0303T1500-0303T1600", 0},
		"one is called off": {[]string{"UID:a\nDTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2",
			"UID:a\nRECURRENCE-ID:20260303T140000Z\nSTATUS:CANCELLED\nDTSTART:20260303T140000Z\nDURATION:PT1H"}, "0302T1400-0302T1500", 0},
		"yearly":            {[]string{"DTSTART;VALUE=DATE:20010401\nRRULE:FREQ=YEARLY"}, "0401T0400-0402T0400", 0},
		"every few hours":   {[]string{"DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY;INTERVAL=6;COUNT=3"}, "0302T0900-0302T1000 0302T1500-0302T1600 0302T2100-0302T2200", 0},
		"a rule unknown":    {[]string{"DTSTART:20260427T090000Z\nDURATION:PT1H\nRRULE:FREQ=FORTNIGHTLY"}, "0427T0900-0427T1000 0428T0900-0428T1000 0429T0900-0429T1000", 1},
		"a rule in part":    {[]string{"DTSTART:20260420T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO,XX"}, "0420T0900-0420T1000 0427T0900-0427T1000", 1},
		"each minute":       {[]string{"DTSTART;VALUE=DATE-TIME:20260428T090000Z\nDURATION:PT1M\nRRULE:FREQ=MINUTELY;UNTIL=20260428T110000Z"}, "0428T0000-0429T0001", 1},
		"a zone unknown":    {[]string{"DTSTART;TZID=Neverland:20260302T090000\nDURATION:PT1H"}, "0302T1400-0302T1500", 1},
		"an end before":     {[]string{"DTSTART:20260302T090000Z\nDTEND:20260302T080000Z"}, "0302T0900-0302T1000", 1},
		"a broken duration": {[]string{"DTSTART:20260302T090000Z\nDURATION:PT1X"}, "0302T0900-0302T1000", 1},
		"two lengths":       {[]string{"DTSTART:20260302T090000Z\nDTEND:20260302T093000Z\nDURATION:PT1H"}, "0302T0900-0302T1000", 0},
		"no start":          {[]string{"DTEND:20260302T080000Z"}, "", 1},
		"a broken date":     {[]string{"DTSTART:20260302T250000Z\nDURATION:PT1H"}, "0302T0500-0303T0600", 1},
		"with signs":        {[]string{"DTSTART:2026-03-09T14:00:00Z\nDTEND:2026-03-09T15:00Z"}, "0309T1400-0309T1500", 0},
		"an offset in it":   {[]string{"DTSTART:20260309T140000+0100\nDTEND:20260309T150000+0100"}, "0309T1300-0309T1400", 0},
		"two that disagree": {[]string{"DTSTART:20260309T140000Z\nDURATION:PT1H\nSTATUS:CANCELLED\nSTATUS:CONFIRMED"}, "0309T1400-0309T1500", 0},
		"Outlook's free":    {[]string{"DTSTART:20260309T140000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:FREE"}, "", 0},
		"Outlook's away":    {[]string{"DTSTART:20260309T140000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:OOF"}, "0309T1400-0309T1500", 0},
		"a floating exception": {[]string{"DTSTART;TZID=Europe/Berlin:20260309T140000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260309T140000"},
			"0310T1300-0310T1400", 0},
		"an exception unread": {[]string{"DTSTART:20260309T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:tomorrow"}, "0309T1400-0309T1500 0310T1400-0310T1500", 1},
		"all that follow": {[]string{"UID:a\nDTSTART:20260309T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3", "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260310T140000Z\nDTSTART:20260310T170000Z\nDURATION:PT1H"},
			"0309T1400-0309T1500 0310T1400-0310T1500 0310T1700-0310T1800 0311T1400-0311T1500 0311T1700-0311T1800", 1},
		"a moved one whose time can't be told": {[]string{"UID:a\nDTSTART:20260309T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2", "UID:a\nRECURRENCE-ID:20260310T140000Z\nDTSTART:soon"},
			"0309T1400-0309T1500 0310T1400-0310T1500", 1},
		"an end with a date": {[]string{"DTSTART:20260309T140000Z\nDTEND;VALUE=DATE:20260310"}, "0309T1400-0310T0400", 0},
		"the night of a change": {[]string{"DTSTART;TZID=America/New_York:20260308T233000\nDTEND;TZID=America/New_York:20260309T003000", "DTSTART;TZID=America/New_York:20260307T220000\nDTEND;TZID=America/New_York:20260308T060000"},
			"0308T0300-0308T1000 0309T0330-0309T0430", 0},
	} {
		got := busy(t, calendar(c.events...))
		if said(got) != c.want || got.Unread != c.unread {
			t.Errorf("%s: %s, %d unread; want %s, %d", name, said(got), got.Unread, c.want, c.unread)
		}
	}
}

// Outlook names zones in its own way.
func TestAZoneIsWhatTheFileExplains(t *testing.T) {
	zone := func(name, standard, daylight, location string) string {
		return strings.Replace(calendar("DTSTART;TZID="+name+":20260316T090000\nDURATION:PT1H"), "BEGIN:VEVENT",
			"BEGIN:VTIMEZONE\r\nTZID:"+name+"\r\n"+location+"BEGIN:STANDARD\r\nDTSTART:16011104T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\nTZOFFSETFROM:"+daylight+"\r\nTZOFFSETTO:"+standard+
				"\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010311T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\nTZOFFSETFROM:"+standard+"\r\nTZOFFSETTO:"+daylight+"\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT", 1)
	}
	if got := busy(t, zone("Eastern Standard Time", "-0500", "-0400", "")); said(got) != "0316T1300-0316T1400" {
		t.Error(said(got), got.Unread)
	}
	if got := busy(t, zone("Pacific Standard Time", "-0800", "-0700", "")); said(got) != "0316T1600-0316T1700" || got.Unread != 0 {
		t.Error(said(got), got.Unread)
	}
	if got := busy(t, zone("Mine", "-0800", "-0700", "X-LIC-LOCATION:America/Los_Angeles\r\n")); said(got) != "0316T1600-0316T1700" {
		t.Error(said(got), got.Unread)
	}
}

func TestWhatIsNoCalendarIsRefused(t *testing.T) {
	whole := calendar("DTSTART:20260309T140000Z\nDURATION:PT1H")
	for name, text := range map[string]string{"nothing": "", "a page": "<!doctype html><title>Sign in</title>", "a part": whole[:len(whole)-20],
		"an end more": whole + "END:VCALENDAR\r\n", "another": "BEGIN:VCARD\r\nEND:VCARD\r\n", "no wrapping": "BEGIN:VEVENT\r\nEND:VEVENT\r\n"} {
		b, err := ReadBusy(t.Context(), strings.NewReader(text), from, to, home(t))
		if err == nil || models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v %v", name, b, err)
		}
	}
}

// bombs are small or large files that want much work.
func bombs() map[string]string {
	many := func(n int, e string) string {
		events := make([]string, n)
		for i := range events {
			events[i] = e
		}
		return calendar(events...)
	}
	return map[string]string{
		"recurring":     many(4000, "DTSTART:19700101T000000Z\nDURATION:P1D\nRRULE:FREQ=DAILY"),
		"worst rules":   many(100, "DTSTART;TZID=America/New_York:19700101T000000\nDURATION:P700D\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=31;COUNT=100"),
		"most rules":    many(1000, "DTSTART;TZID=America/New_York:19700101T000000\nDURATION:P700D\nRRULE:FREQ=MONTHLY;BYDAY=2MO;COUNT=119"),
		"events":        many(5001, "DTSTART:20260309T140000Z"),
		"times":         many(900, "DTSTART:20260301T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY"),
		"exceptions":    many(20, "DTSTART:20260301T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY\nEXDATE:"+strings.Repeat("20260301T000000Z,", 400)+"20260301T000000Z"),
		"dates":         many(100, "DTSTART:20260301T000000Z\nDURATION:PT1M\nRDATE:"+strings.Repeat("20260301T000000Z,", 450)+"20260301T000000Z"),
		"depth":         strings.Repeat("BEGIN:VEVENT\n", 70_000),
		"folds":         "BEGIN:VCALENDAR\nUID:" + strings.Repeat("\n ", 500_000),
		"parameters":    "BEGIN:VCALENDAR\nUID" + strings.Repeat(";A=B", 250_000) + ":x\nEND:VCALENDAR",
		"short params":  many(100, "DTSTART"+strings.Repeat(";A=B", 32)+":20260301T000000Z"),
		"one line":      strings.Repeat("x", 1<<20),
		"line ends":     strings.Repeat("\n", 1<<20),
		"too large":     "BEGIN:VCALENDAR\n" + strings.Repeat("DESCRIPTION:x\n", 20<<20/14+1),
		"never true":    many(300, "DTSTART:20260301T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
		"never an hour": many(50, "DTSTART:16010101T000000Z\nDURATION:PT1M\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=3"),
		"seconds":       many(1000, "DTSTART:16010101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY;COUNT=1000000000"),
		"long counts":   many(400, "DTSTART:19700101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=20000"),
		"zones":         "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VTIMEZONE\nTZID:a\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n", 3000) + "BEGIN:VEVENT\nDTSTART;TZID=a:20260301T000000\nEND:VEVENT\nEND:VCALENDAR",
	}
}

func TestABombIsBoundedWork(t *testing.T) {
	for name, text := range bombs() {
		began := time.Now()
		b, err := ReadBusy(t.Context(), strings.NewReader(text), from, from.AddDate(0, 0, 401), home(t))
		took := time.Since(began)
		t.Logf("%s: %d bytes in %s: %d times, %v", name, len(text), took, len(b.Times), err)
		if took > time.Minute { // no measure of speed: what has no bound takes hours
			t.Errorf("%s took %s", name, took)
		}
	}
}

// The reader against a library that expands rules one by one.
func TestRecurringEventsAreWhatAnotherLibrarySays(t *testing.T) {
	for _, rule := range []string{"FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=1MO,-1FR;COUNT=30", "FREQ=WEEKLY;UNTIL=20260401T120000Z;BYDAY=MO"} {
		o, err := rrule.StrToROption(rule)
		if err != nil {
			t.Fatal(err)
		}
		o.Dtstart = time.Date(2025, 9, 1, 9, 0, 0, 0, home(t).Location()) // a Monday, the first of its month
		r, err := rrule.NewRRule(*o)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, at := range r.Between(from, to, true) {
			want = append(want, at.UTC().Format("0102T1504")+"-"+at.Add(time.Hour).UTC().Format("0102T1504"))
		}
		if got := said(busy(t, calendar("DTSTART;TZID=America/New_York:20250901T090000\nDURATION:PT1H\nRRULE:"+rule))); got != strings.Join(want, " ") {
			t.Errorf("%s: %s, want %s", rule, got, want)
		}
	}
}

func FuzzReadBusy(f *testing.F) {
	f.Add(calendar("DTSTART;TZID=Europe/Berlin:20260309T140000\nDURATION:P1DT2H\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260309T130000Z"))
	f.Add(calendar("UID:a\nRECURRENCE-ID;VALUE=DATE:20260303\nDTSTART;VALUE=DATE:20260303\nRDATE:20260304"))
	f.Add("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nTZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ReadBusy(t.Context(), strings.NewReader(text), from, to, home(t))
		if err != nil {
			return
		}
		for i, s := range b.Times {
			if s.Empty() || s.From < from.Unix() || s.To > to.Unix() || i > 0 && s.From <= b.Times[i-1].To {
				t.Fatalf("%v is no set within the window", b.Times)
			}
		}
	})
}
