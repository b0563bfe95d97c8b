package visits

import (
	"context"

	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
)

// compiledHours keeps compiled availabilities by whose they are. Each is good for the
// versions it was made of, which are read at every use: an instance never books by
// hours that another has changed.
type compiledHours = lru.Cache[string, heldHours]

type heldHours struct {
	hours, calendar int64
	open            *schedule.OpenHours
}

// maxCompiledHours is of how many people hours and busy times are kept: more than a clinic has.
const maxCompiledHours = 5000

// openHours gives the compiled hours of somebody, nil when they have said none.
func (c *Service) openHours(ctx context.Context, who string, cal chart.Versioned[SiteCalendar]) (*schedule.OpenHours, error) {
	v, err := chart.Load[StoredAvailability](ctx, c.store, chart.ColAvailability, who)
	if models.KindOf(err) == models.KindNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	held, ok := c.compiled.Get(who)
	if ok && held.hours == v.Version && held.calendar == cal.Version {
		return held.open, nil
	}
	open, err := schedule.Compile(v.Value.Availability, cal.Value.Closures)
	if err != nil {
		return nil, err
	}
	c.compiled.Add(who, heldHours{v.Version, cal.Version, open})
	return open, nil
}
