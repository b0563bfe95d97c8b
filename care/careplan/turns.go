package careplan

import (
	"context"
	"sync"

	"handrail/care/internal/chart"
)

// turns lets the writers of one plan on this instance go one after another, so that they
// do not make their changes anew for each other. Those of other instances are told apart
// by the version that they write over.
type turns struct {
	mu sync.Mutex
	of map[string]*turn
}

type turn struct {
	free chan struct{} // holds one when nobody writes
	used int           // who writes or waits
}

// take waits for one's turn at a plan; done gives it to the next.
func (t *turns) take(ctx context.Context, patientID string) (done func(), err error) {
	t.mu.Lock()
	if t.of == nil {
		t.of = map[string]*turn{}
	}
	mine := t.of[patientID]
	if mine == nil {
		mine = &turn{free: make(chan struct{}, 1)}
		mine.free <- struct{}{}
		t.of[patientID] = mine
	}
	mine.used++
	t.mu.Unlock()
	leave := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if mine.used--; mine.used == 0 {
			delete(t.of, patientID)
		}
	}
	select {
	case <-mine.free:
		return func() { mine.free <- struct{}{}; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, chart.Refusal(ctx.Err())
	}
}
