package care

import (
	"context"
	"encoding/json"

	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// Versioned is a value with the version that it is stored under.
type Versioned[T any] struct {
	Value   T
	Version int64
}

// load reads one value by its id.
func load[T any](ctx context.Context, s store.Store, collection, id string) (Versioned[T], error) {
	d, err := s.Get(ctx, collection, id)
	if err != nil {
		return Versioned[T]{}, refusal(err)
	}
	return decode[T](d)
}

// first reads what stands under an id that was taken, for a call that may be the same
// again. What can't be seen, as that of another owner who was erased, is the conflict.
// A look that fails is its own error: it says nothing about what stands there.
func first[T any](ctx context.Context, s store.Store, collection, id string, conflict error) (Versioned[T], error) {
	v, err := load[T](ctx, s, collection, id)
	if models.KindOf(err) == models.KindNotFound {
		err = conflict
	}
	return v, err
}

func decode[T any](d store.Doc) (Versioned[T], error) {
	v := Versioned[T]{Version: d.Version}
	err := json.Unmarshal(d.Body, &v.Value)
	return v, err
}

// readable is decode for workers, of a query that asked for unopened ones too.
func readable[T any](d store.Doc) (Versioned[T], error) {
	if d.Bad != nil {
		return Versioned[T]{Version: d.Version}, aside.Unreadable(d.Bad)
	}
	v, err := decode[T](d)
	return v, aside.Unreadable(err)
}

// Page is one page of values. Next is "" at the end.
type Page[T any] struct {
	Items []T
	Next  string
}

// list reads one page of values along an index.
func list[T any](ctx context.Context, s store.Store, collection string, q store.Query) (Page[Versioned[T]], error) {
	page, err := s.Query(ctx, collection, q)
	if err != nil {
		return Page[Versioned[T]]{}, refusal(err)
	}
	out := Page[Versioned[T]]{Items: make([]Versioned[T], 0, len(page.Docs)), Next: page.Next}
	for _, d := range page.Docs {
		v, err := decode[T](d)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, v)
	}
	return out, nil
}

// values takes the versions off a page.
func values[T any](p Page[Versioned[T]]) Page[T] {
	out := Page[T]{Next: p.Next, Items: make([]T, 0, len(p.Items))}
	for _, v := range p.Items {
		out.Items = append(out.Items, v.Value)
	}
	return out
}

// through hands every value along an index to use, page by page, until it says that it
// has enough. It has no bound: nothing is left out without a word.
func through[T any](ctx context.Context, s store.Store, collection string, q store.Query, use func(Versioned[T]) (enough bool, err error)) error {
	return throughDocs(ctx, s, collection, q, func(d store.Doc) (bool, error) {
		v, err := decode[T](d)
		if err != nil {
			return false, err
		}
		return use(v)
	})
}

// throughDocs is through for documents as they are.
func throughDocs(ctx context.Context, s store.Store, collection string, q store.Query, use func(store.Doc) (enough bool, err error)) error {
	q.Limit = store.MaxLimit
	for {
		page, err := s.Query(ctx, collection, q)
		if err != nil {
			return refusal(err)
		}
		for _, d := range page.Docs {
			if enough, err := use(d); enough || err != nil {
				return err
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return nil
		}
	}
}

// every reads all values along an index, to its end.
func every[T any](ctx context.Context, s store.Store, collection string, q store.Query) ([]Versioned[T], error) {
	return atMost[T](ctx, s, collection, q, 0)
}

// atMost reads all values along an index. More than max of them are refused and not
// cut: what is missing could be what matters. max 0 is no bound.
func atMost[T any](ctx context.Context, s store.Store, collection string, q store.Query, max int) ([]Versioned[T], error) {
	var out []Versioned[T]
	err := through(ctx, s, collection, q, func(v Versioned[T]) (bool, error) {
		if max > 0 && len(out) == max {
			return false, models.E(models.KindTooLarge, "too-much-at-once", "This is more than can be shown at once. Please ask for a shorter time.")
		}
		out = append(out, v)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// isNew tells that nothing is stored yet.
func (v Versioned[T]) isNew() bool { return v.Version == 0 }
