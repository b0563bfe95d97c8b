// Package comments keeps what patients say to what was written about them, and who wrote
// it hears of it.
package comments

import (
	"handrail/care/alerts"
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Service is the use cases of comments.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	alerts *alerts.Inside
}

// New makes them.
func New(base *chart.Base, a *alerts.Inside) *Service {
	return &Service{base, base.Store, base.Now, a}
}

// Part is the comments of a patient's open chart. Do not keep it: a revocation holds from
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
