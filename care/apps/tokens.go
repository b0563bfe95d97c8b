package apps

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

const (
	accessLife = 10 * time.Minute // how long an access token of an app opens anything
	// lostAnswer is how long an answer that is shown once is given again. Of a refresh, a
	// thief and the app could go on side by side for ever if that had no end: Bearer tokens know no key.
	lostAnswer = 2 * time.Minute
)

const (
	maxToken   = 4096     // bytes
	headerType = "at+jwt" // RFC 9068
)

// tokens makes and reads tokens by the keys of a moment.
type tokens struct {
	held    []signingKey // newest first
	refresh []byte
	now     models.Clock
}

// Base is the address of the FHIR service, which is also who issues the tokens.
func (c *Service) Base() string { return c.baseURL + "/fhir/R4" }

type accessClaims struct {
	ClientID string `json:"client_id"`
	Scope    string `json:"scope"`
	Patient  string `json:"patient"`
	Grant    string `json:"gid"`
	Gen      int64  `json:"gen"`
	jwt.RegisteredClaims
}

func (t *tokens) sign(typ string, claims jwt.Claims) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, claims)
	k := t.signer()
	token.Header["kid"], token.Header["typ"] = k.ID, typ
	return token.SignedString(k.private)
}

// Given is the answer of the token endpoint.
type Given struct {
	AccessToken  string `json:"access_token"`
	TokenType    string `json:"token_type"`
	ExpiresIn    int    `json:"expires_in"`
	Scope        string `json:"scope"`
	Patient      string `json:"patient"`
	IDToken      string `json:"id_token,omitempty"`
	RefreshToken string `json:"refresh_token,omitempty"`
}

func (c *Service) give(ctx context.Context, g grant, nonce string, withID bool) (Given, error) {
	t, err := c.keys(ctx)
	if err != nil {
		return Given{}, err
	}
	now := c.now().UTC()
	scope := strings.Join(g.Scopes, " ")
	reg := jwt.RegisteredClaims{ID: chart.NewID(), Issuer: c.Base(), Subject: g.AccountID, Audience: jwt.ClaimStrings{c.Base()},
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(accessLife))}
	out := Given{TokenType: "Bearer", ExpiresIn: int(accessLife.Seconds()), Scope: scope, Patient: g.PatientID}
	if out.AccessToken, err = t.sign(headerType, accessClaims{g.App, scope, g.PatientID, g.ID, g.Gen, reg}); err != nil {
		return out, err
	}
	if slices.Contains(g.Scopes, scopeOffline) || slices.Contains(g.Scopes, scopeOnline) {
		out.RefreshToken = t.refreshToken(g.ID, g.Gen, g.Number)
	}
	if withID && slices.Contains(g.Scopes, scopeOpenID) {
		reg.Audience = jwt.ClaimStrings{g.App}
		id := struct {
			Nonce    string `json:"nonce,omitempty"`
			FHIRUser string `json:"fhirUser,omitempty"`
			jwt.RegisteredClaims
		}{Nonce: nonce, RegisteredClaims: reg}
		if slices.Contains(g.Scopes, scopeFHIRUser) {
			id.FHIRUser = c.Base() + "/Patient/" + g.PatientID
		}
		out.IDToken, err = t.sign("JWT", id)
	}
	return out, err
}

func (t *tokens) refreshToken(id string, gen, number int64) string {
	name := id + "." + strconv.FormatInt(gen, 10) + "." + strconv.FormatInt(number, 10)
	m := hmac.New(sha256.New, t.refresh)
	m.Write([]byte(name))
	return name + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// takeApart reads a refresh token of ours.
func (t *tokens) takeApart(token string) (id string, gen, number int64, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 4 || len(token) > 512 {
		return "", 0, 0, false
	}
	gen, errGen := strconv.ParseInt(parts[1], 10, 64)
	number, errNumber := strconv.ParseInt(parts[2], 10, 64)
	ok = errGen == nil && errNumber == nil && hmac.Equal([]byte(token), []byte(t.refreshToken(parts[0], gen, number)))
	return parts[0], gen, number, ok
}

// Trading is what an app sends to the token endpoint. Secret is "" for a public app.
type Trading struct {
	GrantType, ClientID, Secret          string
	Code, RedirectURI, Verifier, Refresh string
}

var (
	errClient = &OAuthError{"invalid_client", "the app is not known, or its secret is not right"}
	errGrant  = &OAuthError{"invalid_grant", "the code or token does not hold"}
)

// client finds an app that proves itself.
func (c *Service) client(ctx context.Context, id, secret string) (registered, error) {
	app, err := c.app(ctx, id)
	if models.KindOf(err) == models.KindNotFound || err == nil && !app.proves(secret) {
		return app, errClient
	}
	return app, err
}

// Trade gives tokens for a code or a refresh token. An OAuthError: not.
func (c *Service) Trade(ctx context.Context, t Trading) (Given, error) {
	if t.GrantType == "refresh_token" && t.ClientID == "" && t.Secret == "" {
		if err := c.whoseRefresh(ctx, &t); err != nil {
			return Given{}, err
		}
	}
	app, err := c.client(ctx, t.ClientID, t.Secret)
	if err != nil {
		return Given{}, err
	}
	switch t.GrantType {
	case "authorization_code":
		return c.byCode(ctx, app, t)
	case "refresh_token":
		return c.byRefresh(ctx, app, t.Refresh)
	}
	return Given{}, &OAuthError{"unsupported_grant_type", "authorization_code and refresh_token are all there is"}
}

// whoseRefresh fills in the app of a refresh token that came without a name: fhirclient
// sends none for an app without a secret (SMART App Launch 2.2, section 2.1.10.1). One
// that has a secret must show it.
func (c *Service) whoseRefresh(ctx context.Context, t *Trading) error {
	keys, err := c.keys(ctx)
	if err != nil {
		return err
	}
	id, _, _, ok := keys.takeApart(t.Refresh)
	if !ok {
		return errGrant
	}
	g, err := chart.Load[grant](ctx, c.store, chart.ColAppGrants, id)
	if t.ClientID = g.Value.App; models.KindOf(err) == models.KindNotFound {
		return errGrant
	}
	return err
}

func (c *Service) byCode(ctx context.Context, app registered, t Trading) (Given, error) {
	id, secret, ok := strings.Cut(t.Code, ".")
	if !ok || len(id) > store.MaxID || id == "" {
		return Given{}, errGrant
	}
	r, err := chart.Load[request](ctx, c.store, chart.ColAppRequests, id)
	if models.KindOf(err) == models.KindNotFound {
		return Given{}, errGrant
	}
	if err != nil {
		return Given{}, err
	}
	sum := sha256.Sum256([]byte(t.Verifier))
	right := r.Value.Code != "" && subtle.ConstantTimeCompare([]byte(r.Value.Code), []byte(hashed("code", secret))) == 1 && r.Value.App == app.ID
	switch {
	case right && r.Value.Used: // RFC 6749, section 4.1.2: two parties have the code
		return Given{}, c.endStolen(ctx, r.Value.Grant, r.Value.Gen)
	case !right, r.Value.Redirect != t.RedirectURI, !c.now().Before(r.Value.CodeUntil),
		subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(r.Value.Challenge)) != 1:
		return Given{}, errGrant
	}
	g, _, err := c.holds(ctx, r.Value.Grant, r.Value.Gen)
	if models.KindOf(err) == models.KindNotFound {
		return Given{}, errGrant
	}
	if err != nil {
		return Given{}, err
	}
	r.Value.Used = true
	op, err := c.keepRequest(id, r.Version, r.Value)
	if err != nil {
		return Given{}, err
	}
	if err := chart.Refusal(c.store.Batch(ctx, op)); models.KindOf(err) == models.KindStale {
		return Given{}, c.endStolen(ctx, r.Value.Grant, r.Value.Gen) // another had it at the same time
	} else if err != nil {
		return Given{}, err
	}
	return c.give(ctx, g.Value, r.Value.Nonce, true)
}

// byRefresh goes on: the newest token gives the next one, the one before it gives the
// same again for a short while (its answer was lost), an older one ends the grant.
func (c *Service) byRefresh(ctx context.Context, app registered, token string) (Given, error) {
	t, err := c.keys(ctx)
	if err != nil {
		return Given{}, err
	}
	id, gen, number, ok := t.takeApart(token)
	if !ok {
		return Given{}, errGrant
	}
	g, _, err := c.holds(ctx, id, gen)
	if models.KindOf(err) == models.KindNotFound || err == nil && g.Value.App != app.ID {
		return Given{}, errGrant
	}
	if err != nil {
		return Given{}, err
	}
	switch {
	case number == g.Value.Number:
		g.Value.Number++
		g.Value.UsedAt, g.Value.Until = c.now().UTC(), c.now().UTC().Add(grantLife)
		op, err := g.Value.op(g.Version)
		if err != nil {
			return Given{}, err
		}
		if err := chart.Refusal(c.store.Batch(ctx, op)); models.KindOf(err) == models.KindStale && ctx.Err() == nil {
			return c.byRefresh(ctx, app, token)
		} else if err != nil {
			return Given{}, err
		}
	case number != g.Value.Number-1, c.now().Sub(g.Value.UsedAt).Abs() > lostAnswer:
		return Given{}, c.endStolen(ctx, id, gen)
	}
	return c.give(ctx, g.Value, "", true)
}

// endStolen ends a grant of which something came back that two parties have.
func (c *Service) endStolen(ctx context.Context, id string, gen int64) error {
	g, err := chart.Load[grant](ctx, c.store, chart.ColAppGrants, id)
	if err != nil || g.Value.Gen != gen || g.Value.EndedAt != nil {
		if err == nil || models.KindOf(err) == models.KindNotFound {
			return errGrant
		}
		return err
	}
	now := c.now().UTC()
	g.Value.EndedAt = &now
	op, err := g.Value.op(g.Version)
	if err != nil {
		return err
	}
	e := c.base.AuditEvent(chart.SystemActor, "app.ended")
	e.Ref, e.PatientID, e.App, e.Rule = id, g.Value.PatientID, g.Value.AppName, "reused"
	if err := c.base.Commit(ctx, e, op); err != nil {
		return err
	}
	return errGrant
}
