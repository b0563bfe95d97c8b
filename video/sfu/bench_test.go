package sfu

import (
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"handrail/video/ring"
)

// sink counts what a seat sends; it stands for the library's writer.
type sink struct{ packets int }

func (s *sink) WriteRTP(*rtp.Header, []byte) (int, error) { s.packets++; return 1, nil }
func (s *sink) Write(b []byte) (int, error)               { return len(b), nil }

// fanOut is one layer with n seats on sinks, without a network.
func fanOut(tb testing.TB, kind Kind, n int) (*Layer, []*sink) {
	tb.Helper()
	e := &Engine{start: time.Now()}
	r := &Room{engine: e, members: map[string]*Member{}}
	m := r.Join("a")
	p := &Peer{engine: e, member: m}
	source := m.sources[kind]
	l := &Layer{id: layerIDs.Add(1), source: source, peer: p, ring: ring.New(videoRing)}
	l.arrival.Clock = source.clock
	source.add(l)
	var sinks []*sink
	for range n {
		use := See
		if kind == KindAudio {
			use = Hear
		}
		s := p.newSeat("0", use)
		w := &sink{}
		s.writer, s.want, s.source = w, 2, source
		s.header.Version = 2
		_ = s.header.SetExtension(1, s.sent[:])
		source.attach(s)
		sinks = append(sinks, w)
	}
	return l, sinks
}

func rawPacket(seq uint16, key bool, size int) []byte {
	h := rtp.Header{Version: 2, PayloadType: 96, SequenceNumber: seq, Timestamp: uint32(seq) * 3000, SSRC: 7, Marker: true}
	_ = h.SetExtension(3, []byte{1, 2, 3})
	payload := make([]byte, size)
	payload[0], payload[1], payload[2] = 0x90, 0x80, 0x81
	if !key {
		payload[4] = 1
	}
	out, _ := (&rtp.Packet{Header: h, Payload: payload}).Marshal()
	return out
}

func TestForwardingAllocatesNothing(t *testing.T) {
	for _, kind := range []Kind{KindAudio, KindVideo} {
		l, sinks := fanOut(t, kind, 7)
		var h rtp.Header
		lost := make([]uint16, 0, 64)
		raw := rawPacket(0, true, 1000)
		seq := uint16(0)
		take := func() {
			seq++
			raw[2], raw[3] = byte(seq>>8), byte(seq)
			l.take(raw, &h, lost)
		}
		take()
		if n := testing.AllocsPerRun(2000, take); n != 0 {
			t.Errorf("%s: %v allocations for a packet to 7 seats", kind, n)
		}
		if sinks[6].packets < 2000 {
			t.Errorf("%s: only %d packets came out", kind, sinks[6].packets)
		}
	}
}

func BenchmarkForwardTo7(b *testing.B) {
	l, _ := fanOut(b, KindVideo, 7)
	var h rtp.Header
	lost := make([]uint16, 0, 64)
	raw := rawPacket(0, true, 1000)
	b.ReportAllocs()
	for i := range b.N {
		raw[2], raw[3] = byte(i>>8), byte(i)
		l.take(raw, &h, lost)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/7, "ns/forwarded")
}

// FuzzTake gives a layer whatever a peer with valid keys could send.
func FuzzTake(f *testing.F) {
	f.Add(rawPacket(1, true, 20), true)
	f.Add([]byte{0x90, 0x60, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xbe, 0xde, 0, 1, 0x10, 5, 0, 0}, false)
	f.Add([]byte{0xa0, 0x60, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 255}, true)
	f.Fuzz(func(t *testing.T, raw []byte, video bool) {
		kind := KindAudio
		if video {
			kind = KindVideo
		}
		l, _ := fanOut(t, kind, 2)
		l.levels = 1
		l.peer.closed.Store(true) // nothing is sent back
		var h rtp.Header
		for range 3 {
			l.take(append([]byte{}, raw...), &h, make([]uint16, 0, 8))
		}
		s := (*l.source.seats.Load())[0]
		s.resend([]uint16{0, s.header.SequenceNumber, 65535}, 0)
	})
}

var _ webrtc.TrackLocalWriter = (*sink)(nil)
