package chart

import (
	"context"

	"handrail/models"
	"handrail/store"
)

// Turn is an op that lets only one of several batches through that were made from
// the same state: the others fail with KindStale, or KindConflict at the first turn.
// Take it before you read that state: what comes between is then seen.
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

// maxTurns is how often InTurn tries.
const maxTurns = 8

// InTurn does work, and again when somebody else's batch came before its own (KindStale,
// or KindConflict where both are the first): the next try finds what they wrote. So the
// same call twice at once is one thing, and both get its answer.
func InTurn[T any](ctx context.Context, work func() (T, error)) (out T, err error) {
	for range maxTurns {
		out, err = work()
		if k := models.KindOf(err); k != models.KindStale && k != models.KindConflict || ctx.Err() != nil {
			return out, err
		}
	}
	return out, err
}
