package people

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
)

// Profile reads who the patient is.
func (ch *Part) Profile(ctx context.Context) (chart.Versioned[models.Patient], error) {
	d, err := ch.chart.May(ctx, models.SectionProfile, models.Read)
	if err != nil {
		return chart.Versioned[models.Patient]{}, err
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return p, err
	}
	return p, ch.chart.NoteRead(ctx, d, "profile.read", ch.patient, 0)
}

// AccountOf tells whose account a patient signs in with, for an operator's command
// and for workers. It gives models.NotFound for nobody and for who was erased.
func (c *Service) AccountOf(ctx context.Context, patientID string) (string, error) {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	return p.Value.AccountID, err
}
