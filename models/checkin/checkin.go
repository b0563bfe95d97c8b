// Package checkin is what a patient is asked and answers: questions, instruments and how
// they are scored, the form and the times of check-ins, and the signals that an answer
// gives to the team. It is pure.
package checkin

import (
	"slices"
	"time"

	"handrail/models"
)

// CheckIn is what a patient told at one moment. It is only added, never changed.
type CheckIn struct {
	ID         string           `json:"id"` // the phone's
	PatientID  string           `json:"patientId"`
	LocalDay   string           `json:"localDay"` // YYYY-MM-DD, cut at 04:00 where the person was
	ReceivedAt time.Time        `json:"receivedAt"`
	ClockAhead bool             `json:"clockAhead,omitempty"`
	Scores     []ScoredResponse `json:"scores,omitempty"`
	Signals    []Signal         `json:"signals,omitempty"`

	Notes       []Note       `json:"notes,omitempty"`
	Raw         string       `json:"raw,omitempty"`
	NeedsPerson *NeedsPerson `json:"needsPerson,omitempty"`
	Read        *ReadBy      `json:"read,omitempty"`
	Mistake     *Mistake     `json:"mistake,omitempty"`
	Taken       *Taken       `json:"taken,omitempty"`

	Submission
}

// Taken says that somebody of the team wrote a check-in down for the patient, and how they told it.
type Taken struct {
	How How           `json:"how"`
	By  models.Author `json:"by"`
}

// How a patient told a check-in that somebody else wrote down.
type How string

// The ways.
const (
	ByPhone  How = "phone"
	OnPaper  How = "paper"
	InPerson How = "in-person"
)

// ReadBy says who of the team read a check-in first, and when. ContactName is who
// answers for what it told and has said so, and ContactBy until when they are to be in
// touch; both are there only while that is true.
type ReadBy struct {
	Name        string    `json:"name"`
	At          time.Time `json:"at"`
	ContactName string    `json:"contactName,omitempty"`
	ContactBy   time.Time `json:"contactBy,omitzero"`
}

// Mistake says that the patient marked answers of a check-in as mistakes. They are kept,
// and nothing that followed from them is taken back by it.
type Mistake struct {
	Questions []string  `json:"questions"`
	At        time.Time `json:"at"`
}

// Note says why something of a check-in was not taken as it was sent.
type Note struct {
	Field string `json:"field"`
	Code  string `json:"code"`
	Text  string `json:"text"`
}

// NeedsPerson is for a check-in with answers that the program could not read. Nothing
// of them was scored: a person does.
type NeedsPerson struct {
	Tier Tier     `json:"tier"`
	Why  []string `json:"why"`
}

// Submission is what the phone sends, and sends again until it has an answer.
type Submission struct {
	FormVersion int64                  `json:"formVersion"`
	AnsweredAt  time.Time              `json:"answeredAt"`
	Zone        string                 `json:"zone"`
	Answers     map[string]any         `json:"answers"`
	Declined    []string               `json:"declined,omitempty"`
	Instruments []InstrumentSubmission `json:"instruments,omitempty"`
	DeviceID    string                 `json:"deviceId,omitempty"`
	Sequence    int64                  `json:"sequence,omitempty"`
}

// InstrumentSubmission is a filled-in instrument. Declined are the numbers of the items
// to which the patient would rather not say (FHIR data-absent-reason asked-declined).
type InstrumentSubmission struct {
	ID       string            `json:"id"`
	Version  string            `json:"version,omitempty"`
	Answers  InstrumentAnswers `json:"answers"`
	Declined []string          `json:"declined,omitempty"`
}

// How far a phone's clock may be off, and how late a check-in may come, before it is
// noted. Nothing is refused for it.
const (
	Late         = 30 * 24 * time.Hour
	Skew         = 3 * 24 * time.Hour
	clockQuarrel = 5 * time.Minute // more than that ahead is noted
)

// MaxInstruments bounds a form and what is read of what is sent for it.
const MaxInstruments = 10

// How long the names in what a phone sends are, in characters, and how far it counts.
const (
	MaxDeviceID          = 64
	MaxInstrumentID      = 64
	MaxInstrumentVersion = 32
	MaxSequence          = 1_000_000_000_000
)

// ForPatient is the check-in without what is for the team: scores and signals.
func (c CheckIn) ForPatient() CheckIn {
	c.Scores, c.Signals, c.NeedsPerson = nil, nil, nil
	return c
}

// Moment is when a check-in counts: when it was answered, or, where the phone's clock
// can't be believed, when it came.
func (c CheckIn) Moment() time.Time {
	if c.noted("answeredAt", "clock-wrong", "long-ago", "unreadable") {
		return c.ReceivedAt
	}
	return c.AnsweredAt
}

// noted tells whether a field has a note with one of these codes.
func (c CheckIn) noted(field string, codes ...string) bool {
	return slices.ContainsFunc(c.Notes, func(n Note) bool { return n.Field == field && slices.Contains(codes, n.Code) })
}

// Told tells whether a check-in has an answer to a question, or a questionnaire, by id.
func (c CheckIn) Told(id string) bool {
	_, ok := c.Answers[id]
	return ok || slices.ContainsFunc(c.Instruments, func(i InstrumentSubmission) bool { return i.ID == id })
}
