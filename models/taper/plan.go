package taper

import (
	"slices"
	"time"

	"handrail/models"
)

// Status is where a plan stands.
type Status string

// The statuses. Only Active and Paused plans have days that a phone shows.
const (
	Draft  Status = "draft"  // nobody signed it
	Signed Status = "signed" // one prescriber did, and it waits for the second
	Active Status = "active"
	Paused Status = "on-hold" // at the same doses, or those of the step before
	Held   Status = "held"    // no doses, at once
	Ended  Status = "stopped"
)

// Statuses lists them.
var Statuses = []Status{Draft, Signed, Active, Paused, Held, Ended}

// Shown tells whether the phone of the patient shows tablets of it.
func (s Status) Shown() bool { return s == Active || s == Paused }

// Over tells whether nothing follows.
func (s Status) Over() bool { return s == Ended }

// Span is a step on the days that it really has. Days 0: until something changes.
type Span struct {
	From  string `json:"from"`
	Days  int    `json:"days"`
	Step  int    `json:"step"`
	Extra bool   `json:"extra,omitempty"` // of a pause: no day that was prescribed with the steps
}

// Left is what remains of a step while a plan rests.
type Left struct {
	Step int `json:"step"`
	Days int `json:"days"`
}

// Wish is what the patient says to a taper of a medicine for opioid use disorder.
type Wish struct {
	Wants bool          `json:"wants"`
	Words string        `json:"words,omitempty"`
	By    models.Author `json:"by"`
	At    time.Time     `json:"at"`
}

// Signature is one of a prescriber.
type Signature struct {
	By models.Author `json:"by"`
	At time.Time     `json:"at"`
}

// Act is what a prescriber did with a plan in force.
type Act struct {
	Do     Do            `json:"do"`
	On     string        `json:"on"` // the first day for which it holds
	Why    string        `json:"why"`
	Reason string        `json:"reason,omitempty"` // of Hold and Stop: one of Reasons
	By     models.Author `json:"by"`
	At     time.Time     `json:"at"`
}

// Do is what an act does.
type Do string

// The acts.
const (
	Pause    Do = "pause"
	StepBack Do = "step-back" // and stays there: a pause at the step before, in one act
	Resume   Do = "resume"
	Hold     Do = "hold" // no doses, at once
	Stop     Do = "stop"
)

// Dos lists them; Reasons those of a hold or stop at once.
var (
	Dos     = []Do{Pause, StepBack, Resume, Hold, Stop}
	Reasons = []string{"rash", "sedation", "long-qt", "other"}
)

// Plan is one plan of one line of the list.
type Plan struct {
	ID         string        `json:"id"`
	PatientID  string        `json:"patientId"`
	MedicineID string        `json:"medicineId"`
	Name       string        `json:"name"` // of the medicine, as the order has it
	UseRelated bool          `json:"useRelated"`
	OpioidUse  bool          `json:"opioidUse"` // needs the patient's own wish and an overdose plan to taper
	Status     Status        `json:"status"`
	Replaces   string        `json:"replaces,omitempty"` // the plan that ends as this one begins
	ReplacedBy string        `json:"replacedBy,omitempty"`
	Strengths  []Strength    `json:"strengths"`
	Pace       []Pace        `json:"pace"`
	Tablets    [][]Pieces    `json:"tablets"` // of each step
	Course     []Span        `json:"course"`
	Left       []Left        `json:"left,omitempty"`
	Wish       *Wish         `json:"wish,omitempty"`
	Signatures []Signature   `json:"signatures"`
	Acts       []Act         `json:"acts"`
	By         models.Author `json:"by"`
	At         time.Time     `json:"at"`
	ChangedAt  time.Time     `json:"changedAt"`
	Terms
}

// MaxActs is how many acts one plan can have.
const MaxActs = 500

// begin lays the steps out from a day.
func (p *Plan) begin(on string) {
	p.Left = nil
	for i, s := range p.Steps {
		p.Left = append(p.Left, Left{i, s.Days})
	}
	p.lay(on)
}

// lay puts what is left onto the days from one on.
func (p *Plan) lay(on string) {
	for _, l := range p.Left {
		p.Course = append(p.Course, Span{From: on, Days: l.Days, Step: l.Step})
		on = AddDays(on, l.Days)
	}
	p.Left = nil
}

// cut ends the course before a day, and gives what would have followed. during is the
// span of that day; false where it has none.
func (p *Plan) cut(on string) (left []Left, during Span, found bool) {
	kept := []Span{}
	for _, s := range p.Course {
		gone := daysFrom(s.From, on) // days of it that lie before
		switch {
		case gone <= 0:
			if !s.Extra {
				left = append(left, Left{s.Step, s.Days})
			}
			if !found && gone == 0 {
				during, found = s, true
			}
			continue
		case s.Days == 0:
			during, found = s, true
			if !s.Extra {
				left = append(left, Left{s.Step, 0})
			}
			s.Days = gone
		case gone < s.Days:
			during, found = s, true
			if !s.Extra {
				left = append(left, Left{s.Step, s.Days - gone})
			}
			s.Days = gone
		}
		kept = append(kept, s)
	}
	p.Course = kept
	return left, during, found
}

// Begin puts a plan in force, on its day or, where that is over, today: each step keeps
// its days, however late somebody signs.
func (p *Plan) Begin(today string) {
	p.Course, p.Status = []Span{}, Active
	p.begin(max(p.StartsOn, today))
}

// Act changes a plan that is in force from a day on. Days before it stay as they were,
// and nothing that was missed comes back. Errors: KindConflict.
func (p *Plan) Act(a Act) error {
	no := func(code, say string) error { return models.E(models.KindConflict, code, say) }
	if len(p.Acts) >= MaxActs {
		return no("too-many-acts", "This plan was changed too often. Please write a new one.")
	}
	if p.ReplacedBy != "" && a.Do != Hold && a.Do != Stop {
		return no("replaced", "Another plan takes the place of this one. Change that one.")
	}
	switch a.Do {
	case Pause, StepBack:
		if err := p.rest(a, no); err != nil {
			return err
		}
	case Resume:
		if err := p.resume(a, no); err != nil {
			return err
		}
	case Hold, Stop:
		if p.Status.Over() || a.Do == Hold && !p.Status.Shown() {
			return no("not-in-force", "This plan is not in force any more. Load it again.")
		}
		left, _, _ := p.cut(a.On)
		left = append(left, p.Left...) // a pause of a day to come has days before it
		p.Left = nil
		if p.Status = Ended; a.Do == Hold {
			p.Status, p.Left = Held, left
		}
	}
	p.Acts = append(p.Acts, a)
	return nil
}

// rest pauses at the doses of the day, or of the step before them.
func (p *Plan) rest(a Act, no func(code, say string) error) error {
	if !p.Status.Shown() || a.Do == Pause && p.Status == Paused {
		return no("not-in-force", "This plan is not in force, or rests already. Load it again.")
	}
	try := *p
	try.Course = slices.Clone(p.Course)
	left, during, there := try.cut(a.On)
	switch {
	case !there && len(left) > 0: // it has not begun, or goes on after a hold later
		if a.Do == StepBack {
			return no("no-step-before", "There is no step before this one. Please write a new plan.")
		}
		try.Left = left
	case !there:
		return no("plan-is-over", "The days of this plan are over. Please write a new one.")
	default:
		step := during.Step
		if a.Do == StepBack {
			if step--; step < 0 {
				return no("no-step-before", "There is no step before this one. Please write a new plan.")
			}
			left = try.again(step)
		}
		try.Left = left
		try.Course = append(try.Course, Span{From: a.On, Step: step, Extra: true})
	}
	try.Status = Paused
	*p = try
	return nil
}

// again is a step and all that follow it, whole.
func (p *Plan) again(step int) []Left {
	var out []Left
	for i, s := range p.Steps[step:] {
		out = append(out, Left{step + i, s.Days})
	}
	return out
}

// Replace ends the days of a plan as another begins. Those before stay.
func (p *Plan) Replace(by, on string) {
	p.cut(on)
	p.ReplacedBy, p.Left = by, nil
}

// EndWithLine ends a plan whose medicine was stopped.
func (p *Plan) EndWithLine(today string, by models.Author, at time.Time) {
	p.cut(today)
	p.Status, p.Left, p.ChangedAt = Ended, nil, at
	p.Acts = append(p.Acts, Act{Do: Stop, On: today, Reason: "other", By: by, At: at})
}

// HeldDays is how long a hold may last and the plan go on. After that a start is a new
// plan: what was safe to take may not be any more (risk reference, R-MO-6) [P].
const HeldDays = 2

func (p *Plan) resume(a Act, no func(code, say string) error) error {
	switch {
	case p.Status == Held && daysFrom(p.Acts[len(p.Acts)-1].On, a.On) > HeldDays:
		return no("start-anew", "It was held for more than two days. Please write a new plan.")
	case p.Status != Held && p.Status != Paused:
		return no("not-on-hold", "This plan does not rest. Load it again.")
	}
	left, _, _ := p.cut(a.On)
	p.Left, p.Status = append(left, p.Left...), Active
	if len(p.Course) == 0 { // it had not begun
		a.On = max(a.On, p.StartsOn)
	}
	p.lay(a.On)
	return nil
}

// CheckAct holds an act against what it can be. today is the date where the patient is.
func CheckAct(a Act, today string) error {
	var c models.Checks
	c.Require(slices.Contains(Dos, a.Do), "do", "not-a-choice", "Choose one of those that are offered.")
	c.Text("why", a.Why, 1, MaxText)
	at, err := time.Parse(time.DateOnly, a.On)
	c.Require(err == nil && at.Year() > 0, "on", "not-a-day", "Write the day as YYYY-MM-DD.")
	c.Require(err != nil || a.On >= today, "on", "in-the-past", "What was taken on days before can't be changed.")
	c.Require(err != nil || a.On <= AddDays(today, 7), "on", "too-far", "This is today, or within a week.")
	atOnce := a.Do == Hold || a.Do == Stop
	c.Require(!atOnce || err != nil || a.On <= today, "on", "at-once", "A stop or a hold is from today on. To end later, write another plan.")
	c.Require(atOnce == (a.Reason != ""), "reason", "not-with-this", "A stop or a hold says whether it is for a rash, for being too sleepy, for the heart, or another reason.")
	c.Require(a.Reason == "" || slices.Contains(Reasons, a.Reason), "reason", "not-a-choice", "Choose one of those that are offered.")
	return c.Err()
}

// Day is one day of a plan.
type Day struct {
	On    string   `json:"on"`
	Step  int      `json:"step"`
	Doses []Pieces `json:"doses"`
	Total float64  `json:"total"` // in the unit of the terms
}

// On is a day of a plan; false where the plan says nothing of it.
func (p *Plan) On(day string) (Day, bool) {
	for _, s := range slices.Backward(p.Course) {
		if s.From <= day && (s.Days == 0 || day < AddDays(s.From, s.Days)) {
			return Day{day, s.Step, p.Tablets[s.Step], float64(p.total(s.Step)) / scale[p.Unit]}, true
		}
	}
	return Day{}, false
}

// Days are those from a day on, at most n. Days that the plan says nothing of are left out.
func (p *Plan) Days(from string, n int) []Day {
	out := []Day{}
	for i := range n {
		if d, ok := p.On(AddDays(from, i)); ok {
			out = append(out, d)
		}
	}
	return out
}
