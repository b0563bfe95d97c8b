package record

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// ownTimes is a list of times that a patient keeps, one document a patient. It is the
// patient's own: nobody else says when somebody is reminded.
type ownTimes[T any] struct {
	collection string
	action     string // of the  event for a change
	what       string // of the  event for a look
	empty      func() T
	check      func(T) error
}

// stored loads the times. Who has not said any has the empty ones, of version 0.
func (o ownTimes[T]) stored(ctx context.Context, c *Service, patientID string) (chart.Versioned[T], error) {
	v, err := chart.Load[T](ctx, c.store, o.collection, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[T]{Value: o.empty()}, nil
	}
	return v, err
}

// read gives the times. What was never said is version 1: what is stored is one
// version later.
func (o ownTimes[T]) read(ctx context.Context, ch *Part) (chart.Versioned[T], error) {
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return chart.Versioned[T]{}, err
	}
	v, err := o.stored(ctx, ch.care, ch.patient)
	if err != nil {
		return v, err
	}
	v.Version++
	return v, ch.chart.NoteRead(ctx, d, "check-ins.read", o.what, 1)
}

// set replaces the times.
func (o ownTimes[T]) set(ctx context.Context, ch *Part, version int64, t T) (chart.Versioned[T], error) {
	none := chart.Versioned[T]{}
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Write)
	if err != nil {
		return none, err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "patient-chooses-times"
		return none, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "patient-chooses-times", "The patient chooses these times."))
	}
	if err := o.check(t); err != nil {
		return none, err
	}
	v, err := o.stored(ctx, ch.care, ch.patient)
	if err != nil {
		return none, err
	}
	if v.Version+1 != version {
		if chart.SameJSON(v.Value, t) { // an answer that was lost
			return chart.Versioned[T]{Value: t, Version: v.Version + 1}, nil
		}
		return none, chart.Refusal(store.ErrConflict)
	}
	doc, err := chart.Encode(ch.patient, ch.patient, v.Version, nil, t)
	if err != nil {
		return none, err
	}
	op := store.Replace(o.collection, doc)
	if v.IsNew() {
		op = store.Insert(o.collection, doc)
	}
	if err := ch.chart.Commit(ctx, d, o.action, ch.patient, op); err != nil {
		if models.KindOf(err) == models.KindConflict { // somebody was first to say any
			err = chart.Refusal(store.ErrConflict)
		}
		return none, err
	}
	return chart.Versioned[T]{Value: t, Version: v.Version + 2}, nil
}
