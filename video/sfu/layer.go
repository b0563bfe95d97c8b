package sfu

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"

	"handrail/video/arrival"
	"handrail/video/ring"
	"handrail/video/vp8"
)

// Bytes that a ring keeps, by kind: what came within a second and a quarter (libwebrtc
// keeps the longer of 1 s and three round trips), of a top layer as much as there is room
// for; half a second of sound, after which a repeat is of no use.
const (
	videoRing  = 192 << 10
	smallRing  = 48 << 10 // with which a picture begins
	audioRing  = 16 << 10
	ringsKeep  = 1250 * time.Millisecond
	soundsKeep = time.Second / 2
)

// mtu is the longest packet that is read, in bytes.
const mtu = 1500

// loud is the level from which sound counts as speech, in -dBov (RFC 6464).
const loud = 45

var layerIDs atomic.Uint64

// Layer is one incoming RTP stream: sound, a screen, or one quality of a camera.
type Layer struct {
	id     uint64
	index  int // 0 is the lowest quality
	source *Source
	peer   *Peer
	ssrc   uint32
	levels uint8 // id of the audio level extension; 0 none

	ring   *ring.Ring
	lost   []uint16     // scratch of the reader
	lastAt atomic.Int64 // steady clock of the newest packet, ns

	mu      sync.Mutex // the reader and the ticker
	arrival arrival.Tracker
	packets uint64
	bytes   uint64
	sr      senderReport
	keys    keyAsker

	bits    bitrate
	counted uint64  // bytes that bits has seen
	loss    float64 // of the last interval
}

type senderReport struct {
	ntp uint32 // middle 32 bits
	at  time.Duration
}

func (p *Peer) newLayer(s *Source, index int, ssrc uint32, levels uint8) *Layer {
	kept := ring.Growing(smallRing, videoRing, ringsKeep)
	if s.Kind == KindAudio {
		kept = ring.Growing(audioRing/4, audioRing, soundsKeep)
	}
	l := &Layer{id: layerIDs.Add(1), index: index, source: s, peer: p, ssrc: ssrc, levels: levels,
		ring: kept, lost: make([]uint16, 0, 64)}
	l.arrival.Clock = s.clock
	return l
}

// packet is what a seat gets to see of an incoming packet.
type packet struct {
	seq     uint16
	ts      uint32
	marker  bool
	level   uint8 // audio level as received, with its voice bit
	payload []byte
	vp8     vp8.Descriptor
	held    *held // what comes of it is sent when this is; nil: at once
}

// take handles one packet. Nothing in it is allocated unless something is lost.
func (l *Layer) take(raw []byte, h *rtp.Header, lost []uint16) {
	size, err := h.Unmarshal(raw)
	if err != nil || size > len(raw) {
		return
	}
	now := l.peer.engine.now()
	p := packet{seq: h.SequenceNumber, ts: h.Timestamp, marker: h.Marker, payload: unpad(raw[size:], h.Padding), held: l.peer.held}
	if l.source.Kind == KindAudio {
		p.level = l.level(h, now)
	} else {
		p.vp8, _ = vp8.Parse(p.payload)
	}
	l.lastAt.Store(int64(now))
	l.note(raw, p, now, lost)
	seats := *l.source.seats.Load()
	if len(seats) == 0 && !l.source.awaited(now) {
		return
	}
	l.ring.Put(p.seq, raw, p.vp8.Key, now)
	for _, s := range seats {
		s.offer(l, &p, now)
	}
	if p.held != nil {
		p.held.took(l.peer.engine, now)
	} else {
		l.peer.engine.observe(l.peer.engine.now()-now, 1)
	}
}

// unpad takes off RTP padding; what remains of a packet of padding alone is empty,
// and is sent on as such so that the numbers stay without a gap.
func unpad(p []byte, padded bool) []byte {
	if !padded || len(p) == 0 {
		return p
	}
	n := int(p[len(p)-1])
	if n > len(p) {
		return p[:0]
	}
	return p[:len(p)-n]
}

func (l *Layer) level(h *rtp.Header, now time.Duration) uint8 {
	if l.levels == 0 {
		return 127
	}
	v := h.GetExtension(l.levels)
	if len(v) == 0 {
		return 127
	}
	if v[0]&0x7f < loud {
		l.source.loudAt.Store(int64(now))
	}
	return v[0]
}

// note counts the packet and asks again for what is missing.
func (l *Layer) note(raw []byte, p packet, now time.Duration, lost []uint16) {
	l.mu.Lock()
	l.packets++
	l.bytes += uint64(len(raw))
	l.arrival.Seen(p.seq, p.ts, now)
	lost = l.arrival.Due(now, l.peer.rtt(), lost)
	broken := l.arrival.Broken()
	if p.vp8.Key {
		l.keys.got()
	}
	l.mu.Unlock()
	if l.source.Kind == KindAudio {
		return // Opus conceals; browsers do not negotiate repeats of sound
	}
	if len(lost) > 0 {
		l.peer.send(&rtcp.TransportLayerNack{MediaSSRC: l.ssrc, Nacks: rtcp.NackPairsFromSequenceNumbers(lost)})
	}
	if broken && l.source.watched(now) {
		l.askKey(now)
	}
}

// askKey asks the sender for a key frame, not more often than a sender can bear.
func (l *Layer) askKey(now time.Duration) {
	l.mu.Lock()
	send := l.keys.ask(now)
	l.mu.Unlock()
	if send {
		l.peer.engine.keyRequests.Add(1)
		l.peer.send(&rtcp.PictureLossIndication{MediaSSRC: l.ssrc})
	}
}

// keyAsker throttles requests for key frames. A request within the pause is not
// forgotten: the ticker sends it when the pause is over.
type keyAsker struct {
	wanted bool
	asked  time.Duration
	ever   bool
}

// keyPause is the least time between two requests.
const keyPause = 400 * time.Millisecond

func (k *keyAsker) ask(now time.Duration) bool {
	k.wanted = true
	return k.due(now)
}

// due tells whether a wanted request may go out now, and takes it as sent. It stays
// wanted until a key frame comes: requests get lost too.
func (k *keyAsker) due(now time.Duration) bool {
	if !k.wanted || k.ever && now-k.asked < keyPause {
		return false
	}
	k.asked, k.ever = now, true
	return true
}

func (k *keyAsker) got() { k.wanted = false }
