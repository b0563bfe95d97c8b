package taper

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/schedule"
)

// Kind says what a plan is for.
type Kind string

// The kinds.
const (
	Start Kind = "start"
	Taper Kind = "taper"
)

// Kinds lists them.
var Kinds = []Kind{Start, Taper}

// Dose is how much at one time of the day, on the clock where the person is. The amount
// is in the unit of the terms.
type Dose struct {
	At     string  `json:"at"`
	Amount float64 `json:"amount"`
}

// Step is the same doses for some days. No doses: days without this medicine. Days 0, in
// the last step alone: until a prescriber changes it.
type Step struct {
	Days  int    `json:"days"`
	Doses []Dose `json:"doses"`
}

// Call is whom somebody calls who is not sure.
type Call struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// Terms is what a prescriber writes.
type Terms struct {
	Kind     Kind    `json:"kind"`
	Unit     string  `json:"unit"`
	Before   float64 `json:"before"` // how much a day before the plan; 0: none
	StartsOn string  `json:"startsOn"`
	Steps    []Step  `json:"steps"`
	Words    string  `json:"words,omitempty"`  // how it is taken, as the prescriber writes it
	Reason   string  `json:"reason,omitempty"` // why it is as fast as it is, where that is asked
	Call     Call    `json:"call"`
}

// Limits of a plan.
const (
	MaxSteps    = 200
	MaxStepDays = 365
	MaxDays     = 3 * 366
	MaxDoses    = 4 // a day
	MaxText     = 1000
	MaxAhead    = 366 // days until it starts
	doseGap     = 30 * 60
)

// Check holds the terms against what they can be, and against the strengths that exist.
// today is the date where the patient is. Errors: KindInvalid with fields.
func (t Terms) Check(strengths []Strength, today string) error {
	var c models.Checks
	c.Require(slices.Contains(Kinds, t.Kind), "kind", "not-a-choice", "Choose one of those that are offered.")
	c.Text("words", t.Words, 0, MaxText)
	c.Text("reason", t.Reason, 0, MaxText)
	c.Text("call.name", t.Call.Name, 1, 200)
	c.Phone("call.phone", t.Call.Phone, true)
	_, there := schedule.ParseDay(t.StartsOn)
	c.Require(there, "startsOn", "not-a-day", "Write the day as YYYY-MM-DD.")
	c.Require(!there || t.StartsOn >= today, "startsOn", "in-the-past", "A plan can't start on a day that is over.")
	c.Require(!there || t.StartsOn <= AddDays(today, MaxAhead), "startsOn", "too-far", "A plan starts within a year.")
	c.Require(len(strengths) > 0, "unit", "no-strengths", "Nobody has written down which strengths of this there are. Please do that first.")
	unit := len(strengths) == 0 || slices.ContainsFunc(strengths, func(s Strength) bool { return fits(t.Unit, s.Strength.Unit) })
	c.Require(scale[t.Unit] > 0 && unit, "unit", "unit-does-not-fit", "The strengths that there are have another unit.")
	_, ok := parts(t.Before, t.Unit)
	c.Require(ok || scale[t.Unit] == 0, "before", "out-of-range", "This amount can't be right. Please look at the number and the unit.")
	c.Require(t.Kind != Taper || t.Before > 0, "before", "required", "Say how much a day is taken before it is tapered.")
	c.Require(len(t.Steps) > 0, "steps", "required", "Write one step at least.")
	c.Require(len(t.Steps) <= MaxSteps, "steps", "too-many", "There can be 200 steps.")
	if c.Err() != nil || !unit {
		return c.Err()
	}
	m := newMaker(strengths, t.most())
	days := 0
	for i, s := range t.Steps {
		days += s.Days
		s.check(&c, models.Indexed("steps", i), t.Unit, i == len(t.Steps)-1, m)
	}
	c.Require(days <= MaxDays, "steps", "too-long", "A plan can be three years.")
	return c.Err()
}

func (s Step) check(c *models.Checks, field, unit string, last bool, m *maker) {
	c.Require(s.Days >= 1 && s.Days <= MaxStepDays || last && s.Days == 0, field+".days", "out-of-range", "A step is 1 to 365 days. The last can be 0: until it is changed.")
	c.Require(len(s.Doses) <= MaxDoses, field+".doses", "too-many", "There can be four times a day.")
	before := int64(-doseGap)
	for i, d := range s.Doses[:min(len(s.Doses), MaxDoses)] {
		at, ok := schedule.ParseClock(d.At)
		in := field + models.Indexed(".doses", i)
		c.Require(ok && at < 86400 && len(d.At) == 5, in+".at", "bad-time", "Write a time of day such as 09:00.")
		c.Require(!ok || at-before >= doseGap, in+".at", "too-close", "Write the times in order, half an hour apart at least.")
		before = at
		n, ok := parts(d.Amount, unit)
		c.Require(ok && n > 0, in+".amount", "out-of-range", "This amount can't be right. Please look at the number and the unit.")
		if ok && n > 0 {
			_, made := m.make(n)
			c.Require(made, in+".amount", "cant-be-made", "This can't be made of whole or scored tablets that there are.")
		}
	}
}

// most is the largest amount at one time, in smallest parts, and no more than MaxPieces
// could be.
func (t Terms) most() int64 {
	var out int64
	for _, s := range t.Steps {
		for _, d := range s.Doses {
			if n, ok := parts(d.Amount, t.Unit); ok {
				out = max(out, n)
			}
		}
	}
	return out
}

// total is how much a day of a step has, in smallest parts.
func (t Terms) total(step int) int64 {
	var out int64
	for _, d := range t.Steps[step].Doses {
		n, _ := parts(d.Amount, t.Unit)
		out += n
	}
	return out
}

// AddDays moves a day.
func AddDays(day string, n int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return at.AddDate(0, 0, n).Format(time.DateOnly)
}

// daysFrom is how many days b is after a.
func daysFrom(a, b string) int {
	x, _ := time.Parse(time.DateOnly, a)
	y, _ := time.Parse(time.DateOnly, b)
	return int(y.Sub(x).Hours() / 24)
}

// Pieces are the tablets of one time.
type Pieces struct {
	At     string  `json:"at"`
	Pieces []Piece `json:"pieces"`
}

// Tablets are those of each step, in order. The terms were checked.
func (t Terms) Tablets(strengths []Strength) [][]Pieces {
	m := newMaker(strengths, t.most())
	out := make([][]Pieces, 0, len(t.Steps))
	for _, s := range t.Steps {
		day := []Pieces{}
		for _, d := range s.Doses {
			n, _ := parts(d.Amount, t.Unit)
			made, _ := m.make(n)
			day = append(day, Pieces{d.At, made})
		}
		out = append(out, day)
	}
	return out
}

// opioidUse are the medicines for opioid use disorder.
var opioidUse = []string{"methadone", "buprenorphine", "naltrexone"}

// ForOpioidUse tells whether a medicine is one for opioid use disorder: a taper of it
// needs the patient's own wish and an overdose plan.
func ForOpioidUse(m medicine.Medicine) bool {
	return slices.ContainsFunc(m.Names(), func(n string) bool { return slices.Contains(opioidUse, n) })
}
