package care

import (
	"context"

	"handrail/models"
)

// Eraser destroys a person's data key; the sealed store has it.
type Eraser interface {
	Erase(ctx context.Context, owner string) error
}

// ErasePatient makes a patient's record unreadable for ever by destroying their
// data key, ends their sessions first and takes their crisis plan off every
// machine's shelf. The audit log stays. Only an operator's command calls it:
// whether a record may be erased is a question of law (privacy reference, 10).
func (c *Care) ErasePatient(ctx context.Context, e Eraser, patientID string) error {
	p, err := load[models.Patient](ctx, c.store, colPatients, patientID)
	if err != nil {
		return err
	}
	if err := c.endAllSessions(ctx, systemActor, p.Value.AccountID, models.EndErased); err != nil {
		return err
	}
	if err := c.rememberErased(ctx, p.Value.AccountID); err != nil {
		return err
	}
	gone, err := c.goneOp(patientID)
	if err != nil {
		return err
	}
	l := c.auditLine(systemActor, "patient.erased")
	l.PatientID, l.Ref = patientID, patientID
	if err := c.commit(ctx, l, gone); err != nil && models.KindOf(err) != models.KindConflict {
		return err
	}
	if err := e.Erase(ctx, patientID); err != nil {
		return refusal(err)
	}
	return c.shelf.drop(patientID)
}
