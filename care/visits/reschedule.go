package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
)

// Reschedule gives a visit another time in one step: nobody sees it at both times
// or at neither. Who plays a part that any of several can play may change.
//
// Errors: *NotPossible (conflict), those of schedule.Appointment.Reschedule.
func (ch *Part) Reschedule(ctx context.Context, id string, version int64, start time.Time) (chart.Versioned[VisitView], error) {
	var w *candidates
	return ch.changeVisit(ctx, id, &version, "appointment.rescheduled", func(v *Visit, s *step) (bool, error) {
		if v.Start.Equal(start) {
			return false, nil
		}
		if v.Status != schedule.Booked && v.Status != schedule.Pending { // say so before a search for times
			_, err := v.Appointment.Reschedule(schedule.Slot{Start: start}, ch.care.now())
			return true, err
		}
		if w == nil {
			var err error
			if w, err = ch.candidates(ctx, v.Ask); err != nil {
				return true, err
			}
		}
		slot, l, err := w.seat(ctx, start, v.ID)
		if err != nil {
			return true, err
		}
		s.ledgers, s.same = l, w.perDay(slot)
		return true, assign(&v.Appointment)(v.Appointment.Reschedule(slot, ch.care.now()))
	})
}

// AnswerVisit notes what somebody in the visit says to it, for themself.
func (ch *Part) AnswerVisit(ctx context.Context, id string, answer schedule.Answer) (chart.Versioned[VisitView], error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return chart.Versioned[VisitView]{}, err
	}
	who := ch.actor.AccountID
	if ch.actor.Role == models.RolePatient {
		who = ch.patient
	}
	kind := "appointment.answered"
	if answer == schedule.Declined {
		kind = "appointment.declined" // the others must hear of it
	}
	return ch.changeAs(ctx, d, id, nil, kind, func(v *Visit, _ *step) (bool, error) { return v.answer(who, answer) })
}

// AskOtherTime notes that somebody in the visit asks for another time. The visit stays
// where it is until somebody moves it.
func (ch *Part) AskOtherTime(ctx context.Context, id string, start time.Time) (chart.Versioned[VisitView], error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return chart.Versioned[VisitView]{}, err
	}
	who := ch.actor.AccountID
	if ch.actor.Role == models.RolePatient {
		who = ch.patient
	}
	return ch.changeAs(ctx, d, id, nil, "appointment.asked-other-time", func(v *Visit, _ *step) (bool, error) {
		for _, p := range v.Participants {
			if p.Who == who && p.OtherTime != nil && p.OtherTime.Equal(start) && p.Status == schedule.Tentative {
				return false, nil
			}
			if p.Who == who && p.Status == schedule.Declined {
				return true, declinedBefore()
			}
		}
		return true, assign(&v.Appointment)(v.Appointment.AskOtherTime(who, start, ch.care.now()))
	})
}

// answer notes what somebody says to the visit; false: they have said so already.
func (v *Visit) answer(who string, answer schedule.Answer) (bool, error) {
	for _, p := range v.Participants {
		if p.Who == who && p.Status == answer {
			return false, nil
		}
		if p.Who == who && p.Status == schedule.Declined {
			return true, declinedBefore()
		}
	}
	return true, assign(&v.Appointment)(v.Answer(who, answer))
}

// declinedBefore: whoever declined gave their time back, and it may be taken now.
func declinedBefore() error {
	return models.E(models.KindConflict, "declined-before", "You said no to this visit. Please ask for a new time.")
}
