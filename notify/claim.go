package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/store"
	"handrail/store/aside"
)

// claim takes entries of one shard, durably, that stand in the queue at a time or before
// it, and returns those that are to be sent. looked is how many there were. One that can't
// be read becomes a dead letter before anything else is done about it; one that can't be
// written rests.
func (n *Notifier) claim(ctx context.Context, shard int, until time.Time) (list []*entry, looked int, err error) {
	now := n.now()
	q := store.Query{Index: ixNext, Equal: []any{int64(shard)}, To: until.UnixMilli() + 1, Limit: n.limits.Batch, Unopened: true}
	var all []*entry
	for len(all) == 0 { // a page of entries that rest does not hide those behind it
		page, err := n.store.Query(ctx, colDue, q)
		if err != nil {
			return nil, looked, err
		}
		for _, d := range page.Docs {
			if n.resting.has(d.ID, now) {
				continue
			}
			looked++
			var e *entry
			var send bool
			err := aside.Safely(func() (err error) {
				if e, err = queueEntry(d); err == nil {
					send = n.wake(e, now)
				}
				return err
			})
			if err != nil {
				if err := n.bury(ctx, d, err); err != nil {
					return nil, looked, err
				}
				continue
			}
			if send {
				list = append(list, e)
			}
			all = append(all, e)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	if len(all) == 0 {
		return nil, looked, nil
	}
	lost, err := n.writeAll(ctx, all, 3)
	if err != nil {
		return nil, looked, err
	}
	return without(list, lost), looked, nil
}

// writeAll stores entries in one batch. Those that somebody changed meanwhile are
// lost, those that can't be written rest; after patience of the first all the rest counts as lost too, because another
// instance is working its way through the same shard.
func (n *Notifier) writeAll(ctx context.Context, list []*entry, patience int) (lost map[*entry]bool, err error) {
	lost = map[*entry]bool{}
	raced := 0
	for len(list) > 0 {
		ops := make([]store.Op, 0, len(list))
		list = slices.DeleteFunc(slices.Clone(list), func(e *entry) bool {
			d, derr := e.doc()
			if derr != nil {
				lost[e] = true
				err = errors.Join(err, n.rest(ctx, e.ID, derr))
				return true
			}
			ops = append(ops, store.Replace(colDue, d))
			return false
		})
		if err != nil || len(list) == 0 {
			return lost, err
		}
		err := n.store.Batch(ctx, ops...)
		if op, ok := errors.AsType[*store.OpError](err); ok && !aside.Stops(err) && ctx.Err() == nil {
			one := list[op.Index]
			lost[one] = true
			list = append(list[:op.Index:op.Index], list[op.Index+1:]...)
			if !taken(op.Err) {
				if err := n.rest(ctx, one.ID, op.Err); err != nil {
					return nil, err
				}
				continue
			}
			if raced++; raced > patience {
				for _, e := range list {
					lost[e] = true
				}
				return lost, nil
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			e.version++
			n.count(e)
		}
		return lost, nil
	}
	return lost, nil
}

// taken tells that an entry is no longer as it was read.
func taken(err error) bool {
	return errors.Is(err, store.ErrConflict) || errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrErased)
}

func without(list []*entry, lost map[*entry]bool) []*entry {
	out := list[:0]
	for _, e := range list {
		if !lost[e] {
			out = append(out, e)
		}
	}
	return out
}

// write stores what became of claimed entries. When a receipt came meanwhile, the
// answers are taken in anew on top of it.
func (n *Notifier) write(ctx context.Context, list []*entry, answers map[*entry][]answer) error {
	now := n.now()
	for _, e := range list {
		n.conclude(e, now, answers[e])
	}
	lost, err := n.writeAll(ctx, list, len(list))
	if err != nil {
		return err
	}
	for e := range lost {
		if err := n.writeOver(ctx, e, answers[e], now); err != nil {
			return err
		}
	}
	return nil
}

// writeOver takes answers in on the newest version of an entry.
func (n *Notifier) writeOver(ctx context.Context, e *entry, answers []answer, now time.Time) error {
	return n.edit(ctx, e.ID, func(newest *entry) bool {
		if newest.Holder != n.instance && !newest.State.ended() {
			return false // the lease ran out and another instance has it: its answers count
		}
		if newest.State.ended() {
			for _, a := range answers {
				newest.take(now, a)
			}
			return true
		}
		n.conclude(newest, now, answers)
		return true
	})
}

// edit changes one entry, again and again until nobody came between. change says
// whether there is anything to store. An entry that is gone is left alone.
func (n *Notifier) edit(ctx context.Context, id string, change func(*entry) bool) error {
	for {
		d, err := n.store.Get(ctx, colDue, id)
		if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrErased) {
			return nil
		}
		if err != nil {
			return err
		}
		e, err := queueEntry(d)
		if err != nil || !change(e) {
			return err
		}
		if d, err = e.doc(); err != nil {
			return err
		}
		if err = n.store.Replace(ctx, colDue, d); !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
}
