package schedule

import (
	"slices"
	"time"

	"handrail/models"
)

// Answer is what a participant says to a visit, with the codes of FHIR R4
// (http://hl7.org/fhir/participationstatus).
type Answer string

// The answers.
const (
	Accepted    Answer = "accepted"
	Declined    Answer = "declined"
	Tentative   Answer = "tentative"
	NeedsAction Answer = "needs-action"
)

// Answers lists every answer.
var Answers = []Answer{Accepted, Declined, Tentative, NeedsAction}

// Participant is somebody or something in a visit.
type Participant struct {
	Who      string    `json:"who"`
	Kind     Kind      `json:"kind"`
	Role     string    `json:"role"`     // Role.Key of the request
	Required bool      `json:"required"` // FHIR required | optional
	Status   Answer    `json:"status"`
	Start    time.Time `json:"start"` // their part
	End      time.Time `json:"end"`
	Claim    Span      `json:"claim"` // their part with buffers and travel; empty: takes no time of theirs

	// OtherTime is the start that somebody asks for instead (RFC 5546 COUNTER, FHIR
	// AppointmentResponse.start). It moves nothing: whoever may move the visit does.
	OtherTime *time.Time `json:"otherTime,omitempty"`
	InvitedAt *time.Time `json:"invitedAt,omitempty"` // of who was invited after it was booked
}

// firstAnswer is what is known when a slot is taken: open hours are a yes, the
// patient is just deciding, everybody else is to be asked.
func firstAnswer(s Seat) Answer {
	switch s.Kind {
	case Clinician, Resource:
		return Accepted
	case Patient:
		return Tentative
	}
	return NeedsAction
}

// Answer notes what a participant says. A visit is booked when all required people
// have accepted, and pending again when one of them takes it back; whoever
// declines gets their time back.
//
// Errors: not-found for who is not in it; appointment-move-not-allowed (conflict);
// unknown-answer (invalid).
func (a Appointment) Answer(who string, answer Answer) (Appointment, error) {
	i := slices.IndexFunc(a.Participants, func(p Participant) bool { return p.Who == who })
	switch {
	case i < 0:
		return a, models.NotFound()
	case !slices.Contains(Answers, answer):
		return a, models.E(models.KindInvalid, "unknown-answer", "Say accepted, declined, tentative or needs-action.")
	case a.Status != Proposed && a.Status != Pending && a.Status != Booked:
		return a, moveNotAllowed()
	}
	a.Participants = slices.Clone(a.Participants)
	a.Participants[i].Status, a.Participants[i].OtherTime = answer, nil
	if a.Status != Proposed && a.HoldUntil == nil {
		a.Status = a.settled()
	}
	return a, nil
}

// AskOtherTime notes that a participant can't agree to this time and asks for another.
//
// Errors: those of Answer; bad-other-time (invalid).
func (a Appointment) AskOtherTime(who string, start, now time.Time) (Appointment, error) {
	if !start.After(now) || start.Sub(now) > MaxHorizon*24*time.Hour || start.Equal(a.Start) {
		var c models.Checks
		c.Fail("otherTime", "bad-other-time", "Choose another time than that of the visit, which is still to come.")
		return a, c.Err()
	}
	a, err := a.Answer(who, Tentative)
	if err != nil {
		return a, err
	}
	start = start.UTC()
	for i := range a.Participants {
		if a.Participants[i].Who == who {
			a.Participants[i].OtherTime = &start
		}
	}
	return a, nil
}

// Invite adds somebody who may come and need not: the visit waits for nobody's answer.
//
// Errors: already-invited, appointment-move-not-allowed (conflict).
func (a Appointment) Invite(p Participant, now time.Time) (Appointment, error) {
	if a.Status != Pending && a.Status != Booked || a.HoldUntil != nil || !now.Before(a.End) {
		return a, moveNotAllowed()
	}
	if slices.ContainsFunc(a.Participants, func(q Participant) bool { return q.Who == p.Who }) {
		return a, models.E(models.KindConflict, "already-invited", "This person is invited already.")
	}
	at := now.UTC()
	p.InvitedAt = &at
	p.Required, p.Status, p.Start, p.End, p.Claim = false, NeedsAction, a.Start, a.End, SpanOf(a.Start, a.End)
	a.Participants = append(slices.Clone(a.Participants), p)
	return a, nil
}

// Uninvite takes somebody off who need not come.
//
// Errors: not-found for who is not in it or must come; appointment-move-not-allowed.
func (a Appointment) Uninvite(who string) (Appointment, error) {
	if a.Status != Pending && a.Status != Booked {
		return a, moveNotAllowed()
	}
	i := slices.IndexFunc(a.Participants, func(p Participant) bool { return p.Who == who && !p.Required && p.Kind == Supporter })
	if i < 0 {
		return a, models.NotFound()
	}
	a.Participants = slices.Delete(slices.Clone(a.Participants), i, i+1)
	return a, nil
}

// settled is booked when every required participant has accepted.
func (a Appointment) settled() Status {
	if slices.ContainsFunc(a.Participants, func(p Participant) bool { return p.Required && p.Status != Accepted }) {
		return Pending
	}
	return Booked
}
