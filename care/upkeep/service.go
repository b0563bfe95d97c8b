// Package upkeep is what is done without a caller: what workers read of a person, what
// an operator's command checks, erases, or ends again after a restore.
package upkeep

import (
	"handrail/care/apps"
	"handrail/care/crisis"
	"handrail/care/families"
	"handrail/care/internal/chart"
	"handrail/care/people"
	"handrail/care/record"
	"handrail/care/signin"
	"handrail/care/sso"
	"handrail/models"
	"handrail/store"
)

// Service is the use cases of upkeep.
type Service struct {
	base  *chart.Base
	store store.Store
	now   models.Clock
	site  models.Site

	signin *signin.Inside
	people *people.Service
	record *record.Service
	crisis *crisis.Inside
	apps   *apps.Inside

	elsewhere *sso.Inside
	family    *families.Inside
}

// New makes them.
func New(base *chart.Base, in *signin.Inside, p *people.Service, r *record.Service, c *crisis.Inside, a *apps.Inside, elsewhere *sso.Inside, f *families.Inside) *Service {
	return &Service{base: base, store: base.Store, now: base.Now, site: base.Site, signin: in, people: p, record: r, crisis: c, apps: a, elsewhere: elsewhere, family: f}
}
