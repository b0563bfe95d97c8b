package medicines

import (
	"context"
	"maps"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/risk"
	"handrail/models/taper"
	"handrail/store"
)

// saidGaps are the gaps of a patient that were alerts already.
type saidGaps struct {
	Said []string `json:"said"`
}

const mostSaid = 200

// LookForGaps asks the rules of missed doses (R-MO) of what was told, and of the calendar
// of depots. A worker calls it when it looks at everybody, and after a check-in.
func (c *Service) LookForGaps(ctx context.Context, patientID string) error {
	ops, err := c.gapOps(ctx, patientID, nil)
	return c.fireAlone(ctx, ops, err)
}

// fireAlone writes alerts in a batch of their own.
func (c *Service) fireAlone(ctx context.Context, ops []store.Op, err error) error {
	if err != nil || len(ops) == 0 {
		return chart.UnlessGone(err)
	}
	err = chart.Refusal(c.store.Batch(ctx, ops...))
	if k := models.KindOf(err); k == models.KindStale || k == models.KindConflict {
		return nil // another instance was faster, or an alert moved: the next look does it
	}
	return err
}

// gapOps are the alerts of gaps that were none yet, with the note that they are. told is
// what is told in the same batch. None while alerts are off.
func (c *Service) gapOps(ctx context.Context, patientID string, told *medicine.Taking) ([]store.Op, error) {
	lines, err := c.lines(ctx, patientID, c.now())
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	today, err := c.todayOf(ctx, patientID)
	if err != nil {
		return nil, err
	}
	from := taper.AddDays(today, 2-risk.GapDays)
	h, err := c.history(ctx, patientID, from, risk.GapDays, true)
	if err != nil {
		return nil, err
	}
	h.tell(told)
	found := map[string]risk.Evidence{}
	for _, v := range lines {
		if gap, ok := risk.DoseGap(v.Value, h.of(v.Value, from, risk.GapDays), c.now()); ok {
			e := evidenceOf(v.Value, gap.Rule, c.now())
			e.Tier = gap.Tier
			found[gap.Rule+":"+string(gap.Tier)+":"+gap.Key] = e
		}
	}
	return c.fireOnce(ctx, patientID, found)
}

// fireOnce are the alerts of what was none yet, by key, with the note that it is one now.
func (c *Service) fireOnce(ctx context.Context, patientID string, found map[string]risk.Evidence) ([]store.Op, error) {
	if len(found) == 0 {
		return nil, nil
	}
	said, err := chart.Load[saidGaps](ctx, c.store, chart.ColDoseGaps, patientID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	var fired []risk.Evidence
	for _, key := range slices.Sorted(maps.Keys(found)) {
		if !slices.Contains(said.Value.Said, key) {
			said.Value.Said = append(said.Value.Said, key)
			fired = append(fired, found[key])
		}
	}
	if len(fired) == 0 {
		return nil, nil
	}
	ops, err := c.alerts.MedicineOps(ctx, patientID, fired...)
	if err != nil || len(ops) == 0 {
		return nil, err
	}
	said.Value.Said = said.Value.Said[max(0, len(said.Value.Said)-mostSaid):]
	doc, err := chart.Encode(patientID, patientID, said.Version, nil, said.Value)
	if said.IsNew() {
		return append(ops, store.Insert(chart.ColDoseGaps, doc)), err
	}
	return append(ops, store.Replace(chart.ColDoseGaps, doc)), err
}

// tell puts in what is told now.
func (h *history) tell(t *medicine.Taking) {
	if t == nil {
		return
	}
	h.told = slices.DeleteFunc(h.told, func(v keptTaking) bool {
		return v.Value.MedicineID == t.MedicineID && v.Value.On == t.On && v.Value.At == t.At
	})
	h.told = append(h.told, keptTaking{Value: *t})
}

// evidenceOf names the line and not the medicine: who may see the line sees its name.
func evidenceOf(m medicine.Medicine, rule string, now time.Time) risk.Evidence {
	return risk.Evidence{At: now.UTC(), Rule: rule, Version: "1", Source: risk.FromProgram, Ref: m.ID,
		Inputs: map[string]any{risk.InputMedicine: m.ID, risk.InputUse: m.UseRelated}}
}
