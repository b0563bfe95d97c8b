package tasks

import (
	"context"
	"strconv"
	"time"

	"handrail/models/task"
	"handrail/store"
)

// toAnswerEnd is how long who leads a team has to say whether somebody leaves it.
const toAnswerEnd = 2 * 24 * time.Hour

// TeamEndOps make the task of an end of a membership that is asked for: that of who leads
// the team, who is reminded; where they can't hold it, of whoever answers for the patient.
func (i *Inside) TeamEndOps(ctx context.Context, patientID, leadID, accountID string) (string, []store.Op, error) {
	now := i.service.now().UTC()
	o := task.Order{Code: task.CodeTeamEnd, PatientID: patientID, Focus: &task.Reference{Type: "care-team", ID: accountID}, Priority: task.Routine, DueAt: now.Add(toAnswerEnd), To: leadID}
	return i.AskOps(ctx, o, strconv.FormatInt(now.UnixMilli(), 36)+accountID)
}
