package chart

import (
	"cmp"
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

// Load reads one value by its id.
func Load[T any](ctx context.Context, s store.Store, collection, id string) (Versioned[T], error) {
	d, err := get(ctx, s, collection, id)
	if err != nil {
		return Versioned[T]{}, Refusal(err)
	}
	return Decode[T](d)
}

// LoadHidden is Load for a caller who must not learn whether there is something: what is
// not there takes as long. like is a value as those of the collection are.
func LoadHidden[T any](ctx context.Context, s store.Store, collection, id string, like T) (Versioned[T], error) {
	body, err := json.Marshal(like)
	if err != nil {
		return Versioned[T]{}, err
	}
	d, err := store.GetHidden(ctx, s, collection, id, body)
	if err == nil {
		return Decode[T](d)
	}
	if _, bad := Decode[T](store.Doc{Body: body}); bad != nil {
		return Versioned[T]{}, bad
	}
	return Versioned[T]{}, Refusal(err)
}

// First reads what stands under an id that was taken, for a call that may be the same
// again. What can't be seen, as that of another owner who was erased, is the conflict.
// A look that fails is its own error: it says nothing about what stands there.
func First[T any](ctx context.Context, s store.Store, collection, id string, conflict error) (Versioned[T], error) {
	v, err := Load[T](ctx, s, collection, id)
	if models.KindOf(err) == models.KindNotFound {
		err = conflict
	}
	return v, err
}

// Decode reads the value of a document.
func Decode[T any](d store.Doc) (Versioned[T], error) {
	v := Versioned[T]{Version: d.Version}
	err := json.Unmarshal(d.Body, &v.Value)
	return v, err
}

// Readable is decode for workers, of a query that asked for unopened ones too.
func Readable[T any](d store.Doc) (Versioned[T], error) {
	if d.Bad != nil {
		return Versioned[T]{Version: d.Version}, aside.Unreadable(d.Bad)
	}
	v, err := Decode[T](d)
	return v, aside.Unreadable(err)
}

// Page is one page of values. Next is "" at the end.
type Page[T any] struct {
	Items []T
	Next  string
}

// List reads one page of values along an index.
func List[T any](ctx context.Context, s store.Store, collection string, q store.Query) (Page[Versioned[T]], error) {
	page, err := s.Query(ctx, collection, q)
	if err != nil {
		return Page[Versioned[T]]{}, Refusal(err)
	}
	out := Page[Versioned[T]]{Items: make([]Versioned[T], 0, len(page.Docs)), Next: page.Next}
	for _, d := range page.Docs {
		v, err := Decode[T](d)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, v)
	}
	return out, nil
}

// ListReadable is List without what can't be read: one person's record must not hide the
// others. A page can hold fewer than its limit then, and still have a next.
func ListReadable[T any](ctx context.Context, s store.Store, collection string, q store.Query) (Page[Versioned[T]], error) {
	q.Unopened = true
	page, err := s.Query(ctx, collection, q)
	if err != nil {
		return Page[Versioned[T]]{}, Refusal(err)
	}
	out := Page[Versioned[T]]{Items: make([]Versioned[T], 0, len(page.Docs)), Next: page.Next}
	for _, d := range page.Docs {
		if v, err := Readable[T](d); err == nil {
			out.Items = append(out.Items, v)
		}
	}
	return out, nil
}

// Values takes the versions off a page.
func Values[T any](p Page[Versioned[T]]) Page[T] {
	out := Page[T]{Next: p.Next, Items: make([]T, 0, len(p.Items))}
	for _, v := range p.Items {
		out.Items = append(out.Items, v.Value)
	}
	return out
}

// Through hands every value along an index to use, page by page, until it says that it
// has enough. It has no bound: nothing is left out without a word.
func Through[T any](ctx context.Context, s store.Store, collection string, q store.Query, use func(Versioned[T]) (enough bool, err error)) error {
	return ThroughDocs(ctx, s, collection, q, func(d store.Doc) (bool, error) {
		v, err := Decode[T](d)
		if err != nil {
			return false, err
		}
		return use(v)
	})
}

// ThroughDocs is through for documents as they are. A limit of q is the length of a page,
// for who needs only a few.
func ThroughDocs(ctx context.Context, s store.Store, collection string, q store.Query, use func(store.Doc) (enough bool, err error)) error {
	q.Limit = cmp.Or(q.Limit, store.MaxLimit)
	for {
		page, err := s.Query(ctx, collection, q)
		if err != nil {
			return Refusal(err)
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

// Every reads all values along an index, to its end.
func Every[T any](ctx context.Context, s store.Store, collection string, q store.Query) ([]Versioned[T], error) {
	return AtMost[T](ctx, s, collection, q, 0)
}

// AtMost reads all values along an index. More than max of them are refused and not
// cut: what is missing could be what matters. max 0 is no bound.
func AtMost[T any](ctx context.Context, s store.Store, collection string, q store.Query, max int) ([]Versioned[T], error) {
	var out []Versioned[T]
	err := Through(ctx, s, collection, q, func(v Versioned[T]) (bool, error) {
		if max > 0 && len(out) == max {
			return false, tooMuch()
		}
		out = append(out, v)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func tooMuch() error {
	return models.E(models.KindTooLarge, "too-much-at-once", "This is more than can be shown at once. Please ask for a shorter time.")
}

// ReadableOnes is AtMost for a list over many people: one whose record can't be read
// must not hide the others. bad are the documents that can't be.
func ReadableOnes[T any](ctx context.Context, s store.Store, collection string, q store.Query, max int) (out []Versioned[T], bad []store.Doc, err error) {
	q.Unopened = true
	err = ThroughDocs(ctx, s, collection, q, func(d store.Doc) (bool, error) {
		if max > 0 && len(out)+len(bad) == max {
			return false, tooMuch()
		}
		if v, err := Readable[T](d); err == nil {
			out = append(out, v)
		} else {
			bad = append(bad, d)
		}
		return false, nil
	})
	return out, bad, err
}

// IsNew tells that nothing is stored yet.
func (v Versioned[T]) IsNew() bool { return v.Version == 0 }
