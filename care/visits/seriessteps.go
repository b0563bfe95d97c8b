package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// SeriesView is a series with its visits.
type SeriesView struct {
	ID        string      `json:"id"`
	PatientID string      `json:"patientId"`
	Zone      string      `json:"zone"`
	RRule     string      `json:"rrule"`
	Visits    []VisitView `json:"visits"`
}

// ReadSeries reads a series with its visits, those that were called off too.
func (ch *Part) ReadSeries(ctx context.Context, id string) (chart.Versioned[SeriesView], error) {
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Read)
	if err != nil {
		return chart.Versioned[SeriesView]{}, err
	}
	v, err := ch.viewSeries(ctx, d, id)
	if err != nil {
		return v, err
	}
	return v, ch.chart.NoteRead(ctx, d, "appointments.read", id, len(v.Value.Visits))
}

func (ch *Part) viewSeries(ctx context.Context, d models.Decision, id string) (chart.Versioned[SeriesView], error) {
	none := chart.Versioned[SeriesView]{}
	series, err := ch.loadSeries(ctx, id)
	if err != nil {
		return none, err
	}
	visits, err := ch.visitsOfSeries(ctx, series.Value)
	if err != nil {
		return none, err
	}
	out := SeriesView{ID: id, PatientID: ch.patient, Zone: series.Value.Zone, RRule: series.Value.RRule, Visits: []VisitView{}}
	for _, v := range visits {
		view, err := ch.viewVisit(ctx, d, v)
		if err != nil {
			return none, err
		}
		out.Visits = append(out.Visits, view.Value)
	}
	return chart.Versioned[SeriesView]{Value: out, Version: series.Version}, nil
}

func (ch *Part) loadSeries(ctx context.Context, id string) (chart.Versioned[VisitSeries], error) {
	v, err := chart.Load[VisitSeries](ctx, ch.care.store, chart.ColSeries, id)
	if err == nil && (v.Value.PatientID != ch.patient || ch.actor.Role == models.RoleInterpreter) { // who comes to one visit need not know of the others
		return chart.Versioned[VisitSeries]{}, models.NotFound()
	}
	return v, err
}

// visitsOfSeries loads what was booked of a series, by RECURRENCE-ID.
func (ch *Part) visitsOfSeries(ctx context.Context, s VisitSeries) ([]chart.Versioned[Visit], error) {
	all, err := s.Expand()
	if err != nil {
		return nil, err
	}
	var out []chart.Versioned[Visit]
	for _, o := range all {
		v, err := chart.Load[Visit](ctx, ch.care.store, chart.ColVisits, s.visitID(o.RecurrenceID))
		if models.KindOf(err) == models.KindNotFound {
			continue // was left out
		} else if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// CancelRest calls off a visit of a series and all that follow.
func (ch *Part) CancelRest(ctx context.Context, id string, version int64, from string, reason schedule.Reason) (chart.Versioned[SeriesView], error) {
	if err := ch.ownReason(reason); err != nil {
		return chart.Versioned[SeriesView]{}, err
	}
	return ch.changeRest(ctx, id, version, from, schedule.Edit{Cancelled: true}, "appointment.cancelled", func(v *Visit, _ schedule.Slot) error {
		return assign(&v.Appointment)(v.Cancel(reason, ch.actor.AccountID, ch.care.now()))
	})
}

// MoveRest gives a visit of a series another time, and moves all that follow by as
// much on the wall clock. What was agreed on for one visit alone stays.
//
// Errors: *NotPossible (conflict) with Visits.
func (ch *Part) MoveRest(ctx context.Context, id string, version int64, from string, start time.Time) (chart.Versioned[SeriesView], error) {
	series, err := ch.loadSeries(ctx, id)
	if err != nil {
		return chart.Versioned[SeriesView]{}, err
	}
	zone, err := schedule.LoadZone(series.Value.Zone)
	if err != nil {
		return chart.Versioned[SeriesView]{}, err
	}
	return ch.changeRest(ctx, id, version, from, schedule.Edit{Start: zone.Wall(start.Unix()).String()}, "appointment.rescheduled", func(v *Visit, slot schedule.Slot) error {
		return assign(&v.Appointment)(v.Appointment.Reschedule(slot, ch.care.now()))
	})
}

// changeRest changes the visits of a series from one on, in one step.
func (ch *Part) changeRest(ctx context.Context, id string, version int64, from string, e schedule.Edit, kind string, change func(*Visit, schedule.Slot) error) (chart.Versioned[SeriesView], error) {
	none := chart.Versioned[SeriesView]{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return none, err
	}
	err = ch.care.settle(ctx, func() (*step, error) {
		series, err := ch.loadSeries(ctx, id)
		if err != nil {
			return nil, err
		}
		if series.Version != version {
			if last := len(series.Value.Rest) - 1; last >= 0 && chart.SameJSON(series.Value.Rest[last], schedule.RestEdit{RecurrenceID: from, Edit: e}) {
				return &step{done: true}, nil // its answer was lost, and they ask again
			}
			return nil, chart.Refusal(store.ErrConflict)
		}
		visits, err := ch.visitsOfSeries(ctx, series.Value)
		if err != nil {
			return nil, err
		}
		rest, err := ch.planRest(ctx, &series.Value, visits, from, e)
		if err != nil {
			return nil, err
		}
		s := &step{ledgers: rest.ledgers, same: rest.same}
		for _, v := range rest.visits {
			before := v.Value.Appointment
			if err := change(&v.Value, rest.slots[v.Value.RecurrenceID]); err != nil {
				return nil, err
			}
			v.Value.ChangedAt = ch.care.now().UTC()
			if err := ch.putVisit(s, d, kind, before, v); err != nil {
				return nil, err
			}
		}
		series.Value.ChangedAt = ch.care.now().UTC()
		op, err := seriesOp(series)
		s.ops = append(s.ops, op)
		return s, err
	})
	if err != nil {
		return none, err
	}
	return ch.viewSeries(ctx, d, id)
}
