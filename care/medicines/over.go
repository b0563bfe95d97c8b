package medicines

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models/medicine"
	"handrail/store"
)

// lineKeys are the keys of a line. One that was stopped, or never belonged on the list,
// has overAt, and who asks for what is taken does not read it. A depot never has it: it
// works on after its stop, and its last dose may still be written down.
func lineKeys(m medicine.Medicine) store.Keys {
	k := store.Keys{"patientId": m.PatientID, "addedAt": chart.Millis(m.AddedAt)}
	if m.Status != medicine.Taken && m.Stop != nil && m.EveryDays == 0 {
		k["overAt"] = chart.Millis(m.Stop.At)
	}
	return k
}

// FillOver gives the lines that an older program stopped their key, in turns.
func (c *Service) FillOver(ctx context.Context) error { return c.over.Work(ctx, c.base) }

func overKeys(d store.Doc) (store.Keys, error) {
	v, err := chart.Readable[medicine.Medicine](d)
	if err != nil {
		return nil, err
	}
	if k := lineKeys(v.Value); k["overAt"] != nil {
		return k, nil
	}
	return nil, nil
}

// lines are those of a patient that are taken, and those that were stopped at since or
// later; the newest first. A few that were stopped before may be among them.
func (c *Service) lines(ctx context.Context, patientID string, since time.Time) ([]kept, error) {
	of := store.Query{Index: "over", Equal: []any{patientID}, Lacking: true, Desc: true}
	taken, err := chart.Every[medicine.Medicine](ctx, c.store, chart.ColMedicines, of)
	if err != nil {
		return nil, err
	}
	of.Lacking, of.From = false, chart.Millis(since)
	over, err := chart.Every[medicine.Medicine](ctx, c.store, chart.ColMedicines, of)
	all := append(taken, over...)
	slices.SortStableFunc(all, func(a, b kept) int { return b.Value.AddedAt.Compare(a.Value.AddedAt) })
	return all, err
}

// counting is from when on a line that was stopped may still count for a rule. The day
// that is written for a stop may be behind the moment in which it was written.
func (c *Service) counting() time.Time {
	if c.rules == nil {
		return c.now()
	}
	return c.now().AddDate(0, 0, -c.rules.LongestAfterStop()-2)
}
