package notify

import (
	"context"
	"slices"
	"time"

	"handrail/models/reminder"
	"handrail/store"
	"handrail/store/aside"
)

// ahead is how far before their time calls for somebody stand in the queue: nothing is of
// use a day after it was due, so all that is still sent stands behind them.
const ahead = 24 * time.Hour

// callers is how many workers have calls alone to do, so that none waits until reminders, or
// other calls, have gone to a provider that is slow: each shard with a call has one of its
// own while there are so many.
const callers = 16

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

// callMade notes that a call stands in a shard, and wakes who has calls to do: there is room
// for as many wakes as shards, so each that is noted is taken.
func (n *Notifier) callMade(shard int64) {
	n.calls.mu.Lock()
	n.calls.in[shard] = true
	n.calls.mu.Unlock()
	select {
	case n.calls.made <- struct{}{}:
	default:
	}
}

// madeIn takes one of the shards in which calls were made; other callers take the others.
func (n *Notifier) madeIn() (shard int, ok bool) {
	n.calls.mu.Lock()
	defer n.calls.mu.Unlock()
	if shard = slices.Index(n.calls.in[:], true); shard < 0 {
		return 0, false
	}
	n.calls.in[shard] = false
	return shard, true
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

// handCalls hands over the calls of a shard in which one was made. While the clock has just
// jumped that is left to the other workers.
func (n *Notifier) handCalls(ctx context.Context) error {
	s, made := n.madeIn()
	if !made || n.clockJumped(ctx) {
		return nil
	}
	return n.handCallsOf(ctx, s)
}

// handCallsOf hands over the calls of one shard, also where others come between.
func (n *Notifier) handCallsOf(ctx context.Context, shard int) error {
	for range claimTries {
		c, looked, err := n.claim(ctx, shard, true)
		if err == nil {
			err = n.deliver(ctx, c)
		}
		if err != nil || looked == 0 || c.id != "" {
			return err
		}
	}
	return nil
}
