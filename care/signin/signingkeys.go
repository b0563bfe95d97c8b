package signin

import (
	"context"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

const (
	// keyLife is how long a key signs, at most: less when sessions are shorter.
	keyLife = 90 * 24 * time.Hour
	// keyLead is how long a new key is known before it signs. Every instance has read
	// it by then (keysReload), so that no token waits for a look into the store.
	keyLead    = 45 * time.Second
	keysReload = 20 * time.Second
	// keySlack is how much longer than its tokens can be needed a key is accepted:
	// clocks of instances differ.
	keySlack = 24 * time.Hour
	// lookPace is how often names that anybody can make up may cause a look.
	lookPace   = time.Second
	missedKeys = 256 // names of ours that were looked up in vain
	// keyPatience is how long a token under a key that is not known here waits for a store
	// that does not answer.
	keyPatience = 250 * time.Millisecond
)

// signingKey is one Ed25519 key.
type signingKey struct {
	ID        string    `json:"kid"`
	Seed      []byte    `json:"seed"`
	CreatedAt time.Time `json:"createdAt"`
}

func (k signingKey) public() ed25519.PublicKey {
	return ed25519.NewKeyFromSeed(k.Seed).Public().(ed25519.PublicKey)
}

// keyRing is the accepted keys as this instance knows them, newest first.
type keyRing struct {
	mu      sync.RWMutex
	held    []signingKey
	checked time.Time
	looked  time.Time // when a made-up name last caused a look
	missed  *lru.Cache[string, time.Time]
	flight  singleflight.Group
}

func (r *keyRing) accepted() []signingKey {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.held
}

func (r *keyRing) find(kid string) (signingKey, bool) {
	for _, k := range r.accepted() {
		if k.ID == kid {
			return k, true
		}
	}
	return signingKey{}, false
}

// keyName is a name that only this site can make: whoever sends another one sends
// something made up, and the store is not asked for it.
func (t *tokens) keyName(id string) string {
	m := hmac.New(sha256.New, t.pepper)
	m.Write(store.JoinText("kid", id))
	return id + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:12])
}

// ours tells whether this site made a name. Keys of older programs have bare ids.
func (t *tokens) ours(kid string) bool {
	id, _, _ := strings.Cut(kid, ".")
	return len(kid) <= 128 && hmac.Equal([]byte(kid), []byte(t.keyName(id)))
}

// addKey makes the key that comes after a list of keys, the newest first. Its document
// is named after the newest, so that of several instances that do it at once one does:
// the list must be the one by which the caller found that a key is wanted.
func (t *tokens) addKey(ctx context.Context, held []signingKey) error {
	k := signingKey{ID: t.keyName(chart.NewID()), Seed: make([]byte, ed25519.SeedSize), CreatedAt: t.care.now().UTC()}
	rand.Read(k.Seed)
	before := "none"
	if len(held) > 0 {
		before = held[0].ID
		if !k.CreatedAt.After(held[0].CreatedAt) { // a clock went back: the newest is still the newest
			k.CreatedAt = held[0].CreatedAt.Add(time.Millisecond)
		}
	}
	doc, err := chart.Encode("signing-after-"+before, chart.OwnerSite, 0, store.Keys{"kind": "signing", "createdAt": chart.Millis(k.CreatedAt)}, k)
	if err != nil {
		return err
	}
	e := t.care.base.AuditEvent(chart.SystemActor, "signing-key.added")
	e.Ref = k.ID
	err = t.care.base.Commit(ctx, e, store.Insert(chart.ColSecrets, doc))
	if err != nil && models.KindOf(err) != models.KindConflict {
		return err
	}
	return t.reload(ctx)
}

// AddSigningKey makes a new key, which signs after keyLead. Tokens of older keys go
// on: nobody is signed out.
func (c *Service) AddSigningKey(ctx context.Context) error {
	if err := c.tokens.reload(ctx); err != nil {
		return err
	}
	return c.tokens.addKey(ctx, c.tokens.keys.accepted())
}

// KeepSigningKeys takes over keys that others made, and makes the next one when the
// newest has signed for long enough. serve calls it every keysReload.
func (c *Service) KeepSigningKeys(ctx context.Context) error {
	if err := c.tokens.reload(ctx); err != nil {
		return err
	}
	held := c.tokens.keys.accepted()
	if len(held) > 0 && c.now().Sub(held[0].CreatedAt) < min(keyLife, c.sessionLife(models.RolePatient)) {
		return nil
	}
	return c.tokens.addKey(ctx, held)
}

// reload reads the keys, newest first, as far back as a token of theirs can still
// be of a session that lives: until the next key signed, and a session more. The
// newest is always one of them.
func (t *tokens) reload(ctx context.Context) error {
	now := t.care.now()
	var held []signingKey
	q := store.Query{Index: "kind", Equal: []any{"signing"}, Desc: true, Limit: 50}
	for more := true; more; {
		page, err := chart.List[signingKey](ctx, t.care.store, chart.ColSecrets, q)
		if err != nil {
			return err
		}
		for _, k := range page.Items {
			if n := len(held); n > 0 && held[n-1].CreatedAt.Add(keyLead+t.care.sessionLife(models.RolePatient)+keySlack).Before(now) {
				page.Next = ""
				break
			}
			held = append(held, k.Value)
		}
		q.Cursor, more = page.Next, page.Next != ""
	}
	t.keys.mu.Lock()
	defer t.keys.mu.Unlock()
	if len(held) == 0 && len(t.keys.held) > 0 {
		return errors.New("the store has no signing key any more")
	}
	if len(held) < len(t.keys.held) {
		t.verified.Purge() // what a key signed that is gone
	}
	t.keys.held, t.keys.checked = held, now
	return nil
}

// signer is the key that signs now: the newest that everybody has had the time to
// read.
func (t *tokens) signer() signingKey {
	t.freshen()
	held := t.keys.accepted()
	for _, k := range held {
		if t.care.now().Sub(k.CreatedAt) >= keyLead {
			return k
		}
	}
	return held[len(held)-1]
}

// freshen has the keys read anew when they are old, and does not wait for it.
func (t *tokens) freshen() {
	t.keys.mu.RLock()
	age := t.care.now().Sub(t.keys.checked)
	t.keys.mu.RUnlock()
	if age < 0 || age >= 2*keysReload { // nobody calls KeepSigningKeys, or the store is away
		t.look()
	}
}

// look reads the keys in the background, once at a time.
func (t *tokens) look() <-chan singleflight.Result {
	return t.keys.flight.DoChan("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		return nil, t.reload(ctx)
	})
}

// key finds the key of a token. One that is not known here is looked up: at once when
// its name is ours, at most every lookPace when anybody could have made it up.
func (t *tokens) key(ctx context.Context, kid string) (any, error) {
	for range 2 { // a look that had begun before this key was there finds it the second time
		if k, ok := t.keys.find(kid); ok {
			return k.public(), nil
		}
		if !t.mayLook(kid) {
			return nil, jwt.ErrTokenUnverifiable
		}
		if err := t.await(ctx, t.look()); err != nil {
			return nil, err
		}
	}
	if k, ok := t.keys.find(kid); ok {
		return k.public(), nil
	}
	t.keys.missed.Add(kid, t.care.now())
	return nil, jwt.ErrTokenUnverifiable
}

func (t *tokens) mayLook(kid string) bool {
	now := t.care.now()
	if t.ours(kid) {
		at, missed := t.keys.missed.Get(kid)
		return !missed || now.Sub(at).Abs() >= keysReload
	}
	t.keys.mu.Lock()
	defer t.keys.mu.Unlock()
	if now.Sub(t.keys.looked).Abs() < lookPace {
		return false
	}
	t.keys.looked = now
	return true
}

// await gives a look a short time. That it failed is no reason to sign anybody out.
func (t *tokens) await(ctx context.Context, look <-chan singleflight.Result) error {
	over := time.NewTimer(t.care.config.Patience)
	defer over.Stop()
	select {
	case r := <-look:
		if r.Err != nil {
			return chart.Refusal(errors.Join(store.ErrUnavailable, r.Err))
		}
		return nil
	case <-ctx.Done():
	case <-over.C:
	}
	return chart.Refusal(store.ErrUnavailable)
}
