package chart

import (
	"bytes"
	"context"
	"encoding/json"

	"handrail/models"
	"handrail/store"
)

// SameJSON compares two values as they would be stored.
func SameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// Again answers a change that was refused since the version is not the newest: when
// same finds that what stands is what the caller wants, their answer was lost on the
// way, and this is the same call again. Else it gives the refusal, as KindStale.
func Again[T any](ctx context.Context, s store.Store, collection, id string, refused error, same func(T) bool) (Versioned[T], error) {
	switch models.KindOf(refused) {
	case models.KindConflict, models.KindNotFound: // somebody was first to make it
		refused = Refusal(store.ErrConflict)
	case models.KindStale:
	default:
		return Versioned[T]{}, refused
	}
	v, err := Load[T](ctx, s, collection, id)
	if models.KindOf(err) == models.KindNotFound || err == nil && !same(v.Value) {
		return Versioned[T]{}, refused
	}
	return v, err
}
