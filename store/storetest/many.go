package storetest

import (
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
