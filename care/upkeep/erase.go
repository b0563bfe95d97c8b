package upkeep

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// Eraser destroys a person's data key; the sealed store has it.
type Eraser interface {
	Erase(ctx context.Context, owner string) error
}

// ErasePatient makes a patient's record unreadable for ever by destroying their
// data key, ends their sessions first and takes their crisis plan off every
// machine's plan copies. The audit log stays. Only an operator's command calls it:
// whether a record may be erased is a question of law (privacy reference, 10).
func (c *Service) ErasePatient(ctx context.Context, e Eraser, patientID string) error {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return err
	}
	if err := c.signin.EndAllSessions(ctx, chart.SystemActor, p.Value.AccountID, models.EndErased); err != nil {
		return err
	}
	if err := c.signin.RememberErased(ctx, p.Value.AccountID); err != nil {
		return err
	}
	gone, err := c.crisis.GoneOp(patientID)
	if err != nil {
		return err
	}
	ops := []store.Op{gone}
	r, err := c.base.Restriction(ctx, patientID)
	if aside.Stops(err) {
		return err
	}
	if err == nil && !r.IsNew() { // it is the site's, and outlives the key; one that can't be read tells nobody anything
		ops = append(ops, store.Delete(chart.ColRestrictions, patientID, r.Version))
	}
	l := c.base.AuditEvent(chart.SystemActor, "patient.erased")
	l.PatientID, l.Ref = patientID, patientID
	if err := c.base.Commit(ctx, l, ops...); err != nil && models.KindOf(err) != models.KindConflict {
		return err
	}
	if err := e.Erase(ctx, patientID); err != nil {
		return chart.Refusal(err)
	}
	return c.crisis.Drop(patientID)
}
