// Package splice makes one unbroken RTP stream out of several sources, so that a
// receive seat can change what it shows without a word to the receiver: sequence
// numbers, timestamps and VP8 picture ids go on where the last source stopped.
package splice

import "time"

// In is what is read from a packet. Picture and TL0 count only for video.
type In struct {
	Seq     uint16
	TS      uint32
	Picture uint16
	TL0     uint8
}

// Segment is one stretch of a seat's stream that comes from one source. Adding
// the offsets gives the outgoing values.
type Segment struct {
	Source  uint64 // names the source, so that a retransmission can be found
	firstIn uint16 // older packets belong to the stretch before and are dropped
	seq     uint16
	ts      uint32
	picture uint16
	tl0     uint8
}

// Out applies the segment's offsets.
func (g Segment) Out(in In) In {
	return In{Seq: in.Seq + g.seq, TS: in.TS + g.ts, Picture: (in.Picture + g.picture) & 0x7fff, TL0: in.TL0 + g.tl0}
}

// past is how many former segments can still be asked for again.
const past = 8

// window is how far back in sequence numbers a packet still counts as late rather
// than ahead; a quarter of the number space.
const window = 1 << 14

// Splicer is the state of one seat. It is not safe for use by several goroutines.
type Splicer struct {
	clock   uint32 // RTP clock rate, Hz
	fresh   bool   // the next packet opens a segment
	begun   bool
	source  uint64
	now     Segment
	old     []Segment // up to past
	oldAt   int
	last    In // newest outgoing
	lastAt  time.Duration
	inRange uint16 // newest incoming of this segment
}

// New makes a splicer that starts at the given outgoing values.
func New(clockRate uint32, start In) *Splicer {
	return &Splicer{clock: clockRate, last: start, fresh: true}
}

// Switch says that the next packet comes from another source, or from the same
// one after a pause.
func (s *Splicer) Switch(source uint64) { s.source, s.fresh = source, true }

// Next maps an incoming packet of the current source. at is a steady clock.
// ok is false for a packet from before the switch.
func (s *Splicer) Next(in In, at time.Duration) (out In, ok bool) {
	if s.fresh {
		s.open(in, at)
	} else if int16(in.Seq-s.now.firstIn) < 0 {
		return In{}, false
	}
	out = s.now.Out(in)
	if int16(in.Seq-s.inRange) >= 0 {
		s.inRange = in.Seq
		if out.TS != s.last.TS {
			s.lastAt = at
		}
		s.last = out
		if in.Seq-s.now.firstIn > window {
			s.now.firstIn = in.Seq - window
		}
	}
	return out, true
}

// open starts a segment right after the last packet, as much later in RTP time as it is
// later on the clock, and at least one tick so that frames do not melt together.
func (s *Splicer) open(in In, at time.Duration) {
	if s.begun {
		if len(s.old) < past {
			s.old = append(s.old, s.now)
		} else {
			s.old[s.oldAt%past] = s.now
		}
		s.oldAt++
	}
	ticks := uint32(1)
	if gap := at - s.lastAt; s.begun && gap > 0 {
		ticks = max(1, uint32(int64(gap)*int64(s.clock)/int64(time.Second)))
	}
	s.now = Segment{Source: s.source, firstIn: in.Seq, seq: s.last.Seq + 1 - in.Seq, ts: s.last.TS + ticks - in.TS,
		picture: (s.last.Picture + 1 - in.Picture) & 0x7fff, tl0: s.last.TL0 + 1 - in.TL0}
	s.inRange, s.fresh, s.begun, s.lastAt = in.Seq, false, true, at
}

// Find tells which incoming packet was sent under an outgoing sequence number,
// for a retransmission. ok is false when it was never sent or is too long ago.
func (s *Splicer) Find(outSeq uint16) (g Segment, inSeq uint16, ok bool) {
	if !s.begun || int16(s.last.Seq-outSeq) < 0 {
		return Segment{}, 0, false
	}
	next := s.last.Seq + 1 // first outgoing number after the segment that is looked at
	for i := 0; i <= min(s.oldAt, past); i++ {
		g = s.now
		if i > 0 {
			g = s.old[(s.oldAt-i)%past]
		}
		first := g.firstIn + g.seq
		if int16(outSeq-first) >= 0 && int16(outSeq-next) < 0 {
			return g, outSeq - g.seq, true
		}
		next = first
	}
	return Segment{}, 0, false
}

// Last gives the newest outgoing sequence number and the RTP time that it is at
// the given moment, for a sender report. ok is false before the first packet.
func (s *Splicer) Last(at time.Duration) (seq uint16, ts uint32, ok bool) {
	ticks := int64(at-s.lastAt) * int64(s.clock) / int64(time.Second)
	return s.last.Seq, s.last.TS + uint32(ticks), s.begun
}
