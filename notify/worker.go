package notify

import (
	"context"
	"errors"
	"sync"
	"time"

	"handrail/store/aside"
)

// Run works until ctx ends: it hands over what is due, plans ahead, and clears away
// what is old. Any number of instances may run over one store.
func (n *Notifier) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	for i := range n.limits.Workers {
		wg.Go(func() { n.work(ctx, i) })
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
			found, err = n.pass(ctx, worker)
			return err
		})
		if err != nil && ctx.Err() == nil {
			n.log.Error("notify: the queue can't be worked on", "error", err)
		}
		if found == 0 || err != nil {
			pause(ctx, n.limits.Poll)
		}
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

// pass looks once at every shard, from one of its own on. found is how many
// entries were due.
func (n *Notifier) pass(ctx context.Context, worker int) (found int, err error) {
	if n.clockJumped(ctx) {
		return 0, nil
	}
	var errs []error
	first := (worker*shards)/max(1, n.limits.Workers) + int(n.rand()*shards)
	for i := range shards {
		if ctx.Err() != nil {
			return found, ctx.Err()
		}
		looked, err := n.shard(ctx, (first+i)%shards)
		found += looked
		if aside.Stops(err) {
			return found, errors.Join(append(errs, err)...)
		}
		errs = append(errs, err) // of this shard: the others are worked on all the same
	}
	return found, errors.Join(errs...)
}

// shard works on one claim of one shard. While a worker of this instance claims
// from it, others pass by.
func (n *Notifier) shard(ctx context.Context, s int) (int, error) {
	if !n.busy[s].CompareAndSwap(false, true) {
		return 0, nil
	}
	list, looked, err := n.claim(ctx, s)
	n.busy[s].Store(false)
	if err != nil {
		return 0, err
	}
	return looked, n.deliver(ctx, list)
}

// Drain hands over what is due now and returns when nothing is left. It is for
// tests, measurements and an operator's command; Run does the same for ever.
func (n *Notifier) Drain(ctx context.Context) (Tally, error) {
	errs := make([]error, n.limits.Workers)
	var wg sync.WaitGroup
	for i := range n.limits.Workers {
		wg.Go(func() {
			for found := 1; found > 0 && errs[i] == nil; {
				found, errs[i] = n.pass(ctx, i)
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
	for ctx.Err() == nil {
		for _, job := range []struct {
			name string
			do   func(context.Context) (int, error)
		}{{"plan ahead", n.Roll}, {"prune", n.Prune}} {
			err := aside.Safely(func() error {
				_, err := job.do(ctx)
				return err
			})
			if err != nil && ctx.Err() == nil {
				n.log.Error("notify: can't "+job.name, "error", err)
			}
		}
		n.tell(n.tally.take())
		pause(ctx, 30*time.Second)
	}
}
