package sqlite_test

import (
	"context"
	"sync"
	"testing"
	"time"
)

// TestTwoProcesses: two programs write the same file at once, one of them always the
// same lane, which the other comes back to. Both get on, and the chain holds across
// them.
func TestTwoProcesses(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	dir := t.TempDir()
	s, err := openSealed(dir)
	must(t, err)
	defer s.Close()
	stop := make(chan struct{})
	var mine []int64
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := int64(1_000_000); ; i += 100 {
			select {
			case <-stop:
				return
			default:
			}
			if err := s.Batch(ctx, benchBatch(i)...); err != nil {
				t.Error(err)
				return
			}
			mine = append(mine, i)
		}
	})
	theirs := runAndKill(t, dir, 0, 300*time.Millisecond)
	close(stop)
	wg.Wait()
	if len(mine) < 10 || len(theirs) < 10 {
		t.Errorf("one kept the other out: %d and %d", len(mine), len(theirs))
	}
	checkAfterKill(t, dir, 0, append(mine, theirs...))
}
