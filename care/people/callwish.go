package people

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// CallWish reads how and when the patient may be called. Who has not said it has the
// zero value, of version 1: what is stored is one version later.
func (ch *Part) CallWish(ctx context.Context) (chart.Versioned[models.CallWish], error) {
	none := chart.Versioned[models.CallWish]{}
	d, err := ch.chart.May(ctx, models.SectionProfile, models.Read)
	if err != nil {
		return none, err
	}
	if !ch.actor.Role.Staff() && d.Basis != models.BasisSelf { // a safe number is not for those it is to be safe from
		d.Rule = "role"
		return none, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	v, err := ch.callWish(ctx)
	if err != nil {
		return none, err
	}
	return v, ch.chart.NoteRead(ctx, d, "profile.read", "call-wish", 1)
}

func (ch *Part) callWish(ctx context.Context) (chart.Versioned[models.CallWish], error) {
	v, err := chart.Load[models.CallWish](ctx, ch.care.store, chart.ColCallWishes, ch.patient)
	if models.KindOf(err) == models.KindNotFound {
		err = nil
	}
	v.Version++
	return v, err
}

// SetCallWish replaces it. Only the patient can.
func (ch *Part) SetCallWish(ctx context.Context, version int64, w models.CallWish) (chart.Versioned[models.CallWish], error) {
	none := chart.Versioned[models.CallWish]{}
	d, err := ch.chart.May(ctx, models.SectionProfile, models.Read)
	if err != nil {
		return none, err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "patient-chooses-calls"
		return none, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "patient-chooses-calls", "The patient says how they may be called."))
	}
	if w.Number != "" {
		w.Number = models.NormalPhone(w.Number)
	}
	if err := w.Check(); err != nil {
		return none, err
	}
	v, err := ch.callWish(ctx)
	if err != nil {
		return none, err
	}
	if v.Version != version && version != chart.AnyVersion {
		if chart.SameJSON(v.Value, w) { // an answer that was lost
			return v, nil
		}
		return none, chart.Refusal(store.ErrConflict)
	}
	doc, err := chart.Encode(ch.patient, ch.patient, v.Version-1, nil, w)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColCallWishes, doc)
	if v.Version == 1 {
		op = store.Insert(chart.ColCallWishes, doc)
	}
	return chart.Versioned[models.CallWish]{Value: w, Version: v.Version + 1}, ch.chart.Commit(ctx, d, "call-wish.changed", "", op)
}
