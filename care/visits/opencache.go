package visits

import (
	"context"
	"sync"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
)

// openCache keeps compiled availabilities by whose they are. Each is good for the
// versions it was made of, which are read at every use: an instance never books by
// hours that another has changed.
type openCache struct {
	mu   sync.Mutex
	held map[string]heldOpen
}

type heldOpen struct {
	hours, calendar int64
	open            *schedule.Open
}

// maxOpens bounds the cache. A clinic has fewer clinicians; if not, it starts anew.
const maxOpens = 5000

// open gives the compiled hours of somebody, nil when they have said none.
func (c *Service) open(ctx context.Context, who string, cal chart.Versioned[SiteCalendar]) (*schedule.Open, error) {
	v, err := chart.Load[Hours](ctx, c.store, chart.ColAvailability, who)
	if models.KindOf(err) == models.KindNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c.opens.mu.Lock()
	held, ok := c.opens.held[who]
	c.opens.mu.Unlock()
	if ok && held.hours == v.Version && held.calendar == cal.Version {
		return held.open, nil
	}
	open, err := schedule.Compile(v.Value.Availability, cal.Value.Closures)
	if err != nil {
		return nil, err
	}
	c.opens.mu.Lock()
	defer c.opens.mu.Unlock()
	if c.opens.held == nil || len(c.opens.held) >= maxOpens {
		c.opens.held = map[string]heldOpen{}
	}
	c.opens.held[who] = heldOpen{v.Version, cal.Version, open}
	return open, nil
}
