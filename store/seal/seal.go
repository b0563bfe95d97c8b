// Package seal puts encryption between the use cases and an engine.
//
// Every body is sealed (AES-256-GCM, by Tink) under the data key of its owner,
// bound to its collection, id and owner. Data keys are wrapped by the
// key-encryption key (KEK) and kept in the collection data_keys. Destroying one
// erases a person: what is left of their documents can never be read again.
//
// What lives here: keys, sealing, rotation, erasure, verification. What must not:
// SQL, and what a document means.
package seal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"handrail/store"
)

// ErrSeal says that a body does not open: it was changed or moved, or its key is
// lost.
var ErrSeal = errors.New("seal: body does not open")

// Options may be left empty.
type Options struct {
	CacheSize int              // data keys kept in memory; 4096 when 0
	CacheTTL  time.Duration    // how long an erasure by another process may go unseen; 30 s when 0, at most 60 s
	Now       func() time.Time // time.Now when nil
}

// Store is a store.Store whose bodies are sealed.
type Store struct {
	engine store.Engine
	linker store.Linker
	keys   *keyKeeper
}

var (
	_ store.Store = (*Store)(nil)
	_ store.Hider = (*Store)(nil)
)

// Open puts a seal on engine. It makes the keys of the chain and of nobody when there are none yet,
// and fails when the stored one does not open with kek.
func Open(ctx context.Context, engine store.Engine, kek KEK, o Options) (*Store, error) {
	s := &Store{engine: engine, keys: newKeyKeeper(engine, kek, o)}
	chain, err := s.keys.chainKey(ctx)
	if err != nil {
		return nil, err
	}
	s.linker = store.NewLinker(chain)
	engine.SetLinker(s.linker)
	return s, s.keys.decoyKey(ctx)
}

// Engine is what lies under the seal.
func (s *Store) Engine() store.Engine { return s.engine }

// Linker is what links the append-only collections of this store.
func (s *Store) Linker() store.Linker { return s.linker }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.engine.Ping(ctx) }

// Close closes the engine.
func (s *Store) Close() error { return s.engine.Close() }

// Insert implements store.Store.
func (s *Store) Insert(ctx context.Context, collection string, d store.Doc) error {
	d, err := s.seal(ctx, collection, d)
	if err != nil {
		return err
	}
	return s.engine.Insert(ctx, collection, d)
}

// Replace implements store.Store.
func (s *Store) Replace(ctx context.Context, collection string, d store.Doc) error {
	d, err := s.seal(ctx, collection, d)
	if err != nil {
		return err
	}
	return s.engine.Replace(ctx, collection, d)
}

// Delete implements store.Store. It works for erased owners too.
func (s *Store) Delete(ctx context.Context, collection, id string, version int64) error {
	if err := open(collection); err != nil {
		return err
	}
	return s.engine.Delete(ctx, collection, id, version)
}

// Batch implements store.Store.
func (s *Store) Batch(ctx context.Context, ops ...store.Op) error {
	sealed := make([]store.Op, len(ops))
	for i, op := range ops {
		if op.Kind == store.OpUnchanged {
			sealed[i] = op
			continue
		}
		err := open(op.Collection)
		if err == nil && op.Kind != store.OpDelete {
			op.Doc, err = s.seal(ctx, op.Collection, op.Doc)
		}
		if err != nil {
			return &store.OpError{Index: i, Err: err}
		}
		sealed[i] = op
	}
	return s.engine.Batch(ctx, sealed...)
}

// Stamp implements store.Stamper. It counts what happens to data keys too: what was read
// of somebody who was erased since is not what is there.
func (s *Store) Stamp(collections ...string) (store.Stamp, bool) {
	of, is := s.engine.(store.Stamper)
	if !is {
		return store.Stamp{}, false
	}
	return of.Stamp(append(slices.Clip(collections), store.KeysCollection)...)
}

// Get implements store.Store.
func (s *Store) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	if err := open(collection); err != nil {
		return store.Doc{}, err
	}
	d, err := s.engine.Get(ctx, collection, id)
	if err != nil {
		return store.Doc{}, err
	}
	d.Body, err = s.unseal(ctx, collection, &d)
	if err != nil {
		return store.Doc{}, err
	}
	return d, nil
}

func (s *Store) seal(ctx context.Context, collection string, d store.Doc) (store.Doc, error) {
	if err := checkSealable(collection, &d); err != nil {
		return d, err
	}
	ring, err := s.keys.forWriting(ctx, d.Owner)
	if err != nil {
		return d, err
	}
	d.Body, err = ring.aead.Encrypt(d.Body, boundTo(collection, &d))
	return d, err
}

func checkSealable(collection string, d *store.Doc) error {
	switch {
	case len(d.Body) > store.MaxBody:
		return fmt.Errorf("%w: body is larger than %d bytes", store.ErrInvalid, store.MaxBody)
	case d.Owner == "" || len(d.Owner) > store.MaxID || strings.HasPrefix(d.Owner, reserved):
		return fmt.Errorf("%w: owner must be 1..%d bytes and not begin with %q", store.ErrInvalid, store.MaxID, reserved)
	}
	return open(collection)
}

// open refuses the collection of the data keys, which is no one's to use.
func open(collection string) error {
	if collection == store.KeysCollection {
		return fmt.Errorf("%w: collection %s is not open", store.ErrInvalid, collection)
	}
	return nil
}

func (s *Store) unseal(ctx context.Context, collection string, d *store.Doc) ([]byte, error) {
	ring, err := s.keys.forReading(ctx, d.Owner, d.Body)
	if errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("%w: %s %s: its owner has no data key", ErrSeal, collection, d.ID)
	}
	if err != nil {
		return nil, err
	}
	body, err := ring.aead.Decrypt(d.Body, boundTo(collection, d))
	if err != nil {
		return nil, fmt.Errorf("%w: %s %s", ErrSeal, collection, d.ID)
	}
	return body, nil
}

// boundTo is the associated data: a sealed body opens in its own place only.
func boundTo(collection string, d *store.Doc) []byte {
	return store.JoinText(collection, d.ID, d.Owner)
}
