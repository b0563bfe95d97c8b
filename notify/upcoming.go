package notify

import (
	"context"
	"sync"
	"time"

	"handrail/store"
	"handrail/store/aside"
)

// How long this instance goes by what it knows of a shard. What it writes itself it
// knows at once; what another instance wrote, and died before it was due, is found by
// looking again.
const (
	lookForDue  = 2 * time.Minute
	lookForRoll = 20 * time.Minute
)

// upcoming knows when the next document of each shard is due, so that the store is
// asked when one is, and not all the time.
type upcoming struct {
	collection, index, key string
	again                  time.Duration
	mu                     sync.Mutex
	of                     [shards]struct {
		at     int64 // ms
		looked time.Time
		writes int // how many were told of; a look that they came into knows nothing
	}
}

// What may be in a shard.
type dueness int

const (
	notDue  dueness = iota
	unknown         // it is to be looked at
	due
)

// never is later than anything is due.
const never = int64(1) << 62

// written is told of what this instance wrote. What is due at once wakes a worker that
// idles; one is enough, for another write wakes another. A call wakes who has those to do.
func (n *Notifier) written(ops []store.Op) {
	n.nextRoll.written(ops, func(int64, int64) {})
	now := n.now()
	n.next.written(ops, func(shard, at int64) {
		switch {
		case at <= now.Add(-ahead).UnixMilli():
			n.callMade(shard)
		case at <= now.UnixMilli():
			select {
			case n.dueNow <- struct{}{}:
			default:
			}
		}
	})
}

// written is told of what this instance wrote, and tells when each of it is due.
func (u *upcoming) written(ops []store.Op, tell func(shard, at int64)) {
	for _, op := range ops {
		if op.Collection != u.collection {
			continue
		}
		at, isAt := op.Doc.Keys[u.key].(int64)
		shard, isShard := op.Doc.Keys["shard"].(int64)
		if !isAt || !isShard || shard < 0 || shard >= shards {
			continue
		}
		u.mu.Lock()
		u.of[shard].at = min(u.of[shard].at, at)
		u.of[shard].writes++
		u.mu.Unlock()
		tell(shard, at)
	}
}

// in tells what may be in a shard. writes is to be given back to learn.
func (u *upcoming) in(shard int, now time.Time) (d dueness, writes int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	s := u.of[shard]
	switch age := now.Sub(s.looked); {
	case age < 0 || age >= u.again:
		return unknown, s.writes
	case s.at <= now.UnixMilli():
		return due, s.writes
	}
	return notDue, s.writes
}

func (u *upcoming) learn(shard int, at int64, now time.Time, writes int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	s := &u.of[shard]
	if s.writes != writes {
		at = min(s.at, at)
	}
	s.at, s.looked = at, now
}

// look asks the store for the next of a shard.
func (n *Notifier) look(ctx context.Context, u *upcoming, shard int, now time.Time) (at int64, err error) {
	_, writes := u.in(shard, now)
	page, err := n.store.Query(ctx, u.collection, store.Query{Index: u.index, Equal: []any{int64(shard)}, From: store.LowestKey, Limit: 1, Unopened: true})
	if err != nil {
		return 0, err
	}
	at = never
	for _, d := range page.Docs {
		at, _ = d.Keys[u.key].(int64)
	}
	u.learn(shard, at, now, writes)
	return at, nil
}

// mayBeDue tells whether something of a shard may be due, looking when that is not
// known.
func (n *Notifier) mayBeDue(ctx context.Context, u *upcoming, shard int) (bool, error) {
	now := n.now()
	d, _ := u.in(shard, now)
	if d != unknown {
		return d == due, nil
	}
	at, err := n.look(ctx, u, shard, now)
	return at <= now.UnixMilli(), err
}

// nothingLeft notes that everything of a shard was done that was due at so many writes,
// from before it was looked at. What is due still rests or is in somebody's hands: it is met again after a while.
// What was written since does not.
func (n *Notifier) nothingLeft(ctx context.Context, u *upcoming, shard, writes int, rests time.Duration) error {
	now := n.now()
	at, err := n.look(ctx, u, shard, now)
	if err == nil && at <= now.UnixMilli() {
		u.learn(shard, now.Add(rests).UnixMilli(), now, writes)
	}
	return err
}

// restsFor is how long what is due of a shard can't be taken, when nothing of it could:
// it rests, or workers have it until the first of their leases ends.
func (n *Notifier) restsFor(shard int) time.Duration {
	k := &n.holds[shard]
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil {
		return 0
	}
	return k.of.next(n.now(), aside.First)
}
