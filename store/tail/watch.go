package tail

import (
	"context"

	"handrail/store"
)

// watched is a store that tells what was written through it.
type watched struct {
	store.Store
	tell func(ops []store.Op)
}

// Watch is s, with tell called after each write that is durable, in the goroutine that
// wrote. What other instances write is not told.
func Watch(s store.Store, tell func(ops []store.Op)) store.Store { return &watched{s, tell} }

// told tells what was written when err is nil. A write of which nobody knows whether
// it was done is found by who looks into the store.
func (w *watched) told(err error, ops ...store.Op) error {
	if err == nil {
		w.tell(ops)
	}
	return err
}

// Stamp implements store.Stamper.
func (w *watched) Stamp(collections ...string) (store.Stamp, bool) {
	return store.StampOf(w.Store, collections...)
}

// Insert implements store.Store.
func (w *watched) Insert(ctx context.Context, collection string, d store.Doc) error {
	return w.told(w.Store.Insert(ctx, collection, d), store.Insert(collection, d))
}

// Replace implements store.Store.
func (w *watched) Replace(ctx context.Context, collection string, d store.Doc) error {
	return w.told(w.Store.Replace(ctx, collection, d), store.Replace(collection, d))
}

// Delete implements store.Store.
func (w *watched) Delete(ctx context.Context, collection, id string, version int64) error {
	return w.told(w.Store.Delete(ctx, collection, id, version), store.Delete(collection, id, version))
}

// Batch implements store.Store.
func (w *watched) Batch(ctx context.Context, ops ...store.Op) error {
	return w.told(w.Store.Batch(ctx, ops...), ops...)
}
