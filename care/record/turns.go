package record

import (
	"context"
	"sync"

	"handrail/care/internal/chart"
)

// turns lets the check-ins of one patient through one behind the other, within this
// instance. The store's version is what holds; without turns each of a phone's many at
// once would be made again and again.
type turns struct {
	mu sync.Mutex
	of map[string]*turn
}

type turn struct {
	free  chan struct{}
	users int
}

// take waits for the turn of a patient; done gives it back.
func (t *turns) take(ctx context.Context, patientID string) (done func(), err error) {
	mine := t.join(patientID)
	select {
	case mine.free <- struct{}{}:
		return func() { <-mine.free; t.leave(patientID, mine) }, nil
	case <-ctx.Done():
		t.leave(patientID, mine)
		return nil, chart.Refusal(ctx.Err())
	}
}

func (t *turns) join(patientID string) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of == nil {
		t.of = map[string]*turn{}
	}
	mine := t.of[patientID]
	if mine == nil {
		mine = &turn{free: make(chan struct{}, 1)}
		t.of[patientID] = mine
	}
	mine.users++
	return mine
}

func (t *turns) leave(patientID string, mine *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if mine.users--; mine.users == 0 {
		delete(t.of, patientID)
	}
}
