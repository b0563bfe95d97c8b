package planning

import (
	"context"
	"slices"

	"handrail/models"
)

// written tells who wrote something that the patient has commented on it; where they are not
// on the team any more, who treats the patient, so that somebody hears of it. That a note was
// entered in error is told to who treats the patient: they may have read it.
func (p *Planner) written(ctx context.Context, e models.AuditEvent) error {
	part := "note-struck"
	switch e.Action {
	case "comment.added":
		part = "comment-" + e.Rule
	case "goal.note-struck":
	default:
		return nil
	}
	whom, err := p.care.Upkeep.WholeTeam(ctx, e.PatientID)
	if err == nil && e.Whom != "" && slices.Contains(whom, e.Whom) {
		whom = []string{e.Whom}
	} else if err == nil {
		whom, err = p.care.Upkeep.TreatingTeam(ctx, e.PatientID)
	}
	if err != nil {
		return unlessGone(err)
	}
	about := e
	about.Ref = e.Ref + ":" + e.PatientID
	return p.tellAll(ctx, without(whom, e.AccountID), part, about)
}
