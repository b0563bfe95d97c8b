package notify

import (
	"time"

	"handrail/models/reminder"
)

// maxLost is how many answers may be lost at one step before it is given up: what
// was sent twice without an answer is not sent a third time, so a device gets at
// most one duplicate.
const maxLost = 2

// wake decides what a worker that claims an entry does with it. true: it is to be
// sent by the step that it stands at; else it has ended, or waits again.
func (n *Notifier) wake(e *entry, now time.Time) bool {
	if e.State == StateClaimed { // its worker went away in the middle
		e.Lost++
		e.mark(now, MarkFailed, e.step(), "lease-ended")
		if e.Lost >= maxLost {
			e.Failed = true
			e.next()
		}
	} else if e.State == StateWaiting {
		e.next()
	}
	return n.settle(e, now)
}

// settle finds the step that is taken now, from the one that the entry stands at.
func (n *Notifier) settle(e *entry, now time.Time) bool {
	for ; !e.over(); e.next() {
		if !now.Before(e.Until) {
			n.tooLate(e, now)
			return false
		}
		switch step := e.Steps[e.At]; {
		case step == reminder.StepLocal && e.At == len(e.Steps)-1:
			// Nothing would follow the wait. The phone rings by itself.
		case step == reminder.StepLocal && e.First > 0: // told now: no phone knows of it
		case step == reminder.StepLocal:
			e.wait(now.Add(n.limits.Receipt))
			return false
		default:
			e.State, e.NextAt, e.Holder = StateClaimed, now.Add(n.limits.Lease), n.instance
			for _, s := range e.taken() {
				e.mark(now, MarkClaimed, string(s), "")
			}
			return true
		}
	}
	e.finish(now)
	return false
}

// tooLate ends an entry whose time is over.
func (n *Notifier) tooLate(e *entry, now time.Time) {
	if e.Handed {
		e.end(now, StateDone, "no-receipt")
		return
	}
	why := "too-late"
	if e.Failed {
		why = "failed-until-too-late"
	}
	e.mark(now, MarkDropped, "", why)
	e.end(now, StateDropped, why)
}

// finish ends an entry that has no step left. What no provider took, although one
// was asked, is for an operator to see.
func (e *entry) finish(now time.Time) {
	switch {
	case e.Handed:
		e.end(now, StateDone, "handed-over")
	case e.Failed:
		e.end(now, StateDead, "every-step-failed")
	default:
		e.end(now, StateDone, "inbox-only") // there was no device and no address
	}
}

func (e *entry) wait(until time.Time) {
	e.State, e.NextAt, e.Holder = StateWaiting, until, ""
}

// taken are the steps that are taken now: one, or all that are left at once.
func (e *entry) taken() []reminder.Step {
	rest := e.Steps[min(e.At, len(e.Steps)):]
	if e.AtOnce {
		return rest
	}
	return rest[:min(1, len(rest))]
}

// next goes to the step after this one.
func (e *entry) next() {
	e.At += max(1, len(e.taken()))
	e.Attempts, e.Lost, e.Targets = 0, 0, nil
}

// over tells whether no step is to be taken any more: those behind the ways that the person
// chose are for what nobody took.
func (e *entry) over() bool {
	return e.At >= len(e.Steps) || e.First > 0 && e.Handed && e.At >= e.First
}

// chosenEnd is behind the last step that is taken although one before it was handed over.
func (e *entry) chosenEnd() int {
	if e.First == 0 {
		return len(e.Steps)
	}
	return min(max(e.First, e.At+1), len(e.Steps))
}

func (e *entry) step() string {
	if e.At < len(e.Steps) {
		return string(e.Steps[e.At])
	}
	return ""
}

// last tells whether no step that does anything follows this one.
func (e *entry) last() bool {
	to := e.chosenEnd()
	rest := e.Steps[min(e.At+max(1, len(e.taken())), to):to]
	return len(rest) == 0 || len(rest) == 1 && rest[0] == reminder.StepLocal
}
