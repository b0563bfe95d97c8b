package seal

import (
	"context"
	"errors"
	"strings"

	"handrail/store"
)

// RotateKEK makes a new key-encryption key and wraps every data key with it. Other
// instances go on meanwhile: they read the key again when they meet one that they
// don't know. It returns how many keys were wrapped anew.
func (s *Store) RotateKEK(ctx context.Context) (int, error) {
	if err := s.keys.kek.Rotate(ctx); err != nil {
		return 0, err
	}
	return s.keys.changeAll(ctx, func(d store.Doc) ([]byte, error) {
		secret, err := s.keys.kek.Unwrap(ctx, d.Body, keyBound(d.ID))
		if err != nil {
			return nil, err
		}
		return s.keys.kek.Wrap(ctx, secret, keyBound(d.ID))
	})
}

// RotateDataKeys gives every owner a new key for what is written from now on; the
// old ones stay, to read what is there. It returns how many owners got one.
func (s *Store) RotateDataKeys(ctx context.Context) (int, error) {
	return s.keys.changeAll(ctx, func(d store.Doc) ([]byte, error) {
		if strings.HasPrefix(d.ID, reserved) {
			return nil, errSkip
		}
		ring, err := s.keys.unwrap(ctx, d.ID, d.Body)
		if err != nil {
			return nil, err
		}
		if ring, err = ring.rotated(); err != nil {
			return nil, err
		}
		return s.keys.wrap(ctx, d.ID, ring)
	})
}

var errSkip = errors.New("seal: leave this key as it is")

// changeAll changes every live key and counts them.
func (k *keyKeeper) changeAll(ctx context.Context, f func(store.Doc) ([]byte, error)) (int, error) {
	n := 0
	q := store.Query{Index: store.IDIndex, Limit: refill}
	for {
		page, err := k.engine.Query(ctx, store.KeysCollection, q)
		if err != nil {
			return n, err
		}
		for _, d := range page.Docs {
			switch err := k.change(ctx, d.ID, f); {
			case err == nil:
				n++
			case !errors.Is(err, store.ErrErased) && !errors.Is(err, errSkip):
				return n, err
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return n, nil
		}
	}
}

// change replaces the body of one key document, however many others do so at the
// same time. ErrNotFound; ErrErased when there is nothing left to change.
func (k *keyKeeper) change(ctx context.Context, id string, f func(store.Doc) ([]byte, error)) error {
	for {
		d, err := k.engine.Get(ctx, store.KeysCollection, id)
		if err != nil {
			return err
		}
		if len(d.Body) == 0 {
			return store.ErrErased
		}
		if d.Body, err = f(d); err != nil {
			return err
		}
		err = k.engine.Replace(ctx, store.KeysCollection, d)
		k.cache.drop(id) // also after an error: it may have happened all the same
		if !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
}
