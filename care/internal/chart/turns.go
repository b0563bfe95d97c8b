package chart

import (
	"context"

	"handrail/models"
	"handrail/store"
)

// Turn is an op that lets only one of several batches through that were made from
// the same state: the others fail with KindStale, or KindConflict at the first turn.
func (c *Base) Turn(ctx context.Context, id, owner string) (store.Op, error) {
	t, err := Load[struct{}](ctx, c.Store, ColTurns, id)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return store.Op{}, err
	}
	doc, err := Encode(id, owner, t.Version, nil, struct{}{})
	if t.Version == 0 {
		return store.Insert(ColTurns, doc), err
	}
	return store.Replace(ColTurns, doc), err
}
