package reminder

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"handrail/models/schedule"
)

// life is a random person: rules of all policies, travels, choices.
func life(r *rand.Rand) Input {
	now := time.Date(2026, 3, 1+r.IntN(12), r.IntN(24), r.IntN(60), 0, 0, time.UTC)
	in := Input{Now: now, To: now.AddDate(0, 0, 10), Home: pick(r, zoneNames), Cap: 1 + r.IntN(6)}
	if r.IntN(2) == 0 {
		in.Stays = randomStays(r, now.AddDate(0, 0, -3), r.IntN(4))
	}
	in.Rules = append(in.Rules, ForCheckIn([]string{timeOfDay(r), timeOfDay(r)}, nil)...)
	for i := range r.IntN(4) {
		m := Medicine{ID: fmt.Sprint(i), Policy: pick(r, []Policy{Here, Home, Every}), Times: []string{timeOfDay(r), timeOfDay(r)}, EveryHours: 24 + r.IntN(100), First: &now}
		in.Rules = append(in.Rules, ForMedicine(m)...)
	}
	for i := range r.IntN(3) {
		start := now.Add(time.Duration(r.IntN(8*24*60)) * time.Minute)
		in.Rules = append(in.Rules, ForVisit(Visit{ID: fmt.Sprint(i), BookedAt: now.Add(-time.Hour), Start: start})...)
	}
	for _, k := range []Kind{Milestone, PlanReview, Education, NaloxoneExpiry} {
		in.Rules = append(in.Rules, ForDate(k, "x", now.AddDate(0, 0, r.IntN(9)).Format(time.DateOnly))...)
	}
	if r.IntN(3) == 0 {
		in.Choices.Quiet = []Window{{timeOfDay(r), timeOfDay(r)}}
	}
	return in
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func timeOfDay(r *rand.Rand) string { return fmt.Sprintf("%02d:%02d", r.IntN(24), 5*r.IntN(12)) }

// lives runs a property over many people.
func lives(t *testing.T, n int, property func(t *testing.T, r *rand.Rand, in Input)) {
	t.Helper()
	for seed := range uint64(n) {
		r := rand.New(rand.NewPCG(seed, 7))
		in := life(r)
		if err := CheckRules(in.Rules); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		t.Run("", func(t *testing.T) {
			defer func() {
				if t.Failed() {
					t.Logf("seed %d", seed)
				}
			}()
			property(t, r, in)
		})
	}
}

func mustPlan(t *testing.T, in Input) []Occurrence {
	t.Helper()
	list, err := Plan(in)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestEachLivedDateHasOne: whatever the zone, the clocks and the travels, a daily
// rule comes once for each date that is lived, and never before its time.
func TestEachLivedDateHasOne(t *testing.T) {
	lives(t, 300, func(t *testing.T, r *rand.Rand, in Input) {
		text := timeOfDay(r)
		in.Rules = ForMedicine(Medicine{ID: "d", Policy: Here, Times: []string{text}})
		in.Rules[0].UsefulMinutes = MaxUseful // so that none is lost in a flight
		in.Cap = 100
		c := mustClock(t, in.Home, in.Stays...)
		seconds, _ := schedule.ParseClock(text)
		got := map[string]int64{}
		for _, o := range mustPlan(t, in) {
			if got[o.Date] != 0 {
				t.Fatalf("%s twice", o.Name)
			}
			got[o.Date] = o.Due.Unix()
		}
		for d := c.day(in.Now.Unix()) + 1; d < c.day(in.To.Unix())-1; d++ {
			due, ok := got[d.String()]
			want := bruteFirst(c, d.At(seconds))
			if ok != c.lived(d) && want >= in.Now.Unix() || ok && due != want {
				t.Errorf("%s: due %d, each minute says %d (lived: %v)", d, due, want, c.lived(d))
			}
		}
	})
}

// TestCapHoldsWhenever: at whatever moment of its useful time each prompt really
// comes, no local day has more than the cap.
func TestCapHoldsWhenever(t *testing.T) {
	lives(t, 400, func(t *testing.T, r *rand.Rand, in Input) {
		list := mustPlan(t, in)
		c := mustClock(t, in.Home, in.Stays...)
		for range 20 {
			count := map[schedule.Day]int{}
			for _, o := range list {
				if o.Silent == Loud {
					sent := o.Due.Unix() + r.Int64N(max(1, o.Until.Unix()-o.Due.Unix()))
					count[c.day(sent)]++
				}
			}
			for d, n := range count {
				if n > in.Cap {
					t.Fatalf("%s has %d prompts, the cap is %d", d, n, in.Cap)
				}
			}
		}
	})
}

// TestQuietHoursAreQuiet: no moment of a prompt's useful time lies in them, but of what
// would be of no use after them.
func TestQuietHoursAreQuiet(t *testing.T) {
	lives(t, 300, func(t *testing.T, r *rand.Rand, in Input) {
		c := mustClock(t, in.Home, in.Stays...)
		endsIn := map[string]time.Time{}
		for _, r := range in.Rules {
			if r.Deadline != nil {
				endsIn[r.ID] = *r.Deadline
			}
		}
		for _, o := range mustPlan(t, in) {
			if tr, _ := in.Choices.For(o.Kind); o.Silent != Loud || tr.Quiet == QuietPass {
				continue
			}
			if inTime := endsIn[o.Rule]; !inTime.IsZero() && c.quietEnd(in.Choices.quiet(), o.Due.Unix()) >= inTime.Unix() {
				continue
			}
			for u := o.Due.Unix(); u < o.Until.Unix(); u += 60 {
				if w, in := within(in.Choices.quiet(), c.wall(u).Clock()); in && c.stood(o.Due.Unix(), u) {
					t.Fatalf("%s may come at %s, in %v", o.Name, c.wall(u), w)
				}
			}
		}
	})
}

// quietEnd is when the quiet hours around an instant are over; the instant itself
// outside of them.
func (c clock) quietEnd(quiet []Window, unix int64) int64 {
	for range MaxQuiet + 1 {
		w, in := within(quiet, c.wall(unix).Clock())
		if !in {
			break
		}
		seconds, _ := schedule.ParseClock(w.To)
		unix = c.next(unix, seconds)
	}
	return unix
}

// stood tells that the clock was not set between two instants: a flight may carry
// the last minutes of a prompt into quiet hours that nobody knew of when it was due.
func (c clock) stood(from, to int64) bool {
	_, end := c.piece(from)
	return to < end
}

// TestPlanningAgainChangesNothing: the plan of what is planned is no change, and an
// hour later only the end of the window is new.
func TestPlanningAgainChangesNothing(t *testing.T) {
	lives(t, 300, func(t *testing.T, r *rand.Rand, in Input) {
		for _, o := range mustPlan(t, in) {
			in.Known = append(in.Known, Known{Occurrence: o})
		}
		if c := Diff(in.Known, mustPlan(t, in), in.Now); !c.Empty() {
			t.Errorf("planned again at once: %+v", c)
		}
		old := in.To
		for i := range in.Known {
			in.Known[i].Fixed = in.Known[i].Due.Before(in.Now.Add(time.Hour))
		}
		in.Now, in.To = in.Now.Add(time.Hour), in.To.Add(time.Hour)
		c := Diff(in.Known, mustPlan(t, in), in.Now)
		for _, o := range append(append(c.Add, c.Move...), c.Drop...) {
			if o.Due.Before(old.Add(-48 * time.Hour)) {
				t.Errorf("an hour later %s moved, due %s", o.Name, o.Due)
			}
		}
	})
}

// TestNamesAreUnique also over re-plans with other choices and other zones.
func TestNamesAreUnique(t *testing.T) {
	lives(t, 200, func(t *testing.T, r *rand.Rand, in Input) {
		seen := map[string]bool{}
		for range 6 {
			for _, o := range mustPlan(t, in) {
				switch {
				case o.Due.After(in.Now.Add(12 * time.Hour)):
				case seen[o.Name]:
					t.Fatalf("%s was sent already", o.Name)
				default: // handed over within the next half day
					seen[o.Name] = true
					in.Known = append(in.Known, Known{o, true})
				}
			}
			in.Now, in.To = in.Now.Add(12*time.Hour), in.To.Add(12*time.Hour)
			in.Stays = append(in.Stays, Stay{in.Now, pick(r, zoneNames)})
			in.Choices.Quiet = []Window{{timeOfDay(r), timeOfDay(r)}}
		}
	})
}

func TestPlanIsAFunction(t *testing.T) {
	lives(t, 50, func(t *testing.T, r *rand.Rand, in Input) {
		if a, b := fmt.Sprint(mustPlan(t, in)), fmt.Sprint(mustPlan(t, in)); a != b {
			t.Errorf("the same input gave\n%s\nand\n%s", a, b)
		}
	})
}
