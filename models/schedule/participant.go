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
	a.Participants[i].Status = answer
	if a.Status != Proposed && a.HoldUntil == nil {
		a.Status = a.settled()
	}
	return a, nil
}

// settled is booked when every required participant has accepted.
func (a Appointment) settled() Status {
	if slices.ContainsFunc(a.Participants, func(p Participant) bool { return p.Required && p.Status != Accepted }) {
		return Pending
	}
	return Booked
}
