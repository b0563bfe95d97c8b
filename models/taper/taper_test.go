package taper

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"handrail/models"
	"handrail/models/medicine"
)

const today = "2026-03-02"

func mg(v float64, scored bool) Strength {
	return Strength{medicine.Amount{Value: v, Unit: "mg"}, "tablet", scored}
}

func steps(days int, amounts ...float64) []Step {
	var out []Step
	for _, a := range amounts {
		s := Step{Days: days}
		if a > 0 {
			s.Doses = []Dose{{"08:00", a}}
		}
		out = append(out, s)
	}
	return out
}

func terms(kind Kind, before float64, s []Step) Terms {
	return Terms{Kind: kind, Unit: "mg", Before: before, StartsOn: today, Steps: s, Call: Call{"Dr. Ray", "+12025550100"}}
}

func codes(err error) map[string]string {
	out := map[string]string{}
	if e, ok := errors.AsType[*models.Error](err); ok {
		for _, f := range e.Fields {
			out[f.Field] = f.Code
		}
	}
	return out
}

// TestWhatCantBeMadeIsRefused: of whole and scored tablets alone, in whatever unit.
func TestWhatCantBeMadeIsRefused(t *testing.T) {
	for _, c := range []struct {
		strengths []Strength
		unit      string
		amount    float64
		halves    []int // by strength, the largest first; nil: refused
	}{
		{[]Strength{mg(5, true), mg(10, false)}, "mg", 12.5, []int{2, 1}},
		{[]Strength{mg(5, false)}, "mg", 7.5, nil},
		{[]Strength{mg(2, false), mg(5, false)}, "mg", 6, []int{6}}, // the largest first would get stuck
		{[]Strength{mg(0.5, true)}, "mcg", 250, []int{1}},
		{[]Strength{mg(0.1, false), mg(0.2, false)}, "mg", 0.3, []int{2, 2}},
		{[]Strength{mg(1, true)}, "mg", 0.3333, nil},
		{[]Strength{mg(1, false)}, "mg", 13, nil}, // more than twelve tablets
		{[]Strength{mg(1e-9, false), mg(20_000, false)}, "mg", 7, nil},
	} {
		plan := terms(Start, 0, []Step{{Days: 1, Doses: []Dose{{"08:00", c.amount}}}})
		plan.Unit = c.unit
		err := plan.Check(c.strengths, today)
		if (err == nil) != (c.halves != nil) {
			t.Errorf("%v of %v: %v", c.amount, c.strengths, err)
			continue
		}
		if err != nil {
			if codes(err)["steps[0].doses[0].amount"] != "cant-be-made" {
				t.Errorf("%v: %v", c.amount, codes(err))
			}
			continue
		}
		var got []int
		for _, p := range plan.Tablets(c.strengths)[0][0].Pieces {
			got = append(got, p.Halves)
		}
		if !slices.Equal(got, c.halves) {
			t.Errorf("%v of %v is %v", c.amount, c.strengths, got)
		}
	}
}

func TestBadTermsAreRefusedWithTheirField(t *testing.T) {
	good := func() Terms { return terms(Taper, 10, steps(7, 10, 9)) }
	strengths := []Strength{mg(1, false), mg(10, false)}
	if err := good().Check(strengths, today); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*Terms){
		"unit":                     func(v *Terms) { v.Unit = "mL" },
		"before":                   func(v *Terms) { v.Before = -1 },
		"startsOn":                 func(v *Terms) { v.StartsOn = "2026-03-01" },
		"kind":                     func(v *Terms) { v.Kind = "drop" },
		"call.phone":               func(v *Terms) { v.Call.Phone = "" },
		"steps":                    func(v *Terms) { v.Steps = slices.Repeat(steps(1, 10), 1000) },
		"steps[0].days":            func(v *Terms) { v.Steps[0].Days = 0 },
		"steps[1].days":            func(v *Terms) { v.Steps[1].Days = -3 },
		"steps[0].doses":           func(v *Terms) { v.Steps[0].Doses = slices.Repeat(v.Steps[0].Doses, 5) },
		"steps[0].doses[0].amount": func(v *Terms) { v.Steps[0].Doses[0].Amount = 1e300 },
		"steps[1].doses[0].amount": func(v *Terms) { v.Steps[1].Doses[0].Amount = math.NaN() },
		"steps[0].doses[0].at":     func(v *Terms) { v.Steps[0].Doses[0].At = "24:00" },
		"steps[0].doses[1].at":     func(v *Terms) { v.Steps[0].Doses = []Dose{{"20:00", 1}, {"08:00", 1}} },
	} {
		v := good()
		spoil(&v)
		if err := v.Check(strengths, today); codes(err)[field] == "" {
			t.Errorf("%s: %v %v", field, err, codes(err))
		}
	}
	if err := good().Check(nil, today); codes(err)["unit"] != "no-strengths" {
		t.Error(err)
	}
	var c models.Checks
	for _, s := range []Strength{mg(-5, false), mg(0, false), {medicine.Amount{Value: 5, Unit: "mL"}, "tablet", false}, {medicine.Amount{Value: 5, Unit: "mg"}, "capsule", true}} {
		CheckStrength(&c, "s", s)
		if c.Err() == nil {
			t.Errorf("%+v passes", s)
		}
		c = models.Checks{}
	}
}

// TestTheGuardOnPace: a tenth asks, a quarter in 14 days needs a second; more, a start and
// the last small steps of whole tablets do not.
func TestTheGuardOnPace(t *testing.T) {
	one := []Strength{mg(1, false), mg(10, false)}
	for name, c := range map[string]struct {
		terms Terms
		want  []string
	}{
		"a tenth":                   {terms(Taper, 100, steps(28, 90)), nil},
		"more than a tenth":         {terms(Taper, 100, steps(28, 89)), []string{FoundStep}},
		"a quarter":                 {terms(Taper, 100, steps(28, 75)), []string{FoundStep}},
		"more than a quarter":       {terms(Taper, 100, steps(28, 74)), []string{FoundStep, FoundWindow}},
		"a quarter in small steps":  {terms(Taper, 100, steps(4, 90, 81, 73)), []string{FoundWindow}},
		"the same, slowly":          {terms(Taper, 100, steps(15, 90, 81, 73)), nil},
		"a start":                   {terms(Start, 0, steps(4, 1, 2, 4)), nil},
		"a start with more at once": {terms(Start, 0, steps(1, 10, 5)), nil},
		"more":                      {terms(Start, 5, steps(4, 10, 20)), nil},
		"the last small steps":      {terms(Taper, 3, steps(15, 3, 2, 1, 0)), nil},
		"those, a day each":         {terms(Taper, 3, steps(1, 2, 1, 0)), []string{FoundWindow, FoundWindow}},
		"to none at once":           {terms(Taper, 10, steps(1, 0)), []string{FoundStep, FoundWindow}},
	} {
		var got []string
		for _, p := range c.terms.Guard(one, nil) {
			got = append(got, p.Found)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	lower := terms(Taper, 5, steps(28, 5))
	if lower.AtLeastBefore(&medicine.Amount{Value: 0.02, Unit: "g"}); lower.Before != 20 {
		t.Errorf("before is %v", lower.Before)
	}
}

func plan(s []Step) *Plan {
	p := &Plan{Terms: terms(Taper, 10, s), Strengths: []Strength{mg(1, true), mg(10, false)}}
	p.Tablets = p.Terms.Tablets(p.Strengths)
	return p
}

func act(p *Plan, do Do, on string) error { return p.Act(Act{Do: do, On: on, Why: "As we said."}) }

func totals(days []Day) (out []float64) {
	for _, d := range days {
		out = append(out, d.Total)
	}
	return out
}

func TestAPauseAStepBackAndAStop(t *testing.T) {
	p := plan(steps(3, 9, 8, 7))
	p.Begin("2026-03-05") // signed three days late
	if got := totals(p.Days("2026-03-04", 12)); !slices.Equal(got, []float64{9, 9, 9, 8, 8, 8, 7, 7, 7}) {
		t.Errorf("late: %v", got)
	}
	if err := act(p, StepBack, "2026-03-09"); err != nil { // the second day of 8
		t.Fatal(err)
	}
	if got := totals(p.Days("2026-03-05", 30)); !slices.Equal(got[:6], []float64{9, 9, 9, 8, 9, 9}) || len(got) != 30 {
		t.Errorf("back: %v", got)
	}
	if err := act(p, Resume, "2026-03-11"); err != nil {
		t.Fatal(err)
	}
	want := []float64{9, 9, 9, 8, 9, 9, 9, 9, 9, 8, 8, 8, 7, 7, 7}
	if got := totals(p.Days("2026-03-05", 30)); !slices.Equal(got, want) {
		t.Errorf("on again: %v", got)
	}
	for _, do := range []Do{Hold, Stop} {
		if err := act(p, do, "2026-03-13"); err != nil {
			t.Fatal(err)
		}
		if got := totals(p.Days("2026-03-05", 30)); !slices.Equal(got, want[:8]) || p.Status.Shown() {
			t.Errorf("%s: %v", do, got)
		}
	}
	if err := act(p, Stop, "2026-03-13"); err == nil {
		t.Error("it ends twice")
	}
	p = plan(steps(3, 9, 8))
	p.Begin(today)
	for do, on := range map[Do]string{StepBack: "2026-03-03", Resume: today} {
		if act(p, do, on) == nil {
			t.Errorf("%s was taken", do)
		}
	}
	if act(p, Pause, "2026-05-01") == nil {
		t.Error("a pause after the end")
	}
	if err := act(p, Hold, today); err != nil || act(p, Resume, "2026-03-05") == nil || act(p, Resume, "2026-03-04") != nil {
		t.Errorf("a hold: %v %s", err, p.Status)
	}
}

// TestTheDaysAddUp: whatever is done with a plan, the days that are over stay, each day
// has the doses of one step as it was written, and the days that are no pause add up to
// what was prescribed. What was missed is in no other day.
func TestTheDaysAddUp(t *testing.T) {
	rounds := 300
	if n, err := strconv.Atoi(os.Getenv("HANDRAIL_ROUNDS")); err == nil {
		rounds = n
	}
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 1))
		var s []Step
		for range 1 + r.IntN(6) {
			s = append(s, steps(1+r.IntN(9), float64(r.IntN(20)))...)
		}
		if r.IntN(4) == 0 {
			s[len(s)-1].Days = 0
		}
		p := plan(s)
		day := AddDays(today, r.IntN(20)-3)
		p.Begin(day)
		first := max(day, today)
		prescribed := map[int]int{} // days of each step
		for i, step := range s {
			prescribed[i] = step.Days
		}
		day = first
		for range r.IntN(12) {
			day = AddDays(day, r.IntN(4))
			before := totals(p.Days(first, daysFrom(first, day)))
			was := *p
			did := Dos[r.IntN(len(Dos)-1)]
			if r.IntN(20) == 0 {
				did = Stop
			}
			on := day
			if did != Hold && did != Stop { // what is not at once can be of a day to come
				on = AddDays(day, r.IntN(8))
			}
			cur, there := p.On(on)
			err := act(p, did, on)
			if after := totals(p.Days(first, daysFrom(first, day))); !slices.Equal(before, after) {
				t.Fatalf("%d: days that are over changed with %s (%v): %v to %v", seed, did, err, before, after)
			}
			if err != nil {
				if !same(was, *p) {
					t.Fatalf("%d: what was refused changed the plan", seed)
				}
				continue
			}
			if did == StepBack { // the step before is there again, whole, and so is what follows of this one
				prescribed = map[int]int{}
				for _, span := range was.Course { // beside what was done until then
					if n := daysFrom(span.From, on); n > 0 && !span.Extra {
						prescribed[span.Step] += min(n, span.Days)
					}
				}
				for i := cur.Step - 1; there && i < len(s); i++ {
					prescribed[i] += s[i].Days
				}
			}
			if p.Status.Over() {
				break
			}
		}
		if p.Status.Over() {
			continue
		}
		got := map[int]int{}
		for i, span := range p.Course {
			if i > 0 && span.From < AddDays(p.Course[i-1].From, p.Course[i-1].Days) {
				t.Fatalf("%d: two steps on one day: %+v", seed, p.Course)
			}
			if !span.Extra {
				got[span.Step] += span.Days
			}
		}
		for _, l := range p.Left {
			got[l.Step] += l.Days
		}
		for i := range s {
			if open := i == len(s)-1 && s[i].Days == 0; !open && got[i] != prescribed[i] {
				t.Fatalf("%d: step %d has %d days of %d: %+v %+v %+v", seed, i, got[i], prescribed[i], p.Course, p.Left, p.Acts)
			}
		}
	}
}

// TestAnEditOfADayToCome: what was said for a later day and is changed before it loses no
// day that was prescribed, and a day of a pause is none of them.
func TestAnEditOfADayToCome(t *testing.T) {
	p := plan(steps(3, 9, 8))
	p.Begin(today)
	for _, a := range []struct {
		do Do
		on string
	}{{Pause, "2026-03-04"}, {Resume, "2026-03-03"}, {Pause, "2026-03-06"}, {Hold, today}, {Resume, "2026-03-04"}, {Pause, "2026-03-03"}, {Resume, "2026-03-05"}} {
		if err := act(p, a.do, a.on); err != nil {
			t.Fatalf("%s: %v", a.do, err)
		}
	}
	if got := totals(p.Days(today, 30)); !slices.Equal(got, []float64{9, 9, 9, 8, 8, 8}) {
		t.Errorf("%v of %+v", got, p.Course)
	}
	p = plan(steps(3, 9, 8))
	p.StartsOn = "2026-03-20"
	p.Begin(today)
	if act(p, Pause, today) != nil || act(p, Resume, "2026-03-03") != nil || p.Course[0].From != "2026-03-20" {
		t.Errorf("a plan that was paused before it began starts at %v", p.Course)
	}
	for on, want := range map[string]string{"2026-03-01": "in-the-past", today: "", "2026-03-03": "at-once"} {
		for _, do := range []Do{Hold, Stop} {
			if got := codes(CheckAct(Act{Do: do, On: on, Why: "A rash.", Reason: "rash"}, today))["on"]; got != want {
				t.Errorf("%s on %s: %q", do, on, got)
			}
		}
	}
}

func same(a, b Plan) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

// TestDaysAreThoseOfACalendar: a year with both clock changes and a leap day has each of
// its days once.
func TestDaysAreThoseOfACalendar(t *testing.T) {
	p := plan([]Step{{Days: 365, Doses: []Dose{{"02:30", 1}}}})
	p.StartsOn = "2027-10-01"
	p.Begin("2027-10-01")
	days := p.Days("2027-09-01", 800)
	seen := map[string]bool{}
	for _, d := range days {
		seen[d.On] = true
	}
	if len(days) != 365 || len(seen) != 365 || !seen["2028-02-29"] {
		t.Errorf("%d days, %d dates", len(days), len(seen))
	}
	if got := AddDays("2027-10-01", 365); got != "2028-09-30" {
		t.Error(got)
	}
}

func FuzzTerms(f *testing.F) {
	f.Add(`{"kind":"taper","unit":"mg","before":10,"startsOn":"2026-03-02","steps":[{"days":7,"doses":[{"at":"08:00","amount":7.5}]}],"call":{"name":"a","phone":"+12025550100"}}`)
	f.Add(`{"kind":"start","unit":"units","startsOn":"9999-12-31","steps":[{"days":0}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var v Terms
		if json.Unmarshal([]byte(text), &v) != nil {
			return
		}
		strengths := []Strength{mg(5, true), mg(0.1, false)}
		if v.Check(strengths, today) != nil {
			return
		}
		p := &Plan{Terms: v, Strengths: strengths, Tablets: v.Tablets(strengths)}
		p.Begin(today)
		v.Guard(strengths, nil)
		for i, day := range p.Tablets {
			var sum int64
			for _, d := range day {
				for _, piece := range d.Pieces {
					n, _ := parts(piece.Strength.Value, piece.Strength.Unit)
					sum += n * int64(piece.Halves) / 2
				}
			}
			if sum != v.total(i) {
				t.Fatalf("step %d: the tablets are %d of %d", i, sum, v.total(i))
			}
		}
	})
}
