package crisisplan

import (
	"maps"
	"slices"
	"time"

	"handrail/models"
)

// NumberDays is how long a number counts as verified after somebody checked
// it [P]. After that it is marked, and never hidden: a number that may have
// changed is better than none.
const NumberDays = 90

// NumberCheck is what is known about a number of the plan.
type NumberCheck struct {
	CheckedOn   string        `json:"checkedOn"` // local day, YYYY-MM-DD
	By          models.Author `json:"by"`
	Unreachable bool          `json:"unreachable,omitempty"`
}

// NumberState is how a number is marked.
type NumberState string

// The marks.
const (
	NumberVerified    NumberState = "verified"
	NumberNotVerified NumberState = "not-verified"
	NumberUnreachable NumberState = "unreachable"
)

// NumberReport says what came of trying a number.
type NumberReport struct {
	Number string `json:"number"`
	Works  bool   `json:"works"`
}

// NumberState tells how a number is marked on a day.
func (p Plan) NumberState(number, today string) NumberState {
	check, known := p.Numbers[number]
	switch {
	case known && check.Unreachable:
		return NumberUnreachable
	case known && today < check.again():
		return NumberVerified
	}
	return NumberNotVerified
}

// again is the day from which the number is to be checked again.
func (n NumberCheck) again() string { return addDays(n.CheckedOn, NumberDays) }

// CheckNumbers takes in what came of trying numbers of the plan. One that does not
// answer asks for a review. Errors: KindInvalid (no number of this plan),
// KindForbidden.
func (p *Plan) CheckNumbers(reports []NumberReport, by models.Actor, today string) error {
	if err := p.mayWrite(by); err != nil {
		return err
	}
	var c models.Checks
	checkList(&c, "numbers", reports, 60, func(at string, r NumberReport) {
		_, known := p.Numbers[models.DialledPhone(r.Number)]
		c.Require(known, at+".number", "not-in-the-plan", "This number is not in the plan.")
	})
	if err := c.Err(); err != nil {
		return err
	}
	p.Numbers = maps.Clone(p.Numbers)
	for _, r := range reports {
		p.Numbers[models.DialledPhone(r.Number)] = NumberCheck{today, models.AuthorOf(by), !r.Works}
		if !r.Works {
			p.Reviews.note(TriggerContact, today)
		}
	}
	return nil
}

// noteNumbers counts a number that was written just now as checked.
func (p *Plan) noteNumbers(after, before Content, by models.Actor, today string) {
	old := before.numbers()
	p.Numbers = maps.Clone(p.Numbers)
	for _, n := range after.numbers() {
		if _, known := p.Numbers[n]; !known && !slices.Contains(old, n) {
			if p.Numbers == nil {
				p.Numbers = map[string]NumberCheck{}
			}
			p.Numbers[n] = NumberCheck{CheckedOn: today, By: models.AuthorOf(by)}
		}
	}
}

// keepNumbers forgets numbers that are in none of the contents.
func (p *Plan) keepNumbers(in ...Content) {
	var keep []string
	for _, c := range in {
		keep = append(keep, c.numbers()...)
	}
	p.Numbers = maps.Clone(p.Numbers)
	maps.DeleteFunc(p.Numbers, func(n string, _ NumberCheck) bool { return !slices.Contains(keep, n) })
}

// numbers lists every number of a normal content.
func (c Content) numbers() []string {
	var out []string
	add := func(p *Phone) {
		if p != nil {
			out = append(out, p.Number)
		}
	}
	for _, s := range c.SocialDistraction {
		add(s.Phone)
	}
	for _, s := range c.CrisisSupport {
		add(&s.Phone)
	}
	if s := c.ProfessionalSupport; s != nil {
		for _, p := range s.Contacts {
			add(&p.Phone)
		}
		if s.EmergencyDepartment != nil {
			add(s.EmergencyDepartment.Phone)
		}
	}
	if c.NeverUseAlone != nil {
		add(c.NeverUseAlone.Phone)
	}
	return out
}

// addDays counts days on the calendar; "" for what is no date.
func addDays(day string, n int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, n).Format(time.DateOnly)
}
