package alerts

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// MedicineOps are the alerts of what medicines set off, for the batch of what set it off;
// none while alerts are off. While the team has recorded that somebody else looks after the
// patient (a hospital), no dose is missed.
func (i *Inside) MedicineOps(ctx context.Context, patientID string, fired ...risk.Evidence) ([]store.Op, error) {
	c := i.service
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return nil, err
	}
	state, _, err := c.states(ctx, patientID)
	if err != nil || risk.QuietAt(state, risk.Pause{}, c.base.Location(patientID, p.Value.Zone), c.now().UTC()).All {
		return nil, err
	}
	return i.FiredOps(ctx, patientID, fired...)
}
