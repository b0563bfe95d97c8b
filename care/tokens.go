package care

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/models"
	"handrail/store"
)

const (
	// issuer does not hold the site's address: that may change, and a phone that was
	// offline must still open its crisis plan. The keys are the site's own.
	issuer        = "handrail"
	audience      = "handrail"
	keysReload    = time.Minute // how soon another instance's new key is used
	verifiedCache = 4096        // tokens whose signature need not be checked again
)

// signingKey is one Ed25519 key. Keys are kept for as long as a session can live,
// so that an expired token can still open the crisis plan (decision 0004).
type signingKey struct {
	ID        string    `json:"kid"`
	Seed      []byte    `json:"seed"`
	CreatedAt time.Time `json:"createdAt"`
}

// tokens signs and verifies.
type tokens struct {
	care     *Care
	pepper   []byte // for refresh successors
	verified *lru.Cache[[32]byte, claims]

	mu      sync.RWMutex
	active  signingKey
	public  map[string]ed25519.PublicKey
	checked time.Time
}

// claims is what an access token says. The account's rights are not in it: they
// are asked at every request.
type claims struct {
	Session string `json:"sid"`
	jwt.RegisteredClaims
}

func newTokens(ctx context.Context, c *Care) (*tokens, error) {
	cache, err := lru.New[[32]byte, claims](verifiedCache)
	if err != nil {
		return nil, err
	}
	t := &tokens{care: c, verified: cache}
	if t.pepper, err = c.sharedSecret(ctx, "refresh-pepper"); err != nil {
		return nil, err
	}
	if err := t.reload(ctx); err != nil {
		return nil, err
	}
	if t.active.ID == "" {
		if err := c.AddSigningKey(ctx); err != nil {
			return nil, err
		}
		return t, t.reload(ctx)
	}
	return t, nil
}

// sharedSecret reads a secret that all instances share; the first one makes it.
func (c *Care) sharedSecret(ctx context.Context, name string) ([]byte, error) {
	secret := make([]byte, 32)
	rand.Read(secret)
	doc, err := encode(name, ownerSite, 0, store.Keys{"kind": "shared", "createdAt": millis(c.now())}, secret)
	if err != nil {
		return nil, err
	}
	err = c.store.Insert(ctx, colSecrets, doc)
	if err == nil {
		return secret, nil
	}
	if !errors.Is(err, store.ErrExists) {
		return nil, refusal(err)
	}
	found, err := load[[]byte](ctx, c.store, colSecrets, name)
	return found.Value, err
}

// AddSigningKey makes a new key, which signs from now on. Tokens of older keys go
// on: nobody is signed out.
func (c *Care) AddSigningKey(ctx context.Context) error {
	k := signingKey{ID: NewID(), Seed: make([]byte, ed25519.SeedSize), CreatedAt: c.now().UTC()}
	rand.Read(k.Seed)
	doc, err := encode(k.ID, ownerSite, 0, store.Keys{"kind": "signing", "createdAt": millis(k.CreatedAt)}, k)
	if err != nil {
		return err
	}
	l := c.auditLine(systemActor, "signing-key.added")
	l.Ref = k.ID
	return c.commit(ctx, l, store.Insert(colSecrets, doc))
}

// reload reads the keys. Those older than any session can be are left out.
func (t *tokens) reload(ctx context.Context) error {
	now := t.care.now()
	oldest := now.Add(-2 * t.care.sessionLife(models.RolePatient))
	found, err := all[signingKey](ctx, t.care.store, colSecrets, store.Query{Index: "kind",
		Equal: []any{"signing"}, From: millis(oldest)}, 1000)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.public, t.checked = make(map[string]ed25519.PublicKey, len(found)), now
	for _, k := range found {
		t.public[k.Value.ID] = ed25519.NewKeyFromSeed(k.Value.Seed).Public().(ed25519.PublicKey)
		t.active = k.Value // the newest comes last
	}
	return nil
}

// current is the key that signs now. A store that does not answer leaves the one
// that is known.
func (t *tokens) current(ctx context.Context) signingKey {
	t.mu.RLock()
	k, stale := t.active, t.care.now().Sub(t.checked) >= keysReload
	t.mu.RUnlock()
	if stale && t.reload(ctx) == nil {
		t.mu.RLock()
		defer t.mu.RUnlock()
		return t.active
	}
	return k
}

func (t *tokens) key(ctx context.Context, kid string) (ed25519.PublicKey, bool) {
	t.current(ctx)
	t.mu.RLock()
	defer t.mu.RUnlock()
	k, ok := t.public[kid]
	return k, ok
}

// signedIn makes the answer for a device.
func (c *Care) signedIn(ctx context.Context, s models.Session, refresh string) (SignedIn, error) {
	now := c.now().UTC()
	lasts := time.Duration(c.config.AccessTokenMinutes) * time.Minute
	end := now.Add(lasts)
	k := c.tokens.current(ctx)
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims{Session: s.ID, RegisteredClaims: jwt.RegisteredClaims{
		Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: s.AccountID,
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(end)}})
	token.Header["kid"] = k.ID
	signed, err := token.SignedString(ed25519.NewKeyFromSeed(k.Seed))
	return SignedIn{AccessToken: signed, ExpiresAt: end, Lasts: lasts, RefreshToken: refresh, Session: s}, err
}

// verify checks signature, issuer and audience, not the expiry. The outcome is
// remembered: the signature of a token does not change.
func (t *tokens) verify(ctx context.Context, bearer string) (claims, error) {
	id := sha256.Sum256([]byte(bearer))
	if known, ok := t.verified.Get(id); ok {
		return known, nil
	}
	var cl claims
	_, err := jwt.ParseWithClaims(bearer, &cl, func(token *jwt.Token) (any, error) {
		kid, _ := token.Header["kid"].(string)
		if k, ok := t.key(ctx, kid); ok {
			return k, nil
		}
		return nil, jwt.ErrTokenUnverifiable
	}, jwt.WithValidMethods([]string{"EdDSA"}), jwt.WithoutClaimsValidation())
	if err != nil || cl.Issuer != issuer || len(cl.Audience) != 1 || cl.Audience[0] != audience ||
		cl.ExpiresAt == nil || cl.Session == "" {
		return claims{}, errSignedOut()
	}
	t.verified.Add(id, cl)
	return cl, nil
}

// Authenticate turns an access token into who is speaking. Expiry and revocation
// are asked at every request.
func (c *Care) Authenticate(ctx context.Context, bearer string) (models.Actor, error) {
	cl, err := c.tokens.verify(ctx, bearer)
	if err != nil {
		return models.Actor{}, err
	}
	if !c.now().Before(cl.ExpiresAt.Time) {
		return models.Actor{}, models.E(models.KindUnsigned, "token-expired", "The access token has ended. Refresh it.")
	}
	s, err := c.session(ctx, cl.Session)
	if err != nil || !s.Live(c.now()) {
		return models.Actor{}, c.notLive(ctx, cl.Session, s, err)
	}
	if s.AccountID != cl.Subject {
		return models.Actor{}, errSignedOut()
	}
	return s.Actor(), nil
}

// JWKS is the set of public keys that access tokens and crisis plans are signed
// with (RFC 7517).
func (c *Care) JWKS(ctx context.Context) json.RawMessage {
	c.tokens.current(ctx)
	c.tokens.mu.RLock()
	defer c.tokens.mu.RUnlock()
	set := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{}}
	for kid, k := range c.tokens.public {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: k, KeyID: kid, Algorithm: "EdDSA", Use: "sig"})
	}
	slices.SortFunc(set.Keys, func(a, b jose.JSONWebKey) int { return strings.Compare(a.KeyID, b.KeyID) })
	out, err := json.Marshal(set)
	if err != nil { // keys of a known kind always marshal
		return json.RawMessage(`{"keys":[]}`)
	}
	return out
}
