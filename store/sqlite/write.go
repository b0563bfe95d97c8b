package sqlite

import (
	"context"
	"errors"

	"handrail/store"
)

// Insert implements store.Store.
func (db *DB) Insert(ctx context.Context, collection string, d store.Doc) error {
	return db.one(ctx, store.Insert(collection, d))
}

// Replace implements store.Store.
func (db *DB) Replace(ctx context.Context, collection string, d store.Doc) error {
	return db.one(ctx, store.Replace(collection, d))
}

// Delete implements store.Store.
func (db *DB) Delete(ctx context.Context, collection, id string, version int64) error {
	return db.one(ctx, store.Delete(collection, id, version))
}

// one is a batch of one whose error stands alone.
func (db *DB) one(ctx context.Context, op store.Op) error {
	err := db.Batch(ctx, op)
	if e, ok := errors.AsType[*store.OpError](err); ok {
		return e.Err
	}
	return err
}

// Batch implements store.Store.
func (db *DB) Batch(ctx context.Context, ops ...store.Op) error {
	if len(ops) == 0 {
		return ctx.Err()
	}
	ops, err := db.schema.CheckOps(ops)
	if err != nil {
		return err
	}
	return db.write.do(ctx, func(t *tx) error {
		for i := range ops {
			if err := t.change(&ops[i]); err != nil {
				return &store.OpError{Index: i, Err: err}
			}
		}
		return nil
	})
}
