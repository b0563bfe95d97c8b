package chart

import (
	"context"
	"crypto/rand"
	"errors"

	"handrail/store"
)

// SharedSecret reads a secret that all instances share; the first one makes it.
func (c *Base) SharedSecret(ctx context.Context, name string) ([]byte, error) {
	secret := make([]byte, 32)
	rand.Read(secret)
	doc, err := Encode(name, OwnerSite, 0, store.Keys{"kind": "shared", "createdAt": Millis(c.Now())}, secret)
	if err != nil {
		return nil, err
	}
	err = c.Store.Insert(ctx, ColSecrets, doc)
	if err == nil {
		return secret, nil
	}
	if !errors.Is(err, store.ErrExists) {
		return nil, Refusal(err)
	}
	found, err := Load[[]byte](ctx, c.Store, ColSecrets, name)
	return found.Value, err
}
