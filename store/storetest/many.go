package storetest

import (
	"errors"
	"fmt"
	"slices"

	"handrail/store"
)

// testGetMany: what is there comes, once; what is not, or is of somebody who was erased,
// does not.
func testGetMany(e *env) {
	s, ctx := e.store, e.ctx
	got, err := s.GetMany(ctx, things, nil)
	e.must(err)
	if len(got) != 0 {
		e.Fatalf("%d of none", len(got))
	}
	var ids, want []string
	for i := range 40 {
		d := thing(fmt.Sprintf("many %d \"'%%", i), store.Keys{"group": "g", "at": int64(i)})
		d.Owner = fmt.Sprintf("owner of %d", i)
		if ids = append(ids, d.ID, d.ID+" is not there", d.ID); i%3 == 2 {
			continue
		}
		e.must(s.Insert(ctx, things, d))
		if i == 3 {
			e.must(s.Erase(ctx, d.Owner))
			continue
		}
		want = append(want, d.ID)
	}
	got, err = s.GetMany(ctx, things, ids)
	e.must(err)
	var found []string
	for _, d := range got {
		found = append(found, d.ID)
		if one, err := s.Get(ctx, things, d.ID); err != nil || string(one.Body) != string(d.Body) || one.Version != d.Version || d.Keys["at"] != one.Keys["at"] || d.Bad != nil {
			e.Errorf("%+v, alone %+v, %v", d, one, err)
		}
	}
	slices.Sort(found)
	slices.Sort(want)
	if !slices.Equal(found, want) {
		e.Errorf("%q, want %q", found, want)
	}
	_, err = s.GetMany(ctx, things, make([]string, store.MaxLimit+1))
	e.want(err, store.ErrInvalid)
	_, err = s.GetMany(ctx, "nothing_of_ours", ids)
	e.want(err, store.ErrInvalid)
	_, err = s.GetMany(ctx, store.KeysCollection, ids)
	e.want(err, store.ErrInvalid)
}

// testOneOf: many short lists come as one, without those of erased owners; more than the
// limit is refused and not cut.
func testOneOf(e *env) {
	s, ctx := e.store, e.ctx
	var want []string
	for i := range 30 {
		d := thing(fmt.Sprintf("short %02d", i), store.Keys{"group": fmt.Sprintf("g%d \"'%%", i%5), "at": int64(i)})
		d.Owner = fmt.Sprintf("owner of %d", i)
		e.must(s.Insert(ctx, things, d))
		switch {
		case i == 6:
			e.must(s.Erase(ctx, d.Owner))
		case i%5 < 2:
			want = append(want, d.ID)
		}
	}
	e.must(s.Insert(ctx, things, thing("of no group", nil)))
	q := store.Query{Index: "byGroup", OneOf: []string{"g0 \"'%", "g1 \"'%", "g0 \"'%", "nobody's"}, Limit: 12}
	page, err := s.Query(ctx, things, q)
	e.must(err)
	var found []string
	for _, d := range page.Docs {
		found = append(found, d.ID)
		if one, err := s.Get(ctx, things, d.ID); err != nil || string(one.Body) != string(d.Body) || one.Keys["at"] != d.Keys["at"] {
			e.Errorf("%+v, alone %+v, %v", d, one, err)
		}
	}
	slices.Sort(found)
	if !slices.Equal(found, want) || page.Next != "" {
		e.Errorf("%q and %q, want %q", found, page.Next, want)
	}
	none := q
	none.OneOf = []string{} // what is left of a list; it never asks for all that there are
	page, err = s.Query(ctx, things, none)
	e.must(err)
	if len(page.Docs) > 0 || page.Next != "" {
		e.Errorf("of no text: %d and %q", len(page.Docs), page.Next)
	}
	for what, change := range map[string]func(*store.Query){
		"too few":  func(q *store.Query) { q.Limit = 11 },
		"too many": func(q *store.Query) { q.OneOf = make([]string, store.MaxLimit+1) },
		"equal":    func(q *store.Query) { q.Equal = []any{"g"} },
		"an end":   func(q *store.Query) { q.To = int64(1) },
		"a cursor": func(q *store.Query) { q.Cursor = "x" },
		"an order": func(q *store.Query) { q.Desc = true },
		"sparse":   func(q *store.Query) { q.Index = "fewOf" },
		"by id":    func(q *store.Query) { q.Index = store.IDIndex },
	} {
		other := q
		change(&other)
		if _, err := s.Query(ctx, things, other); !errors.Is(err, store.ErrInvalid) {
			e.Errorf("%s: %v", what, err)
		}
	}
}
