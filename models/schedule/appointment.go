package schedule

import (
	"slices"
	"time"

	"handrail/models"
)

// Appointment is one visit. It is a value: each step gives a new one and leaves
// the old. What a step takes and gives back of people's time is not said by the
// step but worked out from before and after (see Change), so that claims can't
// drift away from visits.
type Appointment struct {
	ID           string        `json:"id"`
	Status       Status        `json:"status"`
	VisitType    string        `json:"visitType"`
	Modality     Modality      `json:"modality"`
	Site         string        `json:"site,omitempty"`
	Start        time.Time     `json:"start"` // UTC; FHIR app-3: also set when proposed
	End          time.Time     `json:"end"`
	Participants []Participant `json:"participants"`
	HoldUntil    *time.Time    `json:"holdUntil,omitempty"` // with pending: the claims count before this only
	Cancellation *Cancellation `json:"cancellation,omitempty"`
	LateCancel   int           `json:"lateCancelMinutes,omitempty"` // the visit type's rule when it was booked
	SeriesID     string        `json:"seriesId,omitempty"`
	RecurrenceID string        `json:"recurrenceId,omitempty"` // see Occurrence
	Sequence     int           `json:"sequence"`               // RFC 5545 section 3.8.7.4: grows with each new time and with a cancellation
}

// Hold puts a visit into a slot for a patient who is deciding, until now plus
// HoldTime. Clinicians and resources have agreed by opening their hours.
func Hold(id string, visit VisitType, slot Slot, now time.Time) Appointment {
	until := now.UTC().Truncate(time.Second).Add(HoldTime) // claims know whole seconds
	a := Appointment{ID: id, Status: Pending, VisitType: visit.ID, LateCancel: visit.LateCancel, HoldUntil: &until}
	a.seat(slot)
	return a
}

// seat puts the people of a slot in.
func (a *Appointment) seat(slot Slot) {
	a.Start, a.End, a.Modality, a.Site = slot.Start, slot.End, slot.Modality, slot.Site
	a.Participants = nil
	for _, s := range slot.Seats {
		a.Participants = append(a.Participants, Participant{Who: s.Who, Kind: s.Kind, Role: s.Role, Required: !s.Optional,
			Status: firstAnswer(s), Start: s.Start, End: s.End, Claim: s.Claim})
	}
}

// Held tells whether the appointment is a hold, and whether it still counts.
func (a Appointment) Held(now time.Time) (hold, live bool) {
	return a.Status == Pending && a.HoldUntil != nil, a.HoldUntil != nil && now.Before(*a.HoldUntil)
}

// Book makes a visit of a hold, or of a proposal. The patient agrees by booking.
// It stays pending while a required participant has not accepted.
//
// Errors: hold-over (gone), in-the-past and appointment-move-not-allowed (conflict).
func (a Appointment) Book(now time.Time) (Appointment, error) {
	if err := a.may(Booked); err != nil {
		return a, err
	}
	if hold, live := a.Held(now); hold && !live {
		return a, models.E(models.KindGone, "hold-over", "This time was kept for five minutes, and they are over. Please choose a time again.")
	}
	if !now.Before(a.Start) {
		return a, models.E(models.KindConflict, "in-the-past", "This time has passed. Please choose a later time.")
	}
	a.HoldUntil = nil
	a.Participants = slices.Clone(a.Participants)
	for i := range a.Participants {
		if p := &a.Participants[i]; p.Kind == Patient {
			p.Status = Accepted
		}
	}
	a.Status = a.settled()
	return a, nil
}

// Reschedule gives a visit a new slot in one step: nobody ever sees it at both
// times or at neither. People are asked anew, as at its first booking.
//
// Errors: in-the-past and appointment-move-not-allowed (conflict), hold-over (gone).
func (a Appointment) Reschedule(slot Slot, now time.Time) (Appointment, error) {
	switch {
	case a.Status != Booked && a.Status != Pending || !now.Before(a.End):
		return a, moveNotAllowed()
	case !now.Before(slot.Start):
		return a, models.E(models.KindConflict, "in-the-past", "This time has passed. Please choose a later time.")
	}
	if hold, live := a.Held(now); hold && !live {
		return a, models.E(models.KindGone, "hold-over", "This time was kept for five minutes, and they are over. Please choose a time again.")
	}
	a.seat(slot)
	a.Sequence++
	if a.HoldUntil == nil {
		a.Status = Pending
		return a.Book(now)
	}
	return a, nil
}

// Claims are the times of people and resources that the appointment takes. Those
// who declined are free.
func (a Appointment) Claims() []Claim {
	if !a.Status.TakesTime() {
		return nil
	}
	var claims []Claim
	for _, p := range a.Participants {
		if p.Claim.Empty() || p.Status == Declined {
			continue
		}
		c := Claim{Visit: a.ID, Who: p.Who, Type: a.VisitType, Span: p.Claim, Start: p.Start.Unix()}
		if a.HoldUntil != nil {
			c.Expires = a.HoldUntil.Unix()
		}
		claims = append(claims, c)
	}
	return claims
}

// Change gives what a step from before to after releases and takes, for Settle. A
// new visit has the zero Appointment before it.
func Change(before, after Appointment) (release, take []Claim) {
	old, next := before.Claims(), after.Claims()
	for _, c := range old {
		if !slices.Contains(next, c) {
			release = append(release, c)
		}
	}
	for _, c := range next {
		if !slices.Contains(old, c) {
			take = append(take, c)
		}
	}
	return release, take
}
