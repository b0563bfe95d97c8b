package care

import (
	"context"

	"handrail/models"
	"handrail/store"
)

// ownTimes is a list of times that a patient keeps, one document a patient. It is the
// patient's own: nobody else says when somebody is reminded.
type ownTimes[T any] struct {
	collection string
	action     string // of the audit line for a change
	what       string // of the audit line for a look
	empty      func() T
	check      func(T) error
}

// stored loads the times. Who has not said any has the empty ones, of version 0.
func (o ownTimes[T]) stored(ctx context.Context, c *Care, patientID string) (Versioned[T], error) {
	v, err := load[T](ctx, c.store, o.collection, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return Versioned[T]{Value: o.empty()}, nil
	}
	return v, err
}

// read gives the times. What was never said is version 1: what is stored is one
// version later.
func (o ownTimes[T]) read(ctx context.Context, ch *Chart) (Versioned[T], error) {
	d, err := ch.may(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return Versioned[T]{}, err
	}
	v, err := o.stored(ctx, ch.care, ch.patient)
	if err != nil {
		return v, err
	}
	v.Version++
	return v, ch.noteRead(ctx, d, "check-ins.read", o.what, 1)
}

// set replaces the times.
func (o ownTimes[T]) set(ctx context.Context, ch *Chart, version int64, t T) (Versioned[T], error) {
	none := Versioned[T]{}
	d, err := ch.may(ctx, models.SectionCheckIns, models.Write)
	if err != nil {
		return none, err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "patient-chooses-times"
		return none, ch.refuse(ctx, d, models.E(models.KindForbidden, "patient-chooses-times", "The patient chooses these times."))
	}
	if err := o.check(t); err != nil {
		return none, err
	}
	v, err := o.stored(ctx, ch.care, ch.patient)
	if err != nil {
		return none, err
	}
	if v.Version+1 != version {
		if sameJSON(v.Value, t) { // an answer that was lost
			return Versioned[T]{Value: t, Version: v.Version + 1}, nil
		}
		return none, refusal(store.ErrConflict)
	}
	doc, err := encode(ch.patient, ch.patient, v.Version, nil, t)
	if err != nil {
		return none, err
	}
	op := store.Replace(o.collection, doc)
	if v.isNew() {
		op = store.Insert(o.collection, doc)
	}
	if err := ch.commit(ctx, d, o.action, ch.patient, op); err != nil {
		if models.KindOf(err) == models.KindConflict { // somebody was first to say any
			err = refusal(store.ErrConflict)
		}
		return none, err
	}
	return Versioned[T]{Value: t, Version: v.Version + 2}, nil
}
