package care

import (
	"context"
	"handrail/models"
)

// Profile reads who the patient is.
func (ch *Chart) Profile(ctx context.Context) (Versioned[models.Patient], error) {
	d, err := ch.may(ctx, models.SectionProfile, models.Read)
	if err != nil {
		return Versioned[models.Patient]{}, err
	}
	p, err := load[models.Patient](ctx, ch.care.store, colPatients, ch.patient)
	if err != nil {
		return p, err
	}
	return p, ch.noteRead(ctx, d, "profile.read", ch.patient, 0)
}

// AccountOf tells whose account a patient signs in with, for an operator's command
// and for workers. It gives models.NotFound for nobody and for who was erased.
func (c *Care) AccountOf(ctx context.Context, patientID string) (string, error) {
	p, err := load[models.Patient](ctx, c.store, colPatients, patientID)
	return p.Value.AccountID, err
}
