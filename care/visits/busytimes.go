package visits

import (
	"context"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
)

// busyFor is how long an instance goes by the busy times that it has read from the
// store. They are a quarter of an hour old anyway, and a search asks for them for
// each clinician.
const busyFor = 30 * time.Second

// busyCache keeps busy times by whose they are.
type busyCache = lru.Cache[string, heldBusy]

type heldBusy struct {
	at    time.Time
	times []schedule.Span
}

// busyOf are the times at which somebody's calendar elsewhere says that they are
// taken, as a set. It must not be changed.
func (c *Service) busyOf(ctx context.Context, who string) ([]schedule.Span, error) {
	if c.busySource == nil {
		return nil, nil // what nobody refreshes does not hold for ever
	}
	now := c.now()
	held, ok := c.busy.Get(who)
	if age := now.Sub(held.at); ok && age >= 0 && age < busyFor {
		return held.times, nil
	}
	v, err := chart.Load[busyCalendar](ctx, c.store, chart.ColBusy, who)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return nil, err
	}
	c.busy.Add(who, heldBusy{now, v.Value.Times})
	return v.Value.Times, nil
}
