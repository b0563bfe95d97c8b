package sfu

import "time"

// Where so much comes that the processor is woken for each packet anew, waiting a moment
// lets several come together: one wake-up, one read, fewer sends; docs/decisions/0188.
// A turn, from one wake-up to the next, is as long as it takes until company packets go
// out: so each bears as small a part of a wake-up in a large visit as in small ones, and
// none waits for more. The work of a turn is part of it, and so a long one is followed by
// the next without a pause.
const (
	company    = 13
	mostTurn   = 850 * time.Microsecond
	leastTurn  = 300 * time.Microsecond
	leastPause = 50 * time.Microsecond // in which others may run
	busyFrom   = 2000                  // packets a second of one socket at which pauses begin
	busyUntil  = 1000                  // and end
	paceEvery  = 100 * time.Millisecond
)

// pace measures how much comes to a socket, and goes out because of it.
type pace struct {
	busy        bool
	turn        time.Duration // while busy
	woke        time.Time     // when the turn began
	awake       bool          // it has begun
	since       time.Time
	count, sent int
}

// came counts n packets that came and so many that went out before, and tells whether
// pauses are to be made.
func (p *pace) came(n, sent int, now time.Time) bool {
	if !p.awake {
		p.awake, p.woke = true, now
	}
	p.count, p.sent = p.count+n, p.sent+sent
	if d := now.Sub(p.since); d >= paceEvery {
		rate := float64(p.count) / d.Seconds()
		p.busy = rate >= busyFrom || p.busy && rate >= busyUntil
		p.turn = mostTurn
		if p.sent > 0 {
			p.turn = min(mostTurn, max(leastTurn, d*company/time.Duration(p.sent)))
		}
		p.since, p.count, p.sent = now, 0, 0
	}
	return p.busy
}

// pause ends a turn, and tells how long it is until the next.
func (p *pace) pause(now time.Time) time.Duration {
	p.awake = false
	return max(leastPause, p.turn-now.Sub(p.woke))
}
