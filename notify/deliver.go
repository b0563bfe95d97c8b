package notify

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/google/uuid"

	"handrail/models/reminder"
	"handrail/notify/texts"
	"handrail/store/aside"
	"handrail/store/turns"
)

// job is one message with whom it is for.
type job struct {
	entry   *entry
	step    reminder.Step
	device  *device // nil for e-mail and SMS
	message Message
}

// deliver sends claimed entries by the steps that they stand at and stores what
// became of them. It ends well before their lease does.
func (n *Notifier) deliver(ctx context.Context, c claim) error {
	if len(c.list) == 0 {
		return nil
	}
	answers := map[*entry][]answer{}
	jobs := map[string][]job{}
	ready := make([]*entry, 0, len(c.list))
	// Both together end before the lease does, so that no batch goes twice.
	sends, cancel := context.WithTimeout(ctx, n.limits.SendTimeout)
	defer cancel()
	turn := turns.Half.TakeBesidePeople(sends, longestTurn)
	defer turn.End()
	known := n.devicesOf(sends, c.pushedTo())
	for _, e := range c.list {
		if n.answered(sends, e) {
			continue
		}
		if err := aside.Safely(func() error { return n.prepare(sends, e, known, jobs, answers) }); err != nil {
			answers[e] = n.unprepared(e, err, e.taken()...)
		}
		ready = append(ready, e)
	}
	n.standing(sends, jobs, answers)
	turn.End()
	results := n.sendAll(sends, jobs)
	for _, name := range sortedKeys(jobs) {
		for i, j := range jobs[name] {
			a := answer{step: j.step, device: j.entry.address(name), channel: name, Result: results[name][i]}
			if j.device != nil {
				a.device = j.device.SessionID
			}
			answers[j.entry] = append(answers[j.entry], a)
		}
	}
	said := n.hear(jobs, results)
	// What was sent must be written down, also when the program is asked to stop.
	writes, cancel := context.WithTimeout(context.WithoutCancel(ctx), min(n.limits.SendTimeout, n.limits.Lease/4))
	defer cancel()
	return errors.Join(n.write(writes, c, ready, answers), n.strikes(writes, jobs, results), n.learn(writes, said))
}

// answered drops an entry that is not to be said any more. Where that can't be told, or
// can't be written down, it is said.
func (n *Notifier) answered(ctx context.Context, e *entry) bool {
	if n.wanted == nil || e.Ref == "" {
		return false
	}
	if wanted, err := n.wanted(ctx, e.AccountID, e.Ref); wanted || err != nil {
		return false
	}
	return n.edit(ctx, e.ID, func(e *entry) bool {
		if e.State.ended() {
			return false
		}
		e.end(n.now(), StateDropped, whyAnswered)
		e.mark(n.now(), MarkDropped, "", whyAnswered)
		n.count(e)
		return true
	}) == nil
}

// prepare makes the messages of one entry's step, or of all that are taken at once.
func (n *Notifier) prepare(ctx context.Context, e *entry, known map[string][]*device, jobs map[string][]job, answers map[*entry][]answer) error {
	if ok, err := n.mayStill(ctx, e); err != nil || !ok {
		return err
	}
	if passed, err := n.passes(ctx, e, known); err != nil || passed {
		return err
	}
	n.warn(ctx, e, known)
	made := map[string][]job{}
	for _, step := range e.taken() {
		var err error
		switch step {
		case reminder.StepPush:
			err = n.preparePush(ctx, e, known, made)
		case reminder.StepEmail, reminder.StepSMS:
			err = n.prepareAddress(ctx, e, step, made)
		case reminder.StepPerson:
			err = n.askPerson(ctx, e, answers)
		}
		if err != nil { // the other ways go all the same
			answers[e] = append(answers[e], n.unprepared(e, err, step)...)
		}
	}
	for name, list := range made {
		jobs[name] = append(jobs[name], list...)
	}
	return nil
}

// pushedTo are the accounts of a claim to whose devices something goes, each once.
func (c claim) pushedTo() (accounts []string) {
	for _, e := range c.list {
		if slices.Contains(e.taken(), reminder.StepPush) {
			accounts = append(accounts, e.AccountID)
		}
	}
	slices.Sort(accounts)
	return slices.Compact(accounts)
}

func (n *Notifier) preparePush(ctx context.Context, e *entry, known map[string][]*device, jobs map[string][]job) error {
	devices, err := n.devicesIn(ctx, e.AccountID, known)
	if err != nil {
		return err
	}
	for _, d := range devices {
		if n.channels[d.Channel] == nil || !d.usable(n.now()) || e.settled(d.SessionID) {
			continue
		}
		d := *d // what one entry's answer draws on it, another's must not find
		m := n.message(e)
		m.To = d.Address
		jobs[d.Channel] = append(jobs[d.Channel], job{e, reminder.StepPush, &d, m})
	}
	return nil
}

func (n *Notifier) prepareAddress(ctx context.Context, e *entry, step reminder.Step, jobs map[string][]job) error {
	p, err := n.person(ctx, e.AccountID)
	if err != nil {
		return err
	}
	m := n.message(e)
	channel := ChannelEmail
	if step == reminder.StepSMS {
		if channel, m.To.To = ChannelSMS, p.Contact.answered(); m.To.To != "" {
			said, _, err := n.numberState(ctx, m.To.To) // a STOP that came while the number was being set
			if err != nil {
				return err
			}
			if said.Stopped {
				m.To.To = ""
			}
		}
	}
	waits := channel == ChannelSMS && m.To.To == "" && p.Contact.sms() != "" && !slices.Contains(e.Steps, reminder.StepEmail)
	if channel != ChannelSMS || waits { // a number that has not answered yet: by the other way that is there
		channel, m.To.To = ChannelEmail, p.Contact.mail()
		m.Links = Links{Open: n.site.BaseURL, Unsubscribe: n.unsubscribeLink(e.AccountID)}
	}
	if m.To.To == "" || n.channels[channel] == nil || e.settled(e.address(channel)) {
		return nil
	}
	if channel == ChannelEmail {
		m.Return = n.returnToken(e.ID, m.To.To)
	}
	m.More = Words{Open: n.text(e.Language, texts.Open), Stop: n.text(e.Language, texts.Stop)}
	jobs[channel] = append(jobs[channel], job{entry: e, step: step, message: m})
	return nil
}

// whyWithdrawn is why an entry is dropped whose ground is gone.
const whyWithdrawn = "withdrawn"

// mayStill asks, where it is asked for, whether an entry may still be said. One that may
// not is dropped, and so are its next steps.
func (n *Notifier) mayStill(ctx context.Context, e *entry) (bool, error) {
	if n.stands == nil {
		return true, nil
	}
	ok, err := n.stands(ctx, e.AccountID, e.Ref)
	if err == nil && !ok {
		now := n.now()
		e.end(now, StateDropped, whyWithdrawn)
		e.mark(now, MarkDropped, "", whyWithdrawn)
		n.count(e)
	}
	return ok, err
}

// askPerson makes the task of the last step.
func (n *Notifier) askPerson(ctx context.Context, e *entry, answers map[*entry][]answer) error {
	if n.task == nil {
		return nil
	}
	err := n.task(ctx, e.undelivered())
	a := answer{step: reminder.StepPerson, channel: MarkTask, Result: Result{Outcome: Accepted}}
	if err != nil {
		n.log.Error("notify: no task could be made", "id", e.ID, "error", err)
		a.Result = Result{Outcome: Retry, Code: "task-failed"}
	}
	answers[e] = append(answers[e], a)
	return nil
}

// message is what every channel gets of an entry.
func (n *Notifier) message(e *entry) Message {
	t := e.Kind.Traits()
	m := Message{
		Payload: Payload{Kind: codeOf(t.Class), ID: uuid.MustParse(e.ID), Epoch: e.Epoch},
		Text:    n.text(e.Language, texts.Code(t.Class)), Until: e.Until, Urgent: t.Urgent,
	}
	if e.Say != nil {
		if said, _ := n.asked.Find(e.Say.Language, texts.Code(e.Say.Code)); said.Body() != "" {
			m.Text = said
		}
	}
	return m
}

// sendAll hands over to all channels at the same time.
func (n *Notifier) sendAll(ctx context.Context, jobs map[string][]job) map[string][]Result {
	results := make(map[string][]Result, len(jobs))
	var wg sync.WaitGroup
	var mu sync.Mutex
	for name, list := range jobs {
		wg.Go(func() {
			r := n.send(ctx, n.channels[name], list)
			mu.Lock()
			defer mu.Unlock()
			results[name] = r
		})
	}
	wg.Wait()
	return results
}
