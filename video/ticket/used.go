package ticket

import (
	"sync"
	"time"
)

// maxUsed bounds the memory of used tickets. Tickets live a minute and only
// signed-in people get them, so this is far above any clinic's rush.
const maxUsed = 50_000

// used remembers which tickets were shown, until they would end anyway.
type used struct {
	mu    sync.Mutex
	until map[string]time.Time
	swept time.Time
}

func newUsed() *used { return &used{until: map[string]time.Time{}} }

// first tells whether id is shown for the first time.
func (u *used) first(id string, until, now time.Time) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if now.Sub(u.swept) > JoinLife || len(u.until) >= maxUsed {
		u.sweep(now)
	}
	if _, seen := u.until[id]; seen || len(u.until) >= maxUsed {
		return false
	}
	u.until[id] = until
	return true
}

func (u *used) sweep(now time.Time) {
	u.swept = now
	for id, until := range u.until {
		if now.After(until) {
			delete(u.until, id)
		}
	}
}
