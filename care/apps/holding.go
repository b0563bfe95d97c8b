package apps

import (
	"context"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"handrail/models"
)

// read checks an access token's signature, issuer, audience, type and end.
func (t *tokens) read(base string, now models.Clock, token string) (accessClaims, error) {
	var cl accessClaims
	if len(token) > maxToken || strings.ContainsAny(token, "\r\n") {
		return cl, jwt.ErrTokenMalformed
	}
	parsed, err := jwt.ParseWithClaims(token, &cl, func(head *jwt.Token) (any, error) {
		key, known := t.key(head.Header["kid"])
		if _, crit := head.Header["crit"]; crit || head.Header["typ"] != headerType || !known {
			return nil, jwt.ErrTokenUnverifiable
		}
		return key, nil
	}, jwt.WithValidMethods([]string{"RS256"}), jwt.WithStrictDecoding(), jwt.WithIssuer(base), jwt.WithAudience(base), jwt.WithExpirationRequired(), jwt.WithTimeFunc(now))
	if err != nil || !parsed.Valid || cl.Grant == "" {
		return cl, jwt.ErrTokenUnverifiable
	}
	return cl, nil
}

// Authenticate tells for whom an app speaks, and what it may read now. KindUnsigned:
// for nobody.
func (c *Service) Authenticate(ctx context.Context, token string) (models.Actor, error) {
	ended := models.E(models.KindUnsigned, "app-not-allowed", "This app may not read here, or not any more.")
	t, err := c.keys(ctx)
	if err != nil {
		return models.Actor{}, err
	}
	cl, err := t.read(c.Base(), c.now, token)
	if err != nil {
		return models.Actor{}, ended
	}
	g, a, err := c.holds(ctx, cl.Grant, cl.Gen)
	if models.KindOf(err) == models.KindNotFound {
		return models.Actor{}, ended
	}
	if err != nil {
		return models.Actor{}, err
	}
	return models.Actor{AccountID: a.ID, Role: a.Role, Discipline: a.Discipline, PatientID: a.PatientID, Name: a.Name, Outside: true,
		App: &models.AppAccess{ID: g.Value.App, Name: g.Value.AppName, PatientID: g.Value.PatientID, Scopes: ofRecord(g.Value.Scopes)}}, nil
}

// Introspection is what a token is (RFC 7662). Only Active is there of one that is
// nothing, or another app's.
type Introspection struct {
	Active   bool   `json:"active"`
	Scope    string `json:"scope,omitempty"`
	ClientID string `json:"client_id,omitempty"`
	Subject  string `json:"sub,omitempty"`
	Issuer   string `json:"iss,omitempty"`
	Expires  int64  `json:"exp,omitempty"`
	Patient  string `json:"patient,omitempty"`
}

// Introspect tells a confidential app about a token of its own.
func (c *Service) Introspect(ctx context.Context, clientID, secret, token string) (Introspection, error) {
	app, err := c.client(ctx, clientID, secret)
	if err == nil && !app.Confidential {
		err = errClient
	}
	if err != nil {
		return Introspection{}, err
	}
	t, err := c.keys(ctx)
	if err != nil {
		return Introspection{}, err
	}
	id, gen, exp := "", int64(0), int64(0)
	if rid, rgen, _, ok := t.takeApart(token); ok {
		id, gen = rid, rgen
	} else if cl, err := t.read(c.Base(), c.now, token); err == nil {
		id, gen, exp = cl.Grant, cl.Gen, cl.ExpiresAt.Unix()
	} else {
		return Introspection{}, nil
	}
	g, a, err := c.holds(ctx, id, gen)
	if models.KindOf(err) == models.KindNotFound || err == nil && g.Value.App != app.ID {
		return Introspection{}, nil
	}
	if err != nil {
		return Introspection{}, err
	}
	return Introspection{true, strings.Join(g.Value.Scopes, " "), app.ID, a.ID, c.Base(), exp, g.Value.PatientID}, nil
}

// Revoke ends what a token is of (RFC 7009), for its own app. What is no token is done
// with as well.
func (c *Service) Revoke(ctx context.Context, clientID, secret, token string) error {
	app, err := c.client(ctx, clientID, secret)
	if err != nil {
		return err
	}
	t, err := c.keys(ctx)
	if err != nil {
		return err
	}
	id, gen, _, ok := t.takeApart(token)
	if cl, err := t.read(c.Base(), c.now, token); err == nil {
		id, gen, ok = cl.Grant, cl.Gen, true
	}
	if !ok {
		return nil
	}
	g, _, err := c.holds(ctx, id, gen)
	if models.KindOf(err) == models.KindNotFound || err == nil && g.Value.App != app.ID {
		return nil
	}
	if err != nil {
		return err
	}
	return c.TakeBack(ctx, g.Value.owner(), id, "")
}
