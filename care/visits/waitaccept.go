package visits

import (
	"context"
	"errors"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// waitOf loads a place in the line of this patient.
func (ch *Part) waitOf(ctx context.Context, id string) (chart.Versioned[Wait], error) {
	v, err := chart.Load[Wait](ctx, ch.care.store, chart.ColWaits, id)
	if err == nil && v.Value.PatientID != ch.patient {
		return chart.Versioned[Wait]{}, models.NotFound()
	}
	return v, err
}

// waitingOf is waitOf without places that were given up for a visit.
func (ch *Part) waitingOf(ctx context.Context, id string) (chart.Versioned[Wait], error) {
	v, err := ch.waitOf(ctx, id)
	if err == nil && v.Value.Taken != "" {
		return chart.Versioned[Wait]{}, models.NotFound()
	}
	return v, err
}

// AcceptOffer takes the time that is kept: the visit that was to be earlier moves
// there, or a new one is booked. The place in the line is given up.
//
// Errors: offer-over (gone), *NotPossible (conflict).
func (ch *Part) AcceptOffer(ctx context.Context, id string) (chart.Versioned[VisitView], error) {
	none := chart.Versioned[VisitView]{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return none, err
	}
	var out chart.Versioned[Visit]
	err = ch.care.settle(ctx, func() (*step, error) {
		w, err := ch.waitOf(ctx, id)
		if err != nil {
			return nil, err
		}
		if w.Value.Taken != "" {
			out, err = ch.visitOfChart(ctx, w.Value.Taken)
			return &step{done: true}, err
		}
		offer := w.Value.live(ch.care.now())
		if offer == nil {
			return nil, models.E(models.KindGone, "offer-over", "This time is no longer kept for you. You are still in the line.")
		}
		hold, err := chart.Load[Visit](ctx, ch.care.store, chart.ColVisits, offer.VisitID)
		if err != nil {
			return nil, err
		}
		s := &step{ledgers: newLedgers(), event: ch.changed(d, "waitlist.accepted", id)}
		if w.Value.Ask.Instead == "" {
			out, err = ch.bookOffer(s, d, hold)
		} else {
			out, err = ch.moveToOffer(ctx, s, d, hold, w.Value.Ask.Instead)
		}
		if err != nil {
			return nil, err
		}
		w.Value.Taken, w.Value.Offer = out.Value.ID, nil
		op, err := waitOp(w)
		s.ops = append(s.ops, op)
		return s, err
	})
	if err != nil {
		return none, err
	}
	return ch.viewVisit(ctx, d, out)
}

func (ch *Part) bookOffer(s *step, d models.Decision, hold chart.Versioned[Visit]) (chart.Versioned[Visit], error) {
	before := hold.Value.Appointment
	if err := assign(&hold.Value.Appointment)(before.Book(ch.care.now())); err != nil {
		return hold, err
	}
	hold.Value.WaitID, hold.Value.ChangedAt = "", ch.care.now().UTC()
	err := ch.putVisit(s, d, "appointment.booked", before, hold)
	hold.Version++
	return hold, err
}

// moveToOffer moves a booked visit to the time that its hold keeps, and drops the hold.
func (ch *Part) moveToOffer(ctx context.Context, s *step, d models.Decision, hold chart.Versioned[Visit], instead string) (chart.Versioned[Visit], error) {
	v, err := ch.visitOfChart(ctx, instead)
	if err != nil {
		return v, err
	}
	w, err := ch.candidates(ctx, v.Value.Ask)
	if err != nil {
		return v, err
	}
	w.leaving = map[string]bool{hold.Value.ID: true}
	slot, l, err := w.seat(ctx, hold.Value.Start, v.Value.ID)
	if err != nil {
		return v, err
	}
	s.ledgers, s.same = l, w.perDay(slot)
	s.release = hold.Value.Claims()
	s.ops = append(s.ops, store.Delete(chart.ColVisits, hold.Value.ID, hold.Version))
	before := v.Value.Appointment
	if err := assign(&v.Value.Appointment)(before.Reschedule(slot, ch.care.now())); err != nil {
		return v, err
	}
	v.Value.ChangedAt = ch.care.now().UTC()
	err = ch.putVisit(s, d, "appointment.rescheduled", before, v)
	v.Version++
	return v, err
}

// DeclineOffer passes a time on to the next in line. The place in it stays.
func (ch *Part) DeclineOffer(ctx context.Context, id string) (chart.Versioned[WaitView], error) {
	none := chart.Versioned[WaitView]{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return none, err
	}
	v, err := ch.waitingOf(ctx, id)
	if err != nil {
		return none, err
	}
	if v.Value.Offer != nil {
		if err := ch.care.pass(ctx, v, ch.changed(d, "waitlist.declined", id)); err != nil {
			return none, err
		}
		if v, err = ch.waitingOf(ctx, id); err != nil {
			return none, err
		}
	}
	return ch.viewWait(ctx, v)
}

// LeaveWaitlist gives up a place in the line, and a time that is kept for it.
func (ch *Part) LeaveWaitlist(ctx context.Context, id string) error {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return err
	}
	v, err := ch.waitingOf(ctx, id)
	if err == nil && v.Value.Offer != nil {
		if err := ch.care.pass(ctx, v, ch.changed(d, "waitlist.declined", id)); err != nil {
			return err
		}
		v, err = ch.waitingOf(ctx, id)
	}
	if err != nil {
		return err
	}
	return ch.care.base.Commit(ctx, ch.changed(d, "waitlist.left", id), store.Delete(chart.ColWaits, id, v.Version))
}

// offerUntil says until when a time is kept for somebody; false: it begins too soon
// to be offered.
func offerUntil(zone string, now, start time.Time) (time.Time, bool) {
	until := now.Add(offerTime)
	z, err := models.LoadZone(zone)
	if err != nil {
		z = time.UTC
	}
	local := now.In(z)
	switch {
	case local.Hour() >= offerEvening:
		until = time.Date(local.Year(), local.Month(), local.Day()+1, offerMorning, 0, 0, 0, z)
	case local.Hour() < offerMorning-1:
		until = time.Date(local.Year(), local.Month(), local.Day(), offerMorning, 0, 0, 0, z)
	}
	until = earlier(until, start.Add(-offerAhead)).UTC().Truncate(time.Second)
	return until, until.Sub(now) >= offerLeast
}

// lost tells that another step was faster, so that this one is to look again.
func lost(err error) bool {
	k := models.KindOf(err)
	return k == models.KindStale || k == models.KindNotFound || k == models.KindConflict
}

// refused tells that a time can't be, and that nothing failed.
func refused(err error) bool {
	_, ok := errors.AsType[*NotPossible](err)
	return ok
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// needs tells whether a slot lies in time that was freed.
func needs(s schedule.Slot, free []schedule.Claim) bool {
	for _, seat := range s.Seats {
		for _, c := range free {
			if seat.Who == c.Who && seat.Claim.Overlaps(c.Span) {
				return true
			}
		}
	}
	return false
}
