package sqlite

import (
	"context"

	"handrail/store"
)

// Batch implements store.Store.
func (db *DB) Batch(ctx context.Context, ops ...store.Op) error {
	if len(ops) == 0 {
		return ctx.Err()
	}
	ops, err := db.schema.CheckOps(ops)
	if err != nil {
		return err
	}
	return db.write.do(ctx, len(ops), func(t *tx) error {
		for i := range ops {
			if err := t.change(&ops[i]); err != nil {
				return &store.OpError{Index: i, Err: err}
			}
		}
		return nil
	})
}
