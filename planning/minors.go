package planning

import (
	"context"

	"handrail/care/minors"
	"handrail/models"
)

// minorRule tells who proposed a rule for minors that somebody signed or ended it, and who
// signed it that it was ended. Whom the proposer asked is told by their task.
func (p *Planner) minorRule(ctx context.Context, e models.AuditEvent) error {
	if e.Action == minors.LineProposed {
		return nil
	}
	who, err := p.care.Minors.Signers(ctx, e.Ref)
	if err != nil {
		return err
	}
	return p.tellAll(ctx, without(who, e.AccountID), "minor-rule", e)
}
