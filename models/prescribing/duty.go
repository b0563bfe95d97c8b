package prescribing

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/medicine"
)

// Review is the duty to look at the doses and at the agreement.
const Review = "review"

// Duty is one thing that an agreement in force asks of somebody, again and again.
type Duty struct {
	ID          string    `json:"id"`
	PatientID   string    `json:"patientId"`
	AgreementID string    `json:"agreementId"`
	What        string    `json:"what"` // one of Watched, or Review
	Medicine    string    `json:"medicine,omitempty"`
	Owner       string    `json:"owner"`
	OwnerName   string    `json:"ownerName"`
	EveryDays   int       `json:"everyDays"`
	Since       time.Time `json:"since"` // a result of before does not close it
	DueAt       time.Time `json:"dueAt"`
	TaskID      string    `json:"taskId,omitempty"` // of what is due now
	Results     []Result  `json:"results"`          // the last ones, the newest first
	Ended       bool      `json:"ended,omitempty"`
}

// Result is what closed a duty once.
type Result struct {
	At     time.Time      `json:"at"`
	By     *models.Author `json:"by,omitempty"` // who said it by hand
	Fact   *medicine.Fact `json:"fact,omitempty"`
	Note   string         `json:"note,omitempty"`
	Passed bool           `json:"passed,omitempty"` // left out this time, and why
}

const keptResults = 12

// DutiesOf are what an agreement asks for as it begins. Days begin at noon UTC: whichever
// zone somebody is in, that is the day which was written.
func DutiesOf(a Agreement, now time.Time) []Duty {
	var out []Duty
	for _, w := range a.Watches {
		first, _ := time.Parse(time.DateOnly, w.FirstOn) // checked
		out = append(out, Duty{What: w.What, Medicine: w.Medicine, Owner: w.Owner, OwnerName: w.OwnerName, EveryDays: w.EveryDays, DueAt: later(first.Add(12*time.Hour), now)})
	}
	out = append(out, Duty{What: Review, Owner: a.ReviewOwner, OwnerName: a.ReviewOwnerName, EveryDays: a.ReviewEveryDays, DueAt: now.AddDate(0, 0, a.ReviewEveryDays)})
	for i := range out {
		out[i].PatientID, out[i].AgreementID, out[i].Since, out[i].Results = a.PatientID, a.ID, now, []Result{}
	}
	return out
}

func later(at, now time.Time) time.Time {
	if least := now.Add(time.Hour); at.Before(least) {
		return least
	}
	return at
}

// AskAt is when its owner gets the task: some days before it is due.
func (d Duty) AskAt() time.Time {
	return d.DueAt.AddDate(0, 0, -min(7, d.EveryDays/2))
}

// ClosedBy is the result of a fact that somebody wrote down; ok is false where it is not
// what is asked for, or of before.
func (d Duty) ClosedBy(f medicine.Fact) (r Result, ok bool) {
	if d.Ended || d.What != f.Code || !f.On.After(d.Since) || f.Word == "unknown" {
		return r, false
	}
	return Result{At: f.On, Fact: &f}, true
}

// Close notes a result: the next time is counted from it.
func (d Duty) Close(r Result) Duty {
	d.Results = append([]Result{r}, d.Results[:min(len(d.Results), keptResults-1)]...)
	d.Since, d.DueAt, d.TaskID = r.At, r.At.AddDate(0, 0, d.EveryDays), ""
	return d
}

// CheckResult holds what is said by hand. A result of a measurement is a fact, and is
// written down as one. Errors: KindInvalid with fields.
func (d Duty) CheckResult(note string, passed bool) error {
	var c models.Checks
	c.Text("note", note, 1, MaxText)
	measured := slices.Contains(medicine.FactCodes, d.What)
	c.Require(passed || !measured, "passed", "needs-a-result", "Write down the result. It closes this.")
	return c.Err()
}
