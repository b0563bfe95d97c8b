package seal_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"handrail/store"
	"handrail/store/seal"
	"handrail/store/sqlite"
)

var ctx = context.Background()

var things = []store.Collection{{Name: "things"}, {Name: "lines", AppendOnly: true}}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func want(tb testing.TB, err, kind error) {
	tb.Helper()
	if !errors.Is(err, kind) {
		tb.Fatalf("got %v, want %v", err, kind)
	}
}

// place is a folder with a database and a key file.
type place string

func newPlace(tb testing.TB) place { return place(tb.TempDir()) }

func (p place) kek() string { return filepath.Join(string(p), "kek.json") }

func (p place) open(tb testing.TB, o seal.Options) *seal.Store {
	tb.Helper()
	kek, err := seal.CreateKEK(p.kek())
	must(tb, err)
	db, err := sqlite.Open(ctx, filepath.Join(string(p), "s.db"), things)
	must(tb, err)
	s, err := seal.Open(ctx, db, kek, o)
	must(tb, err)
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

func doc(id, owner string) store.Doc {
	return store.Doc{ID: id, Owner: owner, Body: []byte("words of " + id)}
}

// clock is set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// TestErasedElsewhere: an erasure by another process holds here at the latest when
// the cached key has aged out, however long a TTL was asked for.
func TestErasedElsewhere(t *testing.T) {
	for _, c := range []struct{ asked, holds time.Duration }{
		{0, 30 * time.Second}, {5 * time.Second, 5 * time.Second}, {time.Hour, time.Minute},
	} {
		p := newPlace(t)
		clk := &clock{now: time.Unix(1e9, 0)}
		here := p.open(t, seal.Options{CacheTTL: c.asked, Now: clk.read})
		elsewhere := p.open(t, seal.Options{})
		must(t, here.Insert(ctx, "things", doc("a", "o")))
		must(t, elsewhere.Erase(ctx, "o"))
		clk.advance(c.holds)
		_, err := here.Get(ctx, "things", "a")
		want(t, err, store.ErrErased)
		want(t, here.Insert(ctx, "things", doc("b", "o")), store.ErrErased)
	}
}

// TestErasedHere: an erasure holds in this process at once, for every reader that
// begins after it, while others are in the midst of reading the key.
func TestErasedHere(t *testing.T) {
	s := newPlace(t).open(t, seal.Options{CacheTTL: time.Nanosecond}) // each read loads the key
	for i := range 20 {
		owner := fmt.Sprint("o", i)
		must(t, s.Insert(ctx, "things", doc(owner, owner)))
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						_, _ = s.Get(ctx, "things", owner)
					}
				}
			})
		}
		must(t, s.Erase(ctx, owner))
		_, err := s.Get(ctx, "things", owner)
		want(t, err, store.ErrErased)
		close(stop)
		wg.Wait()
	}
}

// TestWrongKEK: a database does not open with another key file, and says so.
func TestWrongKEK(t *testing.T) {
	p := newPlace(t)
	s := p.open(t, seal.Options{})
	must(t, s.Insert(ctx, "things", doc("a", "o")))
	other, err := seal.CreateKEK(filepath.Join(t.TempDir(), "other.json"))
	must(t, err)
	_, err = seal.Open(ctx, s.Engine(), other, seal.Options{})
	want(t, err, seal.ErrSeal)
}

// TestSwappedKeys: a wrapped data key is bound to its owner.
func TestSwappedKeys(t *testing.T) {
	p := newPlace(t)
	s := p.open(t, seal.Options{})
	must(t, s.Insert(ctx, "things", doc("a", "o1")))
	must(t, s.Insert(ctx, "things", doc("b", "o2")))
	e := s.Engine()
	mine, err := e.Get(ctx, store.KeysCollection, "o1")
	must(t, err)
	theirs, err := e.Get(ctx, store.KeysCollection, "o2")
	must(t, err)
	mine.Body = theirs.Body
	must(t, e.Replace(ctx, store.KeysCollection, mine))
	_, err = p.open(t, seal.Options{}).Get(ctx, "things", "a")
	want(t, err, seal.ErrSeal)
}

func TestLocal(t *testing.T) {
	p := newPlace(t)
	s := p.open(t, seal.Options{})
	kek, err := seal.OpenKEK(p.kek())
	must(t, err)
	local := seal.NewLocal(kek)
	plan := []byte("who I call when it gets hard")
	sealed, err := local.Seal(ctx, "plan/1", plan)
	must(t, err)
	if bytes.Contains(sealed, plan[:8]) {
		t.Error("plain text in what was sealed")
	}
	_, err = s.RotateKEK(ctx) // what the old key sealed still opens
	must(t, err)
	must(t, s.Close()) // and no database is needed
	fresh, err := seal.OpenKEK(p.kek())
	must(t, err)
	for _, l := range []seal.Local{local, seal.NewLocal(fresh)} {
		got, err := l.Open(ctx, "plan/1", sealed)
		must(t, err)
		if !bytes.Equal(got, plan) {
			t.Errorf("opened as %q", got)
		}
		_, err = l.Open(ctx, "plan/2", sealed)
		want(t, err, seal.ErrSeal)
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 0x80
		_, err := local.Open(ctx, "plan/1", bad)
		want(t, err, seal.ErrSeal)
	}
	_, err = local.Open(ctx, "plan/1", nil)
	want(t, err, seal.ErrSeal)
}
