package sfu

import (
	"sync"
	"time"
)

// Bounds of what one connection is believed to carry, in bit/s.
const (
	leastDown = 48_000
	startDown = 2_000_000
	mostDown  = 12_000_000
)

// downlink estimates what a person can receive, from what they report: loss,
// round trip, and the receiver's own estimate (REMB) when it sends one. Audio is
// never limited by it.
type downlink struct {
	mu      sync.Mutex
	bps     float64
	rembBps float64
	rembAt  time.Duration
	base    time.Duration // least round trip seen: what lies above is a queue
	lowered time.Duration // when it last had to go down
}

func newDownlink() *downlink { return &downlink{bps: startDown} }

// remb takes the receiver's estimate.
func (d *downlink) remb(bps float64, now time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rembBps, d.rembAt = bps, now
}

// seen is what was observed in one interval.
type seen struct {
	sent float64 // bit/s
	loss float64 // worst of the seats, 0..1
	rtt  time.Duration
}

// queueing is how much longer than the least a round trip may get before a queue is
// assumed, and holdRaise how long after a fall nothing is tried.
const (
	queueing  = 150 * time.Millisecond
	holdRaise = 3 * time.Second
)

// update moves the estimate. A fall goes at once to a little less than what
// arrives; a rise is slow and only up to what has been tried.
func (d *downlink) update(o seen, now time.Duration) float64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if o.rtt > 0 && (d.base == 0 || o.rtt < d.base) {
		d.base = o.rtt
	}
	queue := d.base > 0 && o.rtt > d.base+queueing
	switch {
	case o.loss > 0.10 || queue:
		arrived := o.sent * (1 - o.loss)
		d.bps = min(d.bps*(1-o.loss/2), max(arrived*0.9, leastDown))
		d.lowered = now
	case o.loss < 0.02 && (d.lowered == 0 || now-d.lowered > holdRaise) && o.sent > d.bps*0.5:
		d.bps = d.bps*1.08 + 5_000
	}
	if d.rembBps > 0 && now-d.rembAt < 5*time.Second {
		d.bps = min(d.bps, d.rembBps)
		if o.loss < 0.02 && d.rembBps > d.bps { // the receiver has measured more than we dared
			d.bps = d.rembBps
		}
	}
	d.bps = min(max(d.bps, leastDown), mostDown)
	return d.bps
}

// uplink is the cap that is sent to a publisher as REMB.
type uplink struct{ bps float64 }

const (
	leastUp = 100_000
	mostUp  = 3_500_000
)

// update follows loss: a tenth lost halves the excess, little lost lets it grow.
func (u *uplink) update(loss float64) float64 {
	if u.bps == 0 {
		u.bps = mostUp
	}
	switch {
	case loss > 0.10:
		u.bps *= 1 - loss/2
	case loss < 0.02:
		u.bps *= 1.08
	}
	u.bps = min(max(u.bps, leastUp), mostUp)
	return u.bps
}
