package reminder

import (
	"math/rand/v2"
	"testing"
	"time"

	"handrail/models/schedule"
)

// TestWhatIsDoneIsNotAskedAgain: by examples, in New York.
func TestWhatIsDoneIsNotAskedAgain(t *testing.T) {
	at := func(day, hour, minute int) time.Time { // of March 2026, before the clocks change
		return time.Date(2026, 3, day, hour+5, minute, 0, 0, time.UTC)
	}
	for name, c := range map[string]struct {
		times []string
		done  []time.Time
		want  string
	}{
		"nothing done":                    {[]string{"20:00"}, nil, "03 20:00, 04 20:00"},
		"done at noon":                    {[]string{"20:00"}, []time.Time{at(3, 12, 0)}, "04 20:00"},
		"done in the night before":        {[]string{"20:00"}, []time.Time{at(3, 2, 0)}, "03 20:00, 04 20:00"},
		"done just after its time":        {[]string{"09:00"}, []time.Time{at(3, 9, 5)}, "04 09:00"},
		"done after midnight, in time":    {[]string{"21:00"}, []time.Time{at(4, 0, 30)}, "04 21:00"},
		"both, the first answered":        {[]string{"10:00", "20:00"}, []time.Time{at(3, 10, 2)}, "03 20:00, 04 10:00, 04 20:00"},
		"both, at noon":                   {[]string{"10:00", "20:00"}, []time.Time{at(3, 10, 2), at(3, 12, 0)}, "04 10:00, 04 20:00"},
		"both, the morning long gone":     {[]string{"08:00", "20:00"}, []time.Time{at(3, 15, 0)}, "03 08:00, 04 08:00, 04 20:00"},
		"both in the morning before them": {[]string{"10:00", "20:00"}, []time.Time{at(3, 7, 0), at(3, 7, 5)}, "04 10:00, 04 20:00"},
	} {
		in := Input{Now: at(3, 5, 0), To: at(5, 4, 0), Home: "America/New_York", Cap: 10, Rules: Answered(ForCheckIn(c.times, nil), c.done)}
		got := ""
		clock := mustClock(t, in.Home)
		for _, o := range mustPlan(t, in) {
			if got != "" {
				got += ", "
			}
			got += clock.wall(o.Due.Unix()).String()[8:10] + " " + clock.wall(o.Due.Unix()).String()[11:16]
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestDoneTakesAwayAndNothingElse: whatever somebody's life is, what was done never
// adds a prompt, takes away at most one for each time that it was done, each of the
// day that it was done on, and leaves other kinds alone.
func TestDoneTakesAwayAndNothingElse(t *testing.T) {
	lives(t, 300, func(t *testing.T, r *rand.Rand, in Input) {
		in.Cap = 1000
		in.Choices.Quiet = []Window{}
		c := mustClock(t, in.Home, in.Stays...)
		p := &planner{here: c}
		var done []time.Time
		for range r.IntN(6) {
			done = append(done, in.Now.Add(time.Duration(r.IntN(3*24*60))*time.Minute))
		}
		before := map[string]Occurrence{}
		for _, o := range mustPlan(t, in) {
			before[o.Name] = o
		}
		for i, rule := range in.Rules {
			if rule.Kind == CheckIn {
				in.Rules[i].Done = done
			}
		}
		if err := CheckRules(in.Rules); err != nil {
			t.Fatal(err)
		}
		days := map[schedule.Day]int{}
		for _, at := range done {
			days[p.livedDay(at.Unix())]++
		}
		for _, o := range mustPlan(t, in) {
			if _, ok := before[o.Name]; !ok {
				t.Fatalf("%s is new", o.Name)
			}
			delete(before, o.Name)
		}
		for _, o := range before {
			if o.Kind != CheckIn {
				t.Fatalf("%s is not asked any more", o.Name)
			}
			d := p.livedDay(o.Due.Unix())
			if days[d]--; days[d] < 0 {
				t.Fatalf("%s is answered by nothing of its day", o.Name)
			}
		}
	})
}

// TestQuietHoursHoldBackASoundAlone: whatever falls into them lies in the inbox from
// its time on, and what would be of no use after them is said all the same.
func TestQuietHoursHoldBackASoundAlone(t *testing.T) {
	lives(t, 400, func(t *testing.T, r *rand.Rand, in Input) {
		in.Cap = 1000
		in.Choices.Quiet = []Window{{timeOfDay(r), timeOfDay(r)}}
		if in.Choices.Quiet[0].From == in.Choices.Quiet[0].To {
			return
		}
		about := in.Now.Add(time.Duration(1+r.IntN(20*60)) * time.Minute)
		note := Note(News, "off", "visit:1", in.Now)
		note.Deadline = &about
		in.Rules = append(in.Rules, note)
		found := false
		for _, o := range mustPlan(t, in) {
			if o.Shown().After(o.Due) {
				t.Fatalf("%s makes its sound before it lies in the inbox", o.Name)
			}
			if o.Rule != note.ID {
				continue
			}
			found = true
			if !o.Shown().Equal(in.Now.Truncate(time.Second)) {
				t.Fatalf("told at %s, in the inbox at %s", in.Now, o.Shown())
			}
			if o.Silent == Loud && !o.Due.Before(about) {
				t.Fatalf("about %s, said at %s", about, o.Due)
			}
		}
		if !found {
			t.Fatal("it is not told at all")
		}
	})
}

// TestAVisitOffAtNightIsToldBeforeIt: the example.
func TestAVisitOffAtNightIsToldBeforeIt(t *testing.T) {
	now := time.Date(2026, 3, 3, 4, 0, 0, 0, time.UTC) // 23:00 in New York
	for start, want := range map[time.Time]time.Time{
		time.Date(2026, 3, 3, 12, 30, 0, 0, time.UTC): now,                                          // 07:30
		time.Date(2026, 3, 3, 15, 0, 0, 0, time.UTC):  time.Date(2026, 3, 3, 13, 0, 0, 0, time.UTC), // 10:00: told at 08:00
	} {
		r := Note(News, "off", "visit:1", now)
		r.Deadline = &start
		list := mustPlan(t, Input{Now: now, To: now.AddDate(0, 0, 1), Home: "America/New_York", Cap: 8, Rules: []Rule{r}})
		if len(list) != 1 || list[0].Silent != Loud || !list[0].Due.Equal(want) || !list[0].Shown().Equal(now) || list[0].Until.After(start) {
			t.Errorf("a visit at %s: %+v", start, list)
		}
	}
}
