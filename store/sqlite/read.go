package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"runtime"
	"sync"

	"handrail/store"
)

// reader is the reading connections: direct ones for documents, and a pool for what is
// asked seldom.
type reader struct {
	path   string
	pool   *sql.DB
	slots  chan struct{} // one for each connection that may be in use
	back   chan struct{} // full when background reads have the connections that they may have
	closed chan struct{}
	once   sync.Once

	mu   sync.Mutex
	idle []*direct // opened and not in use, the one used last at the end
}

func newReader(path string, pool *sql.DB) *reader {
	r := &reader{path: path, pool: pool, slots: make(chan struct{}, readers), back: make(chan struct{}, behind()), closed: make(chan struct{})}
	for range readers {
		r.slots <- struct{}{}
	}
	return r
}

// behind is how many connections background reads may have: as many as leave a processor
// for what somebody waits for.
func behind() int { return max(1, min(readers, runtime.GOMAXPROCS(0))/2) }

// turn waits until a read may ask for a connection: those in the background never have
// all of them. The read calls done when it has ended.
func (r *reader) turn(ctx context.Context) (done func(), err error) {
	if !store.IsBackground(ctx) {
		return func() {}, nil
	}
	select {
	case r.back <- struct{}{}:
		return func() { <-r.back }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// read runs one statement on a connection that is free, and opens it at its first use.
func (r *reader) read(ctx context.Context, t *store.Table, key shape, text func() string, docs []store.Doc, args ...any) ([]store.Doc, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	done, err := r.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	select {
	case <-r.slots:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-r.closed:
		return nil, errClosed
	}
	defer func() { r.slots <- struct{}{} }()
	c, err := r.take()
	if err != nil {
		return nil, err
	}
	defer r.put(c)
	return c.read(ctx, t, key, text, docs, args)
}

// take gives the connection that was used last, whose pages are warm, or opens one: a
// program that reads little has one, with one cache.
func (r *reader) take() (*direct, error) {
	select {
	case <-r.closed:
		return nil, errClosed
	default:
	}
	r.mu.Lock()
	if last := len(r.idle) - 1; last >= 0 {
		c := r.idle[last]
		r.idle = r.idle[:last]
		r.mu.Unlock()
		return c, nil
	}
	r.mu.Unlock()
	return openDirect(r.path, readPragmas)
}

func (r *reader) put(c *direct) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.idle = append(r.idle, c)
}

// close waits for the reads that are under way; later ones are refused.
func (r *reader) close() error {
	r.once.Do(func() {
		close(r.closed)
		for range readers {
			<-r.slots
		}
		for _, c := range r.idle {
			c.close()
		}
	})
	return r.pool.Close()
}

// Get implements store.Store.
func (db *DB) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	t, err := db.schema.Table(collection)
	if err != nil {
		return store.Doc{}, err
	}
	var one [1]store.Doc
	docs, err := db.read.read(ctx, t, shape{table: t.Name}, func() string { return getSQL(t) }, one[:0], id)
	switch {
	case err != nil:
		return store.Doc{}, mapRead(ctx, err)
	case len(docs) == 0:
		return store.Doc{}, store.ErrNotFound
	}
	return docs[0], nil
}

// GetMany implements store.Store.
func (db *DB) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	t, err := db.schema.CheckMany(collection, ids)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	docs, err := db.read.read(ctx, t, shape{table: t.Name, many: true}, func() string { return getManySQL(t) }, nil, string(list))
	return docs, mapRead(ctx, err)
}

// walk appends to docs what one segment holds, at most limit.
func (r *reader) walk(ctx context.Context, w *store.Walk, s store.Segment, limit int, docs []store.Doc) ([]store.Doc, error) {
	return r.read(ctx, w.Table, shapeOf(w, s), func() string { return querySQL(w, s) }, docs, queryArgs(w, s, limit)...)
}
