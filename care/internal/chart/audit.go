package chart

import (
	"context"
	"errors"

	"handrail/models"
	"handrail/store"
)

// SystemActor is who acts when no account does: workers and operator's commands.
var SystemActor = models.Actor{AccountID: "system", Name: models.SystemName}

// System is the actor of the operator's commands and of workers.
func System() models.Actor { return SystemActor }

// AuditEvent fills in what every line has.
func (c *Base) AuditEvent(actor models.Actor, action string) models.AuditEvent {
	e := models.AuditEvent{ID: NewID(), At: c.Now().UTC(), AccountID: actor.AccountID, SessionID: actor.SessionID,
		Name: actor.Name, Role: actor.Role, Discipline: actor.Discipline,
		Action: action, Outcome: models.OutcomeAllowed}
	if actor.App != nil {
		e.App = actor.App.Name
	}
	return e
}

// AuditOp is the op that appends a line; it belongs into the batch of its change.
// The lines about a patient are one hash chain, numbered in the order of their
// commits: GET /v1/sync and the workers follow the changes in it. A line of an end is
// refused: it leads its batch (Commit), where the journal of ends is written.
func AuditOp(e models.AuditEvent) (store.Op, error) {
	if _, ends := endedBy(e); ends {
		return store.Op{}, errors.New("chart: the line of an end must lead its batch")
	}
	return auditOp(e)
}

func auditOp(e models.AuditEvent) (store.Op, error) {
	d, err := Encode(e.ID, OwnerSite, 0, nil, e)
	d.Lane = e.AccountID
	if e.PatientID != "" {
		d.Lane = e.PatientID
	}
	return store.Insert(ColAudit, d), err
}

// Note appends one line by itself: for reads (before the data leaves) and for
// refusals.
func (c *Base) Note(ctx context.Context, e models.AuditEvent) error {
	op, err := AuditOp(e)
	if err != nil {
		return err
	}
	return Refusal(c.Store.Insert(ctx, op.Collection, op.Doc))
}

// Commit does ops and appends the line, all or nothing.
func (c *Base) Commit(ctx context.Context, l models.AuditEvent, ops ...store.Op) error {
	if e, ok := endedBy(l); ok {
		c.writeEnd(ctx, e)
	}
	op, err := auditOp(l)
	if err != nil {
		return err
	}
	return Refusal(c.Store.Batch(ctx, append(ops, op)...))
}
