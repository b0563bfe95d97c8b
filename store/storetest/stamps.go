package storetest

import (
	"errors"
	"fmt"

	"handrail/store"
)

// testStamps: a batch that holds to a stamp is done as long as nobody wrote into those
// collections, and refused whole when somebody did: before, beside it or by another
// instance. An engine without stamps refuses each.
func testStamps(e *env) {
	n := 0
	tries := func(s store.Store, since store.Stamp) error {
		n++
		id := fmt.Sprint("held ", n)
		err := s.Batch(e.ctx, store.Unchanged(since), store.Insert(lines, line(id, "lane")))
		if _, there := s.Get(e.ctx, lines, id); (there == nil) != (err == nil) {
			e.Errorf("%s: the batch %v, its document %v", id, err, there)
		}
		return err
	}
	e.want(tries(e.store, store.Stamp{}), store.ErrConflict)
	if _, ok := e.store.Stamp(things); !ok {
		return
	}
	e.want(tries(e.store, store.Stamp{Collections: []string{"nothing_of_ours"}, Count: 1}), store.ErrInvalid)
	now := func() store.Stamp {
		s, _ := e.store.Stamp(things)
		return s
	}
	since := now()
	if !since.Same(now()) {
		e.Errorf("%+v, then %+v", since, now())
	}
	e.must(tries(e.store, since))
	e.must(tries(e.store, since)) // lines may change

	e.must(e.store.Insert(e.ctx, things, thing("new", nil)))
	e.want(tries(e.store, since), store.ErrConflict)
	since = now()
	e.must(tries(e.store, since))
	other := e.instance()
	e.must(other.Replace(e.ctx, things, store.Doc{ID: "new", Version: 1, Owner: "owner-1", Body: []byte("x")}))
	e.want(tries(e.store, since), store.ErrConflict)
	e.must(tries(e.store, now()))

	since = now() // each of many wants to be the only one
	each(writers, func(i int) {
		err := e.store.Batch(e.ctx, store.Unchanged(since), store.Insert(things, thing(fmt.Sprint("alone ", i), store.Keys{"group": "alone"})))
		if err != nil && !errors.Is(err, store.ErrConflict) {
			e.Error(err)
		}
	})
	if won := walk(e, e.store, things, store.Query{Index: "byGroup", Equal: []any{"alone"}, Limit: writers}); len(won) != 1 {
		e.Errorf("%d were alone", len(won))
	}

	e.must(e.store.Insert(e.ctx, things, store.Doc{ID: "of another", Owner: "owner-2", Body: []byte("x")}))
	since = now()
	e.must(e.store.Erase(e.ctx, "owner-2"))
	e.want(tries(e.store, since), store.ErrConflict)
}
