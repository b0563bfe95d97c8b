package sfu

import (
	"io"
	"sync"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/transport/v5/packetio"
)

// rtcpIn takes the RTCP of one transport where the library decrypts it, without a
// goroutine for each seat: 16 seats would be 16 goroutines a person.
type rtcpIn struct {
	peer   *Peer
	mu     sync.RWMutex
	seats  map[uint32]*Seat
	layers map[uint32]*Layer
}

func newRTCPIn(p *Peer) *rtcpIn {
	return &rtcpIn{peer: p, seats: map[uint32]*Seat{}, layers: map[uint32]*Layer{}}
}

func (in *rtcpIn) seat(ssrc uint32, s *Seat) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.seats[ssrc] = s
}

func (in *rtcpIn) layer(l *Layer) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.layers[l.ssrc] = l
}

func (in *rtcpIn) find(ssrc uint32) (*Seat, *Layer) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	return in.seats[ssrc], in.layers[ssrc]
}

// rtpBuffer is what one incoming stream may queue before it is read, in bytes.
const rtpBuffer = 512 << 10

// buffer is the library's hook: where the packets of a stream go.
func (in *rtcpIn) buffer(kind packetio.BufferPacketType, ssrc uint32) io.ReadWriteCloser {
	if kind == packetio.RTPBufferPacket {
		q := rtpQueue{packetio.NewBuffer()}
		q.SetLimitSize(rtpBuffer)
		return q
	}
	return &rtcpBuffer{in: in, ssrc: ssrc, done: make(chan struct{})}
}

// rtpQueue is the library's own queue without the attributes that it could carry.
type rtpQueue struct{ *packetio.Buffer }

func (q rtpQueue) Read(p []byte) (int, error) {
	n, _, err := q.Buffer.Read(p, nil)
	return n, err
}

func (q rtpQueue) Write(p []byte) (int, error) { return q.Buffer.Write(p, nil) }

// rtcpBuffer gets each packet that concerns one SSRC.
type rtcpBuffer struct {
	in   *rtcpIn
	ssrc uint32
	once sync.Once
	done chan struct{}
}

// Write handles a packet on the spot. What is malformed is dropped.
func (b *rtcpBuffer) Write(data []byte) (int, error) {
	if packets, err := rtcp.Unmarshal(data); err == nil {
		b.in.handle(b.ssrc, packets)
	}
	return len(data), nil
}

// Read never has anything; it ends with the stream.
func (b *rtcpBuffer) Read([]byte) (int, error) {
	<-b.done
	return 0, io.EOF
}

func (b *rtcpBuffer) Close() error {
	b.once.Do(func() { close(b.done) })
	return nil
}

func (in *rtcpIn) handle(ssrc uint32, packets []rtcp.Packet) {
	now := in.peer.engine.now()
	in.peer.lastIn.Store(int64(now))
	seat, layer := in.find(ssrc)
	for _, p := range packets {
		switch p := p.(type) {
		case *rtcp.SenderReport:
			if layer != nil && p.SSRC == ssrc {
				layer.reported(p, now)
			}
			in.receptions(seat, ssrc, p.Reports, now)
		case *rtcp.ReceiverReport:
			in.receptions(seat, ssrc, p.Reports, now)
		case *rtcp.TransportLayerNack:
			if seat != nil && p.MediaSSRC == ssrc {
				seat.nacked(p, now)
			}
		case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
			if seat != nil {
				seat.lostPicture(now)
			}
		case *rtcp.ReceiverEstimatedMaximumBitrate:
			in.peer.member.down.remb(float64(p.Bitrate), now)
		}
	}
}

func (in *rtcpIn) receptions(seat *Seat, ssrc uint32, list []rtcp.ReceptionReport, now time.Duration) {
	if seat == nil {
		return
	}
	for _, r := range list {
		if r.SSRC == ssrc {
			seat.received(r, now)
		}
	}
}

// nackLimit is how many packets one NACK can ask for; more is answered by a key frame.
const nackLimit = 64

func (s *Seat) nacked(p *rtcp.TransportLayerNack, now time.Duration) {
	var seqs []uint16
	for _, pair := range p.Nacks {
		seqs = append(seqs, pair.PacketList()...)
		if len(seqs) > nackLimit {
			s.lostPicture(now)
			return
		}
	}
	s.resend(seqs, now)
}

// lostPicture passes a receiver's request on to the layer that it watches.
func (s *Seat) lostPicture(now time.Duration) {
	s.mu.Lock()
	l, source, want := s.current, s.source, s.want
	s.mu.Unlock()
	if source == nil || source.Kind == KindAudio || want < 0 {
		return
	}
	if l == nil {
		l = source.pick(want, now)
	}
	if l != nil {
		l.askKey(now)
	}
}

func (l *Layer) reported(p *rtcp.SenderReport, now time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sr = senderReport{ntp: uint32(p.NTPTime >> 16), at: now}
}
