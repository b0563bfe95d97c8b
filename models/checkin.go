package models

import (
	"maps"
	"slices"
	"time"
)

// CheckIn is what a patient told at one moment. It is only added, never changed.
type CheckIn struct {
	ID         string           `json:"id"` // the phone's
	PatientID  string           `json:"patientId"`
	LocalDay   string           `json:"localDay"`   // YYYY-MM-DD, cut at 04:00 where the person was
	ReceivedAt time.Time        `json:"receivedAt"` // by the server
	ClockAhead bool             `json:"clockAhead,omitempty" doc:"The phone's clock was ahead of ours."`
	Scores     []ScoredResponse `json:"scores,omitempty"`
	Signals    []Signal         `json:"signals,omitempty"`
	CheckInSubmission
}

// CheckInSubmission is what the phone sends, and sends again until it has an answer.
type CheckInSubmission struct {
	FormVersion int64                  `json:"formVersion" minimum:"1" maximum:"1000000" doc:"Version of the form that was on the screen."`
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
	Answers InstrumentAnswers `json:"answers" doc:"By the item's number; the option's value, yes is 1."`
}

// How far a phone's clock may be off, and how late a check-in may come.
const (
	CheckInLate  = 30 * 24 * time.Hour
	CheckInSkew  = 3 * 24 * time.Hour
	clockQuarrel = 5 * time.Minute // more than that ahead is noted
)

// maxInstruments bounds a form and what is sent for it.
const maxInstruments = 10

// NewCheckIn holds what was sent and makes the check-in. An answer to any known
// question is taken, also when the team has taken the question off the form since:
// a phone may have asked it days ago, and what a patient told is never lost. Texts
// are kept as they were typed. Errors: KindInvalid with all fields.
func NewCheckIn(id, patientID string, s CheckInSubmission, received time.Time) (CheckIn, error) {
	received = received.UTC().Truncate(time.Millisecond)
	var c Checks
	zone, _ := LoadZone(s.Zone)
	c.Zone("zone", s.Zone)
	c.Require(s.FormVersion >= 1, "formVersion", "required", "Say which version of the form was answered.")
	c.Text("deviceId", s.DeviceID, 0, 64)
	c.Require(s.Sequence >= 0, "sequence", "out-of-range", "Count from 0.")
	c.Require(!s.AnsweredAt.After(received.Add(CheckInSkew)), "answeredAt", "in-the-future", "The phone's clock is too far ahead.")
	c.Require(!s.AnsweredAt.Before(received.Add(-CheckInLate-CheckInSkew)), "answeredAt", "too-late", "This is from too long ago.")
	c.Require(len(s.Answers)+len(s.Instruments) > 0, "answers", "required", "There is no answer in this.")
	c.Require(len(s.Instruments) <= maxInstruments, "instruments", "too-many", "Send up to 10 instruments.")
	checkAnswers(&c, s.Answers)
	out := CheckIn{ID: id, PatientID: patientID, ReceivedAt: received, CheckInSubmission: s}
	for i, in := range s.Instruments[:min(len(s.Instruments), maxInstruments)] {
		scored, ok := scoreOne(&c, i, in)
		if ok {
			out.Scores = append(out.Scores, scored)
		}
	}
	if err := c.Err(); err != nil {
		return CheckIn{}, err
	}
	out.LocalDay = LocalDay(s.AnsweredAt, zone)
	out.ClockAhead = s.AnsweredAt.After(received.Add(clockQuarrel))
	out.Signals = signalsOf(out)
	return out, nil
}

func checkAnswers(c *Checks, answers map[string]any) {
	c.Require(len(answers) <= len(Questions()), "answers", "too-many", "There are more answers than questions.")
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		q, ok := FindQuestion(id)
		if !ok {
			c.Fail("answers", "unknown-question", "One of these questions is not known.")
			return
		}
		c.Require(q.accepts(answers[id]), "answers."+id, "not-an-answer", "This can't be the answer to this question.")
	}
}

func scoreOne(c *Checks, i int, in InstrumentSubmission) (ScoredResponse, bool) {
	at := indexed("instruments", i)
	instrument, ok := FindInstrument(in.ID)
	if !ok {
		c.Fail(at+".id", "unknown-instrument", "This instrument is not known.")
		return ScoredResponse{}, false
	}
	scored, err := instrument.Score(in.Answers)
	if e, bad := err.(*Error); bad {
		for _, f := range e.Fields {
			c.Fail(at+"."+f.Field, f.Code, f.Text)
		}
		return scored, false
	}
	return scored, true
}

// ForPatient is the check-in without what is for the team: scores and signals.
func (c CheckIn) ForPatient() CheckIn {
	c.Scores, c.Signals = nil, nil
	return c
}
