package tail_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"handrail/store"
	"handrail/store/storetest"
	"handrail/store/tail"
)

var start = time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)

// world is two instances over one store, of which one follows.
type world struct {
	*tail.Tail[string]
	t     *testing.T
	now   time.Time
	other store.Store
	asked int
	n     int
}

// asking counts queries.
type asking struct {
	store.Store
	w *world
}

func (a asking) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	a.w.asked++
	return a.Store.Query(ctx, collection, q)
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, now: start, other: storetest.Open(t, store.Collection{Name: "lines", AppendOnly: true})}
	w.Tail = tail.New(asking{w.other, w}, "lines", func() time.Time { return w.now }, func(d store.Doc) string { return string(d.Body) })
	return w
}

// write writes documents that say what they are, made at a moment.
func (w *world) write(s store.Store, made time.Time, texts ...string) {
	w.t.Helper()
	var ops []store.Op
	for _, text := range texts {
		w.n++
		id := tail.IDAt(made)
		d := store.Doc{ID: fmt.Sprintf("%s%012x", id[:len(id)-12], w.n), Owner: store.Site, Lane: "one", Body: []byte(text)}
		ops = append(ops, store.Insert("lines", d))
	}
	if err := s.Batch(w.t.Context(), ops...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) look() {
	w.t.Helper()
	if err := w.Look(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func want(t *testing.T, f *tail.Follower[string], texts ...string) {
	t.Helper()
	got, lost := f.Take()
	slices.Sort(got)
	if lost || !slices.Equal(got, texts) {
		t.Errorf("%v, lost %v, want %v", got, lost, texts)
	}
}

func TestWhatThisInstanceWritesIsThereWithoutALook(t *testing.T) {
	w := newWorld(t)
	all, some := w.Follow(nil), w.Follow(func(s string) bool { return s == "b" })
	w.write(w.Store(), w.now, "a")
	w.write(w.Store(), w.now, "b")
	want(t, all, "a", "b")
	want(t, some, "b")
	if w.asked > 0 {
		t.Error("the store was asked")
	}
	w.look()
	want(t, all)
	w.write(w.Store(), w.now, "c")
	select {
	case <-some.Came(): // it is told that something came; it does not want it
	default:
		t.Error("a follower was not woken")
	}
	select {
	case <-some.Came():
		t.Error("a follower was woken twice")
	default:
	}
	want(t, w.Follow(nil)) // who begins now
	want(t, all, "c")
}

// TestWhatOthersWriteIsFoundOnce also when it is committed after something that was made
// later, or by a machine whose clock is wrong by as much as LookBack.
func TestWhatOthersWriteIsFoundOnce(t *testing.T) {
	w := newWorld(t)
	f := w.Follow(nil)
	w.write(w.other, w.now, "a")
	w.look()
	want(t, f, "a")
	w.write(w.other, w.now.Add(time.Hour), "ahead")
	w.write(w.other, w.now.Add(-tail.LookBack+time.Second), "late")
	w.look()
	want(t, f, "ahead", "late")
	w.asked = 0
	for range 100 {
		w.now = w.now.Add(time.Second)
		w.write(w.other, w.now, "b")
		w.look()
		want(t, f, "b")
	}
	if w.asked != 100 {
		t.Errorf("%d queries", w.asked)
	}
}

// TestManyLinesAreNotReadAgainAndAgain: each is read a few times, and one that comes late
// is found all the same.
func TestManyLinesAreNotReadAgainAndAgain(t *testing.T) {
	w := newWorld(t)
	read := 0
	w.Tail = tail.New(asking{reading{w.other, &read}, w}, "lines", func() time.Time { return w.now }, func(d store.Doc) string { return string(d.Body) })
	f := w.Follow(nil)
	const a, seconds = 60, 60
	for range seconds {
		w.now = w.now.Add(time.Second)
		w.write(w.other, w.now, slices.Repeat([]string{"x"}, a)...)
		w.look()
		f.Take()
	}
	if read > 10*a*seconds {
		t.Errorf("%d lines were read for %d", read, a*seconds)
	}
	w.write(w.other, w.now.Add(-tail.LookBack), "late")
	for range 10 {
		w.now = w.now.Add(time.Second)
		w.look()
	}
	want(t, f, "late")
}

// reading counts documents.
type reading struct {
	store.Store
	n *int
}

func (r reading) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	p, err := r.Store.Query(ctx, collection, q)
	*r.n += len(p.Docs)
	return p, err
}

// TestWhoDoesNotTakeLosesAndIsTold so that they look into the store.
func TestWhoDoesNotTakeLosesAndIsTold(t *testing.T) {
	w := newWorld(t)
	w.Tail = tail.New(none{}, "lines", func() time.Time { return w.now }, func(d store.Doc) string { return string(d.Body) })
	f := w.Follow(nil)
	for range 10_001 {
		w.write(w.Store(), w.now, "x")
	}
	if got, lost := f.Take(); !lost || len(got) > 0 {
		t.Error(len(got), lost)
	}
	w.write(w.Store(), w.now, "y")
	want(t, f, "y")
}

// none is a store that takes everything.
type none struct{ store.Store }

func (none) Batch(context.Context, ...store.Op) error { return nil }

// TestMuchAtOnce is for the race detector.
func TestMuchAtOnce(t *testing.T) {
	w := newWorld(t)
	f := w.Follow(nil)
	var all sync.WaitGroup
	s := w.Store()
	for i := range 4 {
		all.Go(func() {
			for j := range 25 {
				id := tail.IDAt(start)
				d := store.Doc{ID: fmt.Sprintf("%s%06d%06d", id[:len(id)-12], i, j), Owner: store.Site, Lane: "one", Body: []byte("x")}
				if err := s.Insert(t.Context(), "lines", d); err != nil {
					t.Error(err)
				}
			}
		})
	}
	n := 0
	for n < 100 {
		w.look()
		got, _ := f.Take()
		n += len(got)
	}
	all.Wait()
	if got, _ := f.Take(); n+len(got) != 100 {
		t.Error(n + len(got))
	}
}

// TestOwnWritesHideNoOthers: while nobody could look, this instance wrote on; what others
// wrote meanwhile is found by the next look that works.
func TestOwnWritesHideNoOthers(t *testing.T) {
	w := newWorld(t)
	f := w.Follow(nil)
	w.look()
	w.write(w.other, w.now.Add(time.Second), "theirs")
	for i := range 10 {
		w.now = w.now.Add(time.Minute)
		w.write(w.Store(), w.now, fmt.Sprint("ours ", i))
	}
	f.Take()
	w.look()
	want(t, f, "theirs")
	w.look()
	want(t, f)
}
