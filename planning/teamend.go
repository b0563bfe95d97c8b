package planning

import (
	"context"

	"handrail/models"
)

// teamEnd tells who leaves a team, however that came about but by their own hand, and who
// asked for it what the lead has answered. The chart is closed to who has left: their note
// names no patient.
func (p *Planner) teamEnd(ctx context.Context, e models.AuditEvent) error {
	if e.Action == "care-team.left" && e.Ref != "" && e.Ref != e.AccountID {
		if err := p.tell(ctx, e.Ref, "team-left", models.AuditEvent{ID: e.ID}, nil); err != nil {
			return err
		}
	}
	if e.Whom == "" || e.Whom == e.AccountID || e.Whom == e.Ref {
		return nil
	}
	return p.tell(ctx, e.Whom, "team-end", models.AuditEvent{ID: e.ID, Ref: e.PatientID}, nil)
}
