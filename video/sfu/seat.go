package sfu

import (
	"math/rand/v2"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
	"golang.org/x/time/rate"

	"handrail/video/splice"
)

// replayLimit is how many packets of a running group of pictures are sent at once
// to somebody who starts to watch; longer, and a new key frame is cheaper.
const replayLimit = 120

// Seat is one receive line of a client: a fixed SSRC whose source changes. It
// implements webrtc.TrackLocal.
type Seat struct {
	peer *Peer
	mid  string
	kind webrtc.RTPCodecType

	mu      sync.Mutex
	writer  webrtc.TrackLocalWriter
	link    *channel   // the same where it can hold packets; nil in tests
	header  rtp.Header // of every packet that goes out; reused
	sent    [3]byte    // abs-send-time, inside of header
	level   [1]byte    // audio level, inside of header
	stamped bool
	leveled bool
	rtx     retransmit
	splice  *splice.Splicer

	source   *Source
	want     int    // highest layer that may be sent; -1 paused
	current  *Layer // what is sent now; nil waits for a key frame
	replayed uint16 // newest packet that a replay sent
	replay   bool
	fedAt    time.Duration // when the source came; 0 once it was sent from

	packets, bytes, counted uint64 // counted: packets at the last report
	out                     bitrate
	down                    feedback
}

// retransmit is what a seat needs to send a packet again (RFC 4588).
type retransmit struct {
	ssrc    uint32
	pt      uint8
	seq     uint16
	allowed *rate.Limiter // packets a second
	from    [4]*Layer     // the newest layers that were sent, for finding their rings
	fromAt  int
}

func (p *Peer) newSeat(mid string, use Use) *Seat {
	s := &Seat{peer: p, mid: mid, kind: webrtc.RTPCodecTypeVideo, want: -1}
	clock := uint32(vp8Clock)
	if use == Hear {
		s.kind, clock = webrtc.RTPCodecTypeAudio, opusClock
	}
	s.splice = splice.New(clock, splice.In{Seq: uint16(rand.Uint32()) & 0x7fff, TS: rand.Uint32(), Picture: uint16(rand.Uint32()) & 0x7fff})
	s.rtx.allowed = rate.NewLimiter(300, 150)
	s.rtx.seq = uint16(rand.Uint32()) & 0x7fff
	return s
}

// ID, RID, StreamID and Kind are of webrtc.TrackLocal.
func (s *Seat) ID() string                { return "seat-" + s.mid }
func (s *Seat) RID() string               { return "" }
func (s *Seat) StreamID() string          { return "seat-" + s.mid }
func (s *Seat) Kind() webrtc.RTPCodecType { return s.kind }

// Bind and Unbind are of webrtc.TrackLocal; the library never sends here.
func (s *Seat) Bind(webrtc.TrackLocalContext) (webrtc.RTPCodecParameters, error) {
	return webrtc.RTPCodecParameters{}, webrtc.ErrUnsupportedCodec
}
func (s *Seat) Unbind(webrtc.TrackLocalContext) error { return nil }

// bind is told what was agreed on: the numbers under which the seat sends and repeats,
// and those of the extensions that it writes (0: none). They are put into the header
// once; only their bytes change afterwards.
func (s *Seat) bind(l line, ssrc, rtx uint32, stamp, level int, w webrtc.TrackLocalWriter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.header = rtp.Header{Version: 2, PayloadType: uint8(l.codec), SSRC: ssrc}
	s.stamped = stamp > 0 && s.header.SetExtension(uint8(stamp), s.sent[:]) == nil
	s.leveled = level > 0 && s.kind == audioType && s.header.SetExtension(uint8(level), s.level[:]) == nil
	s.rtx.ssrc, s.rtx.pt = rtx, uint8(l.rtx)
	s.writer = w
	s.link, _ = w.(*channel)
	s.peer.in.seat(ssrc, s)
}

// feed attaches the seat to a source, or to none. since is when the listener was
// first allowed to have it: nothing older is ever sent.
func (s *Seat) feed(source *Source, since, now time.Duration) {
	s.mu.Lock()
	old := s.source
	s.source, s.current, s.replay, s.fedAt = source, nil, false, now
	s.mu.Unlock()
	if old != nil && old != source {
		old.detach(s)
	}
	if source != nil {
		source.attach(s)
		s.begin(since, now)
	}
}

// limit says up to which layer may be sent; -1 pauses.
func (s *Seat) limit(want int, since, now time.Duration) {
	s.mu.Lock()
	changed := s.want != want
	s.want = want
	if want < 0 {
		s.current = nil
	}
	s.mu.Unlock()
	if changed && want >= 0 {
		s.begin(since, now)
	}
}

// begin starts or changes a picture: from the ring when that holds all since the
// last key frame, else by asking the sender for one.
func (s *Seat) begin(since, now time.Duration) {
	s.mu.Lock()
	source, want, current := s.source, s.want, s.current
	s.mu.Unlock()
	if source == nil || want < 0 || source.Kind == KindAudio {
		return
	}
	l := source.pick(want, now)
	if l == nil || l == current {
		return
	}
	if !s.replayFrom(l, since, now) {
		l.askKey(now)
	}
}

func (s *Seat) replayFrom(l *Layer, since, now time.Duration) bool {
	first, count, ok := l.ring.SinceKey(replayLimit, since)
	if !ok {
		return false
	}
	buf := getBuffer()
	defer putBuffer(buf)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.source != l.source || s.want < 0 || s.writer == nil {
		return true
	}
	s.switchTo(l)
	for i := range count {
		seq := first + uint16(i)
		if p, ok := load(l, seq, *buf); ok {
			s.write(&p, now)
			s.replayed, s.replay = seq, true
		}
	}
	s.peer.engine.replays.Add(1)
	return true
}

// offer is given every packet of every layer of the source, on the layer's goroutine.
func (s *Seat) offer(l *Layer, p *packet, now time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.source != l.source || s.writer == nil || s.want < 0 {
		return
	}
	if s.current != l && !s.takes(l, p, now) {
		return
	}
	if s.replay {
		if int16(p.seq-s.replayed) <= 0 {
			return
		}
		s.replay = false
	}
	s.write(p, now)
}

// takes decides whether to change to layer l with this packet: for sound at once, for
// a picture at the first packet of a key frame of the layer that is aimed at.
func (s *Seat) takes(l *Layer, p *packet, now time.Duration) bool {
	if l.source.Kind != KindAudio {
		if !p.vp8.Key || s.source.pick(s.want, now) != l && (s.current != nil || l.index > s.want) {
			return false
		}
	} else if s.current != nil && l.id < s.current.id {
		return false // a transport that has been replaced still speaks
	}
	s.switchTo(l)
	return true
}

func (s *Seat) switchTo(l *Layer) {
	s.current, s.replay = l, false
	if s.fedAt > 0 {
		s.peer.engine.started(s.peer.engine.now() - s.fedAt)
		s.fedAt = 0
	}
	s.splice.Switch(l.id)
	s.rtx.from[s.rtx.fromAt%len(s.rtx.from)] = l
	s.rtx.fromAt++
}

// write rewrites and sends. The payload's counters are set in place: each seat
// sets its own before it sends, on the same goroutine.
func (s *Seat) write(p *packet, now time.Duration) {
	out, ok := s.splice.Next(splice.In{Seq: p.seq, TS: p.ts, Picture: p.vp8.Picture, TL0: p.vp8.TL0}, now)
	if !ok {
		return
	}
	p.vp8.Patch(p.payload, out.Picture, out.TL0)
	s.header.SequenceNumber, s.header.Timestamp, s.header.Marker = out.Seq, out.TS, p.marker
	s.level[0] = p.level
	s.stamp(now)
	var n int
	if p.held != nil && s.link != nil {
		n, _ = s.link.queue(&s.header, p.payload, p.held)
	} else {
		n, _ = s.writer.WriteRTP(&s.header, p.payload)
	}
	s.packets++
	s.bytes += uint64(len(p.payload))
	s.out.add(len(p.payload) + 40)
	s.peer.engine.forwarded(n)
}

// stamp writes abs-send-time: seconds as 6.18 fixed point.
func (s *Seat) stamp(now time.Duration) {
	v := uint32((int64(now) << 18) / int64(time.Second))
	s.sent = [3]byte{byte(v >> 16), byte(v >> 8), byte(v)}
}
