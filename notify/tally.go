package notify

import (
	"sync"
	"time"
)

// Tally counts what became of entries, by state and why: "done handed-over",
// "dropped too-late".
type Tally struct {
	Ended  map[string]int
	Oldest time.Time // due time of the oldest that was dropped
	Newest time.Time
}

// tally is a Tally that workers share.
type tally struct {
	mu sync.Mutex
	t  Tally
}

// count notes an entry that has ended.
func (n *Notifier) count(e *entry) {
	if !e.State.ended() {
		return
	}
	n.tally.mu.Lock()
	defer n.tally.mu.Unlock()
	t := &n.tally.t
	if t.Ended == nil {
		t.Ended = map[string]int{}
	}
	t.Ended[string(e.State)+" "+e.Why]++
	if e.State == StateDropped {
		if t.Oldest.IsZero() || e.Due.Before(t.Oldest) {
			t.Oldest = e.Due
		}
		if e.Due.After(t.Newest) {
			t.Newest = e.Due
		}
	}
}

// take gives the counts and begins anew.
func (t *tally) take() Tally {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := t.t
	t.t = Tally{}
	return out
}

// tell writes one line about what was not sent.
func (n *Notifier) tell(t Tally) {
	dropped, dead := 0, 0
	for what, count := range t.Ended {
		switch {
		case len(what) > 7 && what[:7] == "dropped":
			dropped += count
		case len(what) > 4 && what[:4] == "dead":
			dead += count
		}
	}
	if dropped > 0 {
		n.log.Warn("notify: reminders were dropped because their time was over; they lie in the inbox as missed",
			"count", dropped, "dueFrom", t.Oldest, "dueTo", t.Newest)
	}
	if dead > 0 {
		n.log.Error("notify: reminders could not be handed over; see the dead letters", "count", dead)
	}
}
