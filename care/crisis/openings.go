package crisis

import (
	"sync"

	"handrail/care/signin"
)

// openingsMax bounds what is counted between two flushes.
const openingsMax = 10_000

// openings counts who opened a plan, in memory.
type openings struct {
	mu    sync.Mutex
	count map[opening]int
}

func (o *openings) add(cl signin.Claims, patientID string) {
	o.giveBack(opening{cl.Subject, cl.Session, patientID}, 1)
}

func (o *openings) giveBack(key opening, n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.count == nil {
		o.count = map[opening]int{}
	}
	if _, known := o.count[key]; known || len(o.count) < openingsMax {
		o.count[key] += n
	}
}

// take empties the counts and returns them.
func (o *openings) take() map[opening]int {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := o.count
	o.count = nil
	return out
}
