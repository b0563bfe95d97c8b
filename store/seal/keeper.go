package seal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"handrail/store"
)

const (
	// reserved begins ids in data_keys that are no owner's.
	reserved = "."
	chainID  = reserved + "chain"
)

// keyKeeper finds, makes and remembers the data keys of owners. In data_keys a
// document's id is the owner; an empty body is the mark of an erased one.
type keyKeeper struct {
	engine store.Engine
	kek    KEK
	cache  *keyCache
}

func newKeyKeeper(engine store.Engine, kek KEK, o Options) *keyKeeper {
	return &keyKeeper{engine: engine, kek: kek, cache: newKeyCache(o)}
}

// forWriting returns the owner's keyring and makes it when there is none.
func (k *keyKeeper) forWriting(ctx context.Context, owner string) (*keyring, error) {
	ring, err := k.get(ctx, owner)
	if !errors.Is(err, store.ErrNotFound) {
		return ring, err
	}
	if ring, err = newKeyring(); err != nil {
		return nil, err
	}
	body, err := k.wrap(ctx, owner, ring)
	if err != nil {
		return nil, err
	}
	err = k.engine.Insert(ctx, store.KeysCollection, store.Doc{ID: owner, Owner: owner, Body: body})
	if err != nil && !errors.Is(err, store.ErrExists) {
		return nil, err
	}
	return k.load(ctx, owner) // what is stored counts: another instance may have been first
}

// forReading returns the keyring that opens sealed: the one at hand, or, when that
// does not know the key, the stored one.
func (k *keyKeeper) forReading(ctx context.Context, owner string, sealed []byte) (*keyring, error) {
	ring, err := k.get(ctx, owner)
	if err != nil || ring.knows(sealed) {
		return ring, err
	}
	return k.load(ctx, owner)
}

// get returns ErrErased, or ErrNotFound when the owner has no key yet.
func (k *keyKeeper) get(ctx context.Context, owner string) (*keyring, error) {
	if e, ok := k.cache.get(owner); ok {
		return e.ring, e.err()
	}
	return k.load(ctx, owner)
}

// ahead reads the keys of documents' owners that are not at hand, in one go. What can't
// be unwrapped is left to who opens the document.
func (k *keyKeeper) ahead(ctx context.Context, docs []store.Doc) error {
	var missing []string
	asked := map[string]bool{}
	for i := range docs {
		owner := docs[i].Owner
		if asked[owner] {
			continue
		}
		asked[owner] = true
		if _, ok := k.cache.get(owner); !ok {
			missing = append(missing, owner)
		}
	}
	if len(missing) < 2 {
		return nil
	}
	since := k.cache.moment()
	found, err := k.engine.GetMany(ctx, store.KeysCollection, missing)
	if err != nil {
		return err
	}
	for _, d := range found {
		e := entry{owner: d.ID}
		if len(d.Body) > 0 {
			if e.ring, err = k.unwrap(ctx, d.ID, d.Body); err != nil {
				continue
			}
		}
		k.cache.put(e, since)
	}
	return nil
}

func (k *keyKeeper) load(ctx context.Context, owner string) (*keyring, error) {
	since := k.cache.moment()
	d, err := k.engine.Get(ctx, store.KeysCollection, owner)
	if err != nil {
		return nil, err
	}
	e := entry{owner: owner}
	if len(d.Body) > 0 {
		if e.ring, err = k.unwrap(ctx, owner, d.Body); err != nil {
			return nil, err
		}
	}
	k.cache.put(e, since)
	return e.ring, e.err()
}

func (k *keyKeeper) wrap(ctx context.Context, owner string, ring *keyring) ([]byte, error) {
	secret, err := ring.secret()
	if err != nil {
		return nil, err
	}
	return k.kek.Wrap(ctx, secret, keyBound(owner))
}

func (k *keyKeeper) unwrap(ctx context.Context, owner string, body []byte) (*keyring, error) {
	secret, err := k.kek.Unwrap(ctx, body, keyBound(owner))
	if err != nil {
		return nil, err
	}
	return keyringFromSecret(secret)
}

// keyBound binds a wrapped key to its place.
func keyBound(owner string) []byte { return store.JoinText(store.KeysCollection, owner) }

// chainKey is the key of the append-only collections' links. It is kept like a
// data key, so that the KEK is the only secret outside of the database.
func (k *keyKeeper) chainKey(ctx context.Context) (key [32]byte, err error) {
	d, err := k.engine.Get(ctx, store.KeysCollection, chainID)
	if errors.Is(err, store.ErrNotFound) {
		if _, err = rand.Read(key[:]); err != nil {
			return key, err
		}
		body, err := k.kek.Wrap(ctx, key[:], keyBound(chainID))
		if err != nil {
			return key, err
		}
		fresh := store.Doc{ID: chainID, Owner: store.Site, Body: body}
		err = k.engine.Insert(ctx, store.KeysCollection, fresh)
		if err != nil && !errors.Is(err, store.ErrExists) {
			return key, err
		}
		d, err = k.engine.Get(ctx, store.KeysCollection, chainID)
		if err != nil {
			return key, err
		}
	}
	if err != nil {
		return key, err
	}
	secret, err := k.kek.Unwrap(ctx, d.Body, keyBound(chainID))
	if err == nil && copy(key[:], secret) != len(key) {
		err = fmt.Errorf("%w: the key of the chain has a wrong length", ErrSeal)
	}
	return key, err
}
