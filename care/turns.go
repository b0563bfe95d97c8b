package care

import (
	"context"
	"handrail/models"
	"handrail/store"
)

// turn is an op that lets only one of several batches through that were made from
// the same state: the others fail with KindStale, or KindConflict at the first turn.
func (c *Care) turn(ctx context.Context, id, owner string) (store.Op, error) {
	t, err := load[struct{}](ctx, c.store, colTurns, id)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return store.Op{}, err
	}
	doc, err := encode(id, owner, t.Version, nil, struct{}{})
	if t.Version == 0 {
		return store.Insert(colTurns, doc), err
	}
	return store.Replace(colTurns, doc), err
}
