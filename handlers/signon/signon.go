// Package signon is the sign-in by an account elsewhere (a hospital's OpenID Connect,
// Firebase), and what apps of others speak (SMART App Launch). docs/sign-in.md.
package signon

import (
	"context"
	"encoding/json"

	"handrail/care"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// api is the API, as far as sign-ins elsewhere and apps ask it.
type api struct{ *door.API }

// Add registers the operations.
func Add(to *door.API) {
	a := &api{to}
	a.providers()
	a.firebaseSignIn()
	a.apps()
	a.oauth()
}

// Apps tells the edge for whom an app speaks, and refuses what is not a resource that one
// of its scopes names. Whose record it is, is for the chart.
func Apps(c *care.Care) edge.Apps {
	return func(ctx context.Context, token, method, path string) (models.Actor, error) {
		actor, err := c.Apps.Authenticate(ctx, token)
		if err != nil {
			return actor, err
		}
		return actor, appMay(*actor.App, method, path)
	}
}

// AccountPath names an account.
type AccountPath struct {
	AccountID string `path:"accountId" format:"uuid" doc:"The id of the account."`
}

// jwks is a set of public keys (RFC 7517).
type jwks struct {
	CacheControl string `header:"Cache-Control"`
	Body         json.RawMessage
}
