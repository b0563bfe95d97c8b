package planning

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"handrail/care"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/models/task"
	"handrail/notify"
)

// bouncedRef is what news of a bounce names: the office opens the account there.
const bouncedRef = "bounced:"

// TellBounced tells who keeps accounts that mails or texts to somebody come back, or that
// no way is left to reach them. A device that went while others are there is nobody's
// business but its owner's. It may be called again: each is told once.
func TellBounced(ctx context.Context, c *care.Care, n *notify.Notifier, b notify.Bounce) error {
	if b.Reached && b.Channel != notify.ChannelEmail && b.Channel != notify.ChannelSMS {
		return nil
	}
	who, err := c.Upkeep.Account(ctx, b.AccountID)
	if err != nil {
		return unlessGone(err)
	}
	if who.Status != models.AccountActive {
		return nil
	}
	office, err := c.Upkeep.FrontOfficeOf(ctx, who)
	if err != nil {
		return err
	}
	p := &Planner{care: c, notify: n, log: slog.Default()}
	note := notify.Note{Kind: reminder.News, Key: bouncedRef + b.AccountID + ":" + b.Channel + ":" + b.At.UTC().Format("20060102T150405Z"), Ref: bouncedRef + b.AccountID, Relied: true}
	return p.sayAll(ctx, without(office, b.AccountID), note) // who is told by what is left, as everybody
}

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
	return p.sayAll(ctx, team, notify.Note{Kind: reminder.News, Key: "unreached:" + u.ID, Ref: "unreached:" + patient.PatientID})
}
