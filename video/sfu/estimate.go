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
	proven  time.Duration // until when a low REMB is believed
	lost    time.Duration // until when loss is remembered
	base    time.Duration // least round trip seen: what lies above is a queue
	lowered time.Duration // when it last had to go down
	fall    fall          // the first of the falls that led here
	noise   float64       // loss that is there whatever is sent
	bad     int           // seconds in a row with some loss
	ceiling float64       // what arrived when too much was sent
	until   time.Duration // how long the ceiling holds
	backoff time.Duration // doubles each time that going over the ceiling failed
}

// fall remembers what things were like when an estimate began to go down.
type fall struct {
	bps, sent, loss float64
	at              time.Duration
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
	late time.Duration // by how much this machine has run its tickers too late
	busy bool          // the person's page says that its processor is too slow

	picture bool // loss is that of pictures
}

// queueing is how much longer than the least a round trip may get before a queue is
// assumed, and lateness how often a round trip waits for a processor on its way: a
// machine that is late itself must not call it the network; holdRaise how long after a fall nothing is tried; and freely up to
// where a rise needs no proof by what is sent, since a paused picture proves nothing.
const (
	queueing  = 150 * time.Millisecond
	lateness  = 4
	holdRaise = 3 * time.Second
	settled   = 1500 * time.Millisecond
	freely    = 600_000
)

// Loss that counts when it lasts two seconds, and loss that counts at once; how long
// a ceiling is believed.
const (
	someLoss     = 0.10
	muchLoss     = 0.20
	leastBackoff = 10 * time.Second
	mostBackoff  = 80 * time.Second
	queueCosts   = 0.15 // a growing queue is answered like this much loss
	queueLeast   = 300_000
)

// update moves the estimate. A fall goes at once to a little less than what
// arrives; a rise is slow and only up to what has been tried.
func (d *downlink) update(o seen, now time.Duration) float64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if o.rtt > 0 && (d.base == 0 || o.rtt < d.base) {
		d.base = o.rtt
	}
	d.base += max(0, o.rtt-d.base) / 16 // a path that stays longer is longer, not full
	queue := d.base > 0 && !o.busy && o.rtt > d.base+queueing+lateness*o.late
	if o.loss < d.noise {
		d.noise += (o.loss - d.noise) / 4
	}
	loss := max(0, o.loss-1.3*d.noise)
	if d.bad++; loss <= someLoss {
		d.bad = 0
	}
	settling := d.lowered > 0 && now-d.lowered < settled
	switch {
	case settling: // what is reported now is still about what was sent before
	case !queue && d.noisy(o, now):
		d.noise, d.bps, d.fall, d.until = o.loss, d.fall.bps, fall{}, 0
	case queue && d.bps > queueLeast: // it may not be our queue: it alone pauses nothing
		d.lower(o, max(loss, queueCosts), now)
		d.bps = max(d.bps, queueLeast)
	case loss > muchLoss || d.bad >= 2:
		d.lower(o, loss, now)
	case loss < 0.02 && (d.lowered == 0 || now-d.lowered > holdRaise):
		d.fall = fall{}
		d.raise(o, now)
	}
	if queue || loss >= 0.02 {
		d.proven = now + rembFresh
	}
	if loss >= 0.02 {
		d.lost = now + lossKept
	}
	d.heed(o, loss, now)
	d.bps = min(max(d.bps, leastDown), mostDown)
	return d.bps
}

// noisy tells whether a fall has not helped: much less is sent and as much is lost.
// Then it is the link that loses, not a queue that overflows, and sending less only
// makes things worse.
func (d *downlink) noisy(o seen, now time.Duration) bool {
	return d.fall.sent > 0 && d.fall.loss > 0 && now-d.fall.at >= holdRaise && o.sent < 0.75*d.fall.sent && o.loss > 0.6*d.fall.loss
}

// lower goes down: a little at some loss, at once to what arrives at much.
func (d *downlink) lower(o seen, loss float64, now time.Duration) {
	if d.fall.sent == 0 {
		d.fall = fall{d.bps, o.sent, o.loss, now}
		d.backoff = min(max(2*d.backoff, leastBackoff), mostBackoff)
		if d.lowered == 0 || now-d.lowered > 2*mostBackoff {
			d.backoff = leastBackoff
		}
	}
	arrived := max(o.sent*(1-loss), leastDown)
	d.ceiling, d.until = arrived, now+d.backoff
	to := min(d.bps, o.sent) * (1 - loss/2)
	if loss > muchLoss {
		to = arrived * 0.9
	}
	d.bps, d.lowered = min(d.bps, max(to, leastDown)), now
}

// raise goes up, over a known ceiling only when that is old.
func (d *downlink) raise(o seen, now time.Duration) {
	switch {
	case d.bps < freely:
		d.bps *= 1.25
	case o.sent > d.bps*0.5:
		d.bps *= 1.08
	}
	if now < d.until {
		d.bps = min(d.bps, d.ceiling)
	}
}

// rembFresh is how long a REMB counts.
const rembFresh = 5 * time.Second

// heed follows the receiver's own estimate while it is fresh. It is made of small
// differences in time, which a busy phone makes as well as a full link, and it can't
// rise while little is sent (to one and a half of that): without loss or a queue beside
// it, it pauses nothing, and where round trips say that there is none, it does not keep
// a picture from being begun either.
func (d *downlink) heed(o seen, loss float64, now time.Duration) {
	if d.rembBps <= 0 || now-d.rembAt > rembFresh {
		return
	}
	least := 0.0
	if now >= d.proven {
		if least = queueLeast; o.rtt > 0 {
			least = freely
		}
	}
	switch {
	case d.rembBps < least:
		d.bps = min(d.bps, least)
	case d.rembBps < d.bps || loss < 0.02:
		d.bps = d.rembBps
	}
}

// lossKept is how long after the last loss a small picture is still the network's.
const lossKept = 15 * time.Second

func (d *downlink) loses(now time.Duration) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return now < d.lost
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
