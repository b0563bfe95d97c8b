package store

import (
	"context"
	"errors"
)

// Singles are the verbs for one document, as batches of one. An engine embeds it
// and gives it its own Batch.
type Singles struct {
	Run func(ctx context.Context, ops ...Op) error
}

// Insert implements Store.
func (s Singles) Insert(ctx context.Context, collection string, d Doc) error {
	return s.one(ctx, Insert(collection, d))
}

// Replace implements Store.
func (s Singles) Replace(ctx context.Context, collection string, d Doc) error {
	return s.one(ctx, Replace(collection, d))
}

// Delete implements Store.
func (s Singles) Delete(ctx context.Context, collection, id string, version int64) error {
	return s.one(ctx, Delete(collection, id, version))
}

// one runs a batch of one, whose error stands alone.
func (s Singles) one(ctx context.Context, op Op) error {
	err := s.Run(ctx, op)
	if e, ok := errors.AsType[*OpError](err); ok {
		return e.Err
	}
	return err
}
