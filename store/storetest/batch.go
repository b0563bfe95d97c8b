package storetest

import (
	"context"
	"errors"
	"fmt"

	"handrail/store"
)

func testBatch(e *env) {
	s, ctx := e.store, e.ctx
	e.must(s.Insert(ctx, things, thing("taken", store.Keys{"group": "g", "code": "1"})))
	e.must(s.Insert(ctx, things, thing("old", nil)))
	e.must(s.Insert(ctx, things, thing("doomed", nil)))
	e.must(s.Insert(ctx, lines, line("line-0", "l")))
	stale := thing("old", nil)
	stale.Version = 7
	big := thing("big", nil)
	big.Body = make([]byte, store.MaxBody+1)
	for what, bad := range map[string]struct {
		op   store.Op
		kind error
	}{
		"id":          {store.Insert(things, thing("taken", nil)), store.ErrExists},
		"unique key":  {store.Insert(things, thing("new", store.Keys{"group": "g", "code": "1"})), store.ErrExists},
		"version":     {store.Replace(things, stale), store.ErrConflict},
		"missing":     {store.Delete(things, "nobody", 1), store.ErrNotFound},
		"append-only": {store.Delete(lines, "line-0", 1), store.ErrAppendOnly},
		"line's id":   {store.Insert(lines, line("line-0", "other")), store.ErrExists},
		"body":        {store.Insert(things, big), store.ErrInvalid},
	} {
		for at := range 4 {
			ops := batchOfFour()
			ops[at] = bad.op
			err := s.Batch(ctx, ops...)
			var which *store.OpError
			if !errors.Is(err, bad.kind) || !errors.As(err, &which) || which.Index != at {
				e.Errorf("%s at %d: got %v", what, at, err)
			}
			_, err = s.Get(ctx, things, "x")
			e.want(err, store.ErrNotFound)
			e.wantBody("old", "body of old")
			e.wantBody("doomed", "body of doomed")
			checkLane(e, "l", 1)
		}
	}
	e.must(s.Batch(ctx, batchOfFour()...))
	e.wantBody("x", "body of x")
	e.wantBody("old", "changed")
	_, err := s.Get(ctx, things, "doomed")
	e.want(err, store.ErrNotFound)
	e.cleanChain(2)
}

// batchOfFour changes, adds to a lane, adds and deletes.
func batchOfFour() []store.Op {
	changed := thing("old", nil)
	changed.Version, changed.Body = 1, []byte("changed")
	return []store.Op{
		store.Replace(things, changed),
		store.Insert(lines, line("line-1", "l")),
		store.Insert(things, thing("x", store.Keys{"group": "x", "code": "x"})),
		store.Delete(things, "doomed", 1),
	}
}

// testBatchOrder: later ops see what earlier ones did.
func testBatchOrder(e *env) {
	first := thing("a", store.Keys{"group": "g", "code": "1"})
	second := first
	second.Version, second.Body = 1, []byte("second")
	heir := thing("b", first.Keys)
	e.must(e.store.Batch(e.ctx, store.Insert(things, first), store.Replace(things, second)))
	e.wantBody("a", "second")
	e.must(e.store.Batch(e.ctx, store.Delete(things, "a", 2), store.Insert(things, heir)))
	e.wantBody("b", "body of b")
}

// testBatchConcurrent: batches that share a commit do not harm one another. Every
// third fails at its last op.
func testBatchConcurrent(e *env) {
	e.must(e.store.Insert(e.ctx, things, thing("taken", nil)))
	per := max(2, e.Scale/writers)
	var bad errs
	each(writers, func(w int) {
		for i := range per {
			id := fmt.Sprintf("w%d-%d", w, i)
			last := thing(id+"-c", nil)
			if i%3 == 0 {
				last = thing("taken", nil)
			}
			err := e.store.Batch(e.ctx, store.Insert(things, thing(id+"-a", nil)), store.Insert(lines, line(id+"-b", "l")), store.Insert(things, last))
			if (err == nil) == (i%3 == 0) {
				bad.add(fmt.Errorf("%s: %w", id, err))
			}
		}
	})
	bad.check(e)
	for w := range writers {
		for i := range per {
			id := fmt.Sprintf("w%d-%d", w, i)
			checkTogether(e, i%3 != 0, id)
		}
	}
	e.cleanChain(int64(writers * (per - (per+2)/3)))
}

func checkTogether(e *env, want bool, id string) {
	e.Helper()
	for _, part := range [][2]string{{things, "-a"}, {lines, "-b"}, {things, "-c"}} {
		_, err := e.store.Get(e.ctx, part[0], id+part[1])
		if want {
			e.must(err)
		} else {
			e.want(err, store.ErrNotFound)
		}
	}
}

func testBatchCancel(e *env) {
	n := max(writers, e.Scale/2)
	cancelled(e, func(ctx context.Context, i int) error {
		id := name("b", i)
		return e.store.Batch(ctx, store.Insert(things, thing(id+"-a", nil)), store.Insert(lines, line(id+"-b", "l")), store.Insert(things, thing(id+"-c", nil)))
	})
	e.must(e.store.Insert(e.ctx, things, thing("after", nil))) // behind all that was queued
	whole := int64(0)
	for i := range n {
		_, err := e.store.Get(e.ctx, things, name("b", i)+"-a")
		checkTogether(e, err == nil, name("b", i))
		if err == nil {
			whole++
		}
	}
	e.cleanChain(whole)
}
