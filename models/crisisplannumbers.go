package models

import (
	"maps"
	"slices"
	"time"
)

// PlanNumberDays is how long a number counts as verified after somebody checked
// it [P]. After that it is marked, and never hidden: a number that may have
// changed is better than none.
const PlanNumberDays = 90

// PlanNumberCheck is what is known about a number of the plan.
type PlanNumberCheck struct {
	CheckedOn   string `json:"checkedOn"` // local day, YYYY-MM-DD
	By          Author `json:"by"`
	Unreachable bool   `json:"unreachable,omitempty"`
}

// PlanNumberState is how a number is marked.
type PlanNumberState string

// The marks.
const (
	NumberVerified    PlanNumberState = "verified"
	NumberNotVerified PlanNumberState = "not-verified"
	NumberUnreachable PlanNumberState = "unreachable"
)

// PlanNumberReport says what came of trying a number.
type PlanNumberReport struct {
	Number string `json:"number" minLength:"3" maxLength:"160" text:"phone"`
	Works  bool   `json:"works"`
}

// NumberState tells how a number is marked on a day.
func (p CrisisPlan) NumberState(number, today string) PlanNumberState {
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
func (n PlanNumberCheck) again() string { return addDays(n.CheckedOn, PlanNumberDays) }

// CheckNumbers takes in what came of trying numbers of the plan. One that does not
// answer asks for a review. Errors: KindInvalid (no number of this plan),
// KindForbidden.
func (p *CrisisPlan) CheckNumbers(reports []PlanNumberReport, by Actor, today string) error {
	if err := p.mayWrite(by); err != nil {
		return err
	}
	var c Checks
	checkList(&c, "numbers", reports, 60, func(at string, r PlanNumberReport) {
		_, known := p.Numbers[dialled(r.Number)]
		c.Require(known, at+".number", "not-in-the-plan", "This number is not in the plan.")
	})
	if err := c.Err(); err != nil {
		return err
	}
	p.Numbers = maps.Clone(p.Numbers)
	for _, r := range reports {
		p.Numbers[dialled(r.Number)] = PlanNumberCheck{today, AuthorOf(by), !r.Works}
		if !r.Works {
			p.Reviews.note(TriggerContact, today)
		}
	}
	return nil
}

// noteNumbers counts a number that was written just now as checked.
func (p *CrisisPlan) noteNumbers(after, before PlanContent, by Actor, today string) {
	old := before.numbers()
	p.Numbers = maps.Clone(p.Numbers)
	for _, n := range after.numbers() {
		if _, known := p.Numbers[n]; !known && !slices.Contains(old, n) {
			if p.Numbers == nil {
				p.Numbers = map[string]PlanNumberCheck{}
			}
			p.Numbers[n] = PlanNumberCheck{CheckedOn: today, By: AuthorOf(by)}
		}
	}
}

// keepNumbers forgets numbers that are in none of the contents.
func (p *CrisisPlan) keepNumbers(in ...PlanContent) {
	var keep []string
	for _, c := range in {
		keep = append(keep, c.numbers()...)
	}
	p.Numbers = maps.Clone(p.Numbers)
	maps.DeleteFunc(p.Numbers, func(n string, _ PlanNumberCheck) bool { return !slices.Contains(keep, n) })
}

// numbers lists every number of a normal content.
func (c PlanContent) numbers() []string {
	var out []string
	add := func(p *PlanPhone) {
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
