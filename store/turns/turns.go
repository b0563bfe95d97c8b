// Package turns leaves processors to people while much is done that nobody waits for: it uses half
// of them at most at the same time.
//
// Go looks for what came over the network when a processor has nothing else to do, and
// else each 10 ms. While a thousand reminders can go on at once, no processor ever has
// nothing to do, and a phone that asks for its crisis plan waits for two such looks. With a
// processor left over it is heard at once (docs/decisions/0213-processors-for-people.md).
package turns

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"

	"handrail/store"
)

// askedFor is how long somebody counts as there after a request.
const askedFor = 2 * time.Second

// Turns bound how many work at the same time.
type Turns struct {
	taken   chan struct{} // has one thing for each who works
	elapsed func() time.Duration
	asked   atomic.Int64 // when somebody asked last
}

// Half are those of this process.
var Half = New(max(1, runtime.GOMAXPROCS(0)/2))

// New makes n turns.
func New(n int) *Turns {
	began := time.Now()
	s := &Turns{taken: make(chan struct{}, n), elapsed: func() time.Duration { return time.Since(began) }}
	s.asked.Store(int64(-askedFor))
	return s
}

// Asked is called with each request of somebody who waits for the answer.
func (s *Turns) Asked() { s.asked.Store(int64(s.elapsed())) }

// Turn is that of one who works. None (nil) is one that bounds nothing.
type Turn struct {
	of    *Turns
	late  *time.Timer
	ended atomic.Bool
}

// Take waits for a turn, or for ctx to end: then there is none. Nor is there one for what
// somebody waits for (store.IsBackground): that goes on at once. A turn ends after longest
// by itself, since who waits for a network or a disk uses no processor. What can run runs first.
func (s *Turns) Take(ctx context.Context, longest time.Duration) *Turn {
	if !store.IsBackground(ctx) {
		return nil
	}
	select {
	case s.taken <- struct{}{}:
	case <-ctx.Done():
		return nil
	}
	runtime.Gosched()
	t := &Turn{of: s}
	t.late = time.AfterFunc(longest, t.release)
	return t
}

// TakeBesidePeople is Take, while people ask something of this program; else there is none.
func (s *Turns) TakeBesidePeople(ctx context.Context, longest time.Duration) *Turn {
	if s.elapsed()-time.Duration(s.asked.Load()) >= askedFor {
		return nil
	}
	return s.Take(ctx, longest)
}

// End gives the turn to who is next. A second time is nothing.
func (t *Turn) End() {
	if t != nil {
		t.late.Stop()
		t.release()
	}
}

func (t *Turn) release() {
	if t.ended.CompareAndSwap(false, true) {
		<-t.of.taken
	}
}
