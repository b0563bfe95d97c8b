package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"handrail/store"
)

// filler is a store in front of another one for documents that are all new: it keeps what
// is written, and writes each document once, as it is at the end, in batches as large as
// the store takes. Whoever fills it may read what they wrote by its id; a query finds
// nothing, which is true of a person who did not exist before. It is for one goroutine.
type filler struct {
	store.Store
	order []docKey
	docs  map[docKey]store.Doc
}

type docKey struct{ collection, id string }

func newFiller(under store.Store) *filler {
	return &filler{Store: under, docs: map[docKey]store.Doc{}}
}

func (f *filler) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	if d, ok := f.docs[docKey{collection, id}]; ok {
		return d, nil
	}
	return f.Store.Get(ctx, collection, id)
}

func (f *filler) GetMany(ctx context.Context, collection string, ids []string) (found []store.Doc, err error) {
	var others []string
	for _, id := range ids {
		if d, ok := f.docs[docKey{collection, id}]; ok {
			found = append(found, d)
		} else {
			others = append(others, id)
		}
	}
	under, err := f.Store.GetMany(ctx, collection, others)
	return append(found, under...), err
}

func (f *filler) Query(context.Context, string, store.Query) (store.Page, error) {
	return store.Page{}, nil
}

func (f *filler) Insert(ctx context.Context, collection string, d store.Doc) error {
	return f.Batch(ctx, store.Insert(collection, d))
}

func (f *filler) Replace(ctx context.Context, collection string, d store.Doc) error {
	return f.Batch(ctx, store.Replace(collection, d))
}

func (f *filler) Batch(_ context.Context, ops ...store.Op) error {
	for i, op := range ops {
		k := docKey{op.Collection, op.Doc.ID}
		old, have := f.docs[k]
		switch {
		case op.Kind == store.OpInsert && have:
			return &store.OpError{Index: i, Err: store.ErrExists}
		case op.Kind == store.OpInsert:
			f.order = append(f.order, k)
		case op.Kind != store.OpReplace || !have || old.Version != op.Doc.Version:
			return &store.OpError{Index: i, Err: store.ErrConflict}
		}
		d := op.Doc
		d.Version = old.Version + 1
		f.docs[k] = d
	}
	return nil
}

// flush writes what is there when it fills a batch, or anyhow.
func (f *filler) flush(ctx context.Context, anyhow bool) error {
	for len(f.order) >= store.MaxBatch || anyhow && len(f.order) > 0 {
		now := f.order[:min(len(f.order), store.MaxBatch)]
		ops := make([]store.Op, len(now))
		for i, k := range now {
			d := f.docs[k]
			d.Version = 0
			ops[i] = store.Insert(k.collection, d)
			delete(f.docs, k)
		}
		f.order = slices.Clone(f.order[len(now):])
		if err := f.Store.Batch(ctx, ops...); err != nil {
			return err
		}
	}
	return nil
}

// fillers is how many fill a store at the same time: each new owner has a data key, which is
// a durable write that waits for no more than those of the others.
const fillers = 128

// fill lets several fillers make the first `times` of something.
func fill(ctx context.Context, s store.Store, times int, with func(f *filler) (one func(i int) error, err error)) error {
	errs := make([]error, fillers)
	var all sync.WaitGroup
	for w := range fillers {
		all.Go(func() {
			f := newFiller(s)
			one, err := with(f)
			for i := w; i < times && err == nil; i += fillers {
				if err = one(i); err == nil {
					err = f.flush(ctx, false)
				}
			}
			if err == nil {
				err = f.flush(ctx, true)
			}
			errs[w] = err
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// each does something many times, 64 at a time, until the first error.
func each(times int, do func() error) error {
	var left atomic.Int64
	left.Store(int64(times))
	errs := make([]error, 64)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			for errs[i] == nil && left.Add(-1) >= 0 {
				errs[i] = do()
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
