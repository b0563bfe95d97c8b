package handlers_test

import (
	"errors"
	"testing"

	"handrail/care"
	"handrail/models"
	"handrail/models/family"
	"handrail/models/message"
)

// moreInTheChart makes longer what one patient's chart has, and what its people keep for
// themselves; i is one more each time, from 0.
func (c *clinic) moreInTheChart(t *testing.T, i int) error {
	t.Helper()
	own, team, ctx := c.Chart(c.patient, c.patient.PatientID), c.Chart(c.therapist, c.patient.PatientID), t.Context()
	_, goal := own.Record.ProposeGoal(ctx, care.NewID(), models.GoalTerms{Title: "Walk", Domain: "health", Shared: true})
	g, history := own.Record.Goal(ctx, c.goalID)
	if history == nil {
		_, history = own.Record.AchieveGoal(ctx, c.goalID, g.Version, []string{"worsening", "improving"}[i%2])
	}
	c.write(t)
	c.manyCarePlanVersions(t)
	_, page := team.Learn.Give(ctx, care.NewID(), []string{"values", "cravings", "feelings", "rebuilding-trust", "return-to-work"}[i], "It may help.")
	_, ownGoal := c.Care.Family.KeepGoal(ctx, c.supporter, care.NewID(), family.OwnGoalTerms{Kind: "task", Title: "Walk"})
	_, worry := c.Care.Messages.SendWorry(ctx, c.supporter, care.NewID(), message.Concern{PatientID: c.patient.PatientID, Danger: new(false), Text: "He does not answer."})
	_, thread := own.Messages.Begin(ctx, care.NewID(), message.Opening{Kind: message.WithPatient, First: message.Draft{ID: care.NewID(), Text: "Hello.", Urgency: message.Routine}})
	_, answer := c.Care.Messages.Send(ctx, c.patient, c.ownThread(t), message.Draft{ID: care.NewID(), Text: "Are you there?", Urgency: message.Routine})
	c.taperVisits(t, map[string]visit{}, map[string]string{"patientId": c.patient.PatientID}, "answerRefill")
	return errors.Join(goal, history, page, ownGoal, worry, thread, answer)
}
