package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"sync"

	"handrail/store"
)

// reader keeps prepared statements over the reading connections. database/sql
// prepares each on each connection once.
type reader struct {
	pool  *sql.DB
	mu    sync.RWMutex
	stmts map[shape]*sql.Stmt
	back  chan struct{} // full when background reads have the connections that they may have
}

func newReader(pool *sql.DB) *reader {
	return &reader{pool: pool, stmts: map[shape]*sql.Stmt{}, back: make(chan struct{}, readers/2)}
}

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

// prepared returns the statement for key. There are few shapes (a handful for
// each index), so none is ever dropped.
func (r *reader) prepared(ctx context.Context, key shape, text func() string) (*sql.Stmt, error) {
	r.mu.RLock()
	stmt := r.stmts[key]
	r.mu.RUnlock()
	if stmt != nil {
		return stmt, nil
	}
	fresh, err := r.pool.PrepareContext(ctx, text())
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if stmt := r.stmts[key]; stmt != nil {
		_ = fresh.Close()
		return stmt, nil
	}
	r.stmts[key] = fresh
	return fresh, nil
}

// Get implements store.Store.
func (db *DB) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	t, err := db.schema.Table(collection)
	if err != nil {
		return store.Doc{}, err
	}
	done, err := db.read.turn(ctx)
	if err != nil {
		return store.Doc{}, err
	}
	defer done()
	stmt, err := db.read.prepared(ctx, shape{table: t.Name}, func() string { return getSQL(t) })
	if err != nil {
		return store.Doc{}, mapRead(ctx, err)
	}
	s := newScanner(t)
	err = stmt.QueryRowContext(ctx, id).Scan(s.dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Doc{}, store.ErrNotFound
	}
	return s.take(), mapRead(ctx, err)
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
	done, err := db.read.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	stmt, err := db.read.prepared(ctx, shape{table: t.Name, many: true}, func() string { return getManySQL(t) })
	if err != nil {
		return nil, mapRead(ctx, err)
	}
	docs, err := scanAll(ctx, t, stmt, nil, string(list))
	return docs, mapRead(ctx, err)
}

// walk appends to docs what one segment holds, at most limit.
func (r *reader) walk(ctx context.Context, w *store.Walk, s store.Segment, limit int, docs []store.Doc) ([]store.Doc, error) {
	done, err := r.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	stmt, err := r.prepared(ctx, shapeOf(w, s), func() string { return querySQL(w, s) })
	if err != nil {
		return nil, err
	}
	return scanAll(ctx, w.Table, stmt, docs, queryArgs(w, s, limit)...)
}

// scanAll appends to docs what a statement gives.
func scanAll(ctx context.Context, t *store.Table, stmt *sql.Stmt, docs []store.Doc, args ...any) ([]store.Doc, error) {
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	scan := newScanner(t)
	for rows.Next() {
		if err := rows.Scan(scan.dest...); err != nil {
			return nil, err
		}
		docs = append(docs, scan.take())
	}
	return docs, rows.Err()
}

// scanner reads rows of one table into documents.
type scanner struct {
	table *store.Table
	doc   store.Doc
	keys  []any
	dest  []any
}

func newScanner(t *store.Table) *scanner {
	s := &scanner{table: t, keys: make([]any, len(t.KeyNames))}
	s.dest = append(make([]any, 0, len(t.KeyNames)+7), &s.doc.ID, &s.doc.Version, &s.doc.Owner)
	if t.AppendOnly {
		s.dest = append(s.dest, &s.doc.Lane, &s.doc.Seq, &s.doc.Link)
	}
	for i := range s.keys {
		s.dest = append(s.dest, &s.keys[i])
	}
	s.dest = append(s.dest, &s.doc.Body)
	return s
}

// take returns the row that was read last.
func (s *scanner) take() store.Doc {
	d := s.doc
	if len(s.keys) > 0 {
		d.Keys = make(store.Keys, len(s.keys))
		for i, name := range s.table.KeyNames {
			if s.keys[i] != nil {
				d.Keys[name] = s.keys[i]
			}
		}
	}
	s.doc = store.Doc{}
	return d
}
