package alerts

import (
	"sync"

	"handrail/models"
)

// How many looks at their list may wait at one instance for something new: of one person
// (windows that are open), and of all. Who comes above that waits for nothing.
const (
	maxAwaitedOne = 4
	maxAwaited    = 4000
)

// awaited are the people who look at their list now and are told when a line of the log
// names them: that they are called, asked, or need not be any more.
type awaited struct {
	mu  sync.Mutex
	all int
	by  map[string][]chan struct{}
}

// Await is told once when a line names somebody, from now on. came is nil where too many
// wait already; stop is to be called.
func (c *Service) Await(accountID string) (came <-chan struct{}, stop func()) {
	w := &c.awaited
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all >= maxAwaited || len(w.by[accountID]) >= maxAwaitedOne {
		return nil, func() {}
	}
	if w.by == nil {
		w.by = map[string][]chan struct{}{}
	}
	told := make(chan struct{}, 1)
	w.by[accountID] = append(w.by[accountID], told)
	w.all++
	return told, func() { w.leave(accountID, told) }
}

func (w *awaited) leave(accountID string, told chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var left []chan struct{}
	for _, one := range w.by[accountID] {
		if one != told {
			left = append(left, one)
		}
	}
	w.all--
	if w.by[accountID] = left; len(left) == 0 {
		delete(w.by, accountID)
	}
}

// Named tells those who await it that lines of the log name them; where lines were lost,
// everybody.
func (c *Service) Named(lines []models.AuditEvent, lost bool) {
	w := &c.awaited
	w.mu.Lock()
	defer w.mu.Unlock()
	tell := func(of []chan struct{}) {
		for _, told := range of {
			select {
			case told <- struct{}{}:
			default: // told already
			}
		}
	}
	for _, e := range lines {
		tell(w.by[e.Whom])
	}
	for _, of := range w.by {
		if lost {
			tell(of)
		}
	}
}
