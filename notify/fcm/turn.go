package fcm

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"
)

// turns bound how many messages are made and written at the same time to half of the
// processors: a claim has fifty that could all go on at once, and what a phone asks
// would wait behind them. A message that waits for its answer has no turn.
type turns chan struct{}

func newTurns() turns { return make(turns, max(1, runtime.GOMAXPROCS(0)/2)) }

// longestTurn ends the turn of a message whose connection is not there yet, or that is
// not taken off it.
const longestTurn = 2 * time.Millisecond

// turn is that of one message, until it is written.
type turn struct {
	of    turns
	late  *time.Timer
	ended atomic.Bool
	sent  bool // the SDK found nothing wrong with it and asked for it to be sent
}

type turnKey struct{}

// take waits for a turn, or for ctx to end. What can run runs first.
func (s turns) take(ctx context.Context) (*turn, error) {
	select {
	case s <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	runtime.Gosched()
	t := &turn{of: s}
	t.late = time.AfterFunc(longestTurn, t.release)
	return t, nil
}

func (t *turn) end() {
	t.late.Stop()
	t.release()
}

func (t *turn) release() {
	if t.ended.CompareAndSwap(false, true) {
		<-t.of
	}
}

func (t *turn) within(ctx context.Context) context.Context {
	return context.WithValue(ctx, turnKey{}, t)
}

func turnOf(ctx context.Context) *turn {
	t, _ := ctx.Value(turnKey{}).(*turn)
	return t
}
