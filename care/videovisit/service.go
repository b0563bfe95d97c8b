// Package videovisit is the door of a visit's room: who may come in as what, until
// when, and what is kept of it.
package videovisit

import (
	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of video visits.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	aside  *aside.Book
	visits *visits.Inside
}

// New makes them.
func New(base *chart.Base, v *visits.Inside) *Service {
	return &Service{base: base, store: base.Store, now: base.Now, aside: base.Aside, visits: v}
}
