package video

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"handrail/models"
	"handrail/store"
	"handrail/video/quality"
)

// slowStore answers when a test lets it.
type slowStore struct {
	mu    sync.Mutex
	gate  chan struct{} // nil: open
	fails int
	kept  map[string][]uint64
	ended map[string]int
	order map[string][]string
}

func newSlowStore() *slowStore {
	return &slowStore{kept: map[string][]uint64{}, ended: map[string]int{}, order: map[string][]string{}}
}

func (s *slowStore) pass() error {
	s.mu.Lock()
	gate := s.gate
	s.mu.Unlock()
	if gate != nil {
		<-gate
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails > 0 {
		s.fails--
		return store.ErrUnavailable
	}
	return nil
}

func (s *slowStore) Keep(_ context.Context, snap Snapshot) error {
	if err := s.pass(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[snap.VisitID] = append(s.kept[snap.VisitID], snap.Version)
	s.order[snap.VisitID] = append(s.order[snap.VisitID], "keep")
	return nil
}

func (s *slowStore) Finish(_ context.Context, visitID string, r []quality.Report) error {
	if err := s.pass(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended[visitID] += 1 + len(r)
	s.order[visitID] = append(s.order[visitID], "finish")
	return nil
}

func drained(t *testing.T, k *Keeper) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := k.Close(ctx); err != nil {
		t.Fatal(err)
	}
}

// TestARoomNeverWaitsForTheStore: while it hangs, thousands of changes are taken in no
// time; when it answers again, the newest of each room is there.
func TestARoomNeverWaitsForTheStore(t *testing.T) {
	s := newSlowStore()
	s.gate = make(chan struct{})
	k := NewKeeper(s, slog.New(slog.DiscardHandler))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for v := range uint64(1000) {
			for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
				k.Changed(Snapshot{VisitID: id, Version: v + 1})
			}
		}
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("a room waits for the store")
	}
	k.Finished("j", []quality.Report{{}})
	k.Changed(Snapshot{VisitID: "j", Version: 7}) // somebody came back after the end
	close(s.gate)
	drained(t, k)
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"} {
		got := s.kept[id]
		if len(got) == 0 || got[len(got)-1] != 1000 || len(got) > 3 {
			t.Errorf("%s: %v", id, got)
		}
	}
	if n := len(s.order["j"]); s.ended["j"] != 2 || s.kept["j"][len(s.kept["j"])-1] != 7 || s.order["j"][n-2] != "finish" || s.order["j"][n-1] != "keep" {
		t.Errorf("j: %v, %v", s.order["j"], s.kept["j"])
	}
}

// TestWhatCouldNotBeWrittenIsTriedAgain, and nothing older overwrites a newer.
func TestWhatCouldNotBeWrittenIsTriedAgain(t *testing.T) {
	s := newSlowStore()
	s.fails = 3
	k := NewKeeper(s, slog.New(slog.DiscardHandler))
	k.Changed(Snapshot{VisitID: "a", Version: 1})
	k.Finished("a", nil)
	k.Changed(Snapshot{VisitID: "a", Version: 2})
	drained(t, k)
	if got := s.kept["a"]; len(got) == 0 || got[len(got)-1] != 2 || s.ended["a"] != 1 {
		t.Errorf("%v, ended %d", got, s.ended["a"])
	}
	for i := 1; i < len(s.kept["a"]); i++ {
		if s.kept["a"][i] < s.kept["a"][i-1] {
			t.Errorf("an older one came later: %v", s.kept["a"])
		}
	}
}

// TestAVisitThatIsGoneHoldsUpNothing.
func TestAVisitThatIsGoneHoldsUpNothing(t *testing.T) {
	k := NewKeeper(goneVisit{}, slog.New(slog.DiscardHandler))
	k.Changed(Snapshot{VisitID: "a", Version: 1})
	drained(t, k)
}

type goneVisit struct{}

func (goneVisit) Keep(context.Context, Snapshot) error                   { return models.NotFound() }
func (goneVisit) Finish(context.Context, string, []quality.Report) error { return models.NotFound() }

// TestAStopDoesNotWaitForEver for a store that is down, and says what is missing.
func TestAStopDoesNotWaitForEver(t *testing.T) {
	s := newSlowStore()
	s.fails = 1 << 30
	k := NewKeeper(s, slog.New(slog.DiscardHandler))
	k.Changed(Snapshot{VisitID: "a", Version: 1})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := k.Close(ctx); err == nil {
		t.Error("it says that all is written")
	}
}
