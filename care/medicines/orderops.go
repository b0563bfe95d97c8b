package medicines

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"
)

// fits refuses what a list can't hold: too many lines, or the same ingredient twice in
// one setting without a reason. What was stopped is in nobody's way, and a line that takes
// another's place makes none more.
func fits(k known, m medicine.Medicine) error {
	if k.active >= medicine.MaxActive && m.Replaces == "" {
		return models.E(models.KindConflict, "too-many-medicines", "There are too many lines on this list. Please stop some first.")
	}
	for _, v := range k.lines {
		if v.Value.Status == medicine.Taken && v.Value.ID != m.Replaces && m.SecondLine == "" && medicine.SameLine(v.Value, m) {
			return models.E(models.KindConflict, "already-on-list", "This is on the list already. Change that line, or say why there is a second one.")
		}
	}
	return nil
}

// added are the documents of a new line, with what it ends and what was told for it.
func (ch *Part) added(ctx context.Context, k known, m *medicine.Medicine, o Order, passed []GoOn) ([]store.Op, error) {
	now, by := ch.care.today(), models.AuthorOf(ch.actor)
	for _, g := range passed {
		m.Passed = append(m.Passed, medicine.Pass{Key: g.Key, Rule: ruleOf(g.Key), Reason: g.Reason, By: by, At: now})
	}
	op, err := medicineOp(kept{Value: *m})
	if err != nil {
		return nil, err
	}
	ops := []store.Op{op}
	if old, ok := k.line(m.Replaces); ok {
		today, err := ch.care.todayOf(ctx, ch.patient)
		if err != nil {
			return nil, err
		}
		old.Value.Status, old.Value.ChangedAt = medicine.Ended, now
		old.Value.Stop = &medicine.Stop{On: today, By: by, At: now, ReplacedBy: m.ID}
		if op, err = medicineOp(old); err != nil {
			return nil, err
		}
		ops = append(ops, op)
		ends, err := ch.tapersEnd(ctx, old.Value)
		if err != nil {
			return nil, err
		}
		ops = append(ops, ends...)
	}
	if op, changed, err := ch.care.factsOp(ctx, ch.patient, o.Facts); err != nil {
		return nil, err
	} else if changed {
		ops = append(ops, op)
	}
	more, err := ch.care.passedOps(ctx, m.ID, passed)
	if err != nil {
		return nil, err
	}
	review, err := ch.care.firstReview(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	ops = append(append(ops, more...), review...)
	for _, g := range passed {
		e := ch.chart.Event(models.Decision{Section: section(m.UseRelated), Basis: models.BasisTeam}, "medicine.went-on")
		e.Ref, e.Rule = m.ID, ruleOf(g.Key)
		line, err := chart.AuditOp(e)
		if err != nil {
			return nil, err
		}
		ops = append(ops, line)
	}
	return ops, nil
}

// sameAgain is what stands for an order that was sent before.
func (ch *Part) sameAgain(stands medicine.Medicine, o Order, err error) (medicine.Medicine, error) {
	if err == nil && (stands.PatientID != ch.patient || stands.Source != o.Source || stands.Name != o.Terms.Name || stands.AddedBy.AccountID != ch.actor.AccountID) {
		err = chart.Refusal(store.ErrExists)
	}
	return stands, err
}

// turn lets only one of several changes of a list through that were weighed against the
// same list.
func (ch *Part) turn(ctx context.Context) (store.Op, error) {
	return ch.care.base.Turn(ctx, "medicines:"+ch.patient, ch.patient)
}

func medicineOp(v kept) (store.Op, error) {
	m := v.Value
	doc, err := chart.Encode(m.ID, m.PatientID, v.Version, lineKeys(m), m)
	if v.IsNew() {
		return store.Insert(chart.ColMedicines, doc), err
	}
	return store.Replace(chart.ColMedicines, doc), err
}
