package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"handrail/store"
	"handrail/store/aside"
	"handrail/store/turns"
)

// claim is what a worker has taken to send.
type claim struct {
	shard int
	id    string // of the hold that some of them are in; none: each is claimed by itself
	list  []*entry
}

// longestTurn is how long a worker has a processor for a claim at a time, at most; it takes some
// 5 ms.
const longestTurn = 20 * time.Millisecond

// claimTries is how often a worker begins anew when others claim in the same shard.
const claimTries = 8

// claim takes entries of one shard, durably, that are due, or the calls among them alone, and
// returns those that are to be sent. looked is how many there were. One that can't
// be read becomes a dead letter before anything else is done about it; one that can't be
// written rests.
func (n *Notifier) claim(ctx context.Context, shard int, calls bool) (c claim, looked int, err error) {
	for range claimTries {
		c, looked, err = n.tryClaim(ctx, shard, calls)
		if !errors.Is(err, errMoved) {
			return c, looked, err
		}
		n.forgetHolds(shard)
	}
	return claim{}, 1, nil // there is something, for who comes next
}

func (n *Notifier) tryClaim(ctx context.Context, shard int, calls bool) (c claim, looked int, err error) {
	now := n.now()
	h, read, err := n.holdsOf(ctx, shard)
	if err != nil {
		return c, 0, err
	}
	until := now
	if calls { // what a worker left behind is not theirs: a call does not wait for reminders
		until = now.Add(-ahead)
	} else if gone, ok := h.ended(now); ok {
		return n.takeOver(ctx, h, gone, now)
	}
	turn := turns.Half.TakeBesidePeople(ctx, longestTurn)
	defer turn.End()
	c = claim{shard: shard}
	mine := hold{ID: uuid.NewString(), Holder: n.instance, Until: now.Add(n.limits.Lease).UTC()}
	var own []*entry // those that say by themselves what becomes of them
	q := store.Query{Index: ixNext, Equal: []any{int64(shard)}, To: until.UnixMilli() + 1, Limit: n.limits.Batch, Unopened: true}
	for len(mine.Entries)+len(own) == 0 && (calls || !h.full()) { // a page of entries that rest does not hide those behind it
		page, err := n.store.Query(ctx, colDue, q)
		if err != nil {
			return c, looked, err
		}
		for _, d := range page.Docs {
			if o, held := h.has(d.ID); held && o.Holder != n.instance && !read {
				return c, looked, errMoved // that instance may have laid it down since
			} else if held || n.resting.has(d.ID, now) {
				continue
			}
			looked++
			e, plain, send, err := n.woken(ctx, d, now)
			switch {
			case err != nil:
				return c, looked, err
			case e == nil:
				continue
			case send && plain && n.sharedClaims(now):
				e.held = true
				mine.Entries = append(mine.Entries, e.ID)
			default:
				own = append(own, e)
			}
			if send {
				c.list = append(c.list, e)
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	var claims func(map[*entry]bool) *holds
	if len(mine.Entries) > 0 {
		c.id = mine.ID
		claims = func(map[*entry]bool) *holds { return h.with(mine) }
	}
	turn.End()
	lost, err := n.writeAll(ctx, own, 3, claims)
	if err != nil {
		return claim{}, looked, err
	}
	c.list = without(c.list, lost)
	return c, looked, nil
}

// woken reads an entry and decides what is done with it, see wake; plain is how it was
// before. One that can't be read is buried: nil.
func (n *Notifier) woken(ctx context.Context, d store.Doc, now time.Time) (e *entry, plain, send bool, err error) {
	err = aside.Safely(func() (err error) {
		if e, err = queueEntry(d); err == nil {
			plain = e.plain()
			send = n.wake(e, now)
		}
		return err
	})
	if err != nil {
		return nil, false, false, n.bury(ctx, d, err)
	}
	return e, plain, send, nil
}

// plain tells whether an entry does no more than wait for its time.
func (e *entry) plain() bool { return e.State == StatePlanned || e.State == StateRetry }

// takeOver claims entries whose worker said nothing until its lease had ended. What comes
// of that is counted in each of them, so from here on each is claimed by itself.
func (n *Notifier) takeOver(ctx context.Context, h *holds, gone hold, now time.Time) (c claim, looked int, err error) {
	ids := gone.Entries[:min(len(gone.Entries), n.limits.Batch)]
	docs, err := n.store.GetMany(ctx, colDue, ids)
	if err != nil {
		return c, 0, err
	}
	c = claim{shard: h.shard}
	var own []*entry
	var stuck []string // what can't be written now is not sent either
	for _, d := range docs {
		if n.resting.has(d.ID, now) {
			stuck = append(stuck, d.ID)
			continue
		}
		e, send, err := n.abandoned(ctx, d, now)
		if err != nil {
			return c, 0, err
		}
		if e != nil {
			own = append(own, e)
		}
		if send {
			c.list = append(c.list, e)
		}
	}
	left := gone
	left.Entries = gone.Entries[len(ids):]
	again := hold{ID: uuid.NewString(), Holder: gone.Holder, Until: now.Add(n.limits.Lease).UTC()}
	lost, err := n.writeAll(ctx, own, len(own), func(lost map[*entry]bool) *holds {
		again.Entries = slices.Clone(stuck)
		for e := range lost {
			again.Entries = append(again.Entries, e.ID)
		}
		return h.with(left).with(again)
	})
	if err != nil {
		return claim{}, len(ids), err
	}
	c.list = without(c.list, lost)
	return c, len(ids), nil
}

// abandoned wakes an entry whose worker went away in the middle; nil: somebody has seen to it since.
func (n *Notifier) abandoned(ctx context.Context, d store.Doc, now time.Time) (e *entry, send bool, err error) {
	err = aside.Safely(func() (err error) {
		if e, err = queueEntry(d); err != nil {
			return err
		}
		if !e.plain() || e.NextAt.IsZero() {
			e = nil
			return nil
		}
		e.State = StateClaimed
		send = n.wake(e, now)
		return nil
	})
	if err != nil {
		return nil, false, n.bury(ctx, d, err)
	}
	return e, send, nil
}
