package notify

import (
	"context"
	"errors"
	"time"

	"handrail/store"
)

// claim takes due entries of one shard, durably, and returns those that are to be
// sent. looked is how many were due.
func (n *Notifier) claim(ctx context.Context, shard int) (list []*entry, looked int, err error) {
	now := n.now()
	page, err := n.store.Query(ctx, colDue, store.Query{Index: ixNext, Equal: []any{int64(shard)},
		To: now.UnixMilli() + 1, Limit: n.limits.Batch})
	if err != nil || len(page.Docs) == 0 {
		return nil, 0, err
	}
	var all []*entry
	for _, d := range page.Docs {
		e, err := readEntry(d)
		if err != nil {
			n.log.Error("notify: an entry of the ledger can't be read", "id", d.ID)
			continue
		}
		send := n.wake(e, now)
		if send {
			list = append(list, e)
		}
		all = append(all, e)
	}
	lost, err := n.writeAll(ctx, all, 3)
	if err != nil {
		return nil, 0, err
	}
	return without(list, lost), len(page.Docs), nil
}

// writeAll stores entries in one batch. Those that somebody changed meanwhile are
// lost; after patience of them all the rest counts as lost too, because another
// instance is working its way through the same shard.
func (n *Notifier) writeAll(ctx context.Context, list []*entry, patience int) (lost map[*entry]bool, err error) {
	lost = map[*entry]bool{}
	for len(list) > 0 {
		ops := make([]store.Op, len(list))
		for i, e := range list {
			d, err := e.doc()
			if err != nil {
				return nil, err
			}
			ops[i] = store.Replace(colDue, d)
		}
		n.writes.Lock()
		err := n.store.Batch(ctx, ops...)
		n.writes.Unlock()
		if op, ok := errors.AsType[*store.OpError](err); ok && taken(op.Err) {
			lost[list[op.Index]] = true
			list = append(list[:op.Index:op.Index], list[op.Index+1:]...)
			if len(lost) > patience {
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
		e, err := readEntry(d)
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
