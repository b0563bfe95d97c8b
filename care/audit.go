package care

import (
	"context"
	"fmt"
	"hash/fnv"

	"handrail/models"
	"handrail/store"
)

// auditLanes is the number of hash chains that the audit log is spread over, so
// that on MongoDB two patients' lines rarely wait for one another.
const auditLanes = 16

// systemActor is who acts when no account does: workers and operator's commands.
var systemActor = models.Actor{AccountID: "system", Name: "The system"}

// System is the actor of the operator's commands and of workers.
func System() models.Actor { return systemActor }

// auditLine fills in what every line has.
func (c *Care) auditLine(actor models.Actor, action string) models.AuditLine {
	return models.AuditLine{ID: NewID(), At: c.now().UTC(), AccountID: actor.AccountID, SessionID: actor.SessionID,
		Name: actor.Name, Role: actor.Role, Discipline: actor.Discipline,
		Action: action, Outcome: models.OutcomeAllowed}
}

// auditOp is the op that appends a line; it belongs into the batch of its change.
func auditOp(l models.AuditLine) (store.Op, error) {
	keys := store.Keys{"accountId": l.AccountID, "at": millis(l.At)}
	about := l.AccountID
	if l.PatientID != "" {
		keys["patientId"] = l.PatientID
		about = l.PatientID
	}
	d, err := encode(l.ID, ownerSite, 0, keys, l)
	d.Lane = laneOf(about)
	return store.Insert(colAudit, d), err
}

func laneOf(about string) string {
	h := fnv.New32a()
	h.Write([]byte(about))
	return fmt.Sprintf("%02x", h.Sum32()%auditLanes)
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
	op, err := auditOp(l)
	if err != nil {
		return err
	}
	return refusal(c.store.Batch(ctx, append(ops, op)...))
}
