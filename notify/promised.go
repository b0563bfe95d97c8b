package notify

import (
	"context"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify/texts"
)

// Offer tells by which ways a supporter is reached for what a patient promises: a device
// that takes pushes, an address that its owner confirmed, a number that answered. What
// bounced is none.
func (n *Notifier) Offer(ctx context.Context, accountID string) (models.PromiseOffer, error) {
	out := models.PromiseOffer{Ways: []models.CallWay{}}
	p, err := n.person(ctx, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Language = p.language()
	devices, err := n.devices(ctx, accountID)
	if err != nil {
		return out, refusal(err)
	}
	for _, d := range devices {
		if n.channels[d.Channel] != nil && d.usable(n.now()) {
			out.Ways = append(out.Ways, models.WayPush)
			break
		}
	}
	if p.Contact.answered() != "" && n.channels[ChannelSMS] != nil {
		out.Ways = append(out.Ways, models.WaySMS)
	}
	if p.Contact.mail() != "" && n.channels[ChannelEmail] != nil {
		out.Ways = append(out.Ways, models.WayEmail)
	}
	return out, nil
}

// Wordings are the sentences that a call for help can say, in each language.
func (n *Notifier) Wordings() []models.Wording {
	var out []models.Wording
	for _, language := range sortedKeys(n.asked) {
		for _, code := range models.Wordings {
			if t, ok := n.asked[language][texts.Code(code)]; ok {
				out = append(out, models.Wording{Code: code, Language: language, Text: t.Body()})
			}
		}
	}
	return out
}

// stepOf is the step of a way.
var stepOf = map[models.CallWay]reminder.Step{models.WayPush: reminder.StepPush, models.WaySMS: reminder.StepSMS, models.WayEmail: reminder.StepEmail}

// StepsOf are the steps by which a promise goes out: the one way that was chosen.
func StepsOf(w models.CallWay, more ...reminder.Step) []reminder.Step {
	return append([]reminder.Step{stepOf[w]}, more...)
}
