package medicines

import (
	"context"
	"maps"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"
)

// factsOp writes facts over those that are known; changed is false where there are none.
func (c *Service) factsOp(ctx context.Context, patientID string, facts []medicine.Fact) (op store.Op, changed bool, err error) {
	v, err := chart.Load[stored](ctx, c.store, chart.ColMedicineFacts, patientID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return op, false, err
	}
	next := maps.Clone(v.Value.Facts)
	if next == nil {
		next = map[string]medicine.Fact{}
	}
	for _, f := range facts {
		if had, known := next[f.Code]; known && had.On.After(f.On) {
			continue // an older result does not push a newer one out
		}
		next[f.Code] = f
	}
	if chart.SameJSON(next, v.Value.Facts) || len(facts) == 0 {
		return op, false, nil
	}
	doc, err := chart.Encode(patientID, patientID, v.Version, nil, stored{next})
	if v.IsNew() {
		return store.Insert(chart.ColMedicineFacts, doc), true, err
	}
	return store.Replace(chart.ColMedicineFacts, doc), true, err
}

// Tell writes down a result or another fact that rules ask for: a person of the team.
// What it closes of the duties, the list shows.
func (ch *Part) Tell(ctx context.Context, f medicine.Fact) (medicine.Fact, error) {
	s := models.SectionMedicines
	if useFact(f.Code) {
		s = models.SectionUseMedicines
	}
	d, err := ch.chart.May(ctx, s, models.Write)
	if err != nil {
		return f, err
	}
	if d.Basis == models.BasisSelf {
		d.Rule = "told-by-the-team"
		return f, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "told-by-the-team", "Your team writes down results. Please tell them."))
	}
	var c models.Checks
	medicine.CheckFact(&c, "fact", f, ch.care.now())
	if err := c.Err(); err != nil {
		return f, err
	}
	for {
		op, changed, err := ch.care.factsOp(ctx, ch.patient, []medicine.Fact{f})
		if err != nil || !changed {
			return f, err
		}
		err = ch.chart.Commit(ctx, d, "medicine.fact", f.Code, op)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		return f, err
	}
}
