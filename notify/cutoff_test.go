package notify_test

import (
	"context"

	"handrail/store"
)

// cutOff is a store that does not answer any more once its instance was killed.
type cutOff struct {
	store.Store
	alive context.Context
}

func (c cutOff) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	if c.alive.Err() != nil {
		return store.Page{}, store.ErrUnavailable
	}
	return c.Store.Query(ctx, collection, q)
}

func (c cutOff) Replace(ctx context.Context, collection string, d store.Doc) error {
	if c.alive.Err() != nil {
		return store.ErrUnavailable
	}
	return c.Store.Replace(ctx, collection, d)
}

func (c cutOff) Batch(ctx context.Context, ops ...store.Op) error {
	if c.alive.Err() != nil {
		return store.ErrUnavailable
	}
	return c.Store.Batch(ctx, ops...)
}
