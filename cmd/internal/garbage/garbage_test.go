package garbage

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"time"
)

func TestShare(t *testing.T) {
	const mega = 1 << 20
	for _, tt := range []struct {
		what  string
		live  int64
		apart time.Duration
		want  int64
	}{
		{"a busy program of twelve megabytes", 12 * mega, 10 * time.Millisecond, 300},
		{"one that waits", 12 * mega, time.Second, usual},
		{"a very small one", mega, time.Millisecond, most},
		{"nothing yet", 0, time.Millisecond, usual},
		{"in steps", 11 * mega, time.Millisecond, 300},
		{"a large one is as Go has it", 30 * mega, time.Millisecond, usual},
		{"a huge one", 3000 * mega, time.Millisecond, usual},
	} {
		if got := share(tt.live, tt.apart); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.what, got, tt.want)
		}
	}
}

// TestCollectionsAreLookedAt, one after the other: those that come at once give room, those
// that are far apart take it away.
func TestCollectionsAreLookedAt(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(usual))
	var now, step atomic.Int64
	k := &keeper{since: func() time.Duration { return time.Duration(now.Add(step.Load())) }}
	k.next()
	for _, tt := range []struct {
		apart time.Duration
		roomy bool
	}{{time.Millisecond, true}, {2 * time.Second, false}, {time.Millisecond, true}} {
		step.Store(int64(tt.apart))
		for before := now.Load(); now.Load()-before < 3*int64(tt.apart) || k.percent.Load() == 0; { // three collections
			runtime.GC()
		}
		if roomy := k.percent.Load() > usual; roomy != tt.roomy {
			t.Errorf("%v apart: %d percent", tt.apart, k.percent.Load())
		}
	}
}
