package seal

import (
	"cmp"
	"context"
	"errors"

	"handrail/store"
)

// decoyID is the data key of nobody. What is not there is sealed and opened with it.
const decoyID = reserved + "decoy"

// GetHidden implements store.Hider. The owner's key is read anew each time: one that is
// at hand would tell that its owner is here just now, and nobody's would always be.
func (s *Store) GetHidden(ctx context.Context, collection, id string, like []byte) (store.Doc, error) {
	if err := open(collection); err != nil {
		return store.Doc{}, err
	}
	d, err := s.engine.Get(ctx, collection, id)
	if errors.Is(err, store.ErrNotFound) {
		return store.Doc{}, cmp.Or(s.asIfThere(ctx, collection, id, like), err)
	}
	if err != nil {
		return store.Doc{}, err
	}
	switch _, err = s.keys.load(ctx, d.Owner); {
	case errors.Is(err, store.ErrErased):
		return store.Doc{}, cmp.Or(s.asIfThere(ctx, collection, id, like), err)
	case err == nil || errors.Is(err, store.ErrNotFound):
		d.Body, err = s.unseal(ctx, collection, &d)
	}
	return d, err
}

// asIfThere does what opening a document costs, for one that is not.
func (s *Store) asIfThere(ctx context.Context, collection, id string, like []byte) error {
	ring, err := s.keys.load(ctx, decoyID)
	if err != nil {
		return err
	}
	bound := store.JoinText(collection, id, decoyID)
	sealed, err := ring.aead.Encrypt(like, bound)
	if err == nil {
		_, err = ring.aead.Decrypt(sealed, bound)
	}
	return err
}

// decoyKey makes the key of nobody where there is none yet.
func (k *keyKeeper) decoyKey(ctx context.Context) error {
	_, err := k.forWriting(ctx, decoyID)
	return err
}
