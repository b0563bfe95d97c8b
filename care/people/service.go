// Package people knows who is who: accounts, the care team, family and friends, whom
// the patient lets see what, the emergency access, and who looked.
package people

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// Service is the use cases of people.
type Service struct {
	base   *chart.Base
	store  store.Store
	now    models.Clock
	site   models.Site
	aside  *aside.Book
	signin *signin.Inside

	beginnings []func(patientID string) (store.Op, error)
	stopped    func(ctx context.Context, accountID string) error
	revoked    func(ctx context.Context, v models.Consent) ([]store.Op, error)
	alertsOn   func(context.Context) (bool, error)
	words      func(ctx context.Context, read *models.ReadWords) (reviewedOn string, err error)
	offers     Offers
	ends       TeamEnds

	withdrawn, consentEnds once
}

// Offers tells what can be promised to a supporter, and in which words. What sends
// notes sets it before the program serves; without it nothing is offered.
type Offers interface {
	Offer(ctx context.Context, accountID string) (models.PromiseOffer, error)
	Wordings() []models.Wording
}

// PromisesBy says who knows what can be promised.
func (c *Service) PromisesBy(o Offers) { c.offers = o }

// AlertsOn says how to find out whether alerts are made at this clinic: without them
// nobody is called for help either.
func (c *Service) AlertsOn(on func(context.Context) (bool, error)) { c.alertsOn = on }

// WhenStopped says what follows at once when an account was stopped: their open work
// goes to others. It is set once, by care.New.
func (c *Service) WhenStopped(do func(ctx context.Context, accountID string) error) { c.stopped = do }

// RevokedWith says what else is written when a consent is taken back, in the same batch.
// A failure of it never keeps a consent in force.
func (c *Service) RevokedWith(ops func(ctx context.Context, v models.Consent) ([]store.Op, error)) {
	c.revoked = ops
}

// WordsBy says who knows the words that a consent is signed on. It is set once, by care.New.
func (c *Service) WordsBy(hold func(ctx context.Context, read *models.ReadWords) (string, error)) {
	c.words = hold
}

// signedOn holds the words that were read before a consent; to share less asks for none.
func (c *Service) signedOn(ctx context.Context, t models.ConsentTerms) (reviewedOn string, err error) {
	if t.Provision != models.Permit {
		return "", nil
	}
	return c.words(ctx, t.Words)
}

// New makes them. beginnings write what a new patient's record begins with. The Inside
// is for other parts of care alone.
func New(base *chart.Base, in *signin.Inside, beginnings ...func(patientID string) (store.Op, error)) (*Service, *Inside) {
	c := &Service{base: base, store: base.Store, now: base.Now, site: base.Site, aside: base.Aside, signin: in, beginnings: beginnings,
		withdrawn: once{fact: "withdrawn-scopes-1"}, consentEnds: once{fact: "consent-ends-1"}}
	return c, &Inside{c}
}
