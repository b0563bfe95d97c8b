package schedule

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func compile(t testing.TB, a Availability, closures ...Closure) *OpenHours {
	t.Helper()
	o, err := Compile(a, closures)
	if err != nil {
		t.Fatal(err, fields(err))
	}
	return o
}

// previews tells the open times from a date on for some days, as they read.
func previews(t testing.TB, o *OpenHours, from string, days int, need Need) []string {
	t.Helper()
	d, ok := ParseDay(from)
	if !ok {
		t.Fatal("bad day")
	}
	at := instant(int64(d) * daySeconds)
	var out []string
	for _, l := range o.Preview(at, at.AddDate(0, 0, days), need) {
		out = append(out, fmt.Sprintf("%s to %s, %v", l.Start.Format("01-02 15:04-07:00"), l.End.Format("01-02 15:04-07:00"), l.End.Sub(l.Start)))
	}
	return out
}

// TestWindowsAcrossChangesOfClocks: hours start and end by the clock on the wall.
// Each case has its hours once, or on some days in a row.
func TestWindowsAcrossChangesOfClocks(t *testing.T) {
	const ny, howe = "America/New_York", "Australia/Lord_Howe"
	for name, c := range map[string]struct {
		zone, start, end string
		days             int
		want             []string
	}{
		"09:00 stays 09:00, spring": {ny, "2026-03-07T09:00:00", "17:00", 2,
			[]string{"03-07 09:00-05:00 to 03-07 17:00-05:00, 8h0m0s", "03-08 09:00-04:00 to 03-08 17:00-04:00, 8h0m0s"}},
		"09:00 stays 09:00, autumn": {ny, "2026-10-31T09:00:00", "17:00", 2,
			[]string{"10-31 09:00-04:00 to 10-31 17:00-04:00, 8h0m0s", "11-01 09:00-05:00 to 11-01 17:00-05:00, 8h0m0s"}},
		"overnight, spring": {ny, "2026-03-07T22:00:00", "08:00", 2,
			[]string{"03-07 22:00-05:00 to 03-08 08:00-04:00, 9h0m0s", "03-08 22:00-04:00 to 03-09 08:00-04:00, 10h0m0s"}},
		"overnight, autumn": {ny, "2026-10-31T22:00:00", "08:00", 2,
			[]string{"10-31 22:00-04:00 to 11-01 08:00-05:00, 11h0m0s", "11-01 22:00-05:00 to 11-02 08:00-05:00, 10h0m0s"}},
		"start in the gap":           {ny, "2026-03-08T02:30:00", "06:00", 1, []string{"03-08 03:30-04:00 to 03-08 06:00-04:00, 2h30m0s"}},
		"end in the gap":             {ny, "2026-03-08T01:00:00", "02:30", 1, []string{"03-08 01:00-05:00 to 03-08 03:30-04:00, 1h30m0s"}},
		"all in the gap":             {ny, "2026-03-08T02:15:00", "02:45", 1, []string{"03-08 03:15-04:00 to 03-08 03:45-04:00, 30m0s"}},
		"swallowed by the gap":       {ny, "2026-03-08T02:45:00", "03:30", 1, nil},
		"start in the fold":          {ny, "2026-11-01T01:30:00", "03:00", 1, []string{"11-01 01:30-04:00 to 11-01 03:00-05:00, 2h30m0s"}},
		"end in the fold":            {ny, "2026-11-01T00:30:00", "01:30", 1, []string{"11-01 00:30-04:00 to 11-01 01:30-04:00, 1h0m0s"}},
		"Lord Howe, gap":             {howe, "2026-10-04T01:30:00", "03:00", 1, []string{"10-04 01:30+10:30 to 10-04 03:00+11:00, 1h0m0s"}},
		"Lord Howe, fold":            {howe, "2026-04-05T01:00:00", "03:00", 1, []string{"04-05 01:00+11:00 to 04-05 03:00+10:30, 2h30m0s"}},
		"the whole day, spring":      {ny, "2026-03-08T00:00:00", "24:00", 1, []string{"03-08 00:00-05:00 to 03-09 00:00-04:00, 23h0m0s"}},
		"the whole day, autumn":      {ny, "2026-11-01T00:00:00", "00:00", 1, []string{"11-01 00:00-04:00 to 11-02 00:00-05:00, 25h0m0s"}},
		"days that touch are one":    {ny, "2026-03-07T00:00:00", "24:00", 3, []string{"03-07 00:00-05:00 to 03-10 00:00-04:00, 71h0m0s"}},
		"no midnight in Santiago":    {"America/Santiago", "2026-09-06T00:00:00", "06:00", 1, []string{"09-06 01:00-03:00 to 09-06 06:00-03:00, 5h0m0s"}},
		"the day that Samoa skipped": {"Pacific/Apia", "2011-12-30T09:00:00", "17:00", 1, []string{"12-31 09:00+14:00 to 12-31 17:00+14:00, 8h0m0s"}},
		"a night over the date line": {"Pacific/Apia", "2011-12-29T22:00:00", "08:00", 1, []string{"12-29 22:00-10:00 to 12-31 08:00+14:00, 10h0m0s"}},
		"a law that ended, Mexico":   {"America/Mexico_City", "2023-04-03T09:00:00", "10:00", 1, []string{"04-03 09:00-06:00 to 04-03 10:00-06:00, 1h0m0s"}},
		"45 minutes, Chatham, gap":   {"Pacific/Chatham", "2026-09-27T02:00:00", "04:00", 1, []string{"09-27 02:00+12:45 to 09-27 04:00+13:45, 1h0m0s"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := compile(t, Availability{Zone: c.zone, Hours: []Hours{{Start: c.start, End: c.end, RRule: fmt.Sprintf("FREQ=DAILY;COUNT=%d", c.days)}}})
			if got := previews(t, o, c.start[:4]+"-01-01", 366, Need{}); !slices.Equal(got, c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestEveryNightEndsAtEight walks all nights of some years in zones of all kinds.
func TestEveryNightEndsAtEight(t *testing.T) {
	for _, name := range oracleZones {
		o := compile(t, Availability{Zone: name, Hours: []Hours{{Start: "2020-01-01T22:00:00", End: "08:00", RRule: "FREQ=DAILY"}}})
		nights := 0
		for year := 2020; year < 2038; year++ {
			from := time.Date(year, 1, 2, 0, 0, 0, 0, time.UTC)
			for _, l := range o.Preview(from, from.AddDate(0, 0, 364), Need{}) {
				nights++
				z := zone(t, name)
				ten := z.Day(l.End.Unix() - 10*3600).At(22 * 3600)
				starts := l.Start.Format("15:04") == "22:00" || z.Wall(z.At(ten)) != ten // or there is no 22:00, as in Nuuk in spring
				if !starts || l.End.Format("15:04") != "08:00" {
					t.Fatalf("%s: %v to %v", name, l.Start, l.End)
				}
			}
		}
		if nights < 18*364 {
			t.Errorf("%s: only %d nights", name, nights)
		}
	}
}

// TestWhatOpensAndCloses has rules, exceptions, extra hours, leave, closures and
// travel, in the week of Monday 2 March 2026.
func TestWhatOpensAndCloses(t *testing.T) {
	const ny, berlin = "America/New_York", "Europe/Berlin"
	weekdays := Hours{ID: "w", Start: "2026-03-02T09:00:00", End: "12:00", RRule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260306"}
	morning := func(dates ...string) (out []string) {
		for _, d := range dates {
			out = append(out, d+" 09:00-05:00 to "+d+" 12:00-05:00, 3h0m0s")
		}
		return out
	}
	at := func(h Hours, t Terms) Hours { h.Terms = t; return h }
	for name, c := range map[string]struct {
		a        Availability
		closures []Closure
		need     Need
		want     []string
	}{
		"a week":                    {a: Availability{Hours: []Hours{weekdays}}, want: morning("03-02", "03-03", "03-04", "03-05", "03-06")},
		"until, by the hour":        {a: Availability{Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "12:00", RRule: "FREQ=DAILY;UNTIL=20260304T140000Z"}}}, want: morning("03-02", "03-03", "03-04")},
		"until, a second too early": {a: Availability{Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "12:00", RRule: "FREQ=DAILY;UNTIL=20260304T135959Z"}}}, want: morning("03-02", "03-03")},
		"until, local":              {a: Availability{Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "12:00", RRule: "FREQ=DAILY;UNTIL=20260303T090000"}}}, want: morning("03-02", "03-03")},
		"exceptions":                {a: Availability{Hours: []Hours{{Start: weekdays.Start, End: "12:00", RRule: weekdays.RRule, ExDates: []string{"2026-03-03", "2026-03-05T09:00:00"}}}}, want: morning("03-02", "03-04", "03-06")},
		"extra":                     {a: Availability{Extra: []Opening{{Start: "2026-03-07T09:00:00", End: "12:00"}}}, want: morning("03-07")},
		"extra joins":               {a: Availability{Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "11:00", RRule: "FREQ=DAILY;COUNT=1"}}, Extra: []Opening{{Start: "2026-03-02T11:00:00", End: "12:00"}}}, want: morning("03-02")},
		"leave":                     {a: Availability{Hours: []Hours{weekdays}, Leave: []Absence{{"2026-03-03T00:00:00", "2026-03-05T10:30:00"}}}, want: []string{morning("03-02")[0], "03-05 10:30-05:00 to 03-05 12:00-05:00, 1h30m0s", morning("03-06")[0]}},
		"leave goes before extra":   {a: Availability{Extra: []Opening{{Start: "2026-03-03T09:00:00", End: "12:00"}}, Leave: []Absence{{"2026-03-03T00:00:00", "2026-03-04T00:00:00"}}}},
		"a site is shut":            {a: Availability{Hours: []Hours{at(weekdays, Terms{Site: "a"})}}, closures: []Closure{{"a", ny, "2026-03-02T00:00:00", "2026-03-06T00:00:00"}}, want: morning("03-06")},
		"another site is shut":      {a: Availability{Hours: []Hours{at(weekdays, Terms{Site: "b"})}}, closures: []Closure{{"a", ny, "2026-03-02T00:00:00", "2026-03-06T00:00:00"}}, want: morning("03-02", "03-03", "03-04", "03-05", "03-06")},
		"all is shut":               {a: Availability{Hours: []Hours{weekdays}}, closures: []Closure{{"", ny, "2026-03-02T00:00:00", "2026-03-06T00:00:00"}}, want: morning("03-06")},
		"shut on the site's clock":  {a: Availability{Hours: []Hours{at(weekdays, Terms{Site: "a"})}}, closures: []Closure{{"a", berlin, "2026-03-02T00:00:00", "2026-03-06T16:00:00"}}, want: []string{"03-06 10:00-05:00 to 03-06 12:00-05:00, 2h0m0s"}},
		"hours move on a travel": {a: Availability{Hours: []Hours{weekdays}, Travel: []Travel{{"2026-03-03", "2026-03-04", berlin, MoveHours}}}, want: []string{morning("03-02")[0],
			"03-03 09:00+01:00 to 03-03 12:00+01:00, 3h0m0s", "03-04 09:00+01:00 to 03-04 12:00+01:00, 3h0m0s", morning("03-05")[0], morning("03-06")[0]}},
		"hours stay on a travel": {a: Availability{Hours: []Hours{weekdays}, Travel: []Travel{{"2026-03-03", "2026-03-04", berlin, KeepHours}}}, want: []string{morning("03-02")[0],
			"03-03 15:00+01:00 to 03-03 18:00+01:00, 3h0m0s", "03-04 15:00+01:00 to 03-04 18:00+01:00, 3h0m0s", morning("03-05")[0], morning("03-06")[0]}},
		"for video":           {a: Availability{Hours: []Hours{at(weekdays, Terms{Modalities: []Modality{InPerson}})}}, need: Need{Modality: Video}},
		"for intakes only":    {a: Availability{Hours: []Hours{at(weekdays, Terms{VisitTypes: []string{"intake"}})}}, need: Need{VisitType: "therapy"}},
		"in person at a site": {a: Availability{Hours: []Hours{at(weekdays, Terms{Site: "a"})}}, need: Need{Modality: InPerson, Site: "b"}},
		"in person nowhere":   {a: Availability{Hours: []Hours{weekdays}}, need: Need{Modality: InPerson}},
		"in person anywhere":  {a: Availability{Hours: []Hours{at(weekdays, Terms{Site: "a"})}}, need: Need{Modality: InPerson}, want: morning("03-02", "03-03", "03-04", "03-05", "03-06")},
		"nothing":             {},
	} {
		t.Run(name, func(t *testing.T) {
			c.a.Zone = ny
			o := compile(t, c.a, c.closures...)
			if got := previews(t, o, "2026-03-01", 8, c.need); !slices.Equal(got, c.want) {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestAvailabilityThatCantBe(t *testing.T) {
	many := func(n int) []Hours { return make([]Hours, n) }
	for name, c := range map[string]struct {
		a     Availability
		c     []Closure
		field string
	}{
		"unknown zone":          {a: Availability{Zone: "Mars/Olympus"}, field: "zone unknown-zone"},
		"no zone":               {field: "zone unknown-zone"},
		"too many rules":        {a: Availability{Zone: "UTC", Hours: many(MaxRules + 1)}, field: "hours too-many"},
		"too many leaves":       {a: Availability{Zone: "UTC", Leave: make([]Absence, MaxExtra+1)}, field: "leave too-many"},
		"negative notice":       {a: Availability{Zone: "UTC", NoticeMinutes: -1}, field: "noticeMinutes out-of-range"},
		"start of no form":      {a: Availability{Zone: "UTC", Hours: []Hours{{Start: "2 March", End: "17:00", RRule: "FREQ=DAILY"}}}, field: "hours[0].start bad-date-time"},
		"start with seconds":    {a: Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-03-02T09:00:30", End: "17:00", RRule: "FREQ=DAILY"}}}, field: "hours[0].start bad-date-time"},
		"start with an offset":  {a: Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-03-02T09:00:00Z", End: "17:00", RRule: "FREQ=DAILY"}}}, field: "hours[0].start bad-date-time"},
		"start in year 9999":    {a: Availability{Zone: "UTC", Hours: []Hours{{Start: "9999-03-02T09:00:00", End: "17:00", RRule: "FREQ=DAILY"}}}, field: "hours[0].start bad-date-time"},
		"start on 31 February":  {a: Availability{Zone: "UTC", Extra: []Opening{{Start: "2026-02-31T09:00:00", End: "17:00"}}}, field: "extra[0].start bad-date-time"},
		"end of no form":        {a: Availability{Zone: "UTC", Extra: []Opening{{Start: "2026-02-01T09:00:00", End: "5pm"}}}, field: "extra[0].end bad-time"},
		"end at 25:00":          {a: Availability{Zone: "UTC", Extra: []Opening{{Start: "2026-02-01T09:00:00", End: "25:00"}}}, field: "extra[0].end bad-time"},
		"bad rule":              {a: Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "17:00", RRule: "FREQ=SECONDLY"}}}, field: "hours[0].rrule frequency-not-allowed"},
		"not the rule's day":    {a: Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "17:00", RRule: "FREQ=WEEKLY;BYDAY=TU"}}}, field: "hours[0].start not-in-rule"},
		"exception of no form":  {a: Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "17:00", RRule: "FREQ=DAILY", ExDates: []string{"x"}}}}, field: "hours[0].exDates[0] bad-date"},
		"exception at noon":     {a: Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "17:00", RRule: "FREQ=DAILY", ExDates: []string{"2026-03-03T12:00:00"}}}}, field: "hours[0].exDates[0] not-an-occurrence"},
		"too many exceptions":   {a: Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "17:00", RRule: "FREQ=DAILY", ExDates: make([]string, MaxExDates+1)}}}, field: "hours[0].exDates too-many"},
		"unknown modality":      {a: Availability{Zone: "UTC", Extra: []Opening{{Start: "2026-02-01T09:00:00", End: "17:00", Terms: Terms{Modalities: []Modality{"fax"}}}}}, field: "extra[0].modalities[0] unknown-modality"},
		"leave ends first":      {a: Availability{Zone: "UTC", Leave: []Absence{{"2026-03-02T09:00:00", "2026-03-01T09:00:00"}}}, field: "leave[0].end before-start"},
		"travel ends first":     {a: Availability{Zone: "UTC", Travel: []Travel{{"2026-03-02", "2026-03-01", "UTC", MoveHours}}}, field: "travel[0].to before-start"},
		"travel to nowhere":     {a: Availability{Zone: "UTC", Travel: []Travel{{"2026-03-02", "2026-03-03", "Nowhere", MoveHours}}}, field: "travel[0].zone unknown-zone"},
		"travel without choice": {a: Availability{Zone: "UTC", Travel: []Travel{{"2026-03-02", "2026-03-03", "UTC", ""}}}, field: "travel[0].hours unknown-choice"},
		"closure of no zone":    {a: Availability{Zone: "UTC"}, c: []Closure{{"a", "", "2026-03-02T00:00:00", "2026-03-03T00:00:00"}}, field: "closures[0].zone unknown-zone"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Compile(c.a, c.c)
			if got := fields(err); !slices.Contains(got, c.field) {
				t.Errorf("got %v, want %s", got, c.field)
			}
		})
	}
	_, err := Compile(Availability{Zone: "x", Hours: []Hours{{Start: "x", End: "x", RRule: "x"}}, Leave: []Absence{{"x", "x"}}}, nil)
	if got := strings.Join(fields(err), ","); strings.Count(got, ",") < 5 {
		t.Errorf("not all refusals at once: %s", got)
	}
}

func TestCovers(t *testing.T) {
	o := compile(t, Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-03-02T09:00:00", End: "17:00", RRule: "FREQ=DAILY"}}})
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"2026-03-02T09:00Z", "2026-03-02T17:00Z", true}, {"2026-03-02T08:59Z", "2026-03-02T10:00Z", false},
		{"2026-03-02T16:30Z", "2026-03-02T17:01Z", false}, {"2026-03-02T16:30Z", "2026-03-03T09:30Z", false}, {"2026-03-01T10:00Z", "2026-03-01T11:00Z", false},
	} {
		if got := o.Covers(Span{utc(t, c.from), utc(t, c.to)}, Need{}); got != c.want {
			t.Errorf("%s to %s: %v", c.from, c.to, got)
		}
	}
}
