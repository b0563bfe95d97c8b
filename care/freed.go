package care

import (
	"context"
	"time"

	"handrail/models/schedule"
	"handrail/store"
)

// freed is time that a visit gave back. It waits in the store until somebody in the
// line was offered it, or nobody wants it.
type freed struct {
	ID   string           `json:"id"`
	Free []schedule.Claim `json:"free"`
	Due  time.Time        `json:"due"`
}

func freedOp(v Versioned[freed]) (store.Op, error) {
	doc, err := encode(v.Value.ID, ownerSite, v.Version, store.Keys{"due": millis(v.Value.Due)}, v.Value)
	if v.isNew() {
		return store.Insert(colFreed, doc), err
	}
	return store.Replace(colFreed, doc), err
}

// freedOps tells the line of booked time that a step gives back, in the batch that
// gives it back. Holds were never anybody's, and where nobody waits nothing is written.
func (c *Care) freedOps(ctx context.Context, s *step) ([]store.Op, error) {
	f := freed{ID: NewID(), Due: c.now().UTC()}
	for _, claim := range s.release {
		if claim.Expires == 0 && claim.From > c.now().Unix() {
			f.Free = append(f.Free, claim)
		}
	}
	if len(f.Free) == 0 || s.quiet {
		return nil, nil
	}
	line, err := c.store.Query(ctx, colWaits, store.Query{Index: "line", Equal: []any{"waiting"}, Limit: 1, Unopened: true})
	if err != nil || len(line.Docs) == 0 {
		return nil, refusal(err)
	}
	op, err := freedOp(Versioned[freed]{Value: f})
	return []store.Op{op}, err
}

// heldUntil tells until when somebody else's hold keeps freed time; zero: nobody's
// does. A visit that was booked there keeps it for good.
func (c *Care) heldUntil(ctx context.Context, f freed) (until time.Time, taken bool, err error) {
	for _, free := range f.Free {
		l, err := c.readLedgers(ctx, []string{free.Who}, free.Span)
		if err != nil {
			return until, false, err
		}
		for _, claim := range l.claims(nil)[free.Who] {
			if !claim.Live(c.now().Unix()) || !claim.Overlaps(free.Span) {
				continue
			}
			if claim.Expires == 0 {
				return until, true, nil
			}
			if at := time.Unix(claim.Expires, 0).UTC(); at.After(until) {
				until = at
			}
		}
	}
	return until, false, nil
}

// settleFreed is done with a piece of freed time that nobody in the line could be
// offered: it looks again when a hold on it is over, and otherwise forgets it.
func (c *Care) settleFreed(ctx context.Context, v Versioned[freed]) error {
	until, taken, err := c.heldUntil(ctx, v.Value)
	if err != nil {
		return err
	}
	op := store.Delete(colFreed, v.Value.ID, v.Version)
	if !taken && !until.IsZero() {
		v.Value.Due = until
		if op, err = freedOp(v); err != nil {
			return err
		}
	}
	return unlessLost(refusal(c.store.Batch(ctx, op)))
}

// unlessLost: another instance was faster, and that is as good.
func unlessLost(err error) error {
	if lost(err) {
		return nil
	}
	return err
}
