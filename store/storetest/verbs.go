package storetest

import (
	"bytes"
	"maps"

	"handrail/store"
)

func testVerbs(e *env) {
	s, ctx := e.store, e.ctx
	_, err := s.Get(ctx, things, "a")
	e.want(err, store.ErrNotFound)
	e.must(s.Insert(ctx, things, thing("a", store.Keys{"group": "g", "at": int64(5)})))
	e.want(s.Insert(ctx, things, thing("a", nil)), store.ErrExists)

	d, err := s.Get(ctx, things, "a")
	e.must(err)
	if d.Version != 1 || d.Owner != "owner-1" || string(d.Body) != "body of a" || d.Keys["at"] != int64(5) || d.Keys["group"] != "g" {
		e.Fatalf("read back %+v", d)
	}
	d.Body, d.Keys = []byte("second"), store.Keys{"group": "h"}
	e.must(s.Replace(ctx, things, d))
	e.want(s.Replace(ctx, things, d), store.ErrConflict)
	got, err := s.Get(ctx, things, "a")
	e.must(err)
	if got.Version != 2 || string(got.Body) != "second" || !maps.Equal(got.Keys, store.Keys{"group": "h"}) {
		e.Fatalf("after Replace: %+v", got)
	}
	e.want(s.Replace(ctx, things, thing("b", nil)), store.ErrNotFound)
	e.want(s.Delete(ctx, things, "a", 1), store.ErrConflict)
	e.must(s.Delete(ctx, things, "a", 2))
	e.want(s.Delete(ctx, things, "a", 2), store.ErrNotFound)
	_, err = s.Get(ctx, things, "a")
	e.want(err, store.ErrNotFound)
	e.must(s.Insert(ctx, things, thing("a", nil))) // the id is free again
	e.must(s.Ping(ctx))
}

func testOwner(e *env) {
	s, ctx := e.store, e.ctx
	e.must(s.Insert(ctx, things, thing("a", nil)))
	d, err := s.Get(ctx, things, "a")
	e.must(err)
	d.Owner = "owner-2"
	e.want(s.Replace(ctx, things, d), store.ErrInvalid)
	e.wantBody("a", "body of a")

	clinic := thing("b", nil)
	clinic.Owner = store.Site
	e.must(s.Insert(ctx, things, clinic))
	e.wantBody("b", "body of b")
}

func testKeys(e *env) {
	s, ctx := e.store, e.ctx
	for id, keys := range map[string]store.Keys{
		"none":   nil,
		"empty":  {},
		"part":   {"group": "g"},
		"text":   {"group": "", "name": "Zoë 日本 \U0001F642"},
		"number": {"group": "g", "at": int64(-1 << 63), "code": "c"},
		"int":    {"group": "g", "at": 7, "code": nil},
	} {
		e.must(s.Insert(ctx, things, thing(id, keys)))
	}
	for id, want := range map[string]store.Keys{
		"none":   {},
		"empty":  {},
		"part":   {"group": "g"},
		"text":   {"group": "", "name": "Zoë 日本 \U0001F642"},
		"number": {"group": "g", "at": int64(-1 << 63), "code": "c"},
		"int":    {"group": "g", "at": int64(7)},
	} {
		d, err := s.Get(ctx, things, id)
		e.must(err)
		if !maps.Equal(d.Keys, want) {
			e.Errorf("%s: keys %v, want %v", id, d.Keys, want)
		}
	}
	for _, body := range [][]byte{nil, {}, {0}, bytes.Repeat([]byte{0xff, 0}, 4096)} {
		d := thing("body", nil)
		d.Body = body
		e.must(s.Insert(ctx, things, d))
		got, err := s.Get(ctx, things, "body")
		e.must(err)
		if !bytes.Equal(got.Body, body) {
			e.Errorf("body of %d bytes came back as %d", len(body), len(got.Body))
		}
		e.must(s.Delete(ctx, things, "body", 1))
	}
}
