package storetest

import (
	"errors"
	"fmt"
	"sync"

	"handrail/store"
)

func (e *env) must(err error) {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
}

// want checks the kind of an error; nil wants none.
func (e *env) want(err, kind error) {
	e.Helper()
	if !errors.Is(err, kind) {
		e.Fatalf("got error %v, want %v", err, kind)
	}
}

func (e *env) wantBody(id, body string) {
	e.Helper()
	d, err := e.store.Get(e.ctx, things, id)
	e.must(err)
	if string(d.Body) != body {
		e.Fatalf("%s has body %q, want %q", id, d.Body, body)
	}
}

func thing(id string, keys store.Keys) store.Doc {
	return store.Doc{ID: id, Owner: "owner-1", Keys: keys, Body: []byte("body of " + id)}
}

func line(id, lane string) store.Doc {
	return store.Doc{ID: id, Owner: "owner-1", Lane: lane, Keys: store.Keys{"who": "w"}, Body: []byte("line " + id)}
}

// each runs f in n goroutines at once and waits for all.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}

// errs collects what goes wrong in goroutines, which must not call Fatal.
type errs struct {
	mu  sync.Mutex
	all []error
}

func (c *errs) add(err error) {
	if err == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, err)
}

func (c *errs) check(e *env) {
	e.Helper()
	e.must(errors.Join(c.all...))
}

// walk follows cursors to the end, at most `most` pages.
func walk(e *env, s store.Store, collection string, q store.Query) []store.Doc {
	e.Helper()
	var docs []store.Doc
	for range 100_000 {
		page, err := s.Query(e.ctx, collection, q)
		e.must(err)
		if len(page.Docs) > q.Limit {
			e.Fatalf("page of %d, limit %d", len(page.Docs), q.Limit)
		}
		docs = append(docs, page.Docs...)
		if q.Cursor = page.Next; q.Cursor == "" {
			return docs
		}
	}
	e.Fatal("the walk does not end")
	return nil
}

func name(prefix string, i int) string { return fmt.Sprintf("%s-%05d", prefix, i) }
