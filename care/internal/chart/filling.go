package chart

import (
	"context"
	"sync/atomic"
	"time"

	"handrail/models"
	"handrail/store"
)

// Filling gives documents that an older program wrote an index key that came later, in
// the background. Lists must tell the truth without it: they ask for the documents that
// lack the key as well (store.Query.Lacking) and look into them. So a store that is
// filled in part, and one that an older program writes meanwhile, is only slower.
type Filling struct {
	Collection string
	Key        string
	// Keys gives the keys of a document that lacks the key; nil: it has none to get.
	Keys func(store.Doc) (store.Keys, error)

	done atomic.Bool
}

// Documents of one batch, and batches of one turn of a worker: a turn stays short.
const (
	fillPage  = 100
	fillPages = 50
)

// filled is how far a collection is, the document "filled:COLLECTION:KEY" of the facts.
type filled struct {
	Cursor string    `json:"cursor,omitempty"` // where to go on, after the next start too
	DoneAt time.Time `json:"doneAt,omitzero"`
}

// Work goes some way through a collection. Once it is through the store is not asked any
// more. What can't be read stays as it is; a document that was changed meanwhile got its
// key with that.
func (f *Filling) Work(ctx context.Context, b *Base) error {
	if f.done.Load() {
		return nil
	}
	id := "filled:" + f.Collection + ":" + f.Key
	at, err := Load[filled](ctx, b.Store, ColFacts, id)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	if f.done.Store(!at.Value.DoneAt.IsZero()); f.done.Load() {
		return nil
	}
	for range fillPages {
		if at.Value.Cursor, err = f.page(ctx, b, at.Value.Cursor); err != nil {
			return err
		}
		if at.Value.Cursor == "" {
			at.Value.DoneAt = b.Now().UTC()
			break
		}
	}
	f.done.Store(!at.Value.DoneAt.IsZero())
	doc, err := Encode(id, OwnerSite, at.Version, nil, at.Value)
	if err != nil {
		return err
	}
	if at.IsNew() {
		err = b.Store.Insert(ctx, ColFacts, doc)
	} else {
		err = b.Store.Replace(ctx, ColFacts, doc)
	}
	if k := models.KindOf(Refusal(err)); k == models.KindStale || k == models.KindConflict {
		return nil // another instance is at it as well
	}
	return Refusal(err)
}

func (f *Filling) page(ctx context.Context, b *Base, cursor string) (next string, err error) {
	page, err := b.Store.Query(ctx, f.Collection, store.Query{Index: store.IDIndex, Limit: fillPage, Cursor: cursor, Unopened: true})
	if err != nil {
		return cursor, Refusal(err)
	}
	var ops []store.Op
	for _, d := range page.Docs {
		if d.Bad != nil || d.Keys[f.Key] != nil {
			continue
		}
		if keys, err := f.Keys(d); err == nil && keys != nil {
			d.Keys = keys
			ops = append(ops, store.Replace(f.Collection, d))
		}
	}
	if len(ops) == 0 {
		return page.Next, nil
	}
	err = b.Store.Batch(ctx, ops...)
	if models.KindOf(Refusal(err)) == models.KindStale || models.KindOf(Refusal(err)) == models.KindNotFound { // one of them was changed or erased: each by itself
		for _, op := range ops {
			err = Refusal(b.Store.Batch(ctx, op))
			if k := models.KindOf(err); err != nil && k != models.KindStale && k != models.KindNotFound {
				return cursor, err
			}
		}
		err = nil
	}
	return page.Next, Refusal(err)
}
