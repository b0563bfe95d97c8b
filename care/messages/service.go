// Package messages is the threads of messages about a patient: between the patient and the
// team, inside the team, and with a supporter where the patient's consent allows; and the
// worries of supporters, of which the patient never learns.
package messages

import (
	"context"

	"handrail/care/alerts"
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of messages.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	site   models.Site
	aside  *aside.Book
	alerts *alerts.Inside
}

// New makes them; what nobody has read stands in the worklist of alerts.
func New(base *chart.Base, inAlerts *alerts.Inside) *Service {
	c := &Service{base: base, store: base.Store, now: base.Now, site: base.Site, aside: base.Aside, alerts: inAlerts}
	inAlerts.AlsoWaits(c.waiting)
	return c
}

// Part is the messages of a patient's open chart. Do not keep it: a revocation holds from
// the next Open.
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

// again tells whether a batch is to be made anew: somebody else was faster.
func again(ctx context.Context, err error) bool {
	k := models.KindOf(err)
	return (k == models.KindStale || k == models.KindConflict || k == models.KindNotFound) && ctx.Err() == nil
}
