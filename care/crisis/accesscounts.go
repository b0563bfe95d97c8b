package crisis

import (
	"sync"

	"handrail/care/signin"
)

// maxAccessCounts bounds what is counted between two flushes.
const maxAccessCounts = 10_000

// accessCounts counts who opened a plan, in memory.
type accessCounts struct {
	mu    sync.Mutex
	count map[accessKey]int
}

func (o *accessCounts) add(cl signin.Claims, patientID string) {
	o.giveBack(accessKey{cl.Subject, cl.Session, patientID}, 1)
}

func (o *accessCounts) giveBack(key accessKey, n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.count == nil {
		o.count = map[accessKey]int{}
	}
	if _, known := o.count[key]; known || len(o.count) < maxAccessCounts {
		o.count[key] += n
	}
}

// take empties the counts and returns them.
func (o *accessCounts) take() map[accessKey]int {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := o.count
	o.count = nil
	return out
}
