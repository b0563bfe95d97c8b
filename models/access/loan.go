package access

import (
	"slices"
	"time"

	"handrail/models"
)

// How much a loan holds, text in characters.
const (
	MaxLabel   = 100
	MaxDevices = 5 // that one loan is tied to: a tablet may have two browsers
	MaxLoans   = 50
)

// LoanKinds are what a clinic lends.
var LoanKinds = []string{"phone", "tablet", "data-plan", "other"}

// The states of a loan. Each but LoanGiven ends the sessions of the device.
const (
	LoanGiven    = "given"
	LoanReturned = "returned"
	LoanLost     = "lost"
	LoanWiped    = "wiped" // came back, and its memory was cleared
)

// LoanEnds are the states to which the office moves a loan.
var LoanEnds = []string{LoanReturned, LoanLost, LoanWiped}

// Loan is a device or a data plan that the clinic lends to a patient.
type Loan struct {
	ID        string        `json:"id"`
	PatientID string        `json:"patientId"`
	State     string        `json:"state"`
	GivenAt   time.Time     `json:"givenAt"`
	GivenBy   models.Author `json:"givenBy"`
	EndedAt   *time.Time    `json:"endedAt,omitempty"`
	EndedBy   string        `json:"endedBy,omitempty"` // name
	Devices   []string      `json:"devices"`           // ids of models.Device that are known to be it
	LoanTerms
}

// LoanTerms is what the office writes of a loan.
type LoanTerms struct {
	Kind  string `json:"kind"`            // one of LoanKinds
	Label string `json:"label"`           // what is written on it: the clinic's own number
	DueOn string `json:"dueOn,omitempty"` // YYYY-MM-DD, when it is to come back
}

// Check holds the terms against their limits.
func (t LoanTerms) Check() error {
	var c models.Checks
	c.Require(slices.Contains(LoanKinds, t.Kind), "kind", "not-a-choice", "Choose one of those that are offered.")
	c.Text("label", t.Label, 1, MaxLabel)
	c.Date("dueOn", t.DueOn)
	return c.Err()
}

// EndOf is the end of a device's sessions that goes with a state.
func EndOf(state string) string {
	if state == LoanLost {
		return models.EndReportedLost
	}
	return models.EndGivenBack
}

// Move moves a loan. A device that came back may be wiped later, and one that was lost
// may come back; nothing becomes given again.
func (l *Loan) Move(to, by string, now time.Time) error {
	var c models.Checks
	c.Require(slices.Contains(LoanEnds, to), "state", "not-a-choice", "Choose one of those that are offered.")
	if err := c.Err(); err != nil || l.State == to {
		return err
	}
	if l.State == LoanWiped {
		return models.E(models.KindConflict, "wiped-already", "This device has been wiped.")
	}
	at := now.UTC().Truncate(time.Millisecond)
	l.State, l.EndedAt, l.EndedBy = to, &at, by
	return nil
}
