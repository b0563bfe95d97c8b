package notify

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"handrail/models/reminder"
	"handrail/store"
	"handrail/store/aside"
)

// hold is a claim of a worker: the entries that it has in its hands until its lease ends.
type hold struct {
	ID      string    `json:"id"`
	Holder  string    `json:"holder"` // the instance
	Until   time.Time `json:"until"`
	Entries []string  `json:"entries"`
}

// holds are all claims of a shard, one document. Who claims, or lays down what it had,
// writes it at the version that it has read, so no entry is in two claims. A value is
// never changed.
type holds struct {
	shard   int
	version int64 // 0: it is not in the store yet
	open    []hold
}

// holdsKnown are the claims of a shard as this instance read or wrote them last. A write
// at their version says whether they are the newest.
type holdsKnown struct {
	mu sync.Mutex
	of *holds
}

// errMoved says that the claims of a shard are no longer as they were read.
var errMoved = errors.New("notify: somebody else claimed in this shard")

// maxHeld bounds how many entries of a shard are in workers' hands, and so the document. A
// call is taken all the same.
const maxHeld = 10_000

func holdsID(shard int) string { return "shard-" + strconv.Itoa(shard) }

// holdsOf gives the claims of a shard, from memory where there is something; read tells
// whether the store was asked.
func (n *Notifier) holdsOf(ctx context.Context, shard int) (h *holds, read bool, err error) {
	k := &n.holds[shard]
	k.mu.Lock()
	h = k.of
	k.mu.Unlock()
	if h != nil {
		return h, false, nil
	}
	h, err = n.readHolds(ctx, shard)
	return h, true, err
}

// readHolds asks the store for the claims of a shard. Some that can't be read are none:
// what they held may come twice.
func (n *Notifier) readHolds(ctx context.Context, shard int) (*holds, error) {
	h := &holds{shard: shard}
	docs, err := n.store.GetMany(ctx, colHolds, []string{holdsID(shard)}) // also one that does not open
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		h.version = d.Version
		if _, err := readBody(d, &h.open); err != nil {
			n.log.Error("notify: the claims of a shard can't be read; what was under way may come twice", "shard", shard, "cause", aside.Cause(err))
			h.open = nil
		}
	}
	n.learnHolds(h)
	return h, nil
}

// learnHolds remembers claims that were read or written, unless newer ones are known.
func (n *Notifier) learnHolds(h *holds) {
	k := &n.holds[h.shard]
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil || k.of.version <= h.version {
		k.of = h
	}
}

// forgetHolds is for when they have turned out to be old.
func (n *Notifier) forgetHolds(shard int) {
	k := &n.holds[shard]
	k.mu.Lock()
	defer k.mu.Unlock()
	k.of = nil
}

// with gives the claims with one in place of what stands under its id. One without
// entries goes.
func (h *holds) with(c hold) *holds {
	next := &holds{shard: h.shard, version: h.version, open: slices.DeleteFunc(slices.Clone(h.open), func(o hold) bool { return o.ID == c.ID })}
	if len(c.Entries) > 0 {
		next.open = append(next.open, c)
	}
	return next
}

// op writes the claims at the version that was read.
func (h *holds) op() (store.Op, error) {
	body, err := json.Marshal(h.open)
	d := store.Doc{ID: holdsID(h.shard), Version: h.version, Owner: store.Site, Body: body}
	if h.version == 0 {
		return store.Insert(colHolds, d), err
	}
	return store.Replace(colHolds, d), err
}

// first finds a claim.
func (h *holds) first(is func(hold) bool) (hold, bool) {
	if h != nil {
		if i := slices.IndexFunc(h.open, is); i >= 0 {
			return h.open[i], true
		}
	}
	return hold{}, false
}

// has finds the claim that an entry is in.
func (h *holds) has(id string) (hold, bool) {
	return h.first(func(o hold) bool { return slices.Contains(o.Entries, id) })
}

// ended finds a claim whose lease has ended.
func (h *holds) ended(now time.Time) (hold, bool) {
	return h.first(func(o hold) bool { return !now.Before(o.Until) })
}

// next is when the first of the claims ends, but no later than after most.
func (h *holds) next(now time.Time, most time.Duration) time.Duration {
	for _, o := range h.open {
		most = min(most, max(0, o.Until.Sub(now)))
	}
	return most
}

func (h *holds) full() bool {
	held := 0
	for _, o := range h.open {
		held += len(o.Entries)
	}
	return held >= maxHeld
}

// inHands gives the claims of a person's shard when one of their entries is due, so that it
// may be in one; else nil.
func (n *Notifier) inHands(ctx context.Context, p *person, known map[string]*entry, now time.Time) (*holds, error) {
	for _, e := range known {
		if n.sharedClaims(now) && e.mayBeHeld(now) {
			return n.readHolds(ctx, int(shardOf(p.AccountID)))
		}
	}
	return nil, nil
}

// mayBeHeld tells whether a worker may have the entry in its hands, with nothing in it that says so.
func (e *entry) mayBeHeld(now time.Time) bool {
	return e.State == StatePlanned && !e.NextAt.IsZero() && !e.NextAt.After(now)
}

// touches tells whether a change of a plan moves or drops what may be in a worker's hands.
func touches(diff reminder.Change, known map[string]*entry, now time.Time) bool {
	due := func(o reminder.Occurrence) bool { return known[o.Name].mayBeHeld(now) }
	return slices.ContainsFunc(diff.Move, due) || slices.ContainsFunc(diff.Drop, due)
}

// before puts the claims before the ops of a plan, as they are: if somebody has claimed
// since they were read, nothing is done.
func (h *holds) before(ops []store.Op) ([]store.Op, error) {
	op, err := h.op()
	return slices.Insert(ops, 0, op), err
}
