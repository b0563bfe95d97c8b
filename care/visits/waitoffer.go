package visits

import (
	"cmp"
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
	"handrail/store/aside"
)

// How long an offer stands. Nobody is woken for one: what comes up in the evening or
// at night stands until the morning. [P]
const (
	offerTime    = time.Hour
	offerMorning = 9  // o'clock on the patient's clock
	offerEvening = 20 // from here on an offer stands until the morning
	offerAhead   = time.Hour
	offerLeast   = 10 * time.Minute
)

// OfferFreedTime gives freed time to those who wait, the first in line first. It is
// run every few seconds by any number of instances: what is written is one batch at
// the versions that were read, so each time is offered once.
//
// Who waits, or a piece of time, with whom something fails is set aside: the others
// in the line must not wait for them.
func (c *Service) OfferFreedTime(ctx context.Context) error {
	round, err := c.aside.Round(ctx, workWaitlist)
	if err != nil {
		return chart.Refusal(err)
	}
	if err := c.endOffers(ctx, round); err != nil {
		return err
	}
	return chart.EachDue(ctx, c.base, chart.ColFreed, round, func(f chart.Versioned[freed]) error { return c.offerTo(ctx, round, f) })
}

// workWaitlist is the worker that offers freed time.
const workWaitlist = "waitlist"

// endOffers puts those who did not take an offer back in the line, and gives the time
// to the next.
func (c *Service) endOffers(ctx context.Context, round *aside.Round) error {
	return chart.EachDue(ctx, c.base, chart.ColWaits, round, func(v chart.Versioned[Wait]) error {
		if v.Value.Offer == nil {
			return aside.ErrUnreadable // it is due and says nothing of an offer
		}
		return unlessLost(c.pass(ctx, v, c.waitEvent(v.Value, "waitlist.passed")))
	})
}

// pass ends an offer without a visit, and frees the time for the next in line.
func (c *Service) pass(ctx context.Context, v chart.Versioned[Wait], event models.AuditEvent) error {
	hold, err := chart.Load[Visit](ctx, c.store, chart.ColVisits, v.Value.Offer.VisitID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	s := &step{ledgers: newLedgers(), quiet: true, event: event}
	v.Value.Passed = append(v.Value.Passed, schedule.SpanOf(v.Value.Offer.Start, v.Value.Offer.End))
	v.Value.Passed = v.Value.Passed[max(0, len(v.Value.Passed)-maxPassed):]
	v.Value.Offer = nil
	op, err2 := waitOp(v)
	if err2 != nil {
		return err2
	}
	s.ops = append(s.ops, op)
	if !hold.IsNew() && hold.Value.Status == schedule.Pending {
		s.release = hold.Value.Claims()
		s.ops = append(s.ops, store.Delete(chart.ColVisits, hold.Value.ID, hold.Version))
		next, err := freedOp(chart.Versioned[freed]{Value: freed{ID: chart.NewID(), Free: s.release, Due: c.now().UTC()}})
		if err != nil {
			return err
		}
		s.ops = append(s.ops, next)
	}
	ops, err := c.stepOps(ctx, s)
	if err != nil {
		return err
	}
	return chart.Refusal(c.store.Batch(ctx, ops...))
}

// offerTo looks for the first in line whom a piece of freed time suits.
func (c *Service) offerTo(ctx context.Context, round *aside.Round, f chart.Versioned[freed]) error {
	done := false
	q := store.Query{Index: "line", Equal: []any{"waiting"}, Unopened: true}
	err := chart.ThroughDocs(ctx, c.store, chart.ColWaits, q, func(d store.Doc) (bool, error) {
		err := round.Do(ctx, d.ID, func() error {
			v, err := chart.Readable[Wait](d)
			if err != nil || !v.Value.wants(f.Value) {
				return err
			}
			done, err = c.offer(ctx, f, v)
			return err
		})
		return done, err
	})
	if done || err != nil {
		return err
	}
	return c.settleFreed(ctx, f)
}

// wants tells whether somebody whose time was freed can have a part in the visit.
func (w Wait) wants(f freed) bool {
	return slices.ContainsFunc(w.Visit.Roles, func(r VisitRole) bool {
		return len(r.Who) == 0 || slices.ContainsFunc(f.Free, func(c schedule.Claim) bool { return slices.Contains(r.Who, c.Who) })
	})
}

// offer holds the first possible time for somebody in the line, if there is one; it
// says whether this piece of freed time is done with.
func (c *Service) offer(ctx context.Context, f chart.Versioned[freed], v chart.Versioned[Wait]) (bool, error) {
	ch, err := c.chartOfWait(ctx, v.Value)
	if err != nil || ch == nil {
		return false, err
	}
	before, moot, err := ch.present(ctx, v.Value)
	if err != nil {
		return false, err
	}
	if moot {
		err = c.base.Commit(ctx, c.waitEvent(v.Value, "waitlist.left"), store.Delete(chart.ColWaits, v.Value.ID, v.Version))
		return false, unlessLost(err)
	}
	w, err := ch.candidates(ctx, v.Value.Visit)
	if models.KindOf(err) == models.KindInvalid { // the kind of visit is gone
		return false, nil
	} else if err != nil {
		return false, err
	}
	slot, err := ch.suits(ctx, w, f.Value, v.Value, before)
	if err != nil || slot == nil {
		return false, err
	}
	until, ok := offerUntil(w.patient.Zone, c.now(), slot.Start)
	if !ok {
		return false, nil
	}
	now := c.now()
	seat, l, err := w.seat(ctx, slot.Start, "")
	if refused(err) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	hold := schedule.Hold(chart.NewID(), w.visit, seat, now)
	hold.HoldUntil = &until
	visit := chart.Versioned[Visit]{Value: Visit{Appointment: hold, PatientID: ch.patient, Ask: v.Value.Visit, BookedBy: v.Value.AskedBy, CreatedAt: now.UTC(), ChangedAt: now.UTC(), WaitID: v.Value.ID}}
	v.Value.Offer = &Offer{hold.ID, seat.Start, seat.End, until}
	s := &step{ledgers: l, same: w.perDay(seat), event: c.waitEvent(v.Value, "waitlist.offered")}
	s.change(schedule.Appointment{}, hold)
	if s.ops, err = offerOps(visit, v, f); err != nil {
		return false, err
	}
	ops, err := c.stepOps(ctx, s)
	if err == nil {
		err = chart.Refusal(c.store.Batch(ctx, ops...))
	}
	return true, unlessLost(err) // who lost a race looks again in the next turn
}

// waitEvent is the line of what the program does for somebody in the line.
func (c *Service) waitEvent(w Wait, action string) models.AuditEvent {
	e := c.base.AuditEvent(chart.SystemActor, action)
	e.PatientID, e.Section, e.Ref, e.Changed = w.PatientID, models.SectionAppointments, w.ID, true
	return e
}

func offerOps(visit chart.Versioned[Visit], w chart.Versioned[Wait], f chart.Versioned[freed]) ([]store.Op, error) {
	a, err := visitOp(visit)
	if err != nil {
		return nil, err
	}
	b, err := waitOp(w)
	return []store.Op{a, b, store.Delete(chart.ColFreed, f.Value.ID, f.Version)}, err
}

// chartOfWait opens the chart for whoever asked to wait, nil when they may not write
// it any more.
func (c *Service) chartOfWait(ctx context.Context, w Wait) (*Part, error) {
	actor := models.Actor{AccountID: w.AskedBy.AccountID, Name: w.AskedBy.Name, Role: w.AskedBy.Role}
	if actor.Role == models.RolePatient {
		actor.PatientID = w.PatientID
	}
	ch, err := c.base.ChartFor(ctx, actor, w.PatientID, models.PurposeOf(actor.Role))
	if err != nil {
		return nil, err
	}
	if !ch.Decide(models.SectionAppointments, models.Write).Allowed {
		return nil, nil
	}
	return c.Part(ch), nil
}

// present is the start of the visit that is to be earlier; moot: there is no such
// visit any more.
func (ch *Part) present(ctx context.Context, w Wait) (start time.Time, moot bool, err error) {
	if w.Ask.Instead == "" {
		return start, false, nil
	}
	v, err := ch.visitOfChart(ctx, w.Ask.Instead)
	if k := models.KindOf(err); k == models.KindNotFound || k == models.KindGone {
		return start, true, nil
	}
	return v.Value.Start, v.Value.Status != schedule.Booked, err
}

// suits finds the time that is most like what was freed, needs a part of it and was
// not passed over; before a moment unless that is zero.
func (ch *Part) suits(ctx context.Context, w *candidates, f freed, wait Wait, before time.Time) (*schedule.Slot, error) {
	from, to := f.Free[0].Span.Start(), f.Free[0].Span.End()
	for _, c := range f.Free {
		from, to = earlier(from, c.Span.Start()), later(to, c.Span.End())
	}
	from = later(from.Add(-time.Duration(w.visit.Minutes)*time.Minute), ch.care.now())
	if wait.Ask.From != nil {
		from = later(from, *wait.Ask.From)
	}
	if wait.Ask.To != nil {
		to = earlier(to, *wait.Ask.To)
	}
	if !before.IsZero() {
		to = earlier(to, before)
	}
	if !from.Before(to) {
		return nil, nil
	}
	req := w.request(from, to)
	req.Limit = schedule.MaxSlots
	slots, _, err := w.find(ctx, req)
	if k := models.KindOf(err); k == models.KindInvalid || k == models.KindForbidden { // somebody left the team
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	slots = slices.DeleteFunc(slots, func(s schedule.Slot) bool { return !needs(s, f.Free) || wait.passedOver(s) })
	if len(slots) == 0 {
		return nil, nil
	}
	away := func(s schedule.Slot) time.Duration { return s.Start.Sub(time.Unix(f.Free[0].Start, 0)).Abs() }
	best := slices.MinFunc(slots, func(a, b schedule.Slot) int { return cmp.Compare(away(a), away(b)) })
	return &best, nil
}

// passedOver tells whether a time, or a part of it, was offered before.
func (w Wait) passedOver(s schedule.Slot) bool {
	return slices.ContainsFunc(w.Passed, schedule.SpanOf(s.Start, s.End).Overlaps)
}
