package care

import (
	"context"

	"handrail/models"
	"handrail/store"
)

// systemActor is who acts when no account does: workers and operator's commands.
var systemActor = models.Actor{AccountID: "system", Name: models.SystemName}

// System is the actor of the operator's commands and of workers.
func System() models.Actor { return systemActor }

// auditLine fills in what every line has.
func (c *Care) auditLine(actor models.Actor, action string) models.AuditLine {
	return models.AuditLine{ID: NewID(), At: c.now().UTC(), AccountID: actor.AccountID, SessionID: actor.SessionID,
		Name: actor.Name, Role: actor.Role, Discipline: actor.Discipline,
		Action: action, Outcome: models.OutcomeAllowed}
}

// auditOp is the op that appends a line; it belongs into the batch of its change.
// The lines about a patient are one hash chain, numbered in the order of their
// commits: GET /v1/sync and the workers follow the changes in it.
func auditOp(l models.AuditLine) (store.Op, error) {
	d, err := encode(l.ID, ownerSite, 0, nil, l)
	d.Lane = l.AccountID
	if l.PatientID != "" {
		d.Lane = l.PatientID
	}
	return store.Insert(colAudit, d), err
}

// note appends one line by itself: for reads (before the data leaves) and for
// refusals.
func (c *Care) note(ctx context.Context, l models.AuditLine) error {
	op, err := auditOp(l)
	if err != nil {
		return err
	}
	return refusal(c.store.Insert(ctx, op.Collection, op.Doc))
}

// commit does ops and appends the line, all or nothing.
func (c *Care) commit(ctx context.Context, l models.AuditLine, ops ...store.Op) error {
	if e, ok := endedBy(l); ok {
		c.writeEnd(ctx, e)
	}
	op, err := auditOp(l)
	if err != nil {
		return err
	}
	return refusal(c.store.Batch(ctx, append(ops, op)...))
}
