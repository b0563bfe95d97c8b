package sfu

import (
	"time"

	"github.com/pion/rtcp"
)

// feedback is what a receiver last said about one seat.
type feedback struct {
	loss     float64 // of the last interval, 0..1
	jitter   time.Duration
	rtt      time.Duration
	highest  uint32
	at       time.Duration // of the newest report
	moved    time.Duration // when highest last went up
	sentThen uint64        // packets sent by then
}

// received takes a reception report (RFC 3550, section 6.4.1).
func (s *Seat) received(r rtcp.ReceptionReport, now time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &s.down
	f.loss = float64(r.FractionLost) / 256
	clock := time.Duration(vp8Clock)
	if s.kind == audioType {
		clock = opusClock
	}
	f.jitter = time.Duration(r.Jitter) * time.Second / clock
	if r.LastSequenceNumber != f.highest || f.at == 0 {
		f.highest, f.moved, f.sentThen = r.LastSequenceNumber, now, s.packets
	}
	f.at = now
	if r.LastSenderReport != 0 {
		if rtt := ntpMiddle(now) - r.LastSenderReport - r.Delay; rtt < 60<<16 {
			f.rtt = time.Duration(int64(rtt) * int64(time.Second) >> 16)
			s.peer.rttNS.Store(int64(max(f.rtt, time.Millisecond)))
		}
	}
}

// ntpMiddle is the steady clock in units of 1/65536 s. Reports carry it as if it were
// the middle of an NTP time: receivers only send it back.
func ntpMiddle(now time.Duration) uint32 {
	return uint32((uint64(now) << 16) / uint64(time.Second))
}

func ntpTime(now time.Duration) uint64 {
	s := uint64(now) / uint64(time.Second)
	f := uint64(now) % uint64(time.Second)
	return s<<32 | f<<32/uint64(time.Second)
}

// bitrate measures the rate of one stream by intervals.
type bitrate struct {
	bytes uint64
	bps   float64
}

func (b *bitrate) add(n int) { b.bytes += uint64(n) }

// close ends an interval; short ones are smoothed.
func (b *bitrate) close(dt time.Duration) {
	if dt <= 0 {
		return
	}
	b.bps += (float64(b.bytes*8)/dt.Seconds() - b.bps) / 2
	b.bytes = 0
}
