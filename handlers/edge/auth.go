package edge

import (
	"context"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"handrail/models"
)

// Authenticator turns a bearer token into an actor, as care does. Errors
// are *models.Error of KindUnsigned, or KindUnavailable when the sessions can't
// be asked. An error with an actor: they must add a second factor first.
type Authenticator interface {
	Authenticate(ctx context.Context, bearer string) (models.Actor, error)
}

// BeforeFactor marks an operation as open to staff who must add a second factor first.
const BeforeFactor = "before-factor"

// What an operation can ask of its caller.
var (
	// bearer is the rule: a valid access token of a live session.
	bearer = []map[string][]string{{"bearer": {}}}
	// Public asks for nothing.
	Public = []map[string][]string{}
)

// securitySchemes are the ways in which operations ask who calls.
func securitySchemes() map[string]*huma.SecurityScheme {
	return map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer", BearerFormat: "JWT",
		Description: "The access token of POST /v1/auth/enrol or /v1/auth/refresh."}}
}

// signIn finds out who makes the call, before anything of it is read.
func (e *Edge) signIn(ctx huma.Context, next func(huma.Context)) {
	if len(ctx.Operation().Security) == 0 {
		next(ctx)
		return
	}
	token := BearerToken(ctx.Header("Authorization"))
	if token == "" {
		e.refuse(ctx, models.E(models.KindUnsigned, "not-signed-in", "Please sign in."))
		return
	}
	actor, err := e.config.Auth.Authenticate(ctx.Context(), token)
	if err != nil && actor.AccountID != "" && ctx.Operation().Metadata[BeforeFactor] == true {
		err = nil // a second factor is missing, and this is how to add one
	}
	if err != nil {
		e.refuse(ctx, invalidToken(err))
		return
	}
	actor.Outside = e.config.Dialect.spoken(ctx.URL().Path)
	requestOf(ctx.Context()).actor = actor
	next(ctx)
}

// invalidToken adds what RFC 6750, section 3.1 asks for.
func invalidToken(err error) error {
	p := ProblemOf(err)
	if p.Status == 401 {
		p.header("WWW-Authenticate", `Bearer realm="handrail", error="invalid_token"`)
	}
	return p
}

// BearerToken takes the token out of an Authorization header (RFC 6750, section
// 2.1); "" when there is none.
func BearerToken(header string) string {
	scheme, token, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || strings.ContainsAny(token, " ,") {
		return ""
	}
	return token
}
