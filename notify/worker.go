package notify

import (
	"context"
	"errors"
	"sync"
	"time"

	"handrail/store"
	"handrail/store/aside"
)

// Run works until ctx ends: it hands over what is due, plans ahead, and clears away
// what is old. Any number of instances may run over one store.
func (n *Notifier) Run(ctx context.Context) error {
	ctx = store.Background(ctx) // what phones send, and the timers of alerts, are written first
	var wg sync.WaitGroup
	for i := range n.limits.Workers {
		wg.Go(func() { n.work(ctx, i) })
	}
	for range callers {
		wg.Go(func() { n.takeCalls(ctx) })
	}
	wg.Go(func() { n.housekeep(ctx) })
	wg.Wait()
	return nil
}

// work hands over what is due, again and again.
func (n *Notifier) work(ctx context.Context, worker int) {
	for ctx.Err() == nil {
		var found int
		err := aside.Safely(func() (err error) {
			found, err = n.pass(ctx, worker, false)
			return err
		})
		if err != nil && ctx.Err() == nil {
			n.log.Error("notify: the queue can't be worked on", "error", err)
		}
		if found == 0 || err != nil {
			n.idle(ctx)
		}
	}
}

// idle waits until something may be due.
func (n *Notifier) idle(ctx context.Context) {
	t := time.NewTimer(n.limits.Poll)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-n.dueNow:
	case <-t.C:
	}
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// pass works once on every shard in which something may be due, or on all of them, from
// one of its own on. found is how many entries were due.
func (n *Notifier) pass(ctx context.Context, worker int, all bool) (found int, err error) {
	if n.clockJumped(ctx) {
		return 0, nil
	}
	var errs []error
	first := (worker*shards)/max(1, n.limits.Workers) + int(n.rand()*shards)
	for i := range shards {
		if ctx.Err() != nil {
			return found, ctx.Err()
		}
		looked, err := n.shard(ctx, (first+i)%shards, all)
		found += looked
		if aside.Stops(err) {
			return found, errors.Join(append(errs, err)...)
		}
		errs = append(errs, err) // of this shard: the others are worked on all the same
	}
	return found, errors.Join(errs...)
}

// shard works on one claim of one shard. While a worker of this instance claims
// from it, others pass by; always waits for it, since what it did not see may be due by now.
func (n *Notifier) shard(ctx context.Context, s int, always bool) (int, error) {
	if always {
		n.busy[s].Lock()
	} else if !n.busy[s].TryLock() {
		return 0, nil
	}
	c, looked, err := func() (claim, int, error) {
		defer n.busy[s].Unlock() // also where something panics
		return n.claimed(ctx, s, always)
	}()
	if err != nil {
		return 0, err
	}
	return looked, n.deliver(ctx, c)
}

// claimed claims when something may be due.
func (n *Notifier) claimed(ctx context.Context, s int, always bool) (c claim, looked int, err error) {
	_, writes := n.next.in(s, n.now())
	if !always {
		if may, err := n.mayBeDue(ctx, &n.next, s); err != nil || !may {
			return c, 0, err
		}
	}
	c, looked, err = n.claim(ctx, s, false)
	if err == nil && looked == 0 && !always {
		err = n.nothingLeft(ctx, &n.next, s, writes, n.restsFor(s))
	}
	return c, looked, err
}

// Drain hands over what is due now and returns when nothing is left. It is for
// tests, measurements and an operator's command; Run does the same for ever.
func (n *Notifier) Drain(ctx context.Context) (Tally, error) {
	errs := make([]error, n.limits.Workers)
	var wg sync.WaitGroup
	for i := range n.limits.Workers {
		wg.Go(func() {
			for found := 1; found > 0 && errs[i] == nil; {
				found, errs[i] = n.pass(ctx, i, true)
			}
		})
	}
	wg.Wait()
	return n.tally.take(), errors.Join(errs...)
}

// housekeep plans ahead, clears away and tells the log what was dropped.
func (n *Notifier) housekeep(ctx context.Context) {
	if err := aside.Safely(func() error { return n.FollowZones(ctx) }); err != nil && ctx.Err() == nil {
		n.log.Error("notify: plans can't be held against the time zone database", "error", err)
	}
	var pruned time.Time
	for ctx.Err() == nil {
		n.job(ctx, "say how claims are made", func() (int, error) { return 0, n.beginSharing(ctx) })
		n.job(ctx, "plan ahead", func() (int, error) { return n.roll(ctx, false) })
		if now := n.now(); now.Sub(pruned).Abs() >= pruneEvery {
			if n.job(ctx, "prune", func() (int, error) { return n.Prune(ctx) }) < pruneAtOnce {
				pruned = now
			}
		}
		n.tell(n.tally.take())
		pause(ctx, 30*time.Second)
	}
}

// job does a part of the housekeeping and logs why it can't.
func (n *Notifier) job(ctx context.Context, name string, do func() (int, error)) (done int) {
	err := aside.Safely(func() (err error) {
		done, err = do()
		return err
	})
	if err != nil && ctx.Err() == nil {
		n.log.Error("notify: can't "+name, "error", err)
	}
	return done
}
