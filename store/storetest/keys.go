package storetest

import (
	"bytes"
	"errors"
	"sync"
	"sync/atomic"

	"handrail/store"
	"handrail/store/seal"
)

// testFirstWrites: instances that write for new owners at the same time agree on
// one data key each.
func testFirstWrites(e *env) {
	instances := []*seal.Store{e.store, e.instance(), e.instance()}
	var bad errs
	each(writers, func(w int) {
		d := thing(name("w", w), nil)
		d.Owner = name("new-owner", w%4)
		bad.add(instances[w%3].Insert(e.ctx, things, d))
	})
	bad.check(e)
	fresh := e.instance()
	for _, s := range append(instances, fresh) {
		for w := range writers {
			_, err := s.Get(e.ctx, things, name("w", w))
			e.must(err)
		}
	}
}

// testRotation: both kinds of keys are rotated by one instance while another one
// serves. Nobody sees an error, and all that was ever written stays readable.
func testRotation(e *env) {
	serving := e.instance()
	const owners = 4
	stop := make(chan struct{})
	var written atomic.Int64
	var bad errs
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			d := thing(name("d", i), nil)
			d.Owner = name("owner", i%owners)
			bad.add(serving.Insert(e.ctx, things, d))
			written.Add(1)
			_, err := serving.Get(e.ctx, things, name("d", i/2))
			bad.add(err)
		}
	})
	for range 3 {
		before := written.Load()
		_, err := e.store.RotateKEK(e.ctx)
		bad.add(err)
		_, err = e.store.RotateDataKeys(e.ctx)
		bad.add(err)
		// What this instance seals with the new keys, the serving one can read.
		for i := range owners {
			d := thing(name("by-rotator", int(before)*owners+i), nil)
			d.Owner = name("owner", i)
			if err := e.store.Insert(e.ctx, things, d); !errors.Is(err, store.ErrExists) {
				bad.add(err)
			}
			_, err := serving.Get(e.ctx, things, d.ID)
			bad.add(err)
		}
	}
	close(stop)
	wg.Wait()
	bad.check(e)
	for _, s := range []*seal.Store{e.store, serving, e.instance()} {
		for i := range int(written.Load()) {
			_, err := s.Get(e.ctx, things, name("d", i))
			e.must(err)
		}
		r, err := s.VerifySeals(e.ctx)
		e.must(err)
		if len(r.Bad) > 0 {
			e.Errorf("after rotation: %+v", r)
		}
	}
}

func testErase(e *env) {
	s, ctx := e.store, e.ctx
	other := thing("kept", nil)
	other.Owner = "owner-2"
	e.must(s.Insert(ctx, things, other))
	e.must(s.Insert(ctx, things, thing("gone", store.Keys{"name": "n"})))
	e.must(s.Insert(ctx, lines, line("l", "l")))
	key, err := e.engine.Get(ctx, store.KeysCollection, "owner-1")
	e.must(err)
	trace := piece(key.Body)
	plain := e.db.Files(e) != nil && e.inFiles(trace) // not where files are encoded

	e.must(s.Erase(ctx, "owner-1"))
	if plain && e.inFiles(trace) {
		e.Error("the wrapped key still stands in the files")
	}
	_, err = s.Get(ctx, things, "gone")
	e.want(err, store.ErrErased)
	e.want(s.Insert(ctx, things, thing("more", nil)), store.ErrErased)
	stale := thing("gone", nil)
	stale.Version = 1
	e.want(s.Replace(ctx, things, stale), store.ErrErased)
	e.want(s.Batch(ctx, store.Insert(things, thing("more", nil))), store.ErrErased)
	e.wantBody("kept", "body of kept")
	if docs := walk(e, s, things, store.Query{Index: store.IDIndex, Limit: 10}); len(docs) != 1 || docs[0].ID != "kept" {
		e.Errorf("query after erasure: %s", ids(docs))
	}
	fresh := e.instance()
	_, err = fresh.Get(ctx, things, "gone")
	e.want(err, store.ErrErased)
	r, err := s.VerifySeals(ctx)
	e.must(err)
	if len(r.Bad) > 0 || r.Erased != 3 { // the thing, the line, the key
		e.Errorf("report: %+v", r)
	}
	e.cleanChain(1)
	e.must(s.Delete(ctx, things, "gone", 1)) // what is left may be swept away
	e.must(s.Erase(ctx, "owner-1"))          // again: no harm
	e.must(s.Erase(ctx, "owner-3"))          // who has no key yet never gets one
	never := thing("never", nil)
	never.Owner = "owner-3"
	e.want(s.Insert(ctx, things, never), store.ErrErased)
	e.want(s.Erase(ctx, store.Site), store.ErrInvalid)
	e.want(s.Erase(ctx, ".chain"), store.ErrInvalid)
	_, err = s.RotateDataKeys(ctx) // does not bring them back
	e.must(err)
	_, err = s.RotateKEK(ctx)
	e.must(err)
	e.want(s.Insert(ctx, things, never), store.ErrErased)
}

// piece is a stretch of b on one line, as grep sees lines.
func piece(b []byte) []byte {
	best := b[:0]
	for line := range bytes.SplitSeq(b, []byte("\n")) {
		if len(line) > len(best) {
			best = line
		}
	}
	return best[:min(len(best), 32)]
}

// testErasePaging: pages stay full and cursors right when many documents belong to
// erased owners.
func testErasePaging(e *env) {
	for i := range e.Scale {
		d := thing(name("d", i), store.Keys{"group": "g", "at": int64(i / 3)})
		d.Owner = name("owner", i%4)
		e.must(e.store.Insert(e.ctx, things, d))
	}
	e.must(e.store.Erase(e.ctx, name("owner", 0)))
	e.must(e.store.Erase(e.ctx, name("owner", 2)))
	for _, desc := range []bool{false, true} {
		for _, limit := range []int{1, 7, e.Scale/2 - 1, e.Scale} {
			q := store.Query{Index: "byGroup", Equal: []any{"g"}, Limit: limit, Desc: desc}
			page, err := e.store.Query(e.ctx, things, q)
			e.must(err)
			if want := min(limit, e.Scale/2); len(page.Docs) != want {
				e.Errorf("first page holds %d, want %d", len(page.Docs), want)
			}
			if limit == 1 && e.Scale > 100 {
				continue
			}
			docs := walk(e, e.store, things, q)
			if len(docs) != e.Scale/2 {
				e.Errorf("met %d of %d (desc %v, limit %d)", len(docs), e.Scale/2, desc, limit)
			}
		}
	}
}

// testClosed: a closed store refuses, and does not hang.
func testClosed(e *env) {
	s := e.instance()
	e.must(s.Close())
	e.want(s.Insert(e.ctx, things, thing("a", nil)), store.ErrUnavailable)
	_, err := s.Get(e.ctx, things, "a")
	e.want(err, store.ErrUnavailable)
	e.want(s.Ping(e.ctx), store.ErrUnavailable)
	_ = s.Close() // a second time
}
