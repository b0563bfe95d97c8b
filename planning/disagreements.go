package planning

import (
	"context"

	"handrail/models"
)

// disagreement tells the team that it is asked for its positions, and what came of one; and
// who brings it to an end what the patient would have. The patient's own news are those of
// NewsOf; whom it is handed to is told by its task.
func (p *Planner) disagreement(ctx context.Context, e models.AuditEvent) error {
	about := e
	about.Ref = e.Ref + ":" + e.PatientID
	switch e.Action {
	case "disagreement.preferred":
		if e.Whom == "" || e.Whom == e.AccountID {
			return nil
		}
		return p.tell(ctx, e.Whom, "disagreement", about, nil)
	case "disagreement.raised", "disagreement.settled", "disagreement.withdrawn":
		team, err := p.care.Upkeep.WholeTeam(ctx, e.PatientID)
		if err != nil {
			return unlessGone(err)
		}
		return p.tellAll(ctx, without(team, e.AccountID), "disagreement", about)
	}
	return nil
}
