package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
)

// CancelConference calls a conference off. Everybody who is in it may.
func (c *Service) CancelConference(ctx context.Context, actor models.Actor, id string, version int64, reason schedule.Reason) (chart.Versioned[ConferenceView], error) {
	return c.changeConference(ctx, actor, id, &version, "conference.cancelled", func(v *Visit, _ *step) (bool, error) {
		if v.Cancellation != nil && v.Cancellation.Reason == reason && v.Cancellation.By == actor.AccountID {
			return false, nil
		}
		return true, assign(&v.Appointment)(v.Cancel(reason, actor.AccountID, c.now()))
	})
}

// MoveConference gives a conference another time in one step.
//
// Errors: *NotPossible (conflict), those of schedule.Appointment.Reschedule.
func (c *Service) MoveConference(ctx context.Context, actor models.Actor, id string, version int64, start time.Time) (chart.Versioned[ConferenceView], error) {
	return c.changeConference(ctx, actor, id, &version, "conference.rescheduled", func(v *Visit, s *step) (bool, error) {
		if v.Start.Equal(start) {
			return false, nil
		}
		if v.Status != schedule.Booked && v.Status != schedule.Pending { // say so before a search for times
			_, err := v.Appointment.Reschedule(schedule.Slot{Start: start}, c.now())
			return true, err
		}
		w, err := c.conferenceCandidates(ctx, actor, v.Ask)
		if err != nil {
			return true, err
		}
		slot, l, err := w.seat(ctx, start, v.ID)
		if err != nil {
			return true, err
		}
		s.ledgers, s.same = l, w.perDay(slot)
		return true, assign(&v.Appointment)(v.Appointment.Reschedule(slot, c.now()))
	})
}

// AnswerConference notes whether the actor comes. Who declines is free at that time.
func (c *Service) AnswerConference(ctx context.Context, actor models.Actor, id string, answer schedule.Answer) (chart.Versioned[ConferenceView], error) {
	return c.changeConference(ctx, actor, id, nil, "conference.answered", func(v *Visit, _ *step) (bool, error) {
		return v.answer(actor.AccountID, answer)
	})
}

// changeConference changes a conference with the claims that follow, in one batch.
func (c *Service) changeConference(ctx context.Context, actor models.Actor, id string, version *int64, action string, change func(*Visit, *step) (bool, error)) (chart.Versioned[ConferenceView], error) {
	event := c.base.AuditEvent(actor, action)
	event.Ref = id
	v, err := c.change(ctx, func() (chart.Versioned[Visit], error) { return c.conference(ctx, actor, id) }, event, version, change)
	if err != nil {
		return chart.Versioned[ConferenceView]{}, err
	}
	return c.viewConference(ctx, actor, v)
}

// ConferenceSlots answers the times at which these clinicians can meet.
func (c *Service) ConferenceSlots(ctx context.Context, actor models.Actor, a ConferenceAsk, q SlotQuestion) (chart.Page[schedule.Slot], error) {
	var out chart.Page[schedule.Slot]
	if actor.Role != models.RoleClinician {
		return out, c.refuseStaff(ctx, actor, "conference.refused", "", models.E(models.KindForbidden, "clinicians-only", "Clinicians call case conferences."))
	}
	var checks models.Checks
	a = a.normalWho(&checks, actor.AccountID)
	if err := checks.Err(); err != nil {
		return out, err
	}
	w, err := c.conferenceCandidates(ctx, actor, a.visitAsk())
	if err != nil {
		return out, err
	}
	req := w.request(q.From, q.To)
	req.Limit, req.Cursor = q.Limit, q.Cursor
	if out.Items, out.Next, err = w.find(ctx, req); err != nil {
		return out, err
	}
	e := c.base.AuditEvent(actor, "slots.read")
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}
