package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// holdPointer says which hold a patient has for a kind of visit: one at a time.
type holdPointer struct {
	VisitID string `json:"visitId"`
}

func holdID(patientID, visitType string) string { return patientID + ":" + visitType }

// Hold keeps a time for five minutes. It takes the place of the hold that the
// patient has for this kind of visit. Nothing has to end it: when its time is over
// it counts for nothing. The same call twice is one hold.
//
// Errors: those of models/schedule.Explain; *NotPossible (conflict).
func (ch *Part) Hold(ctx context.Context, id string, ask VisitAsk, start time.Time) (chart.Versioned[VisitView], error) {
	return ch.seatNew(ctx, id, ask, start, "appointment.held", func(w *candidates, slot schedule.Slot, now time.Time) (schedule.Appointment, error) {
		return schedule.Hold(id, w.visit, slot, now), nil
	})
}

// BookDirect books a time without a hold before it.
func (ch *Part) BookDirect(ctx context.Context, id string, ask VisitAsk, start time.Time) (chart.Versioned[VisitView], error) {
	return ch.seatNew(ctx, id, ask, start, "appointment.booked", func(w *candidates, slot schedule.Slot, now time.Time) (schedule.Appointment, error) {
		return schedule.Hold(id, w.visit, slot, now).Book(now)
	})
}

// seatNew puts a new visit into a time, and gives back what the patient's last
// hold of this kind keeps.
func (ch *Part) seatNew(ctx context.Context, id string, ask VisitAsk, start time.Time, kind string,
	begin func(*candidates, schedule.Slot, time.Time) (schedule.Appointment, error)) (chart.Versioned[VisitView], error) {
	none := chart.Versioned[VisitView]{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return none, err
	}
	w, err := ch.candidates(ctx, ask)
	if err != nil {
		return none, err
	}
	c, out := ch.care, chart.Versioned[Visit]{}
	err = c.settle(ctx, func() (*step, error) {
		now := c.now()
		if first, err := c.sameVisit(ctx, id, ch.patient, ask, start); first != nil || err != nil {
			if err == nil {
				out = *first
			}
			return &step{done: true}, err
		}
		s, old, err := ch.dropHold(ctx, ask.VisitType, id)
		if err != nil {
			return nil, err
		}
		slot, l, err := w.seat(ctx, start, old)
		if err != nil {
			return nil, err
		}
		s.ledgers, s.same = l, w.perDay(slot)
		a, err := begin(w, slot, now)
		if err != nil {
			return nil, err
		}
		s.change(schedule.Appointment{}, a)
		out = chart.Versioned[Visit]{Value: Visit{Appointment: a, PatientID: ch.patient, Ask: ask, BookedBy: models.AuthorOf(ch.actor), CreatedAt: now.UTC(), ChangedAt: now.UTC()}}
		op, err := visitOp(out)
		out.Version = 1
		s.ops, s.event = append(s.ops, op), ch.changed(d, kind, id)
		return s, err
	})
	if err != nil {
		return none, err
	}
	return ch.viewVisit(ctx, d, out)
}

// sameVisit finds the visit of an earlier call with the same id, nil when there is
// none. Another visit under the id is a conflict; its time being over is told.
func (c *Service) sameVisit(ctx context.Context, id, patientID string, ask VisitAsk, start time.Time) (*chart.Versioned[Visit], error) {
	v, err := chart.Load[Visit](ctx, c.store, chart.ColVisits, id)
	switch {
	case models.KindOf(err) == models.KindNotFound:
		return nil, nil
	case err != nil:
		return nil, err
	case v.Value.PatientID != patientID || !v.Value.Start.Equal(start) || !chart.SameJSON(v.Value.Ask, ask):
		return nil, chart.Refusal(store.ErrExists)
	case v.Value.expired(c.now()):
		return nil, holdOver()
	}
	return &v, nil
}

func holdOver() error {
	return models.E(models.KindGone, "hold-over", "This time was kept for five minutes, and they are over. Please choose a time again.")
}

// dropHold plans the end of the hold that a patient has for a kind of visit, and
// points to the new one. It answers which visit's claims no longer count.
func (ch *Part) dropHold(ctx context.Context, visitType, next string) (*step, string, error) {
	s, id := &step{}, holdID(ch.patient, visitType)
	pointer, err := chart.Load[holdPointer](ctx, ch.care.store, chart.ColHolds, id)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, "", err
	}
	doc, err := chart.Encode(id, ch.patient, pointer.Version, nil, holdPointer{next})
	if err != nil {
		return nil, "", err
	}
	if pointer.IsNew() {
		s.ops = append(s.ops, store.Insert(chart.ColHolds, doc))
		return s, "", nil
	}
	s.ops = append(s.ops, store.Replace(chart.ColHolds, doc))
	old, err := ch.heldVisit(ctx, pointer.Value)
	if err != nil || old.IsNew() {
		return s, "", err
	}
	s.release = old.Value.Claims()
	s.ops = append(s.ops, store.Delete(chart.ColVisits, old.Value.ID, old.Version))
	return s, old.Value.ID, nil
}

// heldVisit is the hold that a pointer points to; a new one when it is gone or was
// booked.
func (ch *Part) heldVisit(ctx context.Context, p holdPointer) (chart.Versioned[Visit], error) {
	old, err := chart.Load[Visit](ctx, ch.care.store, chart.ColVisits, p.VisitID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[Visit]{}, nil
	} else if err != nil {
		return old, err
	}
	if hold, _ := old.Value.Held(ch.care.now()); !hold || old.Value.Status != schedule.Pending {
		return chart.Versioned[Visit]{}, nil
	}
	return old, nil
}

// heldBefore is the hold that the patient has for a kind of visit, if any.
func (ch *Part) heldBefore(ctx context.Context, visitType string) (chart.Versioned[Visit], error) {
	pointer, err := chart.Load[holdPointer](ctx, ch.care.store, chart.ColHolds, holdID(ch.patient, visitType))
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[Visit]{}, nil
	} else if err != nil {
		return chart.Versioned[Visit]{}, err
	}
	return ch.heldVisit(ctx, pointer.Value)
}

// changed is the line of a change of the chart.
func (ch *Part) changed(d models.Decision, kind, ref string) models.AuditEvent {
	e := ch.chart.Event(d, kind)
	e.Ref, e.Changed = ref, true
	return e
}
