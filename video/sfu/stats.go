package sfu

import (
	"sync/atomic"
	"time"
)

// Counters are the engine's figures since its start.
type Counters struct {
	packets, bytes, keyRequests, resent, replays, transports, repairs atomic.Uint64
	delay                                                             [len(delayBounds) + 1]atomic.Uint64
	starts                                                            [len(startBounds) + 1]atomic.Uint64
}

// startBounds are the upper bounds of the histogram of starts: from the moment when
// somebody was let in until the first packet of a source left for them.
var startBounds = [...]time.Duration{10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond,
	150 * time.Millisecond, 300 * time.Millisecond, time.Second, 3 * time.Second}

func (c *Counters) started(d time.Duration) {
	i := 0
	for i < len(startBounds) && d > startBounds[i] {
		i++
	}
	c.starts[i].Add(1)
}

// delayBounds are the upper bounds of the forward delay's histogram.
var delayBounds = [...]time.Duration{20 * time.Microsecond, 50 * time.Microsecond, 100 * time.Microsecond, 200 * time.Microsecond,
	500 * time.Microsecond, time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 20 * time.Millisecond}

func (c *Counters) forwarded(n int) {
	c.packets.Add(1)
	c.bytes.Add(uint64(n))
}

func (c *Counters) observe(d time.Duration, packets int) {
	i := 0
	for i < len(delayBounds) && d > delayBounds[i] {
		i++
	}
	c.delay[i].Add(uint64(packets))
}

// Figures are the counters as plain numbers, for a metrics page.
type Figures struct {
	Packets, Bytes uint64 // sent on, bytes on the wire before encryption overhead of IP and UDP
	KeyRequests    uint64
	Resent         uint64
	Replays        uint64 // starts from the ring that saved a round trip
	Transports     uint64
	Repairs        uint64 // transports found connected and silent
	StartBounds    []time.Duration
	Starts         []uint64        // time from being let in until the first packet of each source
	DelayBounds    []time.Duration // upper bounds of Delay; one more bucket above
	Delay          []uint64        // time from reading a packet until it was sent to all
}

// Figures reads the counters.
func (e *Engine) Figures() Figures {
	f := Figures{Packets: e.packets.Load(), Bytes: e.bytes.Load(), KeyRequests: e.keyRequests.Load(), Resent: e.resent.Load(),
		Replays: e.replays.Load(), Transports: e.transports.Load(), Repairs: e.repairs.Load(), DelayBounds: delayBounds[:]}
	for i := range e.delay {
		f.Delay = append(f.Delay, e.delay[i].Load())
	}
	f.StartBounds = startBounds[:]
	for i := range e.starts {
		f.Starts = append(f.Starts, e.starts[i].Load())
	}
	return f
}

// Stats is how one member's connection does now.
type Stats struct {
	Path                 string // udp or tcp
	RTT                  time.Duration
	UpBps, DownBps       float64
	UpLoss, DownLoss     float64 // 0..1, of the last second
	UpJitter, DownJitter time.Duration
	Estimate             float64 // what the downlink is believed to carry, bit/s
	Silent               bool    // connected by name and nothing comes
	DeviceSilent         bool    // the microphone or camera gives nothing
}

// Stats measures a member; ok is false while they have no transport.
func (r *Room) Stats(id string) (s Stats, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.members[id]
	if m == nil || m.active == nil {
		return s, false
	}
	s.Path, s.RTT, s.Silent = m.active.Path(), time.Duration(m.active.rttNS.Load()), m.watch.dead
	for _, silent := range m.watch.devices {
		s.DeviceSilent = s.DeviceSilent || silent
	}
	m.down.mu.Lock()
	s.Estimate = m.down.bps
	m.down.mu.Unlock()
	for _, seat := range m.active.seats {
		seat.mu.Lock()
		s.DownBps += seat.out.bps
		if seat.source != nil {
			s.DownLoss, s.DownJitter = max(s.DownLoss, seat.down.loss), max(s.DownJitter, seat.down.jitter)
		}
		seat.mu.Unlock()
	}
	for _, source := range m.sources {
		for _, l := range *source.layers.Load() {
			l.mu.Lock()
			s.UpBps += l.bits.bps
			s.UpLoss, s.UpJitter = max(s.UpLoss, l.loss), max(s.UpJitter, l.arrival.JitterTime())
			l.mu.Unlock()
		}
	}
	return s, true
}
