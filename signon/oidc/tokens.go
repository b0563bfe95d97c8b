package oidc

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	goidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"handrail/care/sso"
)

const (
	maxToken = 16 << 10 // bytes of a token; those of a person in 500 groups have 12,000
	// fresh is how old an ID token may be that comes by the code: it was made for it.
	fresh = 10 * time.Minute
	// maxLogout is how old a logout token may be. Providers try again for minutes.
	maxLogout = time.Hour
)

// Exchange trades a code for who signed in. The error is KindInvalid for an answer
// that can't be used and KindUnavailable when the provider does not answer.
func (c *Client) Exchange(ctx context.Context, a sso.Answering) (sso.Identity, error) {
	f, err := c.discover(ctx)
	if err != nil {
		return sso.Identity{}, err
	}
	// RFC 9207, section 2.4: an answer of another provider, or of none where this one
	// says that it names itself, is a mix-up.
	if a.Issuer != "" && a.Issuer != c.config.Issuer || a.Issuer == "" && f.says.NamesIssuer {
		return sso.Identity{}, refused("provider-mixed-up", nil)
	}
	token, err := c.oauth(f, a.RedirectURI).Exchange(c.in(ctx), a.Code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return sso.Identity{}, exchangeError(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := c.verify(ctx, f, raw)
	if err != nil {
		return sso.Identity{}, refused("provider-token-not-valid", err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(a.Nonce)) != 1 {
		return sso.Identity{}, refused("provider-token-not-valid", errors.New("another nonce"))
	}
	if id.AccessTokenHash != "" && id.VerifyAccessToken(token.AccessToken) != nil {
		return sso.Identity{}, refused("provider-token-not-valid", errors.New("another access token"))
	}
	return c.identity(ctx, f, id, token)
}

// exchangeError tells a provider that says no from one that does not answer.
func exchangeError(err error) error {
	if no, ok := errors.AsType[*oauth2.RetrieveError](err); ok && no.Response != nil && no.Response.StatusCode < http.StatusInternalServerError {
		return refused("provider-code-not-valid", errors.New(no.ErrorCode))
	}
	return unavailable(err)
}

// verify checks an ID token (OpenID Connect Core 1.0, section 3.1.3.7).
func (c *Client) verify(ctx context.Context, f *found, raw string) (*goidc.IDToken, error) {
	if err := plain(raw, "JWT"); err != nil {
		return nil, err
	}
	id, err := f.provider.Verifier(c.checks()).Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	now := c.config.Now()
	var more struct {
		Party string `json:"azp"`
		times
	}
	if err := id.Claims(&more); err != nil {
		return nil, err
	}
	switch {
	case id.Subject == "" || len(id.Subject) > 255:
		return nil, errors.New("no subject")
	case !now.Before(id.Expiry.Add(Skew)):
		return nil, errors.New("it has ended")
	case id.IssuedAt.After(now.Add(Skew)), id.IssuedAt.Before(now.Add(-fresh - Skew)):
		return nil, errors.New("issued at another time than now")
	case more.NotBefore > float64(now.Add(Skew).Unix()):
		return nil, errors.New("not valid yet")
	case more.Party != "" && more.Party != c.config.ClientID, len(id.Audience) > 1 && more.Party == "":
		return nil, errors.New("for another client")
	}
	return id, nil
}

// times are NumericDates (RFC 7519, section 2): one that is written as text is none.
type times struct {
	Expires   float64 `json:"exp"`
	Issued    float64 `json:"iat"`
	NotBefore float64 `json:"nbf"`
}

// checks: times are judged here, with a skew.
func (c *Client) checks() *goidc.Config {
	return &goidc.Config{ClientID: c.config.ClientID, SupportedSigningAlgs: algorithms, SkipExpiryCheck: true, Now: c.config.Now}
}

var notTaken = []string{"crit", "jwk", "jku", "x5u", "x5c", "zip", "enc", "b64"}

// plain refuses, before anything of a token is believed, what is too long, is no
// compact JWS, or has a header that asks for more than is understood here: an
// extension (crit, RFC 7515, section 4.1.11), a key that it brings along, another type. It
// must be spelled in the one way there is: with another last letter, or a line within, it
// would be a second token of the same words.
func plain(raw string, types ...string) error {
	if len(raw) > maxToken {
		return errors.New("too long")
	}
	parts := strings.Split(raw, ".")
	if len(parts) != 3 || strings.ContainsAny(raw, "\r\n") { // Strict passes over lines
		return errors.New("no compact JWS")
	}
	var text []byte
	for _, part := range slices.Backward(parts) {
		var err error
		if text, err = base64.RawURLEncoding.Strict().DecodeString(part); err != nil {
			return errors.New("no compact JWS")
		}
	}
	var header map[string]json.RawMessage
	if err := json.Unmarshal(text, &header); err != nil {
		return errors.New("no header")
	}
	for name := range header {
		if slices.Contains(notTaken, strings.ToLower(name)) {
			return errors.New("a header that is not taken: " + name)
		}
	}
	var h struct{ Typ, Kid, Alg string }
	if err := json.Unmarshal(text, &h); err != nil || len(h.Kid) > 512 {
		return errors.New("an odd header")
	}
	if h.Typ != "" && !slices.ContainsFunc(types, func(t string) bool {
		return strings.EqualFold(t, strings.TrimPrefix(strings.ToLower(h.Typ), "application/"))
	}) {
		return errors.New("another type of token")
	}
	return nil
}

// identity reads who it is. What the token does not say is asked for where the
// provider has an address for it.
func (c *Client) identity(ctx context.Context, f *found, id *goidc.IDToken, token *oauth2.Token) (sso.Identity, error) {
	claims := map[string]json.RawMessage{}
	if err := id.Claims(&claims); err != nil {
		return sso.Identity{}, refused("provider-token-not-valid", err)
	}
	twoFactors := c.config.SecondFactor || slices.Contains(texts(claims["amr"]), "mfa") // RFC 8176; what is asked for later was not signed
	if c.lacks(claims) && f.provider.UserInfoEndpoint() != "" {
		info, err := f.provider.UserInfo(c.in(ctx), oauth2.StaticTokenSource(token))
		if err != nil {
			return sso.Identity{}, unavailable(err)
		}
		more := map[string]json.RawMessage{}
		if info.Subject != id.Subject { // Core 1.0, section 5.3.2
			return sso.Identity{}, refused("provider-token-not-valid", errors.New("another subject"))
		}
		if err := info.Claims(&more); err != nil {
			return sso.Identity{}, refused("provider-token-not-valid", err)
		}
		for name, value := range more {
			if _, said := claims[name]; !said {
				claims[name] = value
			}
		}
	}
	who := sso.Identity{Issuer: c.config.Issuer, Subject: id.Subject, Session: text(claims["sid"]), Name: text(claims["name"]),
		Email: text(claims["email"]), EmailVerified: c.config.TrustEmail || isTrue(claims["email_verified"])}
	who.SecondFactor, who.Ago, who.Issued = twoFactors, ago(id, claims["auth_time"]), id.IssuedAt
	if c.config.RoleClaim != "" {
		who.Roles = texts(claims[c.config.RoleClaim])
	}
	return who, nil
}

func (c *Client) lacks(claims map[string]json.RawMessage) bool {
	return claims["email"] == nil || claims["name"] == nil || c.config.RoleClaim != "" && claims[c.config.RoleClaim] == nil
}

// grain is how far apart two times of one provider may be that are the same: each is
// rounded, by whatever machine of theirs wrote it.
const grain = 5 * time.Second

// ago is the time from auth_time to iat; negative: there is none that can be.
func ago(id *goidc.IDToken, said json.RawMessage) time.Duration {
	var at float64
	if said == nil || json.Unmarshal(said, &at) != nil || at <= 0 || at > float64(id.IssuedAt.Add(grain).Unix()) {
		return -1
	}
	return max(0, id.IssuedAt.Sub(time.Unix(int64(at), 0)))
}

func text(raw json.RawMessage) (out string) {
	_ = json.Unmarshal(raw, &out) // of another type: nothing is said
	return out
}

// texts reads one text or a list of them.
func texts(raw json.RawMessage) (out []string) {
	if json.Unmarshal(raw, &out) != nil {
		if one := text(raw); one != "" {
			return []string{one}
		}
		return nil
	}
	return out
}

// isTrue: some providers write "true".
func isTrue(raw json.RawMessage) bool { return bytes.Equal(raw, []byte("true")) || text(raw) == "true" }

// ReadLogout checks a logout token (OpenID Connect Back-Channel Logout 1.0, section
// 2.6). That it was not used before is for the caller.
func (c *Client) ReadLogout(ctx context.Context, raw string) (sso.Logout, error) {
	if err := plain(raw, "JWT", "logout+jwt"); err != nil {
		return sso.Logout{}, refused("logout-token-not-valid", err)
	}
	f, err := c.discover(ctx)
	if err != nil {
		return sso.Logout{}, err
	}
	t, err := f.provider.Verifier(c.checks()).VerifyLogout(ctx, raw)
	if err != nil {
		return sso.Logout{}, refused("logout-token-not-valid", err)
	}
	now := c.config.Now()
	var more struct {
		Events map[string]map[string]any `json:"events"`
		Nonce  json.RawMessage           `json:"nonce"`
		times
	}
	err = t.Claims(&more)
	switch _, says := more.Events["http://schemas.openid.net/event/backchannel-logout"]; {
	case err != nil, !says:
		err = errors.New("no such event")
	case more.Nonce != nil:
		err = errors.New("a nonce")
	case len(t.TokenID) > 512 || len(t.Subject) > 255 || len(t.SessionID) > 512:
		err = errors.New("too long")
	case !now.Before(t.Expiry.Add(Skew)), t.Expiry.After(now.Add(24 * time.Hour)):
		err = errors.New("it has ended, or ends too late")
	case t.IssuedAt.After(now.Add(Skew)), t.IssuedAt.Before(now.Add(-maxLogout)):
		err = errors.New("issued at another time than now")
	}
	if err != nil {
		return sso.Logout{}, refused("logout-token-not-valid", err)
	}
	return sso.Logout{ID: t.TokenID, Subject: t.Subject, Session: t.SessionID, Issued: t.IssuedAt, Until: t.Expiry.Add(Skew)}, nil
}
