package aside

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"handrail/store"
)

// Round is one turn of a worker. It is safe for concurrent use.
type Round struct {
	book   *Book
	worker string
	read   time.Time
	mu     sync.Mutex
	marks  map[string]*Mark
}

// reread is how long a worker goes by what it knows of its marks. What other instances
// have set aside in between is tried here once more.
const reread = 4 * time.Minute

// Round begins a turn: it reads what the worker has set aside, unless it did a moment
// ago. worker is at most 60 bytes of lower-case letters and "-".
func (b *Book) Round(ctx context.Context, worker string) (*Round, error) {
	b.mu.Lock()
	r := b.rounds[worker]
	b.mu.Unlock()
	now := b.now()
	if r != nil && !now.Before(r.read) && now.Sub(r.read) < reread {
		return r, nil
	}
	found, err := b.read(ctx, store.Query{Index: ixWorker, Equal: []any{worker}})
	if err != nil {
		return nil, err
	}
	r = &Round{book: b, worker: worker, read: now, marks: make(map[string]*Mark, len(found))}
	for i := range found {
		r.marks[found[i].Ref] = &found[i]
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counts[worker], b.rounds[worker] = len(found), r
	return r, nil
}

// Rests tells whether a record is set aside and its time has not come.
func (r *Round) Rests(ref string) bool {
	m := r.mark(ref)
	return m != nil && r.book.now().Before(m.DueAt)
}

func (r *Round) mark(ref string) *Mark {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.marks[ref]
}

// Do does something about one record, unless it rests. What fails for this record
// alone, a panic too, is marked and not returned. An error says that the whole
// turn can't go on: the store does not answer, or ctx ended.
func (r *Round) Do(ctx context.Context, ref string, do func() error) error {
	if r.Rests(ref) {
		return nil
	}
	err := Safely(do)
	switch {
	case err == nil:
		return r.Well(ctx, ref)
	case ctx.Err() != nil, Stops(err):
		return err
	}
	return r.Fail(ctx, ref, err)
}

// Due are the records whose time to be tried again has come.
func (r *Round) Due() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for ref, m := range r.marks {
		if !r.book.now().Before(m.DueAt) {
			out = append(out, ref)
		}
	}
	slices.Sort(out)
	return out
}

// Fail marks a record with why it failed.
func (r *Round) Fail(ctx context.Context, ref string, cause error) error {
	now := r.book.now().UTC()
	m := r.mark(ref)
	if m == nil {
		m = &Mark{Worker: r.worker, Ref: ref, Since: now}
		r.book.count(r.worker, 1)
		attrs := []any{"worker", r.worker, "ref", ref, "cause", Cause(cause)}
		if p, ok := errors.AsType[*Panic](cause); ok {
			attrs = append(attrs, "stack", p.Stack)
		}
		r.book.log.Error("a worker has set something aside and goes on; see handrail aside", attrs...)
	}
	m.Cause, m.DueAt = Cause(cause), now.Add(min(First<<min(m.Tries, 20), Most))
	m.Tries++
	r.mu.Lock()
	r.marks[ref] = m
	r.mu.Unlock()
	return r.book.put(ctx, m)
}

// Well takes a record's mark away.
func (r *Round) Well(ctx context.Context, ref string) error {
	m := r.mark(ref)
	if m == nil {
		return nil
	}
	r.mu.Lock()
	delete(r.marks, ref)
	r.mu.Unlock()
	r.book.count(r.worker, -1)
	r.book.log.Info("what a worker had set aside works again", "worker", r.worker, "ref", ref)
	return r.book.drop(ctx, m)
}

// Stops tells an error that is about the store and not about one record.
func Stops(err error) bool {
	return errors.Is(err, store.ErrUnavailable) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// Panic is what came of a panic in the work on one record.
type Panic struct{ Stack string }

func (*Panic) Error() string { return "panic" }

// Safely does something and makes an error of a panic. What a panic says may be a
// part of a record: only its type and where it happened are kept.
func Safely(do func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Panic{fmt.Sprintf("%T\n%s", v, debug.Stack())}
		}
	}()
	return do()
}
