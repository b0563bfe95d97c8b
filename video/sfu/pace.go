package sfu

import "time"

// Where so much comes that the processor is woken for each packet anew, waiting a moment
// lets several come together: one wake-up, one read, fewer sends. The pause is what
// a packet waits at most for it; docs/decisions/0188.
const (
	pause     = 750 * time.Microsecond
	busyFrom  = 2000 // packets a second of one socket at which pauses begin
	busyUntil = 1000 // and end
	paceEvery = 100 * time.Millisecond
)

// pace measures how much comes to a socket.
type pace struct {
	busy  bool
	since time.Time
	count int
}

// came counts n packets, and tells whether pauses are to be made.
func (p *pace) came(n int, now time.Time) bool {
	p.count += n
	if d := now.Sub(p.since); d >= paceEvery {
		rate := float64(p.count) / d.Seconds()
		p.busy = rate >= busyFrom || p.busy && rate >= busyUntil
		p.since, p.count = now, 0
	}
	return p.busy
}
