package disagreement

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/reading"
	"handrail/models/task"
)

// ChangedTypes are what can carry out an outcome, beside changes of the care plan, which
// name the disagreement themselves.
var ChangedTypes = []string{"task", task.FocusDecision}

func (s Settling) check(asked bool) error {
	var c models.Checks
	c.Text("outcome", s.Outcome, 1, MaxText)
	c.Text("forPatient", s.ForPatient, 1, MaxPatient)
	c.Text("why", s.Why, 0, MaxText)
	c.Require(slices.Contains(Goings, s.Preference), "preference", "not-a-choice", "Choose one of those that are offered.")
	c.Require(s.Preference != NotSaid || !asked, "preference", "was-said", "The patient has said what they would have. Say how this goes with it.")
	c.Require(s.Preference == NotSaid || asked, "preference", "not-said", "The patient has not said yet what they would have.")
	c.Require(s.Preference == AsTheyWant || s.Why != "", "why", "required", "Say why it is not as the patient would have it, or why it can't wait for them.")
	c.Require(len(s.Changed) <= MaxChanged, "changed", "too-many", "Name at most ten.")
	for i, r := range s.Changed {
		c.Require(slices.Contains(ChangedTypes, r.Type) && models.IsID(r.ID), models.Indexed("changed", i), "not-a-choice", "Name tasks and decisions.")
	}
	return c.Err()
}

// Settle ends it with an outcome. What the patient would have is a part of it: where it is
// not as they want, or they have not said, the outcome says why. The same again is no change.
//
// Errors: KindInvalid with fields, KindConflict.
func (c Case) Settle(s Settling, by models.Actor, now time.Time) (Case, error) {
	if c.Status == Settled && c.Ending.By.AccountID == by.AccountID && same(c.Ending.Settling, s) {
		return c, nil
	}
	if c.Status != Open {
		return c, ended()
	}
	if err := s.check(c.Preference != nil); err != nil {
		return c, err
	}
	c.Status, c.Ending = Settled, &Ending{s, models.AuthorOf(by), milli(now)}
	return c, nil
}

func same(a, b Settling) bool {
	return a.Outcome == b.Outcome && a.ForPatient == b.ForPatient && a.Preference == b.Preference && a.Why == b.Why && slices.Equal(a.Changed, b.Changed)
}

// Withdraw ends what is no disagreement any more. The same again is no change.
func (c Case) Withdraw(note string) (Case, error) {
	var checks models.Checks
	checks.Text("note", note, 1, MaxText)
	switch err := checks.Err(); {
	case c.Status == Withdrawn && c.Note == note:
		return c, nil
	case c.Status != Open:
		return c, ended()
	case err != nil:
		return c, err
	}
	c.Status, c.Note = Withdrawn, note
	return c, nil
}

// GoUp notes who is asked to end it after its time went by.
func (c Case) GoUp(to task.Person) Case {
	c.WentTo = append(slices.Clip(c.WentTo), to)
	return c
}

// Hard tells whether what the patient reads is above grade 6 (English).
func (c Case) Hard() bool {
	blocks := []string{c.ForPatient}
	if c.Ending != nil {
		blocks = append(blocks, c.Ending.ForPatient)
	}
	return slices.ContainsFunc(blocks, func(b string) bool {
		return reading.Count(reading.Text{Language: "en", Blocks: []string{b}}).FleschKincaid() > 6
	})
}

// OfPatient is what the patient is shown: what they are asked, what they said, and what came
// of it in plain words. Who thinks what stays with the team.
func (c Case) OfPatient() Case {
	out := Case{ID: c.ID, PatientID: c.PatientID, Status: c.Status, RaisedBy: models.Author{}, RaisedAt: c.RaisedAt, Positions: []Position{}, Preference: c.Preference,
		Terms: Terms{ForPatient: c.ForPatient, DueAt: c.DueAt}}
	if c.Ending != nil {
		out.Ending = &Ending{Settling: Settling{ForPatient: c.Ending.ForPatient, Preference: c.Ending.Preference}, By: c.Ending.By, At: c.Ending.At}
	}
	return out
}
