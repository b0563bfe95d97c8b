package chart

import (
	"context"
	"errors"
	"time"

	"handrail/models"
	"handrail/store"
)

// Incarnation names one life of a store: from its making, or from a restore, to
// the next restore. What a device or a file beside the store remembers of a
// position in it (a sync token, a count of lines) holds within one incarnation
// only: after a restore the same number means something else.
//
// It is the document "incarnation" in the collection "store_facts", owned by the
// site. There is one; a restore replaces it.
type Incarnation struct {
	ID     string    `json:"id"` // UUIDv7
	Since  time.Time `json:"since"`
	Before string    `json:"before,omitempty"` // the incarnation that a restore ended
}

const incarnationID = "incarnation"

// ReadIncarnation reads which life a store is in; models.KindNotFound for one that
// no program has served since incarnations came.
func ReadIncarnation(ctx context.Context, s store.Store) (Incarnation, error) {
	v, err := Load[Incarnation](ctx, s, ColFacts, incarnationID)
	return v.Value, err
}

// NewIncarnation begins a new life of a store. Only a restore calls it, before
// anything serves the store.
func NewIncarnation(ctx context.Context, s store.Store, now time.Time) (Incarnation, error) {
	next := Incarnation{ID: NewID(), Since: now.UTC()}
	old, err := Load[Incarnation](ctx, s, ColFacts, incarnationID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return next, err
	}
	next.Before = old.Value.ID
	doc, err := Encode(incarnationID, OwnerSite, old.Version, nil, next)
	if err != nil {
		return next, err
	}
	if old.Version == 0 {
		return next, Refusal(s.Insert(ctx, ColFacts, doc))
	}
	return next, Refusal(s.Replace(ctx, ColFacts, doc))
}

// firstIncarnation reads the incarnation of a store, or names its first: of two
// instances that begin together, one does.
func firstIncarnation(ctx context.Context, s store.Store, now time.Time) (Incarnation, error) {
	found, err := ReadIncarnation(ctx, s)
	if models.KindOf(err) != models.KindNotFound {
		return found, err
	}
	first := Incarnation{ID: NewID(), Since: now.UTC()}
	doc, err := Encode(incarnationID, OwnerSite, 0, nil, first)
	if err != nil {
		return first, err
	}
	if err := s.Insert(ctx, ColFacts, doc); !errors.Is(err, store.ErrExists) {
		return first, Refusal(err)
	}
	return ReadIncarnation(ctx, s)
}
