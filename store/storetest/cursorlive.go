package storetest

import (
	"math/rand/v2"
	"strings"
	"sync"

	"handrail/store"
)

// testCursorUnderInserts: what was there when a walk began is met exactly once,
// while others insert before, at and behind the cursor.
func testCursorUnderInserts(e *env) {
	for i := range e.Scale {
		keys := store.Keys{"group": "g", "at": int64(i / 5 * 10)} // five share each key
		if i%7 == 0 {
			delete(keys, "at")
		}
		e.must(e.store.Insert(e.ctx, things, thing(name("old", i), keys)))
	}
	stop := make(chan struct{})
	var bad errs
	var inserter sync.WaitGroup
	inserter.Go(func() {
		rng := rand.New(rand.NewPCG(3, 4))
		for i := range 5 * e.Scale {
			select {
			case <-stop:
				return
			default:
			}
			// Ids sort before and behind the old ones, keys among them.
			d := thing(name([]string{"new", "zzz"}[i%2], i), store.Keys{"group": "g", "at": int64(rng.IntN(2*e.Scale + 1))})
			if err := e.store.Insert(e.ctx, things, d); err != nil {
				bad.add(err)
				return
			}
		}
	})
	for _, desc := range []bool{false, true} {
		for _, limit := range []int{max(3, e.Scale/100), 7, 50} {
			checkOnce(e, store.Query{Index: "byGroup", Equal: []any{"g"}, Limit: limit, Desc: desc})
		}
	}
	close(stop)
	inserter.Wait()
	bad.check(e)
}

func checkOnce(e *env, q store.Query) {
	e.Helper()
	seen := map[string]int{}
	old := 0
	for _, d := range walk(e, e.store, things, q) {
		seen[d.ID]++
		if seen[d.ID] > 1 {
			e.Errorf("%s was met %d times (desc %v, limit %d)", d.ID, seen[d.ID], q.Desc, q.Limit)
		}
		if strings.HasPrefix(d.ID, "old-") {
			old++
		}
	}
	if old != e.Scale {
		e.Errorf("met %d of %d (desc %v, limit %d)", old, e.Scale, q.Desc, q.Limit)
	}
}

// testCursorRefused: a cursor is good for its own walk only, and rubbish is refused.
func testCursorRefused(e *env) {
	for i := range 5 {
		e.must(e.store.Insert(e.ctx, things, thing(name("t", i), store.Keys{"group": "g", "at": int64(i), "name": "n"})))
	}
	q := store.Query{Index: "byGroup", Equal: []any{"g"}, Limit: 2}
	page, err := e.store.Query(e.ctx, things, q)
	e.must(err)
	good := page.Next
	for what, other := range map[string]store.Query{
		"other group":     {Index: "byGroup", Equal: []any{"h"}, Limit: 2, Cursor: good},
		"other index":     {Index: "byName", Equal: []any{"n"}, Limit: 2, Cursor: good},
		"other direction": {Index: "byGroup", Equal: []any{"g"}, Limit: 2, Desc: true, Cursor: good},
		"rubbish":         {Index: "byGroup", Equal: []any{"g"}, Limit: 2, Cursor: "x"},
		"no base64":       {Index: "byGroup", Equal: []any{"g"}, Limit: 2, Cursor: "%%%%%%%%%%%%"},
		"cut off":         {Index: "byGroup", Equal: []any{"g"}, Limit: 2, Cursor: good[:len(good)/2]},
		"too long":        {Index: "byGroup", Equal: []any{"g"}, Limit: 2, Cursor: good + strings.Repeat("A", 4096)},
	} {
		if _, err := e.store.Query(e.ctx, things, other); err == nil {
			e.Errorf("%s: cursor was taken", what)
		} else {
			e.want(err, store.ErrBadCursor)
		}
	}
	// A bound may move between pages; one that has passed the cursor wins.
	moved := store.Query{Index: "byGroup", Equal: []any{"g"}, Limit: 9, From: int64(4), Cursor: good}
	page, err = e.store.Query(e.ctx, things, moved)
	e.must(err)
	if len(page.Docs) != 1 || page.Docs[0].ID != name("t", 4) {
		e.Errorf("after the lower bound moved: %s", ids(page.Docs))
	}
}
