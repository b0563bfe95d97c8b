package notify

import (
	"context"
	"errors"
	"sync"
	"time"

	"handrail/store"
	"handrail/store/aside"
)

// jumpAllowed is how far the wall clock may run from the steady one between two
// looks.
const jumpAllowed = time.Minute

// jumpWatch holds the wall clock against one that nobody sets.
type jumpWatch struct {
	mu     sync.Mutex
	looked bool
	wall   time.Time
	steady time.Duration
	hold   time.Duration // nothing is claimed before this, on the steady clock
}

// clockJumped tells whether to wait. When the clock jumps forward, what seems due
// may not be, and the leases of others seem to have ended: one lease of real time is
// waited. If the clock is set right meanwhile, nothing was sent too early. When it
// jumps back, leases that reach too far into the future are shortened.
func (n *Notifier) clockJumped(ctx context.Context) bool {
	if n.elapsed == nil {
		return false
	}
	w := &n.jump
	w.mu.Lock()
	defer w.mu.Unlock()
	wall, steady := n.now(), n.elapsed()
	by := wall.Round(0).Sub(w.wall) - (steady - w.steady)
	first := !w.looked
	w.looked, w.wall, w.steady = true, wall.Round(0), steady
	switch {
	case first:
	case by > jumpAllowed:
		n.log.Warn("notify: the clock jumped forward; nothing is sent for a while", "seconds", int(by.Seconds()))
		w.hold = steady + n.limits.Lease
	case by < -jumpAllowed:
		n.log.Warn("notify: the clock jumped back", "seconds", int(by.Seconds()))
		w.hold = 0
		if err := n.shortenLeases(ctx, wall, -by); err != nil {
			n.log.Error("notify: leases can't be shortened", "error", err)
		}
	}
	return steady < w.hold
}

// shortenLeases makes claims end one lease from now that were made by a clock which
// was ahead by the given time. Retries and waits made by it are left: they come
// late, not never.
func (n *Notifier) shortenLeases(ctx context.Context, now time.Time, by time.Duration) error {
	limit := now.Add(n.limits.Lease)
	for s := range int64(shards) {
		if err := n.shortenHolds(ctx, int(s), limit); err != nil {
			return err
		}
		q := store.Query{Index: ixNext, Equal: []any{s}, From: limit.UnixMilli() + 1, To: limit.Add(by).UnixMilli() + 1, Limit: store.MaxLimit, Unopened: true}
		for {
			page, err := n.store.Query(ctx, colDue, q)
			if err != nil {
				return err
			}
			for _, d := range page.Docs {
				err := n.edit(ctx, d.ID, func(e *entry) bool {
					if e.State != StateClaimed || !e.NextAt.After(limit) {
						return false
					}
					e.NextAt = limit
					return true
				})
				if err != nil && (aside.Stops(err) || ctx.Err() != nil) {
					return err
				} else if err != nil {
					n.skipped(colDue, d.ID, err) // claiming makes a dead letter of it
				}
			}
			if page.Next == "" {
				break
			}
			q.Cursor = page.Next
		}
	}
	return nil
}

// shortenHolds does the same for the claims of a shard.
func (n *Notifier) shortenHolds(ctx context.Context, shard int, limit time.Time) error {
	for {
		h, err := n.readHolds(ctx, shard)
		if err != nil {
			return err
		}
		next, late := &holds{shard: shard, version: h.version}, false
		for _, o := range h.open {
			if o.Until.After(limit) {
				o.Until, late = limit, true
			}
			next.open = append(next.open, o)
		}
		if !late {
			return nil
		}
		_, err = n.writeAll(ctx, nil, 0, func(map[*entry]bool) *holds { return next })
		if !errors.Is(err, errMoved) || ctx.Err() != nil {
			return err
		}
	}
}
