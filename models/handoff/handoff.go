package handoff

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"handrail/models"
	"handrail/models/task"
)

// Status is where a handoff stands.
type Status string

// The statuses. Until it is accepted the giver answers for the patient.
const (
	Requested Status = "requested"
	Accepted  Status = "accepted"
	Cancelled Status = "cancelled"
)

// Step is one thing that happened to a handoff.
type Step struct {
	At   time.Time   `json:"at"`
	What string      `json:"what"`
	By   task.Person `json:"by"`
	To   string      `json:"to,omitempty"` // name of who was asked
}

// What a Step says.
const (
	DidGive   = "given"
	DidAsk    = "went-up" // nobody had taken it in time
	DidAccept = "accepted"
	DidCancel = "cancelled"
)

// Handoff is one. Asked are all who may take it, the newest at the end.
type Handoff struct {
	ID         string        `json:"id"`
	PatientID  string        `json:"patientId"`
	Status     Status        `json:"status"`
	Giver      task.Person   `json:"giver"`
	Asked      []task.Person `json:"asked"`
	GivenAt    time.Time     `json:"givenAt"`
	DueAt      time.Time     `json:"dueAt"` // until when the first had to take it
	TaskID     string        `json:"taskId"`
	AcceptedBy *task.Person  `json:"acceptedBy,omitempty"`
	EndedAt    time.Time     `json:"endedAt,omitzero"`
	ReadBack   string        `json:"readBack,omitempty"` // in the receiver's words
	Note       string        `json:"note,omitempty"`     // why it was called off
	History    []Step        `json:"history"`
	Terms
}

// Begin makes a handoff that was checked. to is who is asked first.
func Begin(id, patientID, taskID string, t Terms, giver, to task.Person, now time.Time) Handoff {
	now = now.UTC().Truncate(time.Millisecond)
	return Handoff{ID: id, PatientID: patientID, Status: Requested, Giver: giver, Asked: []task.Person{to}, GivenAt: now, DueAt: now.Add(t.Within()),
		TaskID: taskID, Terms: t, History: []Step{{At: now, What: DidGive, By: giver, To: to.Name}}}
}

// WasAsked tells whether an account may take it.
func (h Handoff) WasAsked(accountID string) bool {
	return slices.ContainsFunc(h.Asked, func(p task.Person) bool { return p.AccountID == accountID })
}

// WentUp tells whether it reached somebody beyond who was asked first.
func (h Handoff) WentUp() bool { return len(h.Asked) > 1 }

func ended() error {
	return models.E(models.KindConflict, "handoff-ended", "Somebody has taken this over already, or it was called off. Load it again.")
}

// Accept makes somebody who was asked the one who has the care from now on. The same
// person with the same words again is no change.
func (h Handoff) Accept(who task.Person, readBack string, now time.Time) (Handoff, error) {
	switch {
	case h.Status == Accepted && h.AcceptedBy.AccountID == who.AccountID && h.ReadBack == readBack:
		return h, nil
	case h.Status != Requested:
		return h, ended()
	case !h.WasAsked(who.AccountID):
		return h, models.E(models.KindForbidden, "not-asked", "You were not asked to take this over.")
	}
	if err := h.checkReadBack(readBack); err != nil {
		return h, err
	}
	h.Status, h.AcceptedBy, h.EndedAt, h.ReadBack = Accepted, &who, now.UTC().Truncate(time.Millisecond), readBack
	return h.step(Step{At: h.EndedAt, What: DidAccept, By: who}), nil
}

func (h Handoff) checkReadBack(text string) error {
	var c models.Checks
	c.Text("readBack", text, 0, MaxText)
	if h.NeedsReadBack() {
		c.Require(len(words(text)) >= minReadBack, "readBack", "required", "Say in your own words what you heard, and what you do first.")
		for _, said := range append([]string{h.Summary, h.Situation}, h.Actions...) {
			c.Require(said == "" || text == "" || !slices.Equal(words(said), words(text)), "readBack", "not-your-words", "Say it in your own words: these are the words that you were told.")
		}
	}
	return c.Err()
}

func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// Cancel takes back what nobody has taken over. The same again is no change.
func (h Handoff) Cancel(who task.Person, note string, now time.Time) (Handoff, error) {
	var c models.Checks
	c.Text("note", note, 1, MaxText)
	switch err := c.Err(); {
	case h.Status == Cancelled && h.Note == note && h.Giver.AccountID == who.AccountID:
		return h, nil
	case h.Status != Requested:
		return h, ended()
	case h.Giver.AccountID != who.AccountID:
		return h, models.E(models.KindForbidden, "not-the-giver", "Who gave it calls it off.")
	case err != nil:
		return h, err
	}
	h.Status, h.Note, h.EndedAt = Cancelled, note, now.UTC().Truncate(time.Millisecond)
	return h.step(Step{At: h.EndedAt, What: DidCancel, By: who}), nil
}

// GoUp asks one more person, after nobody has taken it in time.
func (h Handoff) GoUp(by, to task.Person, now time.Time) Handoff {
	h.Asked = append(slices.Clip(h.Asked), to)
	return h.step(Step{At: now.UTC().Truncate(time.Millisecond), What: DidAsk, By: by, To: to.Name})
}

func (h Handoff) step(s Step) Handoff {
	h.History = append(slices.Clip(h.History), s)
	return h
}

// ShownToPatient tells whether the patient is shown it: a change of setting that stands.
func (h Handoff) ShownToPatient() bool { return h.Moves() && h.Status != Cancelled }

// ForPatient is what the patient is shown of a change of setting: who cares for them, the
// next visit and who calls. Nothing of it is an assessment.
func (h Handoff) ForPatient() Handoff {
	return Handoff{ID: h.ID, PatientID: h.PatientID, Status: h.Status, Giver: h.Giver, Asked: h.Asked[:1], GivenAt: h.GivenAt, AcceptedBy: h.AcceptedBy, EndedAt: h.EndedAt,
		Terms: Terms{Receiver: h.Receiver, From: h.From, To: h.To, MovesOn: h.MovesOn, NextVisitOn: h.NextVisitOn, CallDay1: h.CallDay1, CallDay7: h.CallDay7}, History: []Step{}}
}
