package schedule

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
)

// foreignStarts lists the UTC starts of a rule in 2026 and 2027.
func foreignStarts(t *testing.T, zone, start, text string) ([]time.Time, bool) {
	t.Helper()
	z, err := LoadZone(zone)
	if err != nil {
		t.Fatal(err)
	}
	w, ok := ParseWall(start)
	if !ok {
		t.Fatal(start)
	}
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)
	found, ok := Recurring{z, w, text}.Starts(SpanOf(from, to))
	var out []time.Time
	for _, w := range found {
		out = append(out, instant(z.At(w)))
	}
	return out, ok
}

func TestForeignRulesAreWhatAnotherLibrarySays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	zones := []string{"America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"}
	rules := []string{"FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2;COUNT=20", "FREQ=MONTHLY;BYDAY=2TU",
		"FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=9", "FREQ=DAILY;UNTIL=20260901T000000Z", "FREQ=YEARLY;INTERVAL=1"}
	for range 400 {
		zone, text := zones[r.IntN(len(zones))], rules[r.IntN(len(rules))]
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		option, err := rrule.StrToROption(text)
		if err != nil {
			t.Fatal(err)
		}
		option.Dtstart = time.Date(2025, time.Month(1+r.IntN(12)), 1+r.IntN(28), 9, 30, 0, 0, loc)
		oracle, err := rrule.NewRRule(*option)
		if err != nil {
			t.Fatal(err)
		}
		// An oracle that begins on a day of its own rule; others are "odd", below.
		first := oracle.Between(option.Dtstart, option.Dtstart.AddDate(8, 0, 0), true)
		if len(first) == 0 {
			continue
		}
		option.Dtstart = first[0]
		if oracle, err = rrule.NewRRule(*option); err != nil {
			t.Fatal(err)
		}
		want := oracle.Between(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 12, 31, 23, 59, 59, 0, time.UTC), true)
		got, ok := foreignStarts(t, zone, first[0].Format(wallLayout), text)
		if !ok || len(got) != len(want) {
			t.Fatalf("%s from %s: %d times, the oracle has %d", text, first[0], len(got), len(want))
		}
		for i := range got {
			if !got[i].Equal(want[i]) {
				t.Fatalf("%s from %s: %s, the oracle has %s", text, first[0], got[i], want[i])
			}
		}
	}
}

func TestAFirstEventThatItsRuleDoesNotFallOn(t *testing.T) {
	got, ok := foreignStarts(t, "UTC", "2026-03-03T09:00:00", "FREQ=WEEKLY;BYDAY=MO;COUNT=3") // a Tuesday
	if !ok || len(got) != 3 || got[0].Day() != 3 || got[1].Day() != 9 || got[2].Day() != 16 {
		t.Error(got, ok)
	}
	if got, ok := foreignStarts(t, "UTC", "2026-03-03T09:00:00", "FREQ=WEEKLY;BYDAY=MO;COUNT=1"); !ok || len(got) != 1 {
		t.Error(got, ok)
	}
}

func TestForeignRulesThatAreNotUnderstood(t *testing.T) {
	for _, text := range []string{"FREQ=SECONDLY", "FREQ=HOURLY;COUNT=5", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;INTERVAL=4",
		"FREQ=DAILY;COUNT=9999999", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2;COUNT=2", "nonsense", ";"} {
		if got, ok := foreignStarts(t, "UTC", "2026-03-03T09:00:00", text); ok {
			t.Errorf("%s gives %v", text, got)
		}
	}
	if got, ok := foreignStarts(t, "UTC", "2026-03-03T09:00:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"); !ok || len(got) != 1 {
		t.Errorf("a rule that never falls has its first event only: %v %v", got, ok)
	}
}
