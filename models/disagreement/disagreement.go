// Package disagreement knows the rules of settling what a team does not agree on: each
// member's own position, who brings it to an end and until when, what the patient would
// have, and what came of it and why. It is pure.
package disagreement

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/task"
)

// Subject is what people do not agree on.
type Subject string

// The subjects.
const (
	Care      Subject = "care"      // what is to be done
	Roles     Subject = "roles"     // who does it
	Protocols Subject = "protocols" // guidelines that say opposite things
)

// Subjects lists them.
var Subjects = []Subject{Care, Roles, Protocols}

// Status is where it stands.
type Status string

// The statuses. The last two end it.
const (
	Open      Status = "open"
	Settled   Status = "settled"
	Withdrawn Status = "withdrawn"
)

// How an outcome goes with what the patient would have.
const (
	AsTheyWant = "as-they-want"
	InPart     = "in-part"
	Otherwise  = "otherwise"
	NotSaid    = "not-said" // they were asked, and have not said
)

// Goings lists them.
var Goings = []string{AsTheyWant, InPart, Otherwise, NotSaid}

// Limits; texts in characters.
const (
	MaxText      = 2000
	MaxPatient   = 1000 // what the patient reads
	MaxItems     = 20
	MaxPositions = 50
	MaxChanged   = 10
)

// Terms is what is to be settled. Who brings it to an end is the owner of its task.
type Terms struct {
	Subject    Subject   `json:"subject"`
	Question   string    `json:"question"`   // for the team
	ForPatient string    `json:"forPatient"` // the same in plain words: the patient is asked
	Items      []string  `json:"items,omitempty"`
	To         string    `json:"facilitator"` // account that is asked to bring it to an end
	DueAt      time.Time `json:"dueAt"`
}

// Check says what is wrong; the time is checked with the task. Errors: KindInvalid.
func (t Terms) Check() error {
	var c models.Checks
	c.Require(slices.Contains(Subjects, t.Subject), "subject", "not-a-choice", "Choose one of those that are offered.")
	c.Text("question", t.Question, 1, MaxText)
	c.Text("forPatient", t.ForPatient, 1, MaxPatient)
	c.Require(models.IsID(t.To), "facilitator", "required", "Say who brings it to an end.")
	c.Require(len(t.Items) <= MaxItems, "items", "too-many", "Please keep it to 20.")
	c.Require(t.Subject != Protocols || len(t.Items) > 1, "items", "required", "Name the guidelines that say opposite things.")
	for i, id := range t.Items {
		c.Require(slices.Index(t.Items, id) == i, models.Indexed("items", i), "twice", "Name each thing once.")
	}
	return c.Err()
}

// Position is what one member thinks. Each has one, and may change it.
type Position struct {
	By         models.Author     `json:"by"`
	Discipline models.Discipline `json:"discipline,omitempty"`
	Text       string            `json:"text"`
	At         time.Time         `json:"at"`
}

// Preference is what the patient would have, in their words.
type Preference struct {
	Words  string        `json:"words"`
	By     models.Author `json:"by"`
	Spoken bool          `json:"spoken,omitempty"` // they said it, and somebody of the team wrote it down
	At     time.Time     `json:"at"`
}

// Settling is how it ends.
type Settling struct {
	Outcome    string           `json:"outcome"`
	ForPatient string           `json:"forPatient"` // in plain words
	Preference string           `json:"preference"` // one of Goings
	Why        string           `json:"why,omitempty"`
	Changed    []task.Reference `json:"changed,omitempty"` // tasks and decisions that carry it out
}

// Ending is how it ended, by whom and when.
type Ending struct {
	Settling
	By models.Author `json:"by"`
	At time.Time     `json:"at"`
}

// Case is one disagreement.
type Case struct {
	ID        string        `json:"id"`
	PatientID string        `json:"patientId"`
	Status    Status        `json:"status"`
	RaisedBy  models.Author `json:"raisedBy"`
	RaisedAt  time.Time     `json:"raisedAt"`
	TaskID    string        `json:"taskId"`
	Terms
	Positions  []Position    `json:"positions"`
	Preference *Preference   `json:"preference,omitempty"`
	WentTo     []task.Person `json:"wentTo,omitempty"` // nobody had ended it in time: who was asked to
	Ending     *Ending       `json:"ending,omitempty"`
	Note       string        `json:"note,omitempty"` // why it was withdrawn
}

// Begin opens a case that was checked.
func Begin(id, patientID, taskID string, t Terms, by models.Actor, now time.Time) Case {
	return Case{ID: id, PatientID: patientID, Status: Open, RaisedBy: models.AuthorOf(by), RaisedAt: milli(now), TaskID: taskID, Terms: t, Positions: []Position{}}
}

func milli(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// Overdue tells whether it should have been settled.
func (c Case) Overdue(now time.Time) bool { return c.Status == Open && now.After(c.DueAt) }

func ended() error {
	return models.E(models.KindConflict, "disagreement-ended", "This was settled or withdrawn already. Load it again.")
}

// Say keeps the position of a member: their own, which they may change while it is open.
// The same again is no change. Errors: KindInvalid "text", KindConflict, KindTooMany.
func (c Case) Say(text string, by models.Actor, now time.Time) (Case, error) {
	var checks models.Checks
	checks.Text("text", text, 1, MaxText)
	if err := checks.Err(); err != nil {
		return c, err
	}
	p := Position{models.AuthorOf(by), by.Discipline, text, milli(now)}
	i := slices.IndexFunc(c.Positions, func(p Position) bool { return p.By.AccountID == by.AccountID })
	switch {
	case i >= 0 && c.Positions[i].Text == text:
		return c, nil
	case c.Status != Open:
		return c, ended()
	case i < 0 && len(c.Positions) >= MaxPositions:
		return c, models.E(models.KindTooMany, "too-many", "No more can be added to this.")
	case i < 0:
		c.Positions = append(slices.Clip(c.Positions), p)
		return c, nil
	}
	c.Positions = slices.Clone(c.Positions)
	c.Positions[i] = p
	return c, nil
}

// Prefer keeps what the patient would have: their own words, or what they told somebody of
// the team, which never replaces their own. The same again is no change.
func (c Case) Prefer(words string, by models.Actor, now time.Time) (Case, error) {
	var checks models.Checks
	checks.Text("words", words, 1, MaxPatient)
	if err := checks.Err(); err != nil {
		return c, err
	}
	p := Preference{words, models.AuthorOf(by), by.Role != models.RolePatient, milli(now)}
	switch was := c.Preference; {
	case was != nil && was.Words == words && was.By.AccountID == by.AccountID:
		return c, nil
	case c.Status != Open:
		return c, ended()
	case was != nil && p.Spoken && !was.Spoken:
		return c, models.E(models.KindConflict, "own-words-stand", "The patient has said it in their own words. Only they change them.")
	}
	c.Preference = &p
	return c, nil
}
