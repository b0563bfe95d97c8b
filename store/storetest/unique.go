package storetest

import (
	"errors"
	"fmt"
	"sync/atomic"

	"handrail/store"
)

func testUnique(e *env) {
	s, ctx := e.store, e.ctx
	coded := func(group, code any) store.Keys { return store.Keys{"group": group, "code": code} }
	e.must(s.Insert(ctx, things, thing("a", coded("g", "1"))))
	e.want(s.Insert(ctx, things, thing("b", coded("g", "1"))), store.ErrExists)
	_, err := s.Get(ctx, things, "b")
	e.want(err, store.ErrNotFound)

	e.must(s.Insert(ctx, things, thing("c", coded("h", "1")))) // another tuple
	for i := range 3 {                                         // a part is missing: exempt
		e.must(s.Insert(ctx, things, thing(name("no-code", i), coded("g", nil))))
		e.must(s.Insert(ctx, things, thing(name("no-group", i), coded(nil, "1"))))
		e.must(s.Insert(ctx, things, thing(name("neither", i), nil)))
	}
}

// testUniqueReplace: a Replace cannot take another's tuple either.
func testUniqueReplace(e *env) {
	s, ctx := e.store, e.ctx
	taken := store.Keys{"group": "g", "code": "1"}
	e.must(s.Insert(ctx, things, thing("a", taken)))
	e.must(s.Insert(ctx, things, thing("c", store.Keys{"group": "h", "code": "1"})))
	moved := thing("c", taken)
	moved.Version = 1
	e.want(s.Replace(ctx, things, moved), store.ErrExists)
	same := thing("a", taken)
	same.Version = 1
	e.must(s.Replace(ctx, things, same)) // its own tuple is not taken
	e.must(s.Delete(ctx, things, "a", 2))
	e.must(s.Replace(ctx, things, moved)) // free again
}

// testUniqueRace: of many who want the same tuple, one gets it.
func testUniqueRace(e *env) {
	const rounds = 10
	for round := range rounds {
		var won atomic.Int32
		var bad errs
		each(writers, func(i int) {
			d := thing(fmt.Sprintf("r%d-%d", round, i), store.Keys{"group": "g", "code": name("code", round)})
			err := e.store.Insert(e.ctx, things, d)
			switch {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, store.ErrExists):
				bad.add(err)
			}
		})
		bad.check(e)
		if won.Load() != 1 {
			e.Fatalf("%d writers got the same unique key", won.Load())
		}
	}
}
