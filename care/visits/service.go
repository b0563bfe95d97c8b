// Package visits holds the use cases of scheduling: hours, kinds of visit, booking,
// series, the waitlist, conferences, and the calendars around them.
package visits

import (
	"context"
	"log/slog"

	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of visits.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	site  models.Site
	log   *slog.Logger
	aside *aside.Book

	busySource BusySource // reads calendars elsewhere; nil: none are read
	stepUp     func(context.Context, models.Actor) error
	compiled   *compiledHours
	busy       *busyCache
	ledgers    *ledgerCache
}

// New makes them, and tells the chart in whose visits an interpreter is booked. stepUp
// refuses who has not shown a factor of late. The Inside is for other parts of care alone.
func New(base *chart.Base, busy BusySource, stepUp func(context.Context, models.Actor) error) (*Service, *Inside) {
	c := &Service{base: base, store: base.Store, now: base.Now, site: base.Site, log: base.Log, aside: base.Aside, busySource: busy, stepUp: stepUp,
		compiled: cache[heldHours](maxCompiledHours), busy: cache[heldBusy](maxCompiledHours), ledgers: cache[heldLedger](maxLedgers)}
	base.Interpreting = c
	return c, &Inside{c}
}

// cache keeps what was read of late, the least used goes first.
func cache[V any](size int) *lru.Cache[string, V] {
	c, _ := lru.New[string, V](size) // fails only for a size below 1
	return c
}

// Inside is what the room of a visit asks of the visits.
type Inside struct{ service *Service }

// OfChart loads a visit of an open chart. A hold whose time is over is gone.
func (i *Inside) OfChart(ctx context.Context, ch *chart.Chart, id string) (chart.Versioned[Visit], error) {
	return i.service.Part(ch).visitOfChart(ctx, id)
}
