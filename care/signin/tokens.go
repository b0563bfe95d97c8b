package signin

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/models"
)

const (
	// issuer does not hold the site's address: that may change, and a phone that was
	// offline must still open its crisis plan. The keys are the site's own.
	issuer        = "handrail"
	audience      = "handrail"
	verifiedCache = 4096 // tokens whose signature need not be checked again
)

// pepperName is the secret of the site that only this package asks for.
const pepperName = "refresh-pepper"

// tokens signs and verifies. Neither waits for the store: only a key that nobody here
// has seen is looked up (signingkeys.go).
type tokens struct {
	care     *Service
	pepper   []byte // for refresh tokens and the names of keys
	verified *lru.Cache[[32]byte, Claims]
	keys     keyRing
}

// Claims is what an access token says. The account's rights are not in it: they
// are asked at every request.
type Claims struct {
	Session string        `json:"sid"`
	Bound   *confirmation `json:"cnf,omitempty"` // nil: who holds the token may use it
	jwt.RegisteredClaims
}

// confirmation binds a token to a key (RFC 9449, section 6.1).
type confirmation struct {
	Thumbprint string `json:"jkt"`
}

func confirm(s models.Session) *confirmation {
	if s.KeyThumbprint == "" {
		return nil
	}
	return &confirmation{s.KeyThumbprint}
}

func newTokens(ctx context.Context, c *Service) (*tokens, error) {
	cache, err := lru.New[[32]byte, Claims](verifiedCache)
	if err != nil {
		return nil, err
	}
	t := &tokens{care: c, verified: cache}
	if t.pepper, err = c.base.SharedSecret(ctx, pepperName); err != nil {
		return nil, err
	}
	if t.keys.missed, err = lru.New[string, time.Time](missedKeys); err != nil {
		return nil, err
	}
	if err := t.reload(ctx); err != nil {
		return nil, err
	}
	if len(t.keys.accepted()) == 0 {
		return t, t.addKey(ctx, nil)
	}
	return t, nil
}

// signedIn makes the answer for a device.
func (c *Service) signedIn(ctx context.Context, s models.Session, refresh string) (SignedIn, error) {
	c.copies.Admit(ctx, s)
	now := c.now().UTC()
	lasts := time.Duration(c.config.AccessTokenMinutes) * time.Minute
	end := now.Add(lasts)
	k := c.tokens.signer()
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, Claims{Session: s.ID, Bound: confirm(s), RegisteredClaims: jwt.RegisteredClaims{
		Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: s.AccountID,
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(end)}})
	token.Header["kid"] = k.ID
	signed, err := token.SignedString(ed25519.NewKeyFromSeed(k.Seed))
	return SignedIn{AccessToken: signed, ExpiresAt: end, Lasts: lasts, RefreshToken: refresh, Session: s}, err
}

// Verify checks signature, issuer and audience, not the expiry. The outcome is
// remembered: the signature of a token does not change.
func (t *tokens) Verify(ctx context.Context, bearer string) (Claims, error) {
	id := sha256.Sum256(append(make([]byte, 0, 512), bearer...)) // of our tokens none is longer, and none is copied to the heap
	if known, ok := t.verified.Get(id); ok {
		return known, nil
	}
	var cl Claims
	_, err := jwt.ParseWithClaims(bearer, &cl, func(token *jwt.Token) (any, error) {
		kid, _ := token.Header["kid"].(string)
		return t.key(ctx, kid)
	}, jwt.WithValidMethods([]string{"EdDSA"}), jwt.WithStrictDecoding(), jwt.WithoutClaimsValidation())
	if models.KindOf(err) == models.KindUnavailable {
		return Claims{}, err
	}
	if err != nil || cl.Issuer != issuer || len(cl.Audience) != 1 || cl.Audience[0] != audience ||
		cl.ExpiresAt == nil || cl.Session == "" {
		return Claims{}, ErrSignedOut()
	}
	t.verified.Add(id, cl)
	return cl, nil
}

// Authenticate turns an access token into who is speaking. Expiry and revocation
// are asked at every request. With "second-factor-needed" the actor is told too: they may
// add a factor, and nothing else. A token that is bound to a key is none to who only holds
// it: see AuthenticateProven.
func (c *Service) Authenticate(ctx context.Context, bearer string) (models.Actor, error) {
	s, err := c.sessionOf(ctx, bearer)
	if err == nil && s.KeyThumbprint != "" {
		err = errProof()
	}
	if err != nil {
		return models.Actor{}, err
	}
	return c.admitted(s)
}

// admitted is who speaks through a session whose token holds.
func (c *Service) admitted(s models.Session) (models.Actor, error) {
	if c.factorMissing(s) {
		return s.Actor(), models.E(models.KindForbidden, "second-factor-needed", "Add a passkey or an app with codes first.")
	}
	return s.Actor(), nil
}

// sessionOf is the session that an access token opens now.
func (c *Service) sessionOf(ctx context.Context, token string) (models.Session, error) {
	cl, err := c.tokens.Verify(ctx, token)
	if err != nil {
		return models.Session{}, err
	}
	if !c.now().Before(cl.ExpiresAt.Time) {
		return models.Session{}, models.E(models.KindUnsigned, "token-expired", "The access token has ended. Refresh it.")
	}
	s, err := c.session(ctx, cl.Session)
	if err != nil || !s.Live(c.now()) {
		return models.Session{}, c.notLive(ctx, cl.Session, s, err)
	}
	if s.AccountID != cl.Subject {
		return models.Session{}, ErrSignedOut()
	}
	return s, nil
}

// JWKS is the set of public keys that access tokens and crisis plans are signed
// with (RFC 7517).
func (c *Service) JWKS() json.RawMessage {
	c.tokens.freshen()
	set := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{}}
	for _, k := range c.tokens.keys.accepted() {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: k.public(), KeyID: k.ID, Algorithm: "EdDSA", Use: "sig"})
	}
	slices.SortFunc(set.Keys, func(a, b jose.JSONWebKey) int { return strings.Compare(a.KeyID, b.KeyID) })
	out, err := json.Marshal(set)
	if err != nil { // keys of a known kind always marshal
		return json.RawMessage(`{"keys":[]}`)
	}
	return out
}
