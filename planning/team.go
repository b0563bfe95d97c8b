package planning

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"handrail/care"
	"handrail/models/reminder"
	"handrail/models/task"
	"handrail/notify"
)

// AskTeam is the last step of a reminder, where a patient chose it: it tells the people
// who treat them that the reminder did not reach them. What it was about stays in the
// chart, which they open by their own right. It may be called twice: each of them is
// told once.
func AskTeam(ctx context.Context, c *care.Care, n *notify.Notifier, u notify.Undelivered) error {
	if id, is := strings.CutPrefix(u.Ref, helpRef); is { // whoever answers for the alert is told
		return unlessGone(c.Promises.Fail(ctx, id, u.Handed))
	}
	patient, err := c.Upkeep.Account(ctx, u.AccountID)
	if err != nil {
		return err
	}
	if patient.PatientID == "" {
		return nil // an alarm of the office: what it is about waits as a document of its own
	}
	team, err := c.Upkeep.TreatingTeam(ctx, patient.PatientID)
	if err != nil {
		return err
	}
	if len(team) == 0 {
		return errors.New("nobody is on the patient's team")
	}
	if err := c.Tasks.RaiseOne(ctx, task.CodeUnreached, patient.PatientID, u.ID); err != nil {
		return err
	}
	p := &Planner{care: c, notify: n, log: slog.Default()}
	for _, accountID := range team {
		note := notify.Note{AccountID: accountID, Kind: reminder.News, Key: "unreached:" + u.ID, Ref: "unreached:" + patient.PatientID}
		if err := p.say(ctx, note); err != nil {
			return err
		}
	}
	return nil
}
