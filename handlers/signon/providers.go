package signon

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/sso"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// The cookie that ties a sign-in elsewhere to the browser that began it. It is sent
// with the navigation back from the provider (SameSite=Lax) and with nothing that
// another page sends. __Host- keeps other hosts of the domain from setting it.
const loginCookie = "handrail-login"

func (a *api) loginCookie() string {
	if a.Config().Secure {
		return "__Host-" + loginCookie
	}
	return loginCookie
}

func (a *api) setLoginCookie(value string, lasts time.Duration) string {
	return (&http.Cookie{Name: a.loginCookie(), Value: value, Path: "/", MaxAge: int(lasts.Seconds()), HttpOnly: true,
		Secure: a.Config().Secure, SameSite: http.SameSiteLaxMode}).String()
}

// cookieOf takes the cookie out of a Cookie header; "" for none, or for two of one
// name: somebody may have set one of them.
func (a *api) cookieOf(header string) string {
	all, err := http.ParseCookie(header)
	if err != nil {
		return ""
	}
	all = slices.DeleteFunc(all, func(c *http.Cookie) bool { return c.Name != a.loginCookie() })
	if len(all) != 1 {
		return ""
	}
	return all[0].Value
}

// ProviderPath names a sign-in elsewhere.
type ProviderPath struct {
	ProviderID string `path:"providerId" minLength:"1" maxLength:"40" doc:"The id of the hospital's sign-in, as the clinic has named it."`
}

// providersView and tiesView are short by nature and come whole.
type providersView struct {
	Providers []sso.Offered `json:"providers" maxItems:"20"`
	Firebase  bool          `json:"firebase" doc:"Patients and supporters can sign in by Firebase."`
}

type tiesView struct {
	Ties []sso.Tie `json:"ties"`
}

type beginProviderInput struct {
	door.Proved
	ProviderPath
	Body struct {
		Device models.Device `json:"device"`
	}
}

type begunView struct {
	AuthorizeURL string `json:"authorizeUrl" doc:"Send the browser there. It comes back to the page at #/arrived."`
}

type begun struct {
	Nonce     string `header:"DPoP-Nonce" doc:"For the next proofs of this device's key. Left out when none was sent."`
	SetCookie string `header:"Set-Cookie"`
	Body      begunView
}

// began answers a sign-in that begins; nonce: for the key that was proved, "" for none.
func (a *api) began(b sso.Begun, nonce string) *begun {
	return &begun{nonce, a.setLoginCookie(b.Cookie, b.Lasts), begunView{b.AuthorizeURL}}
}

type returnProviderInput struct {
	ProviderPath
	State  string `query:"state"`
	Code   string `query:"code"`
	Issuer string `query:"iss" doc:"RFC 9207."`
	Error  string `query:"error"`
	Cookie string `header:"Cookie" hidden:"true"`

	twice bool
}

// Resolve: a name that comes twice could be read in two ways (RFC 6749, section 4.1.2).
func (in *returnProviderInput) Resolve(ctx huma.Context) []error {
	sent := ctx.URL()
	in.twice = repeats(sent.Query())
	return nil
}

type returned struct {
	Status   int
	Location string `header:"Location" doc:"The page, always at the same address."`
}

type finishProviderInput struct {
	door.Proved
	Cookie string `header:"Cookie" hidden:"true"`
}

type finished struct {
	Nonce string `header:"DPoP-Nonce" doc:"For the next proofs of this device's key. Left out when none was sent."`
	Body  finishedView
}

type finishedView struct {
	Proved    bool               `json:"proved" doc:"Somebody has shown at the hospital once more that it is them; nobody was signed in. It is told once."`
	AccountID string             `json:"accountId,omitempty" doc:"Whose account it is that was proved. The page opens no other lock."`
	Linked    bool               `json:"linked" doc:"The sign-in is tied to the account that asked for it; nobody was signed in."`
	SignIn    *door.SignedInView `json:"signIn,omitempty" doc:"Left out when nobody was signed in."`
}

type logoutInput struct {
	ProviderPath
	RawBody []byte `contentType:"application/x-www-form-urlencoded"`
}

// How often one address may begin and come back: a hospital's people share one.
var loginPace = edge.Pace{Every: 100 * time.Millisecond, Burst: 300}

// logoutPace bounds how often somebody makes us look for a provider's keys.
var logoutPace = edge.Pace{Every: 50 * time.Millisecond, Burst: 600}

// providers registers the sign-in by an account elsewhere.
func (a *api) providers() {
	tag := []string{"Sign-in"}
	limited := huma.Middlewares{a.PerAddress(loginPace)}
	door.Register(a.API, huma.Operation{OperationID: "listProviders", Method: http.MethodGet, Path: "/v1/auth/providers",
		Tags: tag, Summary: "The sign-ins of hospitals that people who work here can use", Security: edge.Public},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[providersView], error) {
			on, err := a.Care.SSO.FirebaseOn(ctx)
			return edge.Answered(providersView{a.Care.SSO.Providers(), on}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "beginProviderSignIn", Method: http.MethodPost, Path: "/v1/auth/providers/{providerId}/begin",
		Tags: tag, Summary: "Begin to sign in by a hospital's sign-in", Security: edge.Public, Middlewares: limited, Errors: []int{http.StatusTooManyRequests, http.StatusUnauthorized},
		Description: "OpenID Connect, authorization code with PKCE. A cookie ties the answer to this browser."},
		func(ctx context.Context, in *beginProviderInput) (*begun, error) {
			key, nonce, err := a.Thumbprint(ctx)
			if err != nil {
				return nil, err
			}
			in.Body.Device.Key = key
			b, err := a.Care.SSO.Begin(ctx, models.Actor{}, in.ProviderID, in.Body.Device)
			if err != nil {
				return nil, err
			}
			return a.began(b, nonce), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "linkProvider", Method: http.MethodPost, Path: "/v1/me/providers/{providerId}/begin",
		Tags: tag, Summary: "Begin to tie your account to your sign-in at a hospital", Middlewares: limited, Errors: []int{http.StatusTooManyRequests}},
		func(ctx context.Context, in *ProviderPath) (*begun, error) {
			b, err := a.Care.SSO.Begin(ctx, edge.ActorFrom(ctx), in.ProviderID, models.Device{})
			if err != nil {
				return nil, err
			}
			return a.began(b, ""), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "proveByProvider", Method: http.MethodPost, Path: "/v1/me/providers/{providerId}/prove",
		Tags: tag, Summary: "Begin to show at a hospital once more that it is you", Middlewares: limited, Errors: []int{http.StatusTooManyRequests},
		Description: "The hospital asks for the password anew. It signs nobody in and is no step-up: the page opens its own lock by it."},
		func(ctx context.Context, in *ProviderPath) (*begun, error) {
			b, err := a.Care.SSO.Prove(ctx, edge.ActorFrom(ctx), in.ProviderID)
			if err != nil {
				return nil, err
			}
			return a.began(b, ""), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "returnFromProvider", Method: http.MethodGet, Path: "/v1/auth/providers/{providerId}/callback",
		Tags: tag, Summary: "Where a hospital's sign-in sends the browser back to", Security: edge.Public, DefaultStatus: http.StatusSeeOther,
		Middlewares: limited, Errors: []int{http.StatusTooManyRequests}, Description: "Whatever came of it, the browser goes on to the page, which asks at the finish."},
		a.returnFromProvider)
	door.Register(a.API, huma.Operation{OperationID: "finishProviderSignIn", Method: http.MethodPost, Path: "/v1/auth/providers/finish",
		Tags: tag, Summary: "Get the tokens of the sign-in that this browser came back from", Security: edge.Public, Middlewares: limited,
		Errors: []int{http.StatusTooManyRequests, http.StatusUnauthorized}, Description: "When the answer was lost, ask again: it is the same until its refresh token was used. A proof is told once."},
		func(ctx context.Context, in *finishProviderInput) (*finished, error) {
			key, nonce, err := a.Thumbprint(ctx)
			if err != nil {
				return nil, err
			}
			out, err := a.Care.SSO.Finish(ctx, a.cookieOf(in.Cookie), key)
			if err != nil || out.SignedIn == nil {
				return &finished{nonce, finishedView{Linked: out.Linked, Proved: out.Proved != "", AccountID: out.Proved}}, err
			}
			view := door.ViewOf(*out.SignedIn)
			return &finished{nonce, finishedView{SignIn: &view}}, nil
		})
	door.Register(a.API, huma.Operation{OperationID: "endByProvider", Method: http.MethodPost, Path: "/v1/auth/providers/{providerId}/backchannel-logout",
		Tags: tag, Summary: "A hospital's sign-in says that somebody signed out there", Security: edge.Public, DefaultStatus: http.StatusOK,
		Middlewares: huma.Middlewares{a.PerAddress(logoutPace)}, Errors: []int{http.StatusTooManyRequests, http.StatusNotFound}, Metadata: map[string]any{edge.FormKey: true},
		Description: "OpenID Connect Back-Channel Logout 1.0. What began with that sign-in ends at once, here and at other instances within a second."},
		func(ctx context.Context, in *logoutInput) (*struct{}, error) {
			form, err := edge.Form(in.RawBody)
			if err != nil {
				return nil, err
			}
			err = a.Care.SSO.EndByProvider(ctx, in.ProviderID, form["logout_token"])
			if models.KindOf(err) == models.KindInvalid { // section 2.8 wants 400
				return nil, edge.BadRequest("logout-token-not-valid", "This logout token can't be used.")
			}
			return nil, err
		})
	a.providerTies()
}

// returnFromProvider answers a browser, so what went wrong is shown by the page.
func (a *api) returnFromProvider(ctx context.Context, in *returnProviderInput) (*returned, error) {
	if in.twice {
		return &returned{http.StatusSeeOther, "/#/arrived"}, nil
	}
	err := a.Care.SSO.Return(ctx, in.ProviderID, sso.Returned{State: in.State, Code: in.Code, Issuer: in.Issuer, Error: in.Error, Cookie: a.cookieOf(in.Cookie)})
	switch models.KindOf(err) {
	case 0, models.KindInvalid, models.KindConflict, models.KindUnavailable, models.KindNotFound:
		return &returned{http.StatusSeeOther, "/#/arrived"}, nil
	}
	return nil, err
}

type expectProviderInput struct {
	AccountPath
	ProviderPath
	Body struct {
		Email string `json:"email" minLength:"3" maxLength:"320" doc:"As the hospital has it. The first who comes with it, checked by the hospital, is tied to the account."`
	}
}

type TiePath struct {
	TieID string `path:"tieId" minLength:"64" maxLength:"64"`
}

type accountTiePath struct {
	AccountPath
	TiePath
}

// providerTies registers which accounts hang together with which sign-ins.
func (a *api) providerTies() {
	tag := []string{"Accounts"}
	door.Register(a.API, huma.Operation{OperationID: "listMyProviders", Method: http.MethodGet, Path: "/v1/me/providers",
		Tags: tag, Summary: "List the hospital sign-ins that your account is tied to"},
		func(ctx context.Context, _ *struct{}) (*edge.Answer[tiesView], error) {
			found, err := a.Care.SSO.Ties(ctx, edge.ActorFrom(ctx), edge.ActorFrom(ctx).AccountID)
			return edge.Answered(tiesView{found}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "untieMyProvider", Method: http.MethodDelete, Path: "/v1/me/providers/{tieId}",
		Tags: tag, Summary: "Take a sign-in elsewhere off your account; what it let in ends", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *TiePath) (*struct{}, error) {
			return nil, a.Care.SSO.Untie(ctx, edge.ActorFrom(ctx), edge.ActorFrom(ctx).AccountID, in.TieID)
		})
	door.Register(a.API, huma.Operation{OperationID: "listAccountProviders", Method: http.MethodGet, Path: "/v1/accounts/{accountId}/provider-ties",
		Tags: tag, Summary: "List the hospital sign-ins of an account, and those that are expected"},
		func(ctx context.Context, in *AccountPath) (*edge.Answer[tiesView], error) {
			found, err := a.Care.SSO.Ties(ctx, edge.ActorFrom(ctx), in.AccountID)
			return edge.Answered(tiesView{found}, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "expectByProvider", Method: http.MethodPut, Path: "/v1/accounts/{accountId}/expected-sign-ins/{providerId}",
		Tags: tag, Summary: "Let somebody into an account by their e-mail address at a hospital", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *expectProviderInput) (*struct{}, error) {
			return nil, a.Care.SSO.Expect(ctx, edge.ActorFrom(ctx), in.AccountID, in.ProviderID, in.Body.Email)
		})
	door.Register(a.API, huma.Operation{OperationID: "untieProvider", Method: http.MethodDelete, Path: "/v1/accounts/{accountId}/provider-ties/{tieId}",
		Tags: tag, Summary: "Take a hospital's sign-in off an account; what it let in ends", DefaultStatus: http.StatusNoContent},
		func(ctx context.Context, in *accountTiePath) (*struct{}, error) {
			return nil, a.Care.SSO.Untie(ctx, edge.ActorFrom(ctx), in.AccountID, in.TieID)
		})
}
