package peer

import (
	"slices"
	"time"

	"handrail/models"
)

// Often is how often the partner may ask.
var Often = []string{"daily", "some-days", "weekly", "when-i-ask"}

// Terms is what a patient asks of somebody who keeps them to their word, and where that
// ends. The patient alone writes it. It opens nothing: what the partner sees is a matter of
// consents.
type Terms struct {
	Ask    []string `json:"ask"`    // what I ask of you
	MayAsk []string `json:"mayAsk"` // what you may ask me
	Never  []string `json:"never"`  // what you never do
	Often  string   `json:"often"`
}

// Normal is the terms without nil lists.
func (t Terms) Normal() Terms {
	t.Ask, t.MayAsk, t.Never = append([]string{}, t.Ask...), append([]string{}, t.MayAsk...), append([]string{}, t.Never...)
	return t
}

// Check says what is wrong. Errors: KindInvalid with fields.
func (t Terms) Check() error {
	var c models.Checks
	c.Require(len(t.Ask) > 0, "ask", "required", "Say at least one thing.")
	for _, list := range []struct {
		field string
		lines []string
	}{{"ask", t.Ask}, {"mayAsk", t.MayAsk}, {"never", t.Never}} {
		c.Require(len(list.lines) <= MaxLines, list.field, "too-many", "Please keep it to 10.")
		for i, l := range list.lines {
			c.Text(models.Indexed(list.field, i), l, 1, MaxLine)
		}
	}
	c.Require(slices.Contains(Often, t.Often), "often", "not-a-choice", "Choose one of those that are offered.")
	return c.Err()
}

// Contract is what the two have agreed on, or the patient asks for. Number counts what it
// says; it holds while the partner has agreed to that number.
type Contract struct {
	ID          string     `json:"id"`
	PatientID   string     `json:"patientId"`
	PatientName string     `json:"patientName"`
	PartnerID   string     `json:"partnerId"`
	PartnerName string     `json:"partnerName"`
	Terms       Terms      `json:"terms"`
	Number      int        `json:"number"`
	Agreed      int        `json:"agreed"` // 0: to none
	Status      string     `json:"status"`
	WrittenAt   time.Time  `json:"writtenAt"`
	AnsweredAt  *time.Time `json:"answeredAt,omitempty"`
	EndedAt     *time.Time `json:"endedAt,omitempty"`
}

// Begin makes a contract that waits for the partner's yes.
func Begin(id, patientID, patientName, partnerID, partnerName string, t Terms, now time.Time) Contract {
	return Contract{ID: id, PatientID: patientID, PatientName: patientName, PartnerID: partnerID, PartnerName: partnerName, Terms: t.Normal(), Number: 1, Status: Asked,
		WrittenAt: now.UTC().Truncate(time.Millisecond)}
}

// Open tells whether the two wait for an answer, or hold to it.
func (c Contract) Open() bool { return c.Status == Asked || c.Status == Together }

// Rewritten is the contract in other words: until the partner has agreed to these, nothing
// is agreed.
//
// Errors: KindConflict "not-from-here".
func (c Contract) Rewritten(t Terms, now time.Time) (Contract, error) {
	if c.Status == Ended {
		return c, notFromHere()
	}
	c.Terms, c.Status, c.WrittenAt = t.Normal(), Asked, now.UTC().Truncate(time.Millisecond)
	c.Number, c.Agreed, c.AnsweredAt = c.Number+1, 0, nil
	return c, nil
}

// Answer is the partner's yes or no to a number. The same again changes nothing.
//
// Errors: KindConflict "changed-meanwhile" for another number, "not-from-here".
func (c Contract) Answer(number int, yes bool, now time.Time) (Contract, error) {
	to := map[bool]string{true: Together, false: Declined}[yes]
	switch {
	case c.Number != number:
		return c, models.E(models.KindConflict, "changed-meanwhile", "It was changed meanwhile. Read it again.")
	case c.Status == to:
		return c, nil
	case c.Status != Asked:
		return c, notFromHere()
	}
	at := now.UTC().Truncate(time.Millisecond)
	c.Status, c.AnsweredAt = to, &at
	if yes {
		c.Agreed = number
	}
	return c, nil
}

// End ends it, of either side, without a reason. Twice is once.
func (c Contract) End(now time.Time) Contract {
	if c.Status != Ended {
		at := now.UTC().Truncate(time.Millisecond)
		c.Status, c.Agreed, c.EndedAt = Ended, 0, &at
	}
	return c
}
