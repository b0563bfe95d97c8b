package seal

import (
	"context"
	"errors"

	"handrail/store"
)

// refill is how many documents are fetched at once to make up for those of
// erased owners.
const refill = 100

// Query implements store.Store. A page that lost documents of erased owners is
// filled up from behind it, so that a short page still means the end.
func (s *Store) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	if err := open(collection); err != nil {
		return store.Page{}, err
	}
	var out store.Page
	for want := q.Limit; ; q.Limit = min(max(want, refill), store.MaxLimit) {
		page, err := s.engine.Query(ctx, collection, q)
		if err != nil {
			return store.Page{}, err
		}
		used, err := s.unsealInto(ctx, collection, page.Docs, &out, want, q.Unopened)
		if err != nil {
			return store.Page{}, err
		}
		if used < len(page.Docs) {
			out.Next, err = s.cursorAfter(collection, q, page.Docs[used-1])
			return out, err
		}
		if len(out.Docs) == want || page.Next == "" {
			out.Next = page.Next
			return out, nil
		}
		q.Cursor = page.Next
	}
}

// GetMany implements store.Store.
func (s *Store) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	if err := open(collection); err != nil {
		return nil, err
	}
	docs, err := s.engine.GetMany(ctx, collection, ids)
	if err != nil {
		return nil, err
	}
	var out store.Page
	_, err = s.unsealInto(ctx, collection, docs, &out, len(docs), true)
	return out.Docs, err
}

// unsealInto fills out up to want documents and returns how many of docs that took.
func (s *Store) unsealInto(ctx context.Context, collection string, docs []store.Doc, out *store.Page, want int, unopened bool) (int, error) {
	if err := s.keys.ahead(ctx, docs); err != nil {
		return 0, err
	}
	for i := range docs {
		if len(out.Docs) == want {
			return i, nil
		}
		body, err := s.unseal(ctx, collection, &docs[i])
		if errors.Is(err, store.ErrErased) {
			continue
		}
		d := docs[i]
		if unopened && err != nil && ctx.Err() == nil && !errors.Is(err, store.ErrUnavailable) {
			d.Bad, err = err, nil
		}
		if err != nil {
			return 0, err
		}
		d.Body = body
		out.Docs = append(out.Docs, d)
	}
	return len(docs), nil
}

func (s *Store) cursorAfter(collection string, q store.Query, d store.Doc) (string, error) {
	w, err := s.engine.Schema().Walk(collection, q)
	if err != nil {
		return "", err
	}
	return w.CursorAfter(d), nil
}
