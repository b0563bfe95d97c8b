package schedule

import (
	"slices"
	"time"

	"handrail/models"
)

// Status is the state of an Appointment, with the codes of FHIR R4
// (http://hl7.org/fhir/appointmentstatus).
type Status string

// The states.
const (
	Proposed       Status = "proposed"
	Pending        Status = "pending" // held, or somebody has not agreed yet
	Booked         Status = "booked"
	Arrived        Status = "arrived"    // waits to be seen
	CheckedIn      Status = "checked-in" // the visit may begin
	Fulfilled      Status = "fulfilled"
	Cancelled      Status = "cancelled"
	NoShow         Status = "noshow"
	EnteredInError Status = "entered-in-error"
	Waitlist       Status = "waitlist"
)

// Statuses lists every state.
var Statuses = []Status{Proposed, Pending, Booked, Arrived, Fulfilled, Cancelled, NoShow, EnteredInError, CheckedIn, Waitlist}

// moves says which state may follow which. FHIR leaves this to us.
var moves = map[Status][]Status{
	Proposed:  {Pending, Booked, Waitlist, Cancelled, EnteredInError},
	Waitlist:  {Proposed, Pending, Booked, Cancelled, EnteredInError},
	Pending:   {Proposed, Booked, Arrived, CheckedIn, Fulfilled, NoShow, Waitlist, Cancelled, EnteredInError}, // who had not said yes may have come, or not
	Booked:    {Pending, Arrived, CheckedIn, Fulfilled, NoShow, Cancelled, EnteredInError},
	Arrived:   {CheckedIn, Fulfilled, Cancelled, EnteredInError},
	CheckedIn: {Fulfilled, Cancelled, EnteredInError},
	NoShow:    {Arrived, EnteredInError}, // came after all
	Fulfilled: {EnteredInError},
	Cancelled: {EnteredInError},
}

// Valid tells whether s is one of Statuses.
func (s Status) Valid() bool { return slices.Contains(Statuses, s) }

// May tells whether state to may follow s.
func (s Status) May(to Status) bool { return slices.Contains(moves[s], to) }

// TakesTime tells whether a visit in this state keeps its claims. What has taken
// place, or should have, keeps them: that time is not given away after the fact.
func (s Status) TakesTime() bool {
	switch s {
	case Pending, Booked, Arrived, CheckedIn, Fulfilled, NoShow:
		return true
	}
	return false
}

// earlyArrival is how long before its start somebody can arrive for a visit.
const earlyArrival = 4 * time.Hour

// Move takes an appointment to another state. Booking, cancelling and a new time
// have their own functions, because they need more than a name.
//
// Errors: appointment-move-not-allowed, too-early (conflict).
func (a Appointment) Move(to Status, now time.Time) (Appointment, error) {
	switch to {
	case Booked:
		return a.Book(now)
	case Cancelled:
		return a, models.E(models.KindInvalid, "reason-missing", "Say why the visit is cancelled.")
	}
	if err := a.may(to); err != nil {
		return a, err
	}
	if a.HoldUntil != nil && slices.Contains([]Status{Arrived, CheckedIn, Fulfilled, NoShow}, to) { // nobody booked it
		return a, moveNotAllowed()
	}
	switch to {
	case Arrived, CheckedIn:
		if now.Before(a.Start.Add(-earlyArrival)) {
			return a, tooEarly()
		}
	case Fulfilled, NoShow:
		if now.Before(a.Start) {
			return a, tooEarly()
		}
	case Waitlist, Proposed:
		a.HoldUntil = nil
	}
	a.Status = to
	return a, nil
}

func (a Appointment) may(to Status) error {
	if a.Status.May(to) {
		return nil
	}
	return moveNotAllowed()
}

func moveNotAllowed() error {
	return models.E(models.KindConflict, "appointment-move-not-allowed", "This visit can't be changed in this way any more. Please look at it again.")
}

func tooEarly() error {
	return models.E(models.KindConflict, "too-early", "This can only be noted when the time of the visit has come.")
}
