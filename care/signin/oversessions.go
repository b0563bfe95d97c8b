package signin

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// A session that is over, because it ended or ran out, has the key overAt: lists of those
// that go on don't read it. It never goes on again, so the key is never taken off. One
// that ended gets it with its end, one that ran out when its person next signs in.

// mostRanOut is how many sessions one sign-in marks.
const mostRanOut = 50

// markRanOut marks sessions of an account that ran out. It is best effort: who reads the
// others looks at their time as well.
func (c *Service) markRanOut(ctx context.Context, accountID string) {
	page, err := c.store.Query(ctx, chart.ColSessions, store.Query{Index: "over", Equal: []any{accountID}, Lacking: true, Limit: mostRanOut, Unopened: true})
	if err != nil {
		return // the sign-in will say so
	}
	var ops []store.Op
	for _, d := range page.Docs {
		if keys, err := c.overKeys(d); err == nil && keys != nil {
			d.Keys = keys
			ops = append(ops, store.Replace(chart.ColSessions, d))
		}
	}
	if len(ops) > 0 {
		if err := c.store.Batch(ctx, ops...); err != nil {
			c.log.Debug("sessions that ran out could not be marked", "cause", err.Error())
		}
	}
}

// overKeys are the keys of a session that is over; nil for one that goes on.
func (c *Service) overKeys(d store.Doc) (store.Keys, error) {
	v, err := chart.Readable[models.Session](d)
	if err != nil || v.Value.Live(c.now()) {
		return nil, err
	}
	keys := sessionKeys(v.Value)
	if v.Value.EndedAt == nil {
		keys["overAt"] = chart.Millis(v.Value.ExpiresAt)
	}
	return keys, nil
}

// FillOver gives the sessions that an older program ended their key, in turns.
func (c *Service) FillOver(ctx context.Context) error { return c.over.Work(ctx, c.base) }
