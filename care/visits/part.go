package visits

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
)

// Part is the visits of a patient's open chart. Do not keep it: a
// revocation holds from the next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}

// openChart opens the chart of a patient for what somebody does as their work or as
// the patient.
func (c *Service) openChart(ctx context.Context, actor models.Actor, patientID string) (*Part, error) {
	ch, err := c.base.Open(ctx, actor, patientID, models.PurposeOf(actor.Role))
	if err != nil {
		return nil, err
	}
	return c.Part(ch), nil
}
