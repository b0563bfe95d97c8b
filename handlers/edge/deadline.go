package edge

import (
	"context"
	"sync"
	"time"
)

// deadline is a context with a time limit. Its timer is made when
// somebody first wants to be woken by it: a plan is answered from memory, and each timer
// costs a fortieth of what such an answer does.
type deadline struct {
	at time.Time

	mu     sync.Mutex
	over   bool
	timed  context.Context // nil: nobody waits
	cancel context.CancelFunc
}

func (d *deadline) Deadline() (time.Time, bool) { return d.at, true }

func (d *deadline) Done() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timed == nil {
		if d.timed, d.cancel = context.WithDeadline(context.Background(), d.at); d.over {
			d.cancel()
		}
	}
	return d.timed.Done()
}

func (d *deadline) Err() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.timed != nil:
		return d.timed.Err()
	case d.over:
		return context.Canceled
	case !time.Now().Before(d.at):
		return context.DeadlineExceeded
	}
	return nil
}

// Value finds the timed context, so that contexts made of this one are ended by it without
// a goroutine for each.
func (d *deadline) Value(key any) any {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timed == nil {
		return nil
	}
	return d.timed.Value(key)
}

// end ends it with its request.
func (d *deadline) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.over = true; d.cancel != nil {
		d.cancel()
	}
}
