package chart

import (
	"context"
	"sync"
	"time"

	"handrail/store"
)

const (
	// brief is how long what was read of a person may lie in memory: as long as their data
	// key does, so that an erasure is whole then.
	brief = time.Minute
	// briefly is of how many persons.
	briefly = 512
)

// Briefly keeps for a minute what was read of one person, for a phone that sends several
// things one after the other. It says nothing about whether that is still so. The zero
// Briefly is ready.
type Briefly[T any] struct {
	mu     sync.Mutex
	of     map[string]T
	ending bool
}

// Put keeps it, in the place of what was there.
func (b *Briefly[T]) Put(whose string, v T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.of == nil || len(b.of) >= briefly {
		b.of = map[string]T{}
	}
	b.of[whose] = v
	if !b.ending {
		b.ending = true
		time.AfterFunc(brief, b.forget)
	}
}

// Get tells what is kept.
func (b *Briefly[T]) Get(whose string) (v T, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	v, ok = b.of[whose]
	return v, ok
}

// Take is Get, and keeps it no longer.
func (b *Briefly[T]) Take(whose string) (v T, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	v, ok = b.of[whose]
	delete(b.of, whose)
	return v, ok
}

func (b *Briefly[T]) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.of, b.ending = nil, false
}

// Remembered is what was read of collections, kept as long as nobody writes into them.
type Remembered[T any] struct {
	store       store.Store
	collections []string
	kept        Briefly[stamped[T]]
}

type stamped[T any] struct {
	value T
	since store.Stamp
	read  time.Time
	until time.Time // when it changes by itself; zero: never
}

// NewRemembered says of which collections. read of Read may read others only where it
// does not matter that they changed.
func NewRemembered[T any](s store.Store, collections ...string) *Remembered[T] {
	return &Remembered[T]{store: s, collections: collections}
}

// Read reads anew, or tells what it read before; then same is the op that the batch must
// begin with in which that is used: it is refused as stale when it is not so any more, as
// by another instance. until is from when on it would be something else by itself.
func (r *Remembered[T]) Read(ctx context.Context, whose string, now time.Time, read func(context.Context) (v T, until time.Time, err error)) (v T, same []store.Op, err error) {
	stamp, stamps := store.StampOf(r.store, r.collections...)
	if !stamps {
		v, _, err = read(ctx)
		return v, nil, err
	}
	if k, ok := r.kept.Get(whose); ok && k.since.Same(stamp) && !now.Before(k.read) && (k.until.IsZero() || now.Before(k.until)) {
		return k.value, []store.Op{store.Unchanged(k.since)}, nil
	}
	v, until, err := read(ctx)
	if err == nil {
		r.kept.Put(whose, stamped[T]{v, stamp, now, until})
	}
	return v, nil, err
}
