package notify

import (
	"context"
	"errors"
	"time"

	"handrail/models/reminder"
	"handrail/store"
	"handrail/store/aside"
)

// ahead is how far before their time calls for somebody stand in the queue: nothing is of
// use a day after it was due, so all that is still sent stands behind them.
const ahead = 24 * time.Hour

// callers is how many workers have calls alone to do, so that none waits until reminders
// have gone to a provider that is slow.
const callers = 2

// place is where the entry stands in the queue: at its time. A call for somebody that is due
// at once stands before all reminders that are due: those of a noon would hold it up for
// half a minute. One that waits (for its time, a receipt, a lease) stands at its time, since
// who stands before it is met before it.
func (e *entry) place() time.Time {
	waits := len(e.Trail) == 0 || e.NextAt.After(e.Trail[len(e.Trail)-1].At)
	if e.Kind.Traits().Class != reminder.ClassNow || waits {
		return e.NextAt
	}
	return e.NextAt.Add(-ahead)
}

// callMade notes that a call stands in a shard, and wakes who has calls to do.
func (n *Notifier) callMade(shard int64) {
	n.calls.mu.Lock()
	n.calls.in[shard] = true
	n.calls.mu.Unlock()
	select {
	case n.calls.made <- struct{}{}:
	default:
	}
}

// takeCalls hands over calls as they are made, until ctx ends. What another instance wrote,
// and what fails here, the other workers meet first of all that is due.
func (n *Notifier) takeCalls(ctx context.Context) {
	ctx = store.Foreground(ctx) // somebody waits for these
	for {
		select {
		case <-ctx.Done():
			return
		case <-n.calls.made:
		}
		if err := aside.Safely(func() error { return n.handCalls(ctx) }); err != nil && ctx.Err() == nil {
			n.log.Error("notify: calls can't be worked on", "error", err)
		}
	}
}

// handCalls hands over the calls of all shards in which one was made.
func (n *Notifier) handCalls(ctx context.Context) error {
	if n.clockJumped(ctx) {
		return nil
	}
	n.calls.mu.Lock()
	in := n.calls.in
	n.calls.in = [shards]bool{}
	n.calls.mu.Unlock()
	var errs []error
	for s, made := range in {
		if !made {
			continue
		}
		errs = append(errs, n.handCallsOf(ctx, s))
	}
	return errors.Join(errs...)
}

// handCallsOf hands over the calls of one shard, also where others come between.
func (n *Notifier) handCallsOf(ctx context.Context, shard int) error {
	for range claimTries {
		c, looked, err := n.claim(ctx, shard, n.now().Add(-ahead))
		if err == nil {
			err = n.deliver(ctx, c)
		}
		if err != nil || looked == 0 || c.id != "" {
			return err
		}
	}
	return nil
}
