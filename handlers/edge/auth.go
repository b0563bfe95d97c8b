package edge

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"handrail/models"
	"handrail/models/dpop"
)

// Authenticator turns a bearer token into an actor, as care does. Errors
// are *models.Error of KindUnsigned, or KindUnavailable when the sessions can't
// be asked. An error with an actor: they must add a second factor first.
type Authenticator interface {
	Authenticate(ctx context.Context, bearer string) (models.Actor, error)
	// AuthenticateProven is the same for a token that is bound to a key.
	AuthenticateProven(ctx context.Context, token string, call dpop.Call) (models.Actor, dpop.Proof, error)
	// NextNonce is the nonce for the next proof of who sent this one; empty: the same.
	NextNonce(of dpop.Proof) string
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
	actor, err := e.caller(ctx)
	if err != nil && actor.AccountID != "" && ctx.Operation().Metadata[BeforeFactor] == true {
		err = nil // a second factor is missing, and this is how to add one
	}
	if err != nil {
		e.refuse(ctx, err)
		return
	}
	actor.Outside = e.config.Dialect.spoken(ctx.Operation().Path)
	requestOf(ctx.Context()).actor = actor
	next(ctx)
}

// caller is who an Authorization header speaks for: by a token alone, or by one that is
// bound to a key and the proof of it (RFC 9449, section 7.1).
func (e *Edge) caller(ctx huma.Context) (models.Actor, error) {
	header := ctx.Header("Authorization") // each call copies it
	if token := schemeToken(header, "DPoP"); token != "" {
		actor, proof, err := e.config.Auth.AuthenticateProven(ctx.Context(), token, CallOf(ctx.Context()))
		if actor.AccountID == "" {
			return actor, e.Unproven(err)
		}
		if next := e.config.Auth.NextNonce(proof); next != "" {
			ctx.SetHeader("DPoP-Nonce", next)
		}
		return actor, err
	}
	token := BearerToken(header)
	if e.config.Apps != nil && e.config.Dialect.spoken(ctx.Operation().Path) && signedRS256(token) {
		actor, err := e.config.Apps(ctx.Context(), token, ctx.Method(), ctx.URL().Path)
		if err != nil {
			return models.Actor{}, invalidToken(err)
		}
		return actor, nil
	}
	if token == "" {
		return models.Actor{}, models.E(models.KindUnsigned, "not-signed-in", "Please sign in.")
	}
	actor, err := e.config.Auth.Authenticate(ctx.Context(), token)
	if err != nil {
		return actor, invalidToken(err)
	}
	return actor, nil
}

// Unproven adds what RFC 9449 asks for to the refusal of a proof, or of what came with
// it (sections 7.1 and 9).
func (e *Edge) Unproven(err error) error {
	p := ProblemOf(err)
	if p.Status != 401 {
		return p
	}
	why := "invalid_token"
	switch p.Code {
	case models.CodeNewProof:
		why = "use_dpop_nonce"
		p.header("DPoP-Nonce", e.config.Auth.NextNonce(dpop.Proof{}))
	case "proof-not-valid":
		why = "invalid_dpop_proof"
	}
	return p.header("WWW-Authenticate", `DPoP realm="handrail", error="`+why+`", algs="ES256"`)
}

// Apps finds out for whom an app of somebody else speaks, where the dialect is spoken,
// and refuses what the person has not allowed it. Tokens of apps are RS256, those of our
// own sessions EdDSA: each kind is judged by its own keys alone.
type Apps func(ctx context.Context, token, method, path string) (models.Actor, error)

// signedRS256 reads what a token says of itself, for the choice of who judges it.
func signedRS256(token string) bool {
	head, _, _ := strings.Cut(token, ".")
	text, err := base64.RawURLEncoding.DecodeString(head)
	var h struct{ Alg string }
	return err == nil && json.Unmarshal(text, &h) == nil && h.Alg == "RS256"
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
func BearerToken(header string) string { return schemeToken(header, "Bearer") }

func schemeToken(header, want string) string {
	scheme, token, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, want) || strings.IndexByte(token, ' ') >= 0 || strings.IndexByte(token, ',') >= 0 {
		return ""
	}
	return token
}
