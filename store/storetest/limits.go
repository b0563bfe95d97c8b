package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"handrail/store"
)

func testLimits(e *env) {
	s, ctx := e.store, e.ctx
	long := strings.Repeat("x", store.MaxID)
	fits := store.Doc{ID: long, Owner: long, Body: make([]byte, store.MaxBody), Keys: store.Keys{"name": strings.Repeat("k", store.MaxKey)}}
	e.must(s.Insert(ctx, things, fits))
	got, err := s.Get(ctx, things, long)
	e.must(err)
	if len(got.Body) != store.MaxBody {
		e.Errorf("the largest body came back with %d bytes", len(got.Body))
	}
	e.must(s.Insert(ctx, lines, line(long, long)))

	spoil := func(f func(*store.Doc)) store.Doc {
		d := thing("bad", nil)
		f(&d)
		return d
	}
	for what, d := range map[string]store.Doc{
		"body":           spoil(func(d *store.Doc) { d.Body = make([]byte, store.MaxBody+1) }),
		"empty id":       spoil(func(d *store.Doc) { d.ID = "" }),
		"long id":        spoil(func(d *store.Doc) { d.ID = long + "x" }),
		"NUL in id":      spoil(func(d *store.Doc) { d.ID = "a\x00b" }),
		"no UTF-8 in id": spoil(func(d *store.Doc) { d.ID = "a\xff" }),
		"empty owner":    spoil(func(d *store.Doc) { d.Owner = "" }),
		"long owner":     spoil(func(d *store.Doc) { d.Owner = long + "x" }),
		"reserved owner": spoil(func(d *store.Doc) { d.Owner = ".chain" }),
		"unknown key":    spoil(func(d *store.Doc) { d.Keys = store.Keys{"colour": "red"} }),
		"long key":       spoil(func(d *store.Doc) { d.Keys = store.Keys{"name": strings.Repeat("k", store.MaxKey+1)} }),
		"NUL in key":     spoil(func(d *store.Doc) { d.Keys = store.Keys{"name": "a\x00"} }),
		"float key":      spoil(func(d *store.Doc) { d.Keys = store.Keys{"name": 1.5} }),
		"lane":           spoil(func(d *store.Doc) { d.Lane = "l" }),
	} {
		if err := s.Insert(ctx, things, d); !errors.Is(err, store.ErrInvalid) {
			e.Errorf("%s: got %v", what, err)
		}
		if err := s.Batch(ctx, store.Insert(things, d)); !errors.Is(err, store.ErrInvalid) {
			e.Errorf("%s in a batch: got %v", what, err)
		}
	}
	e.want(s.Insert(ctx, lines, line("no-lane", "")), store.ErrInvalid)
	e.want(s.Insert(ctx, lines, line("long-lane", long+"x")), store.ErrInvalid)
	testUnknown(e)
	testQueryLimits(e)
}

func testUnknown(e *env) {
	for _, c := range []string{"", "nothing", store.KeysCollection} {
		e.want(e.store.Insert(e.ctx, c, thing("a", nil)), store.ErrInvalid)
		e.want(e.store.Delete(e.ctx, c, "a", 1), store.ErrInvalid)
		_, err := e.store.Get(e.ctx, c, "a")
		e.want(err, store.ErrInvalid)
		_, err = e.store.Query(e.ctx, c, store.Query{Index: store.IDIndex, Limit: 1})
		e.want(err, store.ErrInvalid)
		e.want(e.store.Batch(e.ctx, store.Delete(c, "a", 1)), store.ErrInvalid)
	}
	e.want(e.store.Batch(e.ctx, store.Op{Kind: 9, Collection: things, Doc: thing("a", nil)}), store.ErrInvalid)
	e.want(e.store.Batch(e.ctx, make([]store.Op, store.MaxBatch+1)...), store.ErrInvalid)
	e.must(e.store.Batch(e.ctx)) // none at all
}

func testQueryLimits(e *env) {
	for what, q := range map[string]store.Query{
		"no limit":        {Index: "byName"},
		"negative limit":  {Index: "byName", Limit: -1},
		"limit":           {Index: "byName", Limit: store.MaxLimit + 1},
		"index":           {Index: "nothing", Limit: 1},
		"no index":        {Limit: 1},
		"lanes of things": {Index: store.LaneIndex, Limit: 1},
		"too many equal":  {Index: "byName", Equal: []any{"a", "b"}, Limit: 1},
		"equal to none":   {Index: "byName", Equal: []any{nil}, Limit: 1},
		"equal to float":  {Index: "byName", Equal: []any{1.5}, Limit: 1},
		"range of none":   {Index: "byName", Equal: []any{"a"}, From: "b", Limit: 1},
		"float from":      {Index: "byName", From: 1.5, Limit: 1},
		"float to":        {Index: "byName", To: 1.5, Limit: 1},
		"all of few":      {Index: "few", Limit: 1},
		"lacking of few":  {Index: "few", Lacking: true, Limit: 1},
		"groups of few":   {Index: "fewOf", From: "a", Limit: 1},
	} {
		if _, err := e.store.Query(e.ctx, things, q); !errors.Is(err, store.ErrInvalid) {
			e.Errorf("%s: got %v", what, err)
		}
	}
}

// testCancel: a caller who gives up gets the reason; what they asked for is there
// whole or not at all.
func testCancel(e *env) {
	gone, cancel := context.WithCancel(e.ctx)
	cancel()
	e.want(e.store.Insert(gone, things, thing("gone", nil)), context.Canceled)
	_, err := e.store.Get(gone, things, "gone")
	e.want(err, context.Canceled)
	_, err = e.store.Query(gone, things, store.Query{Index: store.IDIndex, Limit: 1})
	e.want(err, context.Canceled)

	cancelled(e, func(ctx context.Context, i int) error {
		return e.store.Insert(ctx, things, thing(name("c", i), store.Keys{"name": "n"}))
	})
	e.must(e.store.Insert(e.ctx, things, thing("after", nil))) // the engine goes on
	cancelled(e, func(ctx context.Context, _ int) error {
		_, err := e.store.Query(ctx, things, store.Query{Index: "byName", Equal: []any{"n"}, Limit: 100})
		return err
	})
	for _, d := range walk(e, e.store, things, store.Query{Index: "byName", Equal: []any{"n"}, Limit: 100}) {
		if string(d.Body) != "body of "+d.ID {
			e.Errorf("%s is there in part", d.ID)
		}
	}
}

// cancelled runs f many times at once and cancels each at another moment of its
// course: after so many reads.
func cancelled(e *env, f func(ctx context.Context, i int) error) {
	var bad errs
	each(max(writers, e.Scale/2), func(i int) {
		ctx, cancel := context.WithCancel(e.ctx)
		defer cancel()
		done := make(chan struct{})
		go func() {
			defer close(done)
			if err := f(ctx, i); err != nil && !errors.Is(err, context.Canceled) {
				bad.add(fmt.Errorf("cancelled %d: %w", i, err))
			}
		}()
		for range i % 16 {
			_, _ = e.store.Get(e.ctx, things, "nothing")
		}
		cancel()
		<-done
	})
	bad.check(e)
}
