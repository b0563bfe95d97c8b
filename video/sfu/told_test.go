package sfu

import (
	"testing"
	"time"
)

// A picture that is small because a device is busy is not blamed on a network that
// loses nothing; one that loses is blamed all the same.
func TestABusyDeviceIsNotBlamedOnTheNetwork(t *testing.T) {
	second := time.Second
	for name, c := range map[string]struct {
		why             Why
		sends, receives bool
		loss            float64
		after           time.Duration
		want            Why
	}{
		"a weak network":            {why: YourNetwork, want: YourNetwork},
		"a busy receiver":           {why: YourNetwork, receives: true, want: YourDevice},
		"busy, and much is lost":    {why: YourNetwork, receives: true, loss: 0.1, after: second, want: YourNetwork},
		"busy, and long since lost": {why: YourNetwork, receives: true, loss: 0.1, after: 16 * second, want: YourDevice},
		"a busy sender":             {why: TheirNetwork, sends: true, want: TheirDevice},
		"a sender's weak network":   {why: TheirNetwork, receives: true, want: TheirNetwork},
		"small on the page":         {why: ShownSmall, sends: true, receives: true, want: ShownSmall},
	} {
		from, to := &Member{ID: "from", busySends: c.sends}, &Member{ID: "to", busyReceives: c.receives, down: newDownlink()}
		r := &Room{members: map[string]*Member{"from": from, "to": to}}
		to.down.update(seen{sent: 500_000, loss: c.loss, rtt: 50 * time.Millisecond, picture: true}, second)
		if got := r.blame(to, SeatState{From: "from", Why: c.why}, second+c.after); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
