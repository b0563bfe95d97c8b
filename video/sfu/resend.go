package sfu

import (
	"encoding/binary"
	"sync"
	"time"

	"github.com/pion/rtp"

	"handrail/video/splice"
	"handrail/video/vp8"
)

// A buffer holds the longest packet and what encryption or a repeat adds to it.
var buffers = sync.Pool{New: func() any { b := make([]byte, mtu+bufferRoom); return &b }}

const bufferRoom = 100

func getBuffer() *[]byte  { return buffers.Get().(*[]byte) }
func putBuffer(b *[]byte) { buffers.Put(b) }

// load takes a packet out of a layer's ring into buf, leaving two bytes before its
// payload for the number that RFC 4588 puts there.
func load(l *Layer, seq uint16, buf []byte) (packet, bool) {
	n := l.ring.Get(seq, buf[2:])
	if n == 0 {
		return packet{}, false
	}
	var h rtp.Header
	size, err := h.Unmarshal(buf[2 : 2+n])
	if err != nil || size > n {
		return packet{}, false
	}
	p := packet{seq: h.SequenceNumber, ts: h.Timestamp, marker: h.Marker, level: 127, payload: unpad(buf[2+size:2+n], h.Padding)}
	if l.source.Kind != KindAudio {
		p.vp8, _ = vp8.Parse(p.payload)
	}
	return p, true
}

func (r *retransmit) layer(id uint64) *Layer {
	for _, l := range r.from {
		if l != nil && l.id == id {
			return l
		}
	}
	return nil
}

// resend answers a NACK: what is still in a ring goes out again, within an
// allowance, so that false requests cannot be used to flood.
func (s *Seat) resend(seqs []uint16, now time.Duration) {
	buf := getBuffer()
	defer putBuffer(buf)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writer == nil {
		return
	}
	for _, seq := range seqs {
		if !s.rtx.allowed.Allow() {
			return
		}
		s.resendOne(seq, *buf, now)
	}
}

func (s *Seat) resendOne(seq uint16, buf []byte, now time.Duration) {
	g, in, ok := s.splice.Find(seq)
	if !ok {
		return
	}
	l := s.rtx.layer(g.Source)
	if l == nil || l.source != s.source { // what may no longer be had is not sent again either
		return
	}
	p, ok := load(l, in, buf)
	if !ok {
		return
	}
	out := g.Out(splice.In{Seq: p.seq, TS: p.ts, Picture: p.vp8.Picture, TL0: p.vp8.TL0})
	p.vp8.Patch(p.payload, out.Picture, out.TL0)
	h := s.header
	h.SequenceNumber, h.Timestamp, h.Marker = out.Seq, out.TS, p.marker
	payload := p.payload
	if s.rtx.ssrc != 0 && s.rtx.pt != 0 {
		h.SSRC, h.PayloadType, h.SequenceNumber = s.rtx.ssrc, s.rtx.pt, s.rtx.seq
		s.rtx.seq++
		payload = original(buf, p.payload, out.Seq)
	}
	s.stamp(now)
	_, _ = s.writer.WriteRTP(&h, payload)
	s.out.add(len(payload) + 40)
	s.peer.engine.resent.Add(1)
}

// original puts the original sequence number before a payload that lies in buf.
func original(buf, payload []byte, seq uint16) []byte {
	at := cap(buf) - cap(payload)
	binary.BigEndian.PutUint16(buf[at-2:], seq)
	return buf[at-2 : at+len(payload)]
}
