package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"handrail/store"
	"handrail/store/aside"
	"handrail/store/turns"
)

// writeAll stores entries in one batch, and before them the claims of their shard, when
// claims gives some. Those that somebody changed meanwhile are lost, those that can't be written
// rest; claims is asked with both. After patience of the first all the rest counts as lost too,
// because another instance is working its way through the same shard. errMoved: the claims
// were no longer as they were read, and nothing was written.
func (n *Notifier) writeAll(ctx context.Context, list []*entry, patience int, claims func(lost map[*entry]bool) *holds) (lost map[*entry]bool, err error) {
	lost = map[*entry]bool{}
	raced := 0
	for {
		turn := turns.Half.TakeBesidePeople(ctx, longestTurn)
		ops := make([]store.Op, 0, 1+len(list))
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
		turn.End()
		if err != nil {
			return nil, err
		}
		var h *holds
		if claims != nil {
			h = claims(lost)
		}
		before := 0 // how many ops stand before those of the entries
		if h != nil {
			op, err := h.op()
			if err != nil {
				return nil, err
			}
			ops, before = slices.Insert(ops, 0, op), 1
		}
		if len(ops) == 0 {
			return lost, nil
		}
		err := n.store.Batch(ctx, ops...)
		op, ok := errors.AsType[*store.OpError](err)
		switch {
		case err == nil:
			if h != nil {
				h.version++
				n.learnHolds(h)
			}
			for _, e := range list {
				e.version++
				n.count(e)
			}
			return lost, nil
		case !ok, aside.Stops(err), ctx.Err() != nil:
			return nil, err
		case op.Index < before && (taken(op.Err) || errors.Is(op.Err, store.ErrExists)):
			return lost, errMoved
		case op.Index < before:
			return nil, err
		}
		one := list[op.Index-before]
		lost[one] = true
		list = append(list[:op.Index-before:op.Index-before], list[op.Index-before+1:]...)
		if !taken(op.Err) {
			if err := n.rest(ctx, one.ID, op.Err); err != nil {
				return nil, err
			}
			continue
		}
		if raced++; raced > patience {
			if h != nil {
				return lost, errMoved
			}
			for _, e := range list {
				lost[e] = true
			}
			return lost, nil
		}
	}
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

// write stores what became of claimed entries and lays them down; those that can't be
// written stay in the claim until its lease ends. When a receipt came meanwhile, the
// answers are taken in anew on top of it.
func (n *Notifier) write(ctx context.Context, c claim, list []*entry, answers map[*entry][]answer) error {
	now := n.now()
	left := map[*entry]bool{}
	for _, e := range list {
		n.conclude(e, now, answers[e])
	}
	lost, err := n.laidDown(ctx, c, list, left)
	if err != nil {
		return err
	}
	for e := range lost {
		if left[e] = n.resting.has(e.ID, now); left[e] { // it can't be written
			continue
		}
		err := n.writeOver(ctx, e, answers[e], now)
		if err != nil && !aside.Stops(err) && ctx.Err() == nil {
			left[e], err = true, n.rest(ctx, e.ID, err)
		}
		if err != nil {
			return err
		}
	}
	if len(lost) > 0 && c.id != "" {
		_, err = n.laidDown(ctx, c, nil, left)
	}
	return err
}

// laidDown stores entries of a claim, and the claim with those alone that are left or lost.
func (n *Notifier) laidDown(ctx context.Context, c claim, list []*entry, left map[*entry]bool) (lost map[*entry]bool, err error) {
	for {
		var claims func(map[*entry]bool) *holds
		if c.id != "" {
			h, _, err := n.holdsOf(ctx, c.shard)
			if err != nil {
				return nil, err
			}
			claims = func(lost map[*entry]bool) *holds { return h.without(c, left, lost) }
		}
		lost, err = n.writeAll(ctx, list, len(list), claims)
		if !errors.Is(err, errMoved) || ctx.Err() != nil {
			return lost, err
		}
		n.forgetHolds(c.shard)
	}
}

// without gives the claims of the shard with what is left or lost of one; nil when that one
// is not among them: its lease has ended, and others have what was in it.
func (h *holds) without(c claim, left, lost map[*entry]bool) *holds {
	mine, ok := h.first(func(o hold) bool { return o.ID == c.id })
	if !ok {
		return nil
	}
	mine.Entries = nil
	for _, e := range c.list {
		if e.held && (left[e] || lost[e]) {
			mine.Entries = append(mine.Entries, e.ID)
		}
	}
	return h.with(mine)
}

// writeOver takes answers in on the newest version of an entry.
func (n *Notifier) writeOver(ctx context.Context, e *entry, answers []answer, now time.Time) error {
	return n.edit(ctx, e.ID, func(newest *entry) bool {
		switch {
		case newest.State.ended():
			for _, a := range answers {
				newest.take(now, a)
			}
			return true
		case newest.Holder != n.instance && (newest.State == StateClaimed || !e.held):
			return false // the lease ran out and another instance has it: its answers count
		case e.held && newest.State != StateClaimed:
			for _, step := range newest.taken() {
				newest.mark(now, MarkClaimed, string(step), "")
			}
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
