package family

import (
	"time"

	"handrail/models"
)

// MaxProposals is how many goals somebody proposes to one patient within ProposalDays,
// whatever became of them: the number tells nobody that one was refused. [P]
const (
	MaxProposals = 5
	ProposalDays = 30
	MaxProposed  = 100 // in all
)

// GoalProposal is a goal that a supporter proposes to a patient. It is no part of the
// record: the patient alone reads it, and their yes makes a goal of it.
type GoalProposal struct {
	ID        string        `json:"id"`
	PatientID string        `json:"patientId"`
	By        models.Author `json:"by"`
	At        time.Time     `json:"at"`
	Title     string        `json:"title"`
	Why       string        `json:"why,omitempty"`
	Answer    string        `json:"answer,omitempty"` // ProposalTaken, ProposalLeft; "": none yet
	GoalID    string        `json:"goalId,omitempty"` // the goal that came of it
}

// What a patient makes of a proposal.
const (
	ProposalTaken = "taken"
	ProposalLeft  = "left"
)

// Check holds a proposal against its limits.
func (p GoalProposal) Check() error {
	var c models.Checks
	c.Text("title", p.Title, 1, models.MaxGoalTitle)
	c.Text("why", p.Why, 0, models.MaxGoalWhy)
	return c.Err()
}

// ToProposer is the proposal as its author reads it. A yes is told; a no looks like no
// answer, so that nobody has to defend it. The goal is not named: what becomes of it is
// the patient's to share.
func (p GoalProposal) ToProposer() GoalProposal {
	if p.Answer != ProposalTaken {
		p.Answer = ""
	}
	p.GoalID = ""
	return p
}
