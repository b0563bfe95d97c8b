package planning

import (
	"context"
	"errors"

	"handrail/care/messages"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// messageRef is what news of a message names: the app leads there after sign-in.
const messageRef = "message:"

// message does what a line about a thread asks for, and has what waits moved on where a line
// takes somebody's right away. done is false for other lines.
func (p *Planner) message(ctx context.Context, e models.AuditEvent) (done bool, err error) {
	switch e.Action {
	case messages.MessageSent:
		return true, p.tellReaders(ctx, e)
	case messages.LineOverdue:
		waits, err := p.care.Messages.Overdue(ctx, e.Ref, e.Whom)
		if err == nil && waits {
			err = unlessGone(p.say(ctx, notify.Note{AccountID: e.Whom, Kind: reminder.News, Key: e.ID, Ref: "message-overdue:" + e.Ref, Relied: true}))
		}
		return true, err
	case "account.suspended":
		return false, p.care.Messages.RecheckOwner(ctx, e.Ref)
	case "care-team.joined", "care-team.left", "consent.given", "consent.recorded", "consent.revoked", models.LineRestricted, models.LineUnrestricted:
		return false, p.care.Messages.Recheck(ctx, e.PatientID)
	}
	return false, nil
}

// tellReaders tells who takes part in a thread that there is a message, each by their own
// choices. The note says nothing else.
func (p *Planner) tellReaders(ctx context.Context, e models.AuditEvent) error {
	accounts, err := p.care.Messages.News(ctx, e.Ref, e.AccountID)
	return errors.Join(err, p.sayAll(ctx, accounts, notify.Note{Kind: reminder.News, Key: e.ID, Ref: messageRef + e.Ref}))
}
