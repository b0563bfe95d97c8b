package signin_test

import (
	"context"
	"sync/atomic"
	"testing"

	"handrail/care/caretest"
	"handrail/store"
)

// moods of a database.
const (
	well int32 = iota
	hanging
	refusing
)

// moodyStore counts what it is asked, and answers as its mood is. Hanging, it does not
// even look at the context.
type moodyStore struct {
	store.Store
	mood  atomic.Int32
	asked atomic.Int32
	never chan struct{}
}

func newMoodyStore(t *testing.T, h *caretest.Clinic) *moodyStore {
	m := &moodyStore{Store: h.Store, never: make(chan struct{})}
	t.Cleanup(func() { close(m.never) })
	return m
}

func (m *moodyStore) answers() error {
	m.asked.Add(1)
	switch m.mood.Load() {
	case hanging:
		<-m.never
		return store.ErrUnavailable
	case refusing:
		return store.ErrUnavailable
	}
	return nil
}

func (m *moodyStore) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	if err := m.answers(); err != nil {
		return store.Doc{}, err
	}
	return m.Store.Get(ctx, collection, id)
}

func (m *moodyStore) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	if err := m.answers(); err != nil {
		return nil, err
	}
	return m.Store.GetMany(ctx, collection, ids)
}

func (m *moodyStore) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	if err := m.answers(); err != nil {
		return store.Page{}, err
	}
	return m.Store.Query(ctx, collection, q)
}

func (m *moodyStore) Insert(ctx context.Context, collection string, d store.Doc) error {
	if err := m.answers(); err != nil {
		return err
	}
	return m.Store.Insert(ctx, collection, d)
}

func (m *moodyStore) Batch(ctx context.Context, ops ...store.Op) error {
	if err := m.answers(); err != nil {
		return err
	}
	return m.Store.Batch(ctx, ops...)
}
