package videotest

import (
	"sync/atomic"
	"time"
)

// Strain measures how late this machine runs what should run: tests that share two
// cores with others add it to their limits in time. The returned function tells
// the longest lateness so far, four times, since a packet passes several goroutines.
func Strain(stop <-chan struct{}) func() time.Duration {
	var worst atomic.Int64
	go func() {
		t := time.NewTicker(5 * time.Millisecond)
		defer t.Stop()
		last := time.Now()
		for {
			select {
			case <-stop:
				return
			case <-t.C:
				worst.Store(max(worst.Load(), int64(time.Since(last)-5*time.Millisecond)))
				last = time.Now()
			}
		}
	}()
	return func() time.Duration { return 4 * time.Duration(worst.Load()) }
}
