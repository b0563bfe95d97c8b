package storetest

import (
	"context"
	"sync/atomic"

	"handrail/store"
)

// Counting counts what a store is asked. It is safe for concurrent use.
type Counting struct {
	store.Store
	Asked atomic.Int64 // calls
	Wrote atomic.Int64 // those of them that write
	Docs  atomic.Int64 // documents that were read
}

func (s *Counting) read(docs int) {
	s.Asked.Add(1)
	s.Docs.Add(int64(docs))
}

func (s *Counting) write() {
	s.Asked.Add(1)
	s.Wrote.Add(1)
}

// Get implements store.Store.
func (s *Counting) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	s.read(1)
	return s.Store.Get(ctx, collection, id)
}

// GetMany implements store.Store.
func (s *Counting) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	docs, err := s.Store.GetMany(ctx, collection, ids)
	s.read(len(docs))
	return docs, err
}

// Query implements store.Store.
func (s *Counting) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	p, err := s.Store.Query(ctx, collection, q)
	s.read(len(p.Docs))
	return p, err
}

// Insert implements store.Store.
func (s *Counting) Insert(ctx context.Context, collection string, d store.Doc) error {
	s.write()
	return s.Store.Insert(ctx, collection, d)
}

// Replace implements store.Store.
func (s *Counting) Replace(ctx context.Context, collection string, d store.Doc) error {
	s.write()
	return s.Store.Replace(ctx, collection, d)
}

// Delete implements store.Store.
func (s *Counting) Delete(ctx context.Context, collection, id string, version int64) error {
	s.write()
	return s.Store.Delete(ctx, collection, id, version)
}

// Batch implements store.Store.
func (s *Counting) Batch(ctx context.Context, ops ...store.Op) error {
	s.write()
	return s.Store.Batch(ctx, ops...)
}
