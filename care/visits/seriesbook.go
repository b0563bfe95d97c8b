package visits

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// PreviewSeries shows each visit of a series as it would fall, and what is in the
// way of those that can't be. Nothing is taken.
func (ch *Part) PreviewSeries(ctx context.Context, ask SeriesAsk) ([]SeriesVisit, error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return nil, err
	}
	w, err := ch.candidates(ctx, ask.Visit)
	if err != nil {
		return nil, err
	}
	_, all, err := ch.series(chart.NewID(), ask, w.visit.Minutes)
	if err != nil {
		return nil, err
	}
	old, err := ch.heldBefore(ctx, ask.Visit.VisitType)
	if err != nil {
		return nil, err
	}
	got, err := w.seatAll(ctx, all, old.Value.ID)
	if err != nil {
		return nil, err
	}
	return got.visits, ch.chart.NoteRead(ctx, d, "slots.read", "", len(got.visits))
}

// BookSeries books all visits of a series in one step, or none: the answer says for
// each what is in its way. The same call twice is one series.
//
// Errors: *NotPossible (conflict) with Visits; those of schedule.Series.Expand.
func (ch *Part) BookSeries(ctx context.Context, id string, ask SeriesAsk) (chart.Versioned[SeriesView], error) {
	none := chart.Versioned[SeriesView]{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return none, err
	}
	w, err := ch.candidates(ctx, ask.Visit)
	if err != nil {
		return none, err
	}
	series, all, err := ch.series(id, ask, w.visit.Minutes)
	if err != nil {
		return none, err
	}
	err = ch.care.settle(ctx, func() (*step, error) {
		done, err := ch.sameSeries(ctx, series)
		if done || err != nil {
			return &step{done: true}, err
		}
		s, old, err := ch.dropHold(ctx, ask.Visit.VisitType, series.visitID(all[0].RecurrenceID))
		if err != nil {
			return nil, err
		}
		got, err := w.seatAll(ctx, all, old)
		if err != nil {
			return nil, err
		}
		if got.refused {
			return nil, seriesNotPossible(got.visits)
		}
		s.ledgers, s.same = got.ledgers, got.same
		return s, ch.bookAll(s, d, w, series, all, got.slots)
	})
	if err != nil {
		return none, err
	}
	return ch.viewSeries(ctx, d, id)
}

// bookAll writes the series and its visits, with a line in the log for each.
func (ch *Part) bookAll(s *step, d models.Decision, w *candidates, series VisitSeries, all []schedule.Occurrence, slots map[string]schedule.Slot) error {
	now := ch.care.now()
	series.BookedBy, series.CreatedAt, series.ChangedAt = models.AuthorOf(ch.actor), now.UTC(), now.UTC()
	op, err := seriesOp(chart.Versioned[VisitSeries]{Value: series})
	if err != nil {
		return err
	}
	s.ops = append(s.ops, op)
	for _, o := range all {
		a, err := schedule.Hold(series.visitID(o.RecurrenceID), w.visit, slots[o.RecurrenceID], now).Book(now)
		if err != nil {
			return err
		}
		a.SeriesID, a.RecurrenceID = series.ID, o.RecurrenceID
		v := chart.Versioned[Visit]{Value: Visit{Appointment: a, PatientID: ch.patient, Ask: series.Ask.Visit, BookedBy: series.BookedBy, CreatedAt: now.UTC(), ChangedAt: now.UTC()}}
		if err := ch.putVisit(s, d, "appointment.booked", schedule.Appointment{}, v); err != nil {
			return err
		}
	}
	return nil
}

// putVisit adds one visit of several to a step, with its claims and its line.
func (ch *Part) putVisit(s *step, d models.Decision, kind string, before schedule.Appointment, v chart.Versioned[Visit]) error {
	v.Value.noteMove(before, ch.actor.AccountID, ch.care.now())
	op, err := visitOp(v)
	if err != nil {
		return err
	}
	s.ops = append(s.ops, op)
	s.change(before, v.Value.Appointment)
	s.events = append(s.events, ch.changed(d, kind, v.Value.ID))
	return nil
}

// sameSeries tells whether an earlier call booked this series. Another one under its
// id is a conflict.
func (ch *Part) sameSeries(ctx context.Context, series VisitSeries) (bool, error) {
	v, err := chart.Load[VisitSeries](ctx, ch.care.store, chart.ColSeries, series.ID)
	switch {
	case models.KindOf(err) == models.KindNotFound:
		return false, nil
	case err != nil:
		return false, err
	case v.Value.PatientID != ch.patient || !chart.SameJSON(v.Value.Ask, series.Ask):
		return false, chart.Refusal(store.ErrExists)
	}
	return true, nil
}

func seriesNotPossible(visits []SeriesVisit) *NotPossible {
	n := &NotPossible{err: models.E(models.KindConflict, "time-not-possible", "Not all of these visits can be. See which, and leave them out or give them other times.")}
	for _, v := range visits {
		if len(v.Conflicts) > 0 {
			n.Visits = append(n.Visits, v)
		}
	}
	return n
}
