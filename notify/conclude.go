package notify

import (
	"slices"
	"time"

	"handrail/models/reminder"
)

// answer is a result for one target of an entry.
type answer struct {
	step    reminder.Step
	device  string // id of the device; for an address see entry.address
	channel string
	Result
}

// conclude takes in what became of a step: it ends the entry, lets it wait for a
// receipt, tries again later or goes on to the next step.
func (n *Notifier) conclude(e *entry, now time.Time, answers []answer) {
	if e.State == StateDropped { // it might not be sent any more
		return
	}
	var again bool
	var after time.Duration
	for _, step := range e.taken() {
		of := func(a answer) bool { return a.step == step }
		switch {
		case slices.ContainsFunc(answers, func(a answer) bool { return of(a) && a.Outcome != Retry }):
			e.mark(now, MarkHanded, string(step), "")
		case len(answers) > 0 && e.Attempts == 0 && !slices.ContainsFunc(answers, of): // of several
			e.mark(now, MarkSkipped, string(step), e.nobody(step))
		}
	}
	for _, a := range answers {
		again = e.take(now, a) == Retry || again
		after = max(after, a.After)
	}
	accepted := false
	for _, t := range e.Targets { // also those of an earlier try
		accepted = accepted || t.Outcome == Accepted
	}
	e.Handed = e.Handed || accepted
	e.Failed = e.Failed || len(answers) > 0 && !accepted
	switch {
	case e.received():
		e.end(now, StateDone, "received")
	case again && e.Attempts+1 < n.triesOf(e):
		e.Attempts++
		e.State, e.NextAt, e.Holder = StateRetry, now.Add(n.backoff(e, after)), ""
	case accepted && e.last():
		e.At = e.chosenEnd()
		e.finish(now)
	case accepted:
		e.wait(now.Add(n.limits.Receipt))
	default:
		if len(answers) == 0 {
			for _, step := range e.taken() {
				e.mark(now, MarkSkipped, string(step), e.nobody(step))
			}
		}
		e.next()
		e.State, e.NextAt, e.Holder = StateRetry, now, "" // the next step at once
		if e.over() {
			e.finish(now)
		}
	}
}

// take notes one answer and says what follows from it. A lost one is tried again
// once.
func (e *entry) take(now time.Time, a answer) Outcome {
	o := a.Outcome
	if e.Targets == nil {
		e.Targets = map[string]*target{}
	}
	t := e.Targets[a.device]
	if t == nil {
		t = &target{}
		e.Targets[a.device] = t
	}
	if o == Lost {
		t.Lost++
		o = Retry
		if t.Lost+e.Lost >= maxLost {
			o = Permanent
		}
	}
	t.Outcome = o
	if a.Outcome == Accepted {
		e.mark(now, MarkAccepted, a.channel, "")
	} else {
		e.mark(now, MarkFailed, a.channel, a.Code)
	}
	return o
}

// address names what an address of a channel is among the targets: of several steps that are
// taken at once each has its own.
func (e *entry) address(channel string) string {
	if e.AtOnce {
		return channel
	}
	return ""
}

// settled tells whether a device, or an address, needs no message any more at this step.
func (e *entry) settled(device string) bool {
	t := e.Targets[device]
	return t != nil && (t.Outcome != Retry || t.Lost+e.Lost >= maxLost)
}

// nobody says why a step has nobody to go to.
func (e *entry) nobody(step reminder.Step) string {
	switch {
	case e.passed:
		return whyAtFault
	case step == reminder.StepPush:
		return "no-device"
	case step == reminder.StepPerson:
		return "no-desk"
	}
	return "no-address"
}

// backoff is how long to wait before try number attempt+1: doubling, spread by half
// to either side, never sooner than the provider asked for.
func (n *Notifier) backoff(e *entry, asked time.Duration) time.Duration {
	d := n.limits.Backoff << min(e.Attempts-1, 20)
	d = min(d, n.limits.BackoffMax)
	if e.promised() {
		d = min(d, promisedBackoff)
	}
	spread := func(d time.Duration, by float64) time.Duration { return time.Duration(float64(d) * by) }
	d = spread(d, 0.5+n.rand())
	if d < asked {
		return asked + spread(asked, n.rand()/4) // not all at the same moment
	}
	return d
}
