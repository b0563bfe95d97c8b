// Package oidc speaks OpenID Connect to the sign-in of a hospital: discovery, the
// authorization code with PKCE, ID tokens and logout tokens. It decides about nobody:
// who may come in is for care/sso.
//
// go-oidc and x/oauth2 are used since what they do (discovery, key sets, signatures)
// is not what Handrail exists for. What they leave to their user is here: the age of
// tokens, headers that ask for more than is understood, azp, sizes, RFC 9207.
package oidc

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	goidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"handrail/care/sso"
	"handrail/models"
)

// Config is how a provider knows this clinic.
type Config struct {
	Issuer       string
	ClientID     string
	ClientSecret string // "": a public client, by PKCE alone
	Scopes       []string
	RoleClaim    string // claim whose values are mapped to roles, such as "groups"
	TrustEmail   bool   // the provider has checked every address, without saying so in email_verified
	SecondFactor bool   // the provider asks everybody for one, without saying so in amr
	HTTP         *http.Client
	Now          models.Clock
}

const (
	// patience is how long one answer of a provider may take.
	patience = 8 * time.Second
	// rediscover is how old what a provider says of itself may be.
	rediscover = time.Hour
	// maxAnswer bounds what is read of one answer, in bytes.
	maxAnswer = 512 << 10
	// Skew is how far the clocks of a provider and of this machine may be apart. Days
	// are refused: a token could then be as old.
	Skew = 5 * time.Minute
)

// algorithms are the signatures that are taken (RFC 7518; RFC 8037). A provider that
// offers "none" or HS256 is not followed there.
var algorithms = []string{goidc.RS256, goidc.EdDSA}

// Client is one provider. It asks nothing at the start: the program comes up while a
// provider is away.
type Client struct {
	config Config
	mu     sync.Mutex
	found  *found
}

// found is what a provider says of itself.
type found struct {
	provider *goidc.Provider
	at       time.Time
	says     struct {
		NamesIssuer bool   `json:"authorization_response_iss_parameter_supported"` // RFC 9207
		Keys        string `json:"jwks_uri"`
	}
}

// whole tells whether all addresses are there that a sign-in needs, over TLS where the
// provider's own is.
func (f *found) whole(issuer string) bool {
	scheme, _, _ := strings.Cut(issuer, ":")
	at := f.provider.Endpoint()
	for _, address := range []string{at.AuthURL, at.TokenURL, f.says.Keys} {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != scheme {
			return false
		}
	}
	return true
}

var _ sso.Client = (*Client)(nil)

// New makes a client.
func New(c Config) *Client {
	if c.Now == nil {
		c.Now = time.Now
	}
	base := c.HTTP
	if base == nil {
		base = &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	}
	// A provider that sends us elsewhere is not followed: what it says of itself stands
	// at its issuer.
	c.HTTP = &http.Client{Timeout: patience, Transport: bounded{base.Transport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("the provider redirects") }}
	if len(c.Scopes) == 0 {
		c.Scopes = []string{"profile", "email"}
	}
	return &Client{config: c}
}

// Issuer is the provider's name in tokens.
func (c *Client) Issuer() string { return c.config.Issuer }

func (c *Client) in(ctx context.Context) context.Context {
	return goidc.ClientContext(ctx, c.config.HTTP)
}

// discover asks the provider what it is, once an hour. An older answer holds while it
// is away.
func (c *Client) discover(ctx context.Context) (*found, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.found != nil && c.config.Now().Sub(c.found.at).Abs() < rediscover {
		return c.found, nil
	}
	// The key set lives longer than this call: it must not end with its context.
	p, err := goidc.NewProvider(c.in(context.WithoutCancel(ctx)), c.config.Issuer)
	if err != nil {
		if c.found != nil {
			return c.found, nil
		}
		return nil, unavailable(err)
	}
	f := &found{provider: p, at: c.config.Now()}
	if err := p.Claims(&f.says); err != nil {
		return nil, unavailable(err)
	}
	if !f.whole(c.config.Issuer) {
		return nil, unavailable(errors.New("it does not say where it is"))
	}
	c.found = f
	return f, nil
}

func (c *Client) oauth(f *found, redirect string) *oauth2.Config {
	return &oauth2.Config{ClientID: c.config.ClientID, ClientSecret: c.config.ClientSecret, Endpoint: f.provider.Endpoint(),
		RedirectURL: redirect, Scopes: append([]string{goidc.ScopeOpenID}, c.config.Scopes...)}
}

// AuthorizeURL is where the browser goes.
func (c *Client) AuthorizeURL(ctx context.Context, a sso.Asking) (string, error) {
	f, err := c.discover(ctx)
	if err != nil {
		return "", err
	}
	options := []oauth2.AuthCodeOption{goidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)}
	if a.Anew { // OpenID Connect Core 1.0, section 3.1.2.1: with max_age the token says auth_time
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	return c.oauth(f, a.RedirectURI).AuthCodeURL(a.State, options...), nil
}

func unavailable(err error) error {
	return &models.Error{Kind: models.KindUnavailable, Code: "provider-unavailable",
		Text: "That sign-in can't be reached right now. Please try again, or use another way in.", Err: err}
}

func refused(code string, err error) error {
	return &models.Error{Kind: models.KindInvalid, Code: code, Text: "That sign-in gave an answer that can't be used. Please try again.", Err: err}
}
