package notify

import (
	"context"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify/texts"
)

// Offer tells by which ways a supporter is reached for what a patient promises: a device
// that takes pushes, an address that its owner confirmed, a number that answered. What
// bounced is none, nor is what goes by a channel that was found at fault.
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
	faulty, err := n.faulty(ctx)
	if err != nil {
		return out, refusal(err)
	}
	push, err := n.pushReaches(ctx, accountID, faulty)
	if err != nil {
		return out, err
	}
	for _, w := range []struct {
		way     models.CallWay
		reaches bool
	}{{models.WayPush, push}, {models.WaySMS, n.smsReaches(p, faulty)}, {models.WayEmail, n.mailReaches(p, faulty)}} {
		if w.reaches {
			out.Ways = append(out.Ways, w.way)
		}
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
