// Package comment is what patients say to what was written about them. It stands beside
// that, for everybody who sees it, and nobody changes it: not who wrote the other, and not
// the patient, who says more instead.
package comment

import (
	"slices"
	"strings"
	"time"

	"handrail/models"
)

// Kind says what a comment is about.
type Kind string

// The kinds.
const (
	Goal            Kind = "goal"             // a goal, as others wrote it
	GoalNote        Kind = "goal-note"        // a note on progress
	CheckIn         Kind = "check-in"         // one that somebody of the team wrote down
	Handoff         Kind = "handoff"          // a change of setting, as the patient is shown it
	CarePlanItem    Kind = "care-plan-item"   // a thing of the care plan
	MeetingDecision Kind = "meeting-decision" // what a meeting decided, as the patient was told
	Discharge       Kind = "discharge"        // the plan for the way out
)

// Kinds lists them.
var Kinds = []Kind{Goal, GoalNote, CheckIn, Handoff, CarePlanItem, MeetingDecision, Discharge}

// Section is the part of the chart that shows what comments of a kind are about: who reads
// the one reads the other.
func (k Kind) Section() models.Section {
	switch k {
	case Goal, GoalNote:
		return models.SectionGoals
	case CheckIn:
		return models.SectionCheckIns
	}
	return models.SectionCarePlan
}

// About names what was written.
type About struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id"` // of the goal, the note, the check-in, the handoff, the thing, the decision, the episode
}

// Comment is one. Nothing of it changes.
type Comment struct {
	ID        string        `json:"id"`
	PatientID string        `json:"patientId"`
	About     About         `json:"about"`
	Within    string        `json:"within,omitempty"` // the goal or meeting that shows it
	Author    models.Author `json:"author"`           // who wrote what it is about
	Text      string        `json:"text"`
	At        time.Time     `json:"at"`
}

// How much there is: characters of one, and how many to one thing.
const (
	MaxText = 2000
	MaxEach = 20
)

// Check says what is wrong. Errors: KindInvalid with fields.
func Check(a About, text string) error {
	var c models.Checks
	c.Require(slices.Contains(Kinds, a.Kind), "about.kind", "not-a-choice", "Choose one of those that are offered.")
	c.Text("text", text, 1, MaxText)
	c.Require(strings.TrimSpace(text) != "", "text", "required", "Write something first.")
	return c.Err()
}
