// Package checkin is what a patient is asked and answers: questions, instruments and how
// they are scored, the form and the times of check-ins, and the signals that an answer
// gives to the team. It is pure.
package checkin

import (
	"slices"
	"time"
)

// CheckIn is what a patient told at one moment. It is only added, never changed.
type CheckIn struct {
	ID         string           `json:"id"` // the phone's
	PatientID  string           `json:"patientId"`
	LocalDay   string           `json:"localDay"` // YYYY-MM-DD, cut at 04:00 where the person was
	ReceivedAt time.Time        `json:"receivedAt" doc:"By the clinic's clock. What was answered long before acts all the same."`
	ClockAhead bool             `json:"clockAhead,omitempty" doc:"The phone's clock was ahead of ours."`
	Scores     []ScoredResponse `json:"scores,omitempty"`
	Signals    []Signal         `json:"signals,omitempty"`

	Notes       []Note       `json:"notes,omitempty" doc:"What could not be taken as it was, and why. Nothing of it is lost: see raw."`
	Raw         string       `json:"raw,omitempty" doc:"Where there is something in it that the fields here do not hold: what the phone sent, as it sent it. Long ones only when one check-in is read."`
	NeedsPerson *NeedsPerson `json:"needsPerson,omitempty" doc:"Somebody of the team must read this: the program could not."`
	Read        *CheckInRead `json:"read,omitempty" doc:"Who of the team read this first. Left out: nobody has said so."`

	Submission
}

<<<<<<< 66bcf2813fb438e0af4959ff56637f89964878ff
// Note says why something of a check-in was not taken as it was sent.
=======
// CheckInRead says who of the team read a check-in first, and when.
type CheckInRead struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

// CheckInNote says why something of a check-in was not taken as it was sent.
>>>>>>> 3ceaea7b41183fa29fc5c63dcb9030b3d60d660f
type Note struct {
	Field string `json:"field" doc:"JSON path in what was sent; empty for all of it."`
	Code  string `json:"code" doc:"Stable and machine-readable." example:"unknown-zone"`
	Text  string `json:"text" doc:"One plain sentence."`
}

// NeedsPerson is for a check-in with answers that the program could not read. Nothing
// of them was scored: a person does.
type NeedsPerson struct {
	Tier Tier     `json:"tier"`
	Why  []string `json:"why" doc:"Codes of the notes that are why."`
}

// Submission is what the phone sends, and sends again until it has an answer.
type Submission struct {
	FormVersion int64                  `json:"formVersion" doc:"Version of the form that was on the screen."`
	AnsweredAt  time.Time              `json:"answeredAt" doc:"When it was answered, by the phone's clock."`
	Zone        string                 `json:"zone" minLength:"1" maxLength:"64" doc:"IANA time zone where it was answered."`
	Answers     map[string]any         `json:"answers" doc:"By question id. Left out means skipped."`
	Instruments []InstrumentSubmission `json:"instruments,omitempty" maxItems:"10"`
	DeviceID    string                 `json:"deviceId,omitempty" maxLength:"64"`
	Sequence    int64                  `json:"sequence,omitempty" minimum:"0" maximum:"1000000000000" doc:"The device's own count."`
}

// InstrumentSubmission is a filled-in instrument.
type InstrumentSubmission struct {
	ID      string            `json:"id" minLength:"1" maxLength:"64"`
	Version string            `json:"version,omitempty" maxLength:"32" doc:"Version of the instrument that was on the screen. Left out: the one of today."`
	Answers InstrumentAnswers `json:"answers" doc:"By the item's number; the option's value, yes is 1."`
}

// How far a phone's clock may be off, and how late a check-in may come, before it is
// noted. Nothing is refused for it.
const (
	Late         = 30 * 24 * time.Hour
	Skew         = 3 * 24 * time.Hour
	clockQuarrel = 5 * time.Minute // more than that ahead is noted
)

// maxInstruments bounds a form and what is read of what is sent for it.
const maxInstruments = 10

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
