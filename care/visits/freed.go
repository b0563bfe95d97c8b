package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
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

func freedOp(v chart.Versioned[freed]) (store.Op, error) {
	doc, err := chart.Encode(v.Value.ID, chart.OwnerSite, v.Version, store.Keys{"due": chart.Millis(v.Value.Due)}, v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColFreed, doc), err
	}
	return store.Replace(chart.ColFreed, doc), err
}

// freedOps tells the line of booked time that a step gives back, in the batch that
// gives it back. Holds were never anybody's, and where nobody waits nothing is written.
func (c *Service) freedOps(ctx context.Context, s *step) ([]store.Op, error) {
	f := freed{ID: chart.NewID(), Due: c.now().UTC()}
	for _, claim := range s.release {
		if claim.Expires == 0 && claim.From > c.now().Unix() {
			f.Free = append(f.Free, claim)
		}
	}
	if len(f.Free) == 0 || s.quiet {
		return nil, nil
	}
	line, err := c.store.Query(ctx, chart.ColWaits, store.Query{Index: "line", Equal: []any{"waiting"}, Limit: 1, Unopened: true})
	if err != nil || len(line.Docs) == 0 {
		return nil, chart.Refusal(err)
	}
	op, err := freedOp(chart.Versioned[freed]{Value: f})
	return []store.Op{op}, err
}

// heldUntil tells until when somebody else's hold keeps freed time; zero: nobody's
// does. A visit that was booked there keeps it for good.
func (c *Service) heldUntil(ctx context.Context, f freed) (until time.Time, taken bool, err error) {
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
func (c *Service) settleFreed(ctx context.Context, v chart.Versioned[freed]) error {
	until, taken, err := c.heldUntil(ctx, v.Value)
	if err != nil {
		return err
	}
	op := store.Delete(chart.ColFreed, v.Value.ID, v.Version)
	if !taken && !until.IsZero() {
		v.Value.Due = until
		if op, err = freedOp(v); err != nil {
			return err
		}
	}
	return unlessLost(chart.Refusal(c.store.Batch(ctx, op)))
}

// unlessLost: another instance was faster, and that is as good.
func unlessLost(err error) error {
	if lost(err) {
		return nil
	}
	return err
}
