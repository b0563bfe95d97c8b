package planning_test

import "testing"

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
