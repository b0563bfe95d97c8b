// Package arrival watches one incoming RTP stream: what is missing and should be
// asked for again, and what the receiver reports say about it.
package arrival

import "time"

// How missing packets are asked for again.
const (
	reorder  = 10 * time.Millisecond // a packet this late may just have been overtaken
	giveUp   = time.Second           // by then the picture has moved on
	maxTries = 5
	maxHoles = 96 // more at once is no loss but a break: ask for a key frame
)

type hole struct {
	seq   uint16
	since time.Duration
	asked time.Duration
	tries uint8
}

// Tracker is the state of one stream. It is not safe for use by several
// goroutines. The zero value with a Clock is ready.
type Tracker struct {
	Clock uint32 // RTP clock rate, Hz

	begun    bool
	base     uint32 // first extended sequence number
	highest  uint32 // newest extended sequence number
	received uint32 // without those that were asked for again
	broken   bool

	holes  [maxHoles]hole
	nholes int

	transit int64 // RFC 3550, A.8
	jitter  float64

	reportedReceived, reportedExpected uint32
}

// Seen notes a packet. at is a steady clock.
func (t *Tracker) Seen(seq uint16, ts uint32, at time.Duration) {
	if !t.begun {
		t.begun, t.base, t.highest = true, uint32(seq), uint32(seq)
		t.received++
		t.spread(ts, at)
		return
	}
	step := int16(seq - uint16(t.highest))
	switch {
	case step > maxHoles || step < -maxHoles*8:
		t.jump(seq)
	case step > 0:
		for s := uint16(t.highest) + 1; s != seq; s++ {
			t.miss(s, at)
		}
		t.highest += uint32(step)
	case step <= 0:
		if t.fill(seq) {
			return
		}
	}
	t.received++
	if step > 0 {
		t.spread(ts, at)
	}
}

// jump starts anew after a break, so that one is not reported as thousands lost.
func (t *Tracker) jump(seq uint16) {
	*t = Tracker{Clock: t.Clock, begun: true, base: uint32(seq), highest: uint32(seq), broken: true, jitter: t.jitter}
}

func (t *Tracker) miss(seq uint16, at time.Duration) {
	if t.nholes == maxHoles {
		t.nholes, t.broken = 0, true
	}
	t.holes[t.nholes] = hole{seq: seq, since: at}
	t.nholes++
}

// fill closes a hole and tells whether the packet had been asked for.
func (t *Tracker) fill(seq uint16) bool {
	for i := range t.nholes {
		if h := t.holes[i]; h.seq == seq {
			t.nholes--
			t.holes[i] = t.holes[t.nholes]
			return h.tries > 0
		}
	}
	return true // seen twice: counts for nothing
}

// spread is the interarrival jitter of RFC 3550, section 6.4.1.
func (t *Tracker) spread(ts uint32, at time.Duration) {
	arrived := int64(at) * int64(t.Clock) / int64(time.Second)
	transit := arrived - int64(ts)
	d := int64(int32(transit - t.transit))
	t.transit = transit
	if t.received == 1 {
		return
	}
	if d < 0 {
		d = -d
	}
	if d > int64(t.Clock)*2 { // a new timestamp base, not jitter
		return
	}
	t.jitter += (float64(d) - t.jitter) / 16
}

// Due lists what to ask for now into buf, and forgets what is too late. rtt is the
// round trip to the sender.
func (t *Tracker) Due(at, rtt time.Duration, buf []uint16) []uint16 {
	buf = buf[:0]
	again := max(rtt, 20*time.Millisecond)
	for i := 0; i < t.nholes; {
		h := &t.holes[i]
		if at-h.since > giveUp || h.tries >= maxTries {
			t.nholes--
			t.holes[i] = t.holes[t.nholes]
			t.broken = true
			continue
		}
		if at-h.since >= reorder && (h.tries == 0 || at-h.asked >= again) && len(buf) < cap(buf) {
			h.tries++
			h.asked = at
			buf = append(buf, h.seq)
		}
		i++
	}
	return buf
}

// Broken tells, once, that packets are gone for good: video needs a key frame.
func (t *Tracker) Broken() bool {
	b := t.broken
	t.broken = false
	return b
}

// Report is a reception report block of RFC 3550, section 6.4.1.
type Report struct {
	Fraction float64 // lost since the last report, 0..1
	Lost     uint32  // in all; those that came when asked for again count as lost here
	Highest  uint32  // extended
	Jitter   uint32  // in ticks
}

// Report makes a report and starts the next interval. ok is false before the first packet.
func (t *Tracker) Report() (r Report, ok bool) {
	if !t.begun {
		return r, false
	}
	expected := t.highest - t.base + 1
	lost := int64(expected) - int64(t.received)
	e, got := expected-t.reportedExpected, t.received-t.reportedReceived
	t.reportedExpected, t.reportedReceived = expected, t.received
	if e > 0 && got < e {
		r.Fraction = float64(e-got) / float64(e)
	}
	r.Lost, r.Highest, r.Jitter = uint32(max(0, lost)), t.highest, uint32(t.jitter)
	return r, true
}

// JitterTime is the jitter in time.
func (t *Tracker) JitterTime() time.Duration {
	if t.Clock == 0 {
		return 0
	}
	return time.Duration(t.jitter / float64(t.Clock) * float64(time.Second))
}
