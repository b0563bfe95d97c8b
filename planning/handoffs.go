package planning

import (
	"context"

	"handrail/models"
)

// handoff tells who gave a patient that somebody has them now, and the patient of a change
// of setting: who cares for them from here on. Whom it asks is told by its task.
func (p *Planner) handoff(ctx context.Context, e models.AuditEvent) (done bool, err error) {
	if e.Action != "handoff.accepted" {
		return false, nil
	}
	about := e
	about.Ref = e.Ref + ":" + e.PatientID
	if err := p.tell(ctx, e.Whom, "handoff", about, nil); err != nil || e.Rule != "setting" {
		return true, err
	}
	account, err := p.care.People.AccountOf(ctx, e.PatientID)
	return true, p.tell(ctx, account, "new-team", e, err)
}
