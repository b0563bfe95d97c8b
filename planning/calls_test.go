package planning_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"handrail/planning"
	"handrail/store"
)

// TestACallDoesNotWaitForATurn: an instance that wrote an alert calls its owner at once,
// whether it is the one that follows the log or not, and the owner is called once.
func TestACallDoesNotWaitForATurn(t *testing.T) {
	w := newPlannedClinic(t)
	other := w.instance() // does not follow: the first one does
	w.ok(other.Call(t.Context()))
	w.urgent()
	select {
	case <-other.Came():
	default:
		t.Fatal("nobody was woken")
	}
	w.ok(other.Call(t.Context()))
	if got, _ := w.calls(w.doctor); got != 1 {
		t.Fatalf("%d calls by the instance that does not follow the log", got)
	}
	w.ok(w.planner.Call(t.Context()))
	w.wantCalls("by both", w.doctor, 1)
	w.sends(map[string]any{"mood": 5.0})
	w.ok(w.planner.Call(t.Context())) // nobody to call: it waits for the turn
	w.wantCalls("after an answer without a signal", w.doctor, 1)
}

// held is a store in which the place in the log can't be written the first time until it is let.
type held struct {
	store.Store
	first       sync.Once
	comes, free chan struct{}
}

func (h *held) Replace(ctx context.Context, collection string, d store.Doc) error {
	if collection == planning.Collections()[0].Name {
		h.first.Do(func() {
			close(h.comes)
			<-h.free
		})
	}
	return h.Store.Replace(ctx, collection, d)
}

// TestACallDoesNotWaitForWhatIsPlanned: the worker that follows the log stands in the middle
// of a turn, as with ten thousand patients who were just imported, and the owner of an alert
// is called all the same; once, whoever else does the line.
func TestACallDoesNotWaitForWhatIsPlanned(t *testing.T) {
	w := newPlannedClinic(t)
	slow := &held{Store: w.Store, comes: make(chan struct{}), free: make(chan struct{})}
	w.planner = w.instanceOn(slow)
	w.wall += time.Minute // the lease of the one before is over
	done := make(chan error)
	go func() { done <- w.planner.Work(t.Context()) }()
	<-slow.comes
	w.urgent()
	w.ok(w.planner.Call(t.Context()))
	if got, _ := w.calls(w.doctor); got != 1 {
		t.Errorf("%d calls while patients are planned", got)
	}
	close(slow.free)
	w.ok(<-done)
	w.wantCalls("by both", w.doctor, 1)
}
