package chart

import (
	"context"
	"sync"
)

// Queue lets those on this instance who write one thing of a person go one behind the
// other, so that they do not make their changes anew for each other. It saves work and
// holds nothing: what keeps two from losing one is the version that they write over, also
// between instances. The zero Queue is ready.
type Queue struct {
	mu   sync.Mutex
	each map[string]*place
}

type place struct {
	busy  chan struct{} // full while somebody writes
	users int           // who write or wait
}

// Take waits for the turn of whose thing it is; done gives it to the next. The error is
// that of a context that ended first.
func (q *Queue) Take(ctx context.Context, whose string) (done func(), err error) {
	mine := q.join(whose)
	select {
	case mine.busy <- struct{}{}:
		return func() { <-mine.busy; q.leave(whose, mine) }, nil
	case <-ctx.Done():
		q.leave(whose, mine)
		return nil, Refusal(ctx.Err())
	}
}

func (q *Queue) join(whose string) *place {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.each == nil {
		q.each = map[string]*place{}
	}
	mine := q.each[whose]
	if mine == nil {
		mine = &place{busy: make(chan struct{}, 1)}
		q.each[whose] = mine
	}
	mine.users++
	return mine
}

func (q *Queue) leave(whose string, mine *place) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if mine.users--; mine.users == 0 {
		delete(q.each, whose)
	}
}
