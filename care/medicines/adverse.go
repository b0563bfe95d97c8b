package medicines

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"
)

// AddAdverse writes down an allergy or another bad reaction: the patient, or their team.
// The same call again is the same one.
func (ch *Part) AddAdverse(ctx context.Context, id string, t medicine.AdverseTerms) (medicine.Adverse, error) {
	now, by := ch.care.today(), models.AuthorOf(ch.actor)
	a := medicine.Adverse{ID: id, PatientID: ch.patient, By: by, At: now, ChangedBy: by, ChangedAt: now, AdverseTerms: t}
	a.Identify()
	d, err := ch.chart.May(ctx, section(a.UseRelated), models.Write)
	if err != nil {
		return a, err
	}
	stands, err := chart.Load[medicine.Adverse](ctx, ch.care.store, chart.ColAdverse, id)
	if models.KindOf(err) != models.KindNotFound {
		if err == nil && (stands.Value.PatientID != ch.patient || stands.Value.Substance != t.Substance || stands.Value.By.AccountID != ch.actor.AccountID) {
			err = chart.Refusal(store.ErrExists)
		}
		return stands.Value, err
	}
	if err := t.Check(now); err != nil {
		return a, err
	}
	has, err := chart.Every[medicine.Adverse](ctx, ch.care.store, chart.ColAdverse, store.Query{Index: "patient", Equal: []any{ch.patient}})
	if err != nil {
		return a, err
	}
	if len(has) >= medicine.MaxAdverse {
		return a, models.E(models.KindConflict, "too-many-reactions", "There are too many lines on this list.")
	}
	doc, err := adverseDoc(keptAdverse{Value: a})
	if err != nil {
		return a, err
	}
	return a, ch.chart.Commit(ctx, d, "reaction.added", id, store.Insert(chart.ColAdverse, doc))
}

// SetAdverse says anew how sure a reaction is, how bad it was, and what happened. A
// clinician does: what a patient told stays until somebody has looked.
func (ch *Part) SetAdverse(ctx context.Context, id string, version int64, t medicine.AdverseTerms) (keptAdverse, error) {
	v, d, err := ch.adverse(ctx, id, models.Write)
	if err != nil {
		return v, err
	}
	if d.Basis == models.BasisSelf && v.Value.By.AccountID != ch.actor.AccountID {
		d.Rule = "told-by-the-team"
		return keptAdverse{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "told-by-the-team", "Your team changes this. Please tell them."))
	}
	if err := t.Check(ch.care.today()); err != nil {
		return v, err
	}
	next := v
	next.Value.AdverseTerms, next.Value.ChangedBy, next.Value.ChangedAt = t, models.AuthorOf(ch.actor), ch.care.today()
	next.Value.Identify()
	next.Value.UseRelated = next.Value.UseRelated || v.Value.UseRelated
	if v.Version != version {
		if chart.SameJSON(v.Value.AdverseTerms, t) {
			return v, nil
		}
		return keptAdverse{}, chart.Refusal(store.ErrConflict)
	}
	doc, err := adverseDoc(next)
	if err != nil {
		return keptAdverse{}, err
	}
	next.Version++
	return next, ch.chart.Commit(ctx, d, "reaction.changed", id, store.Replace(chart.ColAdverse, doc))
}

// Adverse reads one.
func (ch *Part) Adverse(ctx context.Context, id string) (keptAdverse, error) {
	v, d, err := ch.adverse(ctx, id, models.Read)
	if err != nil {
		return v, err
	}
	return v, ch.chart.NoteRead(ctx, d, "medicines.read", id, 1)
}

func (ch *Part) adverse(ctx context.Context, id string, verb models.Verb) (keptAdverse, models.Decision, error) {
	d, err := ch.read(ctx, verb)
	if err != nil {
		return keptAdverse{}, d, err
	}
	v, err := chart.Load[medicine.Adverse](ctx, ch.care.store, chart.ColAdverse, id)
	if err != nil {
		return v, d, err
	}
	if s := ch.chart.Decide(section(v.Value.UseRelated), models.Read); v.Value.PatientID != ch.patient || !s.Allowed || !s.Whole {
		return keptAdverse{}, d, models.NotFound()
	}
	d, err = ch.chart.May(ctx, section(v.Value.UseRelated), verb)
	return v, d, err
}

func adverseDoc(v keptAdverse) (store.Doc, error) {
	a := v.Value
	return chart.Encode(a.ID, a.PatientID, v.Version, store.Keys{"patientId": a.PatientID, "at": chart.Millis(a.At)}, a)
}
