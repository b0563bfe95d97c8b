// Package sso lets people in by an account that they have elsewhere: staff by the
// sign-in of their hospital (OpenID Connect), and people of a clinic that uses it by
// Firebase. What a provider says is told by its Client; this package decides whose
// account it is, and whether there is one.
package sso

import (
	"context"
	"net/url"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
)

// Provider is a sign-in that a site takes.
type Provider struct {
	ID     string // stands in addresses
	Name   string // as people know it: "Riverside Hospital"
	Create bool   // accounts are made on the first sign-in
	// Roles maps the values of the provider's claim to what somebody is here. The first
	// in this order that a person has counts.
	Roles  []RoleOf
	Client Client
}

// RoleOf is what a value of a claim makes of somebody.
type RoleOf struct {
	Value      string
	Role       models.Role // of staff
	Discipline models.Discipline
}

// Client speaks to one provider. signon/oidc implements it. Its errors are
// *models.Error: KindInvalid for an answer that can't be used, KindUnavailable for a
// provider that does not answer.
type Client interface {
	Issuer() string
	AuthorizeURL(context.Context, Asking) (string, error)
	Exchange(context.Context, Answering) (Identity, error)
	ReadLogout(ctx context.Context, token string) (Logout, error)
}

// Asking is what goes to a provider with the browser. Anew: the person shows there once more
// that it is them, also when they are signed in.
type Asking struct {
	State, Nonce, Verifier, RedirectURI string
	Anew                                bool
}

// Answering is what comes back, with what was kept here. Issuer is the parameter iss
// (RFC 9207), "" for none.
type Answering struct{ Code, Issuer, Nonce, Verifier, RedirectURI string }

// Identity is who signed in at a provider.
type Identity struct {
	Issuer, Subject string
	Session         string // the provider's own session (sid), "" when it says none
	Name, Email     string
	EmailVerified   bool
	SecondFactor    bool     // the provider asked for one
	Roles           []string // values of the mapped claim
	// Ago is how long before the token the person showed that it is them (auth_time), by the
	// provider's own clock; negative: it does not say.
	Ago time.Duration
	// Issued is when the provider said it (iat), by its own clock.
	Issued time.Time
}

// Logout is a logout token that holds. ID is its jti.
type Logout struct {
	ID, Subject, Session string
	Issued               time.Time // by the provider's clock
	Until                time.Time // when no clock takes it any more
}

// Service is the use cases.
type Service struct {
	base      *chart.Base
	store     store.Store
	now       models.Clock
	signin    *signin.Inside
	people    *people.Inside
	baseURL   string
	providers []Provider
	firebase  *Firebase
}

// Config is what a site decides.
type Config struct {
	Providers []Provider
	Firebase  *Firebase // nil: none
}

// New makes them. baseURL is the address that people use, "https://care.example.org".
func New(base *chart.Base, in *signin.Inside, p *people.Inside, baseURL string, c Config) (*Service, *Inside) {
	s := &Service{base: base, store: base.Store, now: base.Now, signin: in, people: p,
		baseURL: baseURL, providers: c.Providers, firebase: c.Firebase}
	return s, &Inside{s}
}

// Offered is a provider as the sign-in page shows it.
type Offered struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Providers are those that the sign-in page offers.
func (c *Service) Providers() []Offered {
	out := []Offered{}
	for _, p := range c.providers {
		out = append(out, Offered{p.ID, p.Name})
	}
	return out
}

func (c *Service) provider(id string) (Provider, error) {
	for _, p := range c.providers {
		if p.ID == id {
			return p, nil
		}
	}
	return Provider{}, models.NotFound()
}

// redirectURI is one of each provider's own: an answer of another one comes to another
// address (RFC 9700, section 4.4).
func (c *Service) redirectURI(p Provider) string {
	return c.baseURL + "/v1/auth/providers/" + url.PathEscape(p.ID) + "/callback"
}

// roleOf is what the claims of somebody make of them; ok is false for nothing.
func (p Provider) roleOf(who Identity) (RoleOf, bool) {
	for _, r := range p.Roles {
		for _, v := range who.Roles {
			if v == r.Value {
				return r, true
			}
		}
	}
	return RoleOf{}, false
}
