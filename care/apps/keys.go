package apps

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

const (
	keySize = 3072 // bits of RSA
	keyLife = 90 * 24 * time.Hour
	// keyLead is how long a new key is known before it signs: every instance has read it by
	// then (keysReload), and every app that keeps the public keys for their five minutes.
	keyLead    = 10 * time.Minute
	keysReload = 20 * time.Second
	keySlack   = time.Hour // how much longer than its tokens a key is accepted: clocks differ
)

// signingKey is one key that signs the tokens of apps.
type signingKey struct {
	ID        string    `json:"kid"`
	DER       []byte    `json:"der"` // PKCS #8
	CreatedAt time.Time `json:"createdAt"`

	private *rsa.PrivateKey
}

// keyRing is the accepted keys as this instance knows them, newest first.
type keyRing struct {
	mu      sync.Mutex
	refresh []byte
	held    []signingKey
	checked time.Time
}

// keys gives the site's keys, read anew when they are old. Of instances that make the
// first at once one is first: most clinics have no app, so nothing is made before it is
// wanted.
func (c *Service) keys(ctx context.Context) (*tokens, error) {
	c.ring.mu.Lock()
	defer c.ring.mu.Unlock()
	if c.ring.refresh == nil {
		secret, err := c.base.SharedSecret(ctx, "apps-refresh")
		if err != nil {
			return nil, err
		}
		c.ring.refresh = secret
	}
	if c.now().Sub(c.ring.checked).Abs() >= keysReload || len(c.ring.held) == 0 {
		if err := c.reload(ctx); err != nil && len(c.ring.held) == 0 {
			return nil, err
		}
	}
	if len(c.ring.held) == 0 {
		if err := c.addKey(ctx); err != nil {
			return nil, err
		}
	}
	return &tokens{held: c.ring.held, refresh: c.ring.refresh, now: c.now}, nil
}

// KeepKeys makes the next key when the newest is old enough. A worker calls it.
func (c *Service) KeepKeys(ctx context.Context) error {
	c.ring.mu.Lock()
	defer c.ring.mu.Unlock()
	if err := c.reload(ctx); err != nil || len(c.ring.held) == 0 || c.now().Sub(c.ring.held[0].CreatedAt) < keyLife {
		return err
	}
	return c.addKey(ctx)
}

// reload reads the keys that are accepted: the newest, and those before it until what
// they signed has ended.
func (c *Service) reload(ctx context.Context) error {
	page, err := chart.List[signingKey](ctx, c.store, chart.ColSecrets, store.Query{Index: "kind", Equal: []any{"apps-signing"}, Desc: true, Limit: 10})
	if err != nil {
		return err
	}
	var held []signingKey
	for _, v := range page.Items {
		if n := len(held); n > 0 && held[n-1].CreatedAt.Add(keyLead+accessLife+keySlack).Before(c.now()) {
			break
		}
		key, err := x509.ParsePKCS8PrivateKey(v.Value.DER)
		if err != nil {
			return err
		}
		private, ok := key.(*rsa.PrivateKey)
		if !ok {
			return errors.New("a key of apps is not RSA")
		}
		v.Value.private = private
		held = append(held, v.Value)
	}
	c.ring.held, c.ring.checked = held, c.now()
	return nil
}

// addKey makes the key that comes after those that are held. Its document is named after
// the newest, so that of several instances that do it at once one does.
func (c *Service) addKey(ctx context.Context) error {
	private, err := rsa.GenerateKey(rand.Reader, keySize)
	if err != nil {
		return err
	}
	k := signingKey{CreatedAt: c.now().UTC()}
	if k.DER, err = x509.MarshalPKCS8PrivateKey(private); err != nil {
		return err
	}
	sum := sha256.Sum256(private.N.Bytes())
	k.ID = base64.RawURLEncoding.EncodeToString(sum[:12])
	before := "none"
	if len(c.ring.held) > 0 {
		before = c.ring.held[0].ID
	}
	doc, err := chart.Encode("apps-signing-after-"+before, chart.OwnerSite, 0, store.Keys{"kind": "apps-signing", "createdAt": chart.Millis(k.CreatedAt)}, k)
	if err != nil {
		return err
	}
	e := c.base.AuditEvent(chart.SystemActor, "signing-key.added")
	e.Ref = k.ID
	if err := c.base.Commit(ctx, e, store.Insert(chart.ColSecrets, doc)); err != nil && models.KindOf(err) != models.KindConflict {
		return err
	}
	return c.reload(ctx)
}

// signer is the key that signs now: the newest that everybody has had the time to read.
func (t *tokens) signer() signingKey {
	for _, k := range t.held {
		if t.now().Sub(k.CreatedAt) >= keyLead {
			return k
		}
	}
	return t.held[len(t.held)-1]
}

func (t *tokens) key(kid any) (*rsa.PublicKey, bool) {
	for _, k := range t.held {
		if k.ID == kid {
			return &k.private.PublicKey, true
		}
	}
	return nil, false
}

// JWKS is the public keys of tokens of apps (RFC 7517).
func (c *Service) JWKS(ctx context.Context) (json.RawMessage, error) {
	t, err := c.keys(ctx)
	if err != nil {
		return nil, err
	}
	set := jose.JSONWebKeySet{}
	for _, k := range t.held {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: k.private.Public(), KeyID: k.ID, Algorithm: "RS256", Use: "sig"})
	}
	return json.Marshal(set)
}
