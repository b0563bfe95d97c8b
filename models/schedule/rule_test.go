package schedule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	rrule "github.com/teambition/rrule-go"

	"handrail/care/caretest/rounds"
	"handrail/models"
)

// fields gives the "field code" pairs of an invalid-input error.
func fields(err error) []string {
	e, ok := err.(*models.Error)
	if !ok {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Field+" "+f.Code)
	}
	return out
}

func recur(t testing.TB, start, text string) recurrence {
	t.Helper()
	var c models.Checks
	d, ok := ParseDay(start)
	if !ok {
		t.Fatal("bad day")
	}
	r := compileRecurrence(&c, "", d, text)
	if err := c.Err(); err != nil {
		t.Fatalf("%s: %v", text, fields(err))
	}
	return r
}

func days(r recurrence, n int) string {
	var out []string
	for d := r.first; d <= r.last && len(out) < n && d < r.first+4000; d++ {
		if r.on(d) {
			out = append(out, d.String())
		}
	}
	return strings.Join(out, " ")
}

// TestRulesOfTheStandard has the examples of RFC 5545 section 3.8.5.3 that our
// rules can say.
func TestRulesOfTheStandard(t *testing.T) {
	for _, c := range []struct{ start, rule, want string }{
		{"1997-09-02", "FREQ=DAILY;COUNT=4", "1997-09-02 1997-09-03 1997-09-04 1997-09-05"},
		{"1997-12-22", "FREQ=DAILY;UNTIL=19971224T000000Z", "1997-12-22 1997-12-23 1997-12-24 1997-12-25"}, // the hour decides about the last
		{"1997-09-02", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12"},
		{"1997-09-02", "FREQ=WEEKLY;COUNT=3", "1997-09-02 1997-09-09 1997-09-16"},
		{"1997-09-02", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02 1997-09-16 1997-09-30"},
		{"1997-09-02", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09-02 1997-09-04 1997-09-09"},
		{"1997-09-02", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02 1997-09-04 1997-09-16 1997-09-18"},
		{"1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05 1997-08-10 1997-08-19 1997-08-24"},
		{"1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05 1997-08-17 1997-08-19 1997-08-31"},
		{"1997-09-05", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05 1997-10-03 1997-11-07"},
		{"1997-09-07", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07 1997-09-28 1997-11-02 1997-11-30"},
		{"1997-09-22", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22 1997-10-20 1997-11-17"},
		{"1997-09-28", "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28 1997-10-29 1997-11-28"},
		{"1997-09-02", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997-09-02 1997-09-15 1997-10-02"},
		{"1997-09-30", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30 1997-10-01 1997-10-31"},
		{"1998-02-13", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02-13 1998-03-13 1998-11-13"},
		{"1997-09-13", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13 1997-10-11 1997-11-08"},
		{"1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04 1997-10-07 1997-11-06"},
		{"1997-09-29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29 1997-10-30 1997-11-27"},
		{"2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15 2007-01-30 2007-02-15 2007-03-15"}, // no 30 February
		{"2026-01-31", "FREQ=MONTHLY", "2026-01-31 2026-03-31 2026-05-31"},
		{"2026-01-03", "FREQ=MONTHLY;BYDAY=SA,4WE", "2026-01-03 2026-01-10 2026-01-17 2026-01-24 2026-01-28 2026-01-31"},
		{"1998-01-01", "FREQ=DAILY;BYMONTH=1", "1998-01-01 1998-01-02 1998-01-03"},
	} {
		n := len(strings.Fields(c.want))
		if got := days(recur(t, c.start, c.rule), n); got != c.want {
			t.Errorf("%s from %s\n got %s\nwant %s", c.rule, c.start, got, c.want)
		}
	}
}

// TestRulesAgreeWithALibrary draws rules and holds their days against
// teambition/rrule-go, which reads them in UTC: there it is right. (In a zone it is
// not: 02:30 in the gap of New York goes to 01:30, an hour on the day that Samoa
// skipped comes twice.)
func TestRulesAgreeWithALibrary(t *testing.T) {
	const seed = 5545
	r := rand.New(rand.NewPCG(seed, seed))
	cases := rounds.Of(500, 3000)
	for i := range cases {
		start, text := randomRule(r, Day(18262+r.IntN(6000)))
		o, err := rrule.StrToROption(text)
		if err != nil {
			t.Fatalf("case %d: the library refuses %s: %v", i, text, err)
		}
		o.Dtstart = instant(int64(start) * daySeconds)
		lib, err := rrule.NewRRule(*o)
		if err != nil {
			t.Fatalf("case %d: the library refuses %s: %v", i, text, err)
		}
		from := start + Day(r.IntN(700))
		var got, want []string
		rec := recur(t, start.String(), text)
		for d := from; d < from+100; d++ {
			if rec.on(d) && !rec.over(d.At(0), int64(d)*daySeconds) {
				got = append(got, d.String())
			}
		}
		for _, at := range lib.Between(instant(int64(from)*daySeconds), instant(int64(from+99)*daySeconds), true) {
			want = append(want, at.Format(dateLayout))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d, case %d: %s from %s, looked at from %s\n got %v\nwant %v", seed, i, text, start, from, got, want)
		}
	}
}

// randomRule draws a rule and a first day on which it falls, not before a day.
func randomRule(r *rand.Rand, from Day) (Day, string) {
	names := []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
	some := func(n int, of func() string) string {
		var out []string
		for range 1 + r.IntN(n) {
			if s := of(); !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
		return strings.Join(out, ",")
	}
	weekday := func() string { return names[r.IntN(7)] }
	parts := []string{"FREQ=" + []string{"DAILY", "WEEKLY", "WEEKLY", "MONTHLY"}[r.IntN(4)]}
	add := func(odds int, name, value string) {
		if r.IntN(odds) == 0 {
			parts = append(parts, name+"="+value)
		}
	}
	add(2, "INTERVAL", fmt.Sprint(1+r.IntN(4)))
	add(3, "WKST", weekday())
	add(6, "BYMONTH", some(6, func() string { return fmt.Sprint(1 + r.IntN(12)) }))
	if parts[0] == "FREQ=MONTHLY" {
		switch r.IntN(4) {
		case 0:
			// All with a number: of "SA,4WE" the library takes what is both, the standard either.
			add(1, "BYDAY", some(3, func() string { return []string{"1", "2", "3", "4", "5", "-1", "-2"}[r.IntN(7)] + weekday() }))
		case 1:
			add(1, "BYMONTHDAY", some(3, func() string { return fmt.Sprint([]int{1, -1}[r.IntN(2)] * (1 + r.IntN(31))) }))
		case 2:
			add(1, "BYDAY", some(5, weekday))
			add(1, "BYSETPOS", some(2, func() string { return []string{"1", "2", "-1", "-2"}[r.IntN(4)] }))
		}
	} else {
		add(2, "BYDAY", some(5, weekday))
	}
	end := r.IntN(3)
	if end == 0 {
		add(1, "COUNT", fmt.Sprint(1+r.IntN(map[bool]int{true: 6, false: 30}[parts[0] == "FREQ=MONTHLY"])))
	}
	text := strings.Join(parts, ";")
	var c models.Checks
	for {
		first := from + Day(r.IntN(60))
		rule, _ := parseRule(&c, "", text)
		for d := first; d < first+800; d++ {
			if rec := (recurrence{rule: rule, first: d, last: maxDay}); rec.falls(d) {
				if end == 1 {
					text += ";UNTIL=" + (d + Day(r.IntN(300))).At(0).utcText()
				}
				if rule.count == 0 {
					return d, text
				}
				if _, ok := rec.lastOf(rule.count); ok {
					return d, text
				}
			}
		}
		text = "FREQ=DAILY" // it never falls, or not often enough in ten years
		end = 2
	}
}

func (w Wall) utcText() string { return instant(int64(w)).Format("20060102T150405Z") }

func TestBadRules(t *testing.T) {
	for text, code := range map[string]string{
		"":                                "bad-rule",
		"daily":                           "bad-rule",
		"FREQ=SECONDLY":                   "frequency-not-allowed",
		"FREQ=MINUTELY":                   "frequency-not-allowed",
		"FREQ=HOURLY":                     "frequency-not-allowed",
		"FREQ=YEARLY":                     "frequency-not-allowed",
		"freq=DAILY":                      "rule-part-not-allowed",
		"INTERVAL=2":                      "frequency-missing",
		"FREQ=DAILY;":                     "bad-rule",
		"FREQ=DAILY;FREQ=WEEKLY":          "bad-rule",
		"FREQ=DAILY;COUNT=":               "bad-rule",
		"FREQ=DAILY;COUNT=0":              "count-not-allowed",
		"FREQ=DAILY;COUNT=1001":           "count-not-allowed",
		"FREQ=DAILY;COUNT=99999999999999": "count-not-allowed",
		"FREQ=DAILY;COUNT=-1":             "count-not-allowed",
		"FREQ=DAILY;COUNT=+1":             "count-not-allowed",
		"FREQ=WEEKLY;COUNT=1000":          "count-too-far",
		"FREQ=DAILY;INTERVAL=0":           "bad-rule-part",
		"FREQ=DAILY;INTERVAL=366":         "bad-rule-part",
		"FREQ=WEEKLY;INTERVAL=53":         "interval-not-allowed",
		"FREQ=MONTHLY;INTERVAL=13":        "interval-not-allowed",
		"FREQ=DAILY;COUNT=2;UNTIL=20260601T000000Z":       "count-and-until",
		"FREQ=DAILY;UNTIL=20250101T000000Z":               "ends-before-start",
		"FREQ=DAILY;UNTIL=20260231":                       "bad-rule-part",
		"FREQ=DAILY;UNTIL=tomorrow":                       "bad-rule-part",
		"FREQ=DAILY;UNTIL=99991231T000000Z":               "bad-rule-part",
		"FREQ=WEEKLY;BYDAY=XX":                            "bad-rule-part",
		"FREQ=WEEKLY;BYDAY=MO,MO":                         "bad-rule-part",
		"FREQ=WEEKLY;BYDAY=,":                             "bad-rule-part",
		"FREQ=WEEKLY;BYDAY=2MO":                           "nth-day-not-monthly",
		"FREQ=MONTHLY;BYDAY=6MO":                          "bad-rule-part",
		"FREQ=MONTHLY;BYDAY=-0MO":                         "bad-rule-part",
		"FREQ=WEEKLY;BYMONTHDAY=2":                        "month-day-in-weekly",
		"FREQ=MONTHLY;BYMONTHDAY=32":                      "bad-rule-part",
		"FREQ=MONTHLY;BYMONTHDAY=0":                       "bad-rule-part",
		"FREQ=DAILY;BYMONTH=13":                           "bad-rule-part",
		"FREQ=DAILY;BYHOUR=9":                             "rule-part-not-allowed",
		"FREQ=DAILY;BYSECOND=1":                           "rule-part-not-allowed",
		"FREQ=DAILY;BYYEARDAY=1":                          "rule-part-not-allowed",
		"RSCALE=CHINESE;FREQ=DAILY":                       "rule-part-not-allowed",
		"FREQ=MONTHLY;BYSETPOS=1":                         "set-position-alone",
		"FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1":                 "set-position-alone",
		"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30":              "not-in-rule", // never
		"FREQ=WEEKLY;BYDAY=TU":                            "not-in-rule", // starts on a Monday
		"FREQ=DAILY;WKST=XX":                              "bad-rule-part",
		"FREQ=DAILY;BYDAY=" + strings.Repeat("MO,", 100):  "too-long",
		"FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=2;COUNT=20":    "count-too-far",
		"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,2,3,4,5,-1,-1":  "bad-rule-part",
		"FREQ=DAILY;COUNT=5\r\nATTACH=http://example.com": "count-not-allowed",
	} {
		var c models.Checks
		start := time.Now()
		first, _ := ParseDay("2026-02-02")
		compileRecurrence(&c, "", first, text)
		got := fields(c.Err())
		if !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, " "+code) }) {
			t.Errorf("%.60q: got %v, want %s", text, got, code)
		}
		if d := time.Since(start); d > time.Minute { // no measure of speed: what has no bound takes hours
			t.Errorf("%.60q took %v", text, d)
		}
		if e, ok := c.Err().(*models.Error); ok && len(text) > 12 {
			for _, f := range e.Fields {
				if strings.Contains(f.Text+f.Field, text) {
					t.Errorf("%.60q is told back", text)
				}
			}
		}
	}
}

func FuzzRule(f *testing.F) {
	for _, s := range []string{"FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20300101", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
		"FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;UNTIL=20260601T090000Z", ";;=", "FREQ=MONTHLY;BYMONTHDAY=-31;BYMONTH=2"} {
		f.Add(s, int32(20000))
	}
	f.Fuzz(func(t *testing.T, text string, first int32) {
		if first < int32(minDay) || first >= int32(maxDay) {
			return
		}
		var c models.Checks
		r := compileRecurrence(&c, "", Day(first), text)
		if c.Err() != nil {
			return
		}
		if !r.on(r.first) {
			t.Fatalf("%q was accepted and does not fall on its first day %v", text, r.first)
		}
		n := 0
		for d := r.first; d < r.first+500; d++ {
			if r.on(d) {
				n++
			}
		}
		if r.count > 0 && n > r.count {
			t.Fatalf("%q falls %d times", text, n)
		}
	})
}
