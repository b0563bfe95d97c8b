// Package alerts brings what a patient tells to a named person who answers for it: the
// alerts with their owner and their times, what nobody has read yet, and the clinic's
// own word about when somebody is there.
package alerts

import (
	"context"

	"handrail/care/duty"
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of alerts.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	aside *aside.Book

	untried bool
	duty    *duty.Inside
	tasks   Tasks
	reaches func(ctx context.Context, accountID string) (bool, error)
	others  []Others
	awaited awaited

	abouts *chart.Remembered[about]
	pasts  chart.Briefly[heldPast]
}

// New makes them. The Inside is for other parts of care alone.
// untried lets alerts begin without a rota and a drill, as in clinics for tests.
func New(base *chart.Base, rotas *duty.Inside, untried bool) (*Service, *Inside) {
	c := &Service{base: base, store: base.Store, now: base.Now, aside: base.Aside, duty: rotas, untried: untried}
	c.abouts = chart.NewRemembered[about](c.store, aboutOf...)
	rotas.Declared(func(ctx context.Context, programme string) (risk.Hours, error) {
		s, err := c.settings(ctx)
		if err != nil || programme == "" {
			return s.Value.Hours, err
		}
		in, err := c.programme(ctx, programme)
		if err != nil && (models.KindOf(err) == models.KindNotFound || !aside.Stops(err)) {
			err = nil
		}
		return in.Value.HoursOr(s.Value.Hours), err
	})
	return c, &Inside{c}
}

// ReachedBy says how to find out whether a channel reaches somebody. Without it
// everybody counts as reached. It is set once, before the program serves.
func (c *Service) ReachedBy(reaches func(ctx context.Context, accountID string) (bool, error)) {
	c.reaches = reaches
}

// Part is the alerts of a patient's open chart. Do not keep it: a revocation holds
// from the next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}
