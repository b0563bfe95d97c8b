package planning

import (
	"context"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// partnersNews are the lines by which something waits for a partner, or waits no more.
var partnersNews = map[string]bool{"referral.signed": true, "referral.cancelled": true, "consent.revoked": true}

// byMail are the steps of a partner's news: who helps from a desk of their own has no
// phone with this app, so mail goes too, to the address that they confirmed.
var byMail = []reminder.Step{reminder.StepPush, reminder.StepLocal, reminder.StepEmail}

// partner tells the people of a partner to look at their list. What is said names nobody
// and no referral: of one that was taken back they may not know any more.
func (p *Planner) partner(ctx context.Context, e models.AuditEvent) error {
	if !partnersNews[e.Action] || e.PatientID == "" {
		return nil
	}
	accounts, err := p.care.Referral.PartnerOfLine(ctx, e)
	if err != nil {
		return unlessGone(err)
	}
	return p.sayAll(ctx, accounts, notify.Note{Kind: reminder.News, Key: e.ID, Ref: "partner-referral:", Steps: byMail})
}
