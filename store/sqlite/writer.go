package sqlite

import (
	"context"
	"fmt"
	"sync"

	"handrail/store"
)

var errClosed = fmt.Errorf("%w: it is closed", store.ErrUnavailable)

// writer owns the only writing connection. Requests that wait while a commit is
// under way are committed together by the next one; none waits for company. What
// nobody waits for (store.Background) lets the others go first.
type writer struct {
	tx      *tx
	careful int // so many groups are still to be run with savepoints
	queue   *queue
	manners *manners
	log     *checkpointer
	ended   chan struct{}

	mu     sync.RWMutex // held for reading while a request is queued
	closed bool
}

// request is one caller's all-or-nothing change.
type request struct {
	ctx  context.Context
	ops  int             // how many changes that is, about
	run  func(*tx) error // may run twice
	done chan error
}

func startWriter(conn *direct, db *DB) *writer {
	m := newManners()
	w := &writer{
		tx:    &tx{db: db, conn: conn},
		queue: newQueue(m), manners: m, log: startCheckpointer(db.path, m), ended: make(chan struct{}),
	}
	go w.loop()
	return w
}

// do runs one change and waits until it is durable. When ctx ends first, the
// change may still happen, but never in part.
func (w *writer) do(ctx context.Context, ops int, run func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{ctx: ctx, ops: ops, run: run, done: make(chan error, 1)}
	if err := w.enqueue(r); err != nil {
		return err
	}
	select {
	case err := <-r.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) enqueue(r *request) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return errClosed
	}
	select {
	case w.queue.of(r) <- r:
		return nil
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}

// stop refuses new requests, finishes those that wait and closes the connection.
func (w *writer) stop() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		w.queue.close()
	}
	w.mu.Unlock()
	<-w.ended
}

func (w *writer) loop() {
	defer close(w.ended)
	defer w.tx.conn.close()
	defer w.log.stop()
	group := make([]*request, 0, groupLimit)
	for {
		group = w.queue.next(group[:0])
		if len(group) == 0 {
			return
		}
		began, before := w.manners.elapsed(), w.tx.changes
		w.log.writing.Add(1)
		results := w.commit(group)
		w.log.writing.Add(1)
		for i, r := range group {
			r.done <- results[i]
		}
		changed := w.tx.changes - before
		urgent, behind := kinds(group)
		if urgent && changed > 0 {
			w.manners.somebodyWaits()
		}
		if behind {
			w.manners.worked(w.manners.elapsed() - began)
		}
		w.log.committed(w.tx.conn, changed, behind)
		clear(group)
	}
}

// kinds says whether a group has requests that somebody waits for, and others.
func kinds(group []*request) (urgent, behind bool) {
	for _, r := range group {
		if store.IsBackground(r.ctx) {
			behind = true
		} else {
			urgent = true
		}
	}
	return urgent, behind
}
