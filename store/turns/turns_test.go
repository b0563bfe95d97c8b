package turns_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"handrail/store"
	"handrail/store/turns"
)

// waits tells whether another turn would have to be waited for.
func waits(t *testing.T, of *turns.Turns) bool {
	t.Helper()
	ctx, stop := context.WithTimeout(store.Background(t.Context()), time.Millisecond)
	defer stop()
	turn := of.Take(ctx, time.Hour)
	turn.End()
	return turn == nil
}

// TestATurnThatIsNotEndedHoldsNobody for longer than it may last.
func TestATurnThatIsNotEndedHoldsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all, ctx := turns.New(1), store.Background(t.Context())
		began := time.Now()
		first := all.Take(ctx, 2*time.Millisecond)
		second := all.Take(ctx, time.Hour) // waits until the first one's is taken from it
		if took := time.Since(began); took != 2*time.Millisecond {
			t.Errorf("after %v", took)
		}
		first.End() // frees nothing of the second
		if !waits(t, all) {
			t.Error("two have one turn")
		}
		second.End()
		if waits(t, all) {
			t.Error("an ended turn is still held")
		}
	})
}

// TestNobodyWaitsBeyondTheirContext, and who is waited for does not wait at all.
func TestNobodyWaitsBeyondTheirContext(t *testing.T) {
	all := turns.New(1)
	held := all.Take(store.Background(t.Context()), time.Hour)
	defer held.End()
	stopped, stop := context.WithCancel(store.Background(t.Context()))
	stop()
	for what, ctx := range map[string]context.Context{"ended": stopped, "waited for": store.Foreground(store.Background(t.Context())), "unmarked": t.Context()} {
		if turn := all.Take(ctx, time.Hour); turn != nil {
			t.Errorf("%s: a turn", what)
		}
	}
}

// TestWorkMakesRoomWhilePeopleAreThere, and for two seconds after.
func TestWorkMakesRoomWhilePeopleAreThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all, ctx := turns.New(1), store.Background(t.Context())
		for _, tt := range []struct {
			what  string
			after time.Duration
			asks  bool
			bound bool
		}{{"nobody asked yet", 0, false, false}, {"somebody asks", 0, true, true}, {"somebody asked just now", 1900 * time.Millisecond, false, true},
			{"nobody for two seconds", 100 * time.Millisecond, false, false}} {
			time.Sleep(tt.after)
			if tt.asks {
				all.Asked()
			}
			turn := all.TakeBesidePeople(ctx, time.Hour)
			if bound := turn != nil; bound != tt.bound {
				t.Errorf("%s: bound %v", tt.what, bound)
			}
			turn.End()
		}
	})
}
