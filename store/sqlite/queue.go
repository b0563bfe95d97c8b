package sqlite

import (
	"sync/atomic"
	"time"

	"handrail/store"
)

const (
	// groupLimit bounds how many requests share one commit, and so one fsync.
	groupLimit = 64
	// queueLimit is how many requests may wait before callers do.
	queueLimit = 4 * groupLimit
	// share is how many background ops go along with each group of others.
	share = 16
)

// queue is what waits for the writer: what somebody waits for, and the rest.
// Only the writer takes from it.
type queue struct {
	urgent     chan *request
	background chan *request

	held    *request // a background request that was too much for a group, or rests
	credit  int      // background ops that may go along with others; see share
	manners *manners
	closed  atomic.Bool // nobody comes any more: what waits needs no rest
}

func newQueue(m *manners) *queue {
	return &queue{urgent: make(chan *request, queueLimit), background: make(chan *request, groupLimit), manners: m}
}

func (q *queue) of(r *request) chan *request {
	if store.IsBackground(r.ctx) {
		return q.background
	}
	return q.urgent
}

// close lets next end when all that waits is taken.
func (q *queue) close() {
	q.closed.Store(true)
	close(q.urgent)
	close(q.background)
}

// next fills group with what waits, and waits itself when there is nothing. It is empty
// at the end. None waits for company.
func (q *queue) next(group []*request) []*request {
	group = q.takeUrgent(group)
	if len(group) == 0 {
		group = q.wait(group)
		group = q.takeUrgent(group)
	}
	if len(group) > 0 && q.rest() > 0 {
		return group
	}
	return q.takeBackground(group)
}

func (q *queue) rest() time.Duration {
	if q.closed.Load() {
		return 0
	}
	return q.manners.rest()
}

// wait blocks for the first request; it takes none when both ways are closed. A background
// request is held until it has rested.
func (q *queue) wait(group []*request) []*request {
	urgent, background := q.urgent, q.background
	for urgent != nil || background != nil || q.held != nil {
		var rested <-chan time.Time
		if q.held != nil {
			rest := q.rest()
			if rest == 0 {
				return group
			}
			rested = q.manners.after(rest)
		}
		next := background
		if q.held != nil {
			next = nil
		}
		select {
		case r, open := <-urgent:
			if open {
				return append(group, r)
			}
			urgent = nil
		case r, open := <-next:
			if open {
				q.held = r
				continue
			}
			background = nil
		case <-rested:
		case <-q.manners.moved:
		}
	}
	return group
}

func (q *queue) takeUrgent(group []*request) []*request {
	for len(group) < groupLimit {
		select {
		case r, open := <-q.urgent:
			if !open {
				return group
			}
			group = append(group, r)
		default:
			return group
		}
	}
	return group
}

// takeBackground adds background requests: as many ops as have come together at share
// a group when there are others in it, else a small group of them alone, so that who
// comes now does not wait long. A request is never cut.
func (q *queue) takeBackground(group []*request) []*request {
	room, alone := store.BackgroundOps, len(group) == 0
	if !alone {
		q.credit = min(q.credit+share, store.MaxBatch)
		room = q.credit
	}
	for len(group) < groupLimit {
		if q.held == nil && !q.hold() {
			q.credit = 0
			return group
		}
		if q.held.ops > room && !(alone && len(group) == 0) {
			return group
		}
		room -= q.held.ops
		if !alone {
			q.credit = room
		}
		group, q.held = append(group, q.held), nil
	}
	return group
}

// hold takes a background request out of its channel, if there is one.
func (q *queue) hold() bool {
	select {
	case r, open := <-q.background:
		if open {
			q.held = r
		}
		return open
	default:
		return false
	}
}
