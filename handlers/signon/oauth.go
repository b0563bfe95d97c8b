package signon

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/apps"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/handlers/fhirapi"
	"handrail/models"
)

// authorizeQuery is what an app asks, in the address or in a form (SMART App Launch
// 2.2, section 2.1.7).
type authorizeQuery struct {
	ResponseType string `query:"response_type"`
	ClientID     string `query:"client_id"`
	RedirectURI  string `query:"redirect_uri"`
	Scope        string `query:"scope"`
	State        string `query:"state"`
	Audience     string `query:"aud"`
	Launch       string `query:"launch"`
	Challenge    string `query:"code_challenge"`
	Method       string `query:"code_challenge_method"`
	Nonce        string `query:"nonce"`

	odd bool
}

// Resolve looks at the query as it was sent: a name that comes twice could be read in two
// ways (RFC 6749, section 3.1), and an address counts to the letter, space around it too.
func (q *authorizeQuery) Resolve(ctx huma.Context) []error {
	sent := ctx.URL()
	all := sent.Query()
	back := all.Get("redirect_uri")
	q.odd = repeats(all) || strings.TrimSpace(back) != back
	return nil
}

func repeats(q url.Values) bool {
	for _, values := range q {
		if len(values) > 1 {
			return true
		}
	}
	return false
}

type oauthForm struct {
	Authorization string `header:"Authorization" hidden:"true"`
	RawBody       []byte `contentType:"application/x-www-form-urlencoded"`
}

// oauthAnswer is JSON as OAuth has it, its errors too (RFC 6749, section 5.2).
type oauthAnswer struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Pragma       string `header:"Pragma"`
	Authenticate string `header:"WWW-Authenticate"`
	Body         []byte
}

func oauthJSON(status int, v any) (*oauthAnswer, error) {
	body, err := json.Marshal(v)
	return &oauthAnswer{Status: status, ContentType: "application/json", CacheControl: "no-store", Pragma: "no-cache", Body: body}, err
}

// oauthProblem answers what is wrong in OAuth's words; what is our own mistake is not.
func oauthProblem(err error) (*oauthAnswer, error) {
	var e *apps.OAuthError
	if !errors.As(err, &e) {
		return nil, err
	}
	status := http.StatusBadRequest
	if e.Code == "invalid_client" {
		status = http.StatusUnauthorized
	}
	out, err := oauthJSON(status, map[string]string{"error": e.Code, "error_description": e.Text})
	if out != nil && status == http.StatusUnauthorized {
		out.Authenticate = `Basic realm="handrail"`
	}
	return out, err
}

// clientOf takes the app and its secret out of a form or of the header (RFC 6749,
// section 2.3.1), of one of the two.
func clientOf(header string, form map[string]string) (id, secret string, err error) {
	scheme, rest, ok := strings.Cut(header, " ")
	if header == "" {
		return form["client_id"], form["client_secret"], nil
	}
	bad := &apps.OAuthError{Code: "invalid_client", Text: "the app proves itself in no way that is taken"}
	text, err := base64.StdEncoding.DecodeString(rest)
	if !ok || !strings.EqualFold(scheme, "Basic") || err != nil || form["client_secret"] != "" {
		return "", "", bad
	}
	name, secret, ok := strings.Cut(string(text), ":")
	id, errID := url.QueryUnescape(name)
	secret, errSecret := url.QueryUnescape(secret)
	if !ok || errID != nil || errSecret != nil || form["client_id"] != "" && form["client_id"] != id {
		return "", "", bad
	}
	return id, secret, nil
}

// appPace: apps of many people come from few addresses.
var appPace = edge.Pace{Every: 20 * time.Millisecond, Burst: 600}

// registerOAuth adds an operation that takes a form and speaks OAuth.
func registerOAuth(a *api, op huma.Operation, handler func(context.Context, string, string, map[string]string) (*oauthAnswer, error)) {
	op.Method, op.Tags, op.Security = http.MethodPost, []string{"Apps"}, edge.Public
	op.Metadata = map[string]any{edge.FormKey: true}
	op.Middlewares = huma.Middlewares{a.PerAddress(appPace)}
	op.Errors = []int{http.StatusUnauthorized, http.StatusTooManyRequests}
	content := map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: "object"}}}
	op.Responses = map[string]*huma.Response{"200": {Description: "As OAuth has it.", Content: content}}
	door.Register(a.API, op, func(ctx context.Context, in *oauthForm) (*oauthAnswer, error) {
		form, err := edge.Form(in.RawBody)
		if err != nil {
			return oauthProblem(&apps.OAuthError{Code: "invalid_request", Text: "the form can't be read"})
		}
		id, secret, err := clientOf(in.Authorization, form)
		if err != nil {
			return oauthProblem(err)
		}
		return handler(ctx, id, secret, form)
	})
	errors := map[string]*huma.MediaType{"application/json": content["application/json"], edge.ProblemType: {Schema: &huma.Schema{Type: "object"}}} // no body at all is a problem
	a.DescribeAt(op.Method, op.Path, func(op *huma.Operation) {
		for _, status := range []string{"400", "401"} {
			op.Responses[status] = &huma.Response{Description: "An error as OAuth has it (RFC 6749, section 5.2).", Content: errors}
		}
	})
}

// oauth registers what apps speak: SMART App Launch 2.2 over OAuth 2.
func (a *api) oauth() {
	ask := func(ctx context.Context, q authorizeQuery) (*returned, error) {
		if q.odd {
			return &returned{http.StatusSeeOther, "/#/apps/ask/none"}, nil
		}
		id, sendTo, err := a.Care.Apps.Ask(ctx, apps.Asked{ResponseType: q.ResponseType, ClientID: q.ClientID, RedirectURI: q.RedirectURI, Scope: q.Scope,
			State: q.State, Audience: q.Audience, Launch: q.Launch, Challenge: q.Challenge, ChallengeMethod: q.Method, Nonce: q.Nonce})
		if sendTo != "" {
			return &returned{http.StatusSeeOther, sendTo}, nil
		}
		if models.KindOf(err) == models.KindInvalid {
			id, err = "none", nil // a person looks at this: the page says that it leads nowhere
		}
		return &returned{http.StatusSeeOther, "/#/apps/ask/" + id}, err
	}
	op := huma.Operation{OperationID: "authorizeApp", Method: http.MethodGet, Path: "/oauth/authorize", Tags: []string{"Apps"}, Security: edge.Public, DefaultStatus: http.StatusSeeOther,
		Summary: "An app asks a person (SMART App Launch, authorization code with PKCE)", Middlewares: huma.Middlewares{a.PerAddress(appPace)}, Errors: []int{http.StatusTooManyRequests}}
	door.Register(a.API, op, func(ctx context.Context, in *authorizeQuery) (*returned, error) { return ask(ctx, *in) })
	post := op
	post.OperationID, post.Method, post.Metadata, post.Responses = "authorizeAppByForm", http.MethodPost, map[string]any{edge.FormKey: true}, nil
	door.Register(a.API, post, func(ctx context.Context, in *struct {
		RawBody []byte `contentType:"application/x-www-form-urlencoded"`
	}) (*returned, error) {
		f, err := edge.Form(in.RawBody)
		if err != nil {
			return nil, err
		}
		return ask(ctx, authorizeQuery{f["response_type"], f["client_id"], f["redirect_uri"], f["scope"], f["state"], f["aud"], f["launch"], f["code_challenge"], f["code_challenge_method"], f["nonce"], false})
	})
	registerOAuth(a, huma.Operation{OperationID: "tradeForToken", Path: "/oauth/token", Summary: "Tokens for a code or a refresh token"},
		func(ctx context.Context, id, secret string, f map[string]string) (*oauthAnswer, error) {
			given, err := a.Care.Apps.Trade(ctx, apps.Trading{GrantType: f["grant_type"], ClientID: id, Secret: secret, Code: f["code"], RedirectURI: f["redirect_uri"],
				Verifier: f["code_verifier"], Refresh: f["refresh_token"]})
			if err != nil {
				return oauthProblem(err)
			}
			return oauthJSON(http.StatusOK, given)
		})
	registerOAuth(a, huma.Operation{OperationID: "introspectToken", Path: "/oauth/introspect", Summary: "What a token is (RFC 7662), for a confidential app"},
		func(ctx context.Context, id, secret string, f map[string]string) (*oauthAnswer, error) {
			is, err := a.Care.Apps.Introspect(ctx, id, secret, f["token"])
			if err != nil {
				return oauthProblem(err)
			}
			return oauthJSON(http.StatusOK, is)
		})
	registerOAuth(a, huma.Operation{OperationID: "revokeToken", Path: "/oauth/revoke", Summary: "An app gives back what it was allowed (RFC 7009)"},
		func(ctx context.Context, id, secret string, f map[string]string) (*oauthAnswer, error) {
			if err := a.Care.Apps.Revoke(ctx, id, secret, f["token"]); err != nil {
				return oauthProblem(err)
			}
			return oauthJSON(http.StatusOK, map[string]string{})
		})
	door.Register(a.API, huma.Operation{OperationID: "readAppKeys", Method: http.MethodGet, Path: "/oauth/jwks.json", Tags: []string{"Apps"}, Security: edge.Public,
		Summary: "Public key of the tokens of apps (RFC 7517)"},
		func(ctx context.Context, _ *struct{}) (*jwks, error) {
			keys, err := a.Care.Apps.JWKS(ctx)
			return &jwks{"public, max-age=300", keys}, err
		})
	for name, path := range map[string]string{"readSmartConfiguration": "smart-configuration", "readAppIssuer": "openid-configuration"} {
		door.Register(a.API, huma.Operation{OperationID: name, Method: http.MethodGet, Path: fhirapi.Base + "/.well-known/" + path, Tags: []string{"Apps"}, Security: edge.Public,
			Summary: "Where apps find what they need (" + path + ")"},
			func(context.Context, *struct{}) (*edge.Answer[smartConfiguration], error) {
				return edge.NewAnswer(a.smart()), nil
			})
	}
}
