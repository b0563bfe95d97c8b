package seal_test

import (
	"context"
	"path/filepath"
	"testing"

	"handrail/store"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

// countedEngine and countedKEK count what reading costs.
type countedEngine struct {
	store.Engine
	gets int
}

func (e *countedEngine) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	e.gets++
	return e.Engine.Get(ctx, collection, id)
}

type countedKEK struct {
	seal.KEK
	opened int
}

func (k *countedKEK) Unwrap(ctx context.Context, wrapped, bound []byte) ([]byte, error) {
	k.opened++
	return k.KEK.Unwrap(ctx, wrapped, bound)
}

// TestHiddenReadsCostTheSame: what is there, whether its owner was read just now or not,
// what is not there and what is an erased owner's ask the engine as often, and open as
// many data keys.
func TestHiddenReadsCostTheSame(t *testing.T) {
	p := newPlace(t)
	key, err := seal.CreateKEK(p.kek())
	must(t, err)
	db, err := sqlite.Open(ctx, filepath.Join(string(p), "s.db"), things)
	must(t, err)
	e, kek := &countedEngine{Engine: db}, &countedKEK{KEK: key}
	open := func() *seal.Store {
		s, err := seal.Open(ctx, e, kek, seal.Options{})
		must(t, err)
		return s
	}
	s := open()
	t.Cleanup(func() { _ = s.Close() })
	for _, id := range []string{"a", "b", "gone"} {
		must(t, s.Insert(ctx, "things", doc(id, "owner-"+id)))
	}
	must(t, s.Erase(ctx, "owner-gone"))
	s = open() // nothing is at hand
	cost := func(id string, kind error) (int, int) {
		gets, opened := e.gets, kek.opened
		d, err := s.GetHidden(ctx, "things", id, []byte("words of nobody"))
		if kind != nil {
			want(t, err, kind)
		} else if must(t, err); string(d.Body) != "words of "+id {
			t.Errorf("read %q", d.Body)
		}
		return e.gets - gets, kek.opened - opened
	}
	gets, opened := cost("a", nil)
	if gets != 2 || opened != 1 {
		t.Fatalf("%d reads, %d keys", gets, opened)
	}
	for _, c := range []struct {
		id   string
		kind error
	}{{"a", nil}, {"b", nil}, {"nobody", store.ErrNotFound}, {"nobody", store.ErrNotFound}} {
		if g, o := cost(c.id, c.kind); g != gets || o != opened {
			t.Errorf("%s: %d reads and %d keys, not %d and %d", c.id, g, o, gets, opened)
		}
	}
	if g, o := cost("gone", store.ErrErased); g < gets || o != opened {
		t.Errorf("an erased owner's: %d reads and %d keys", g, o)
	}
}
