package care

import (
	"context"
	"crypto/rand"
	"errors"
	"handrail/store"
)

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
