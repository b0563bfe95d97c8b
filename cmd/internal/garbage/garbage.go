// Package garbage lets a program that lives in little memory collect its garbage less often
// while it is busy.
//
// Go collects when as much garbage has come as there is that lives. Of ten megabytes that
// is many times a second under load, and a tenth of the processor's time, to save memory that
// every machine has. While there is little to do nothing is other than Go has it, so a program that
// waits stays small.
package garbage

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

const (
	// room is how large the heap may grow before it is collected, in bytes.
	room = 48 << 20
	// busy is how soon after another a collection comes in a program that has much to do.
	busy = time.Second
	// usual is Go's own share of garbage, in percent of what lives; most is the largest.
	usual, most = 100, 800
)

// Roomy gives the garbage of a busy program some room from now on, for as long as the
// program runs. It is called once.
func Roomy() {
	began := time.Now()
	(&keeper{since: func() time.Duration { return time.Since(began) }}).next()
}

// keeper looks at each collection when it has ended.
type keeper struct {
	since   func() time.Duration // a clock that nobody sets
	last    time.Duration
	percent atomic.Int64 // 0: as the program began
}

// next waits for a collection: it ends what nothing holds, such as this.
func (k *keeper) next() {
	runtime.AddCleanup(new([16]byte), func(k *keeper) {
		k.collected()
		k.next()
	}, k)
}

func (k *keeper) collected() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() != metrics.KindUint64 {
		return
	}
	now := k.since()
	percent := share(int64(live[0].Value.Uint64()), now-k.last)
	if k.last = now; k.percent.Swap(percent) != percent {
		debug.SetGCPercent(int(percent))
	}
}

// share is how much garbage may come, in percent of the bytes that live, when the last two
// collections were so far apart. It goes in steps: each change stops the program for a moment.
func share(live int64, apart time.Duration) int64 {
	const step = 50
	if apart >= busy || live == 0 {
		return usual
	}
	return max(usual, min((room-live)*100/live/step*step, most))
}
