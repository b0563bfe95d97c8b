package notify

import (
	"context"
	"slices"
	"time"

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

// A call that was promised is tried each minute, for as long as others are; who asked for it
// hears meanwhile.
const (
	promisedBackoff = time.Minute
	promisedTries   = 20
	promisedWarned  = 2 // tries after which it is said that it does not arrive, whatever was found of the channel
)

// promised tells whether somebody is told when an entry reaches nobody, who waits for that.
func (e *entry) promised() bool {
	return e.Kind == reminder.HelpCall && slices.Contains(e.Steps, reminder.StepPerson)
}

func (n *Notifier) triesOf(e *entry) int {
	if e.promised() {
		return max(n.limits.Attempts, promisedTries)
	}
	return n.limits.Attempts
}

// warn tells, before a try of a call that was promised and that nobody took, whoever waits for
// it: where its way was found at fault, and where it was tried in vain. The try is made all the
// same: it may arrive.
func (n *Notifier) warn(ctx context.Context, e *entry, known map[string][]*device) {
	if n.task == nil || !e.promised() || e.Handed || e.step() == string(reminder.StepPerson) {
		return
	}
	if e.Attempts < promisedWarned {
		faulty, err := n.faulty(ctx)
		if err != nil || !anyFault(faulty) {
			return // it is asked again with the next try
		}
		if reaches, err := n.stepReaches(ctx, e, e.Steps[e.At], known, faulty); reaches || err != nil {
			return
		}
	}
	if err := n.task(ctx, e.undelivered()); err != nil {
		n.log.Error("notify: nobody could be told that a promised call does not arrive; it is tried again", "id", e.ID, "error", err)
	}
}

// undelivered is what is told of an entry that reached nobody.
func (e *entry) undelivered() Undelivered {
	return Undelivered{ID: e.ID, AccountID: e.AccountID, Kind: string(e.Kind), Ref: e.Ref, Due: e.Due, Handed: e.Handed}
}
