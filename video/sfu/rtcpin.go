package sfu

import (
	"slices"
	"sync"
	"time"

	"github.com/pion/rtcp"
)

// rtcpIn takes the RTCP of one transport where it is decrypted.
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

// take handles what came in one go. Each packet is for those whose numbers it names;
// what is malformed is dropped.
func (in *rtcpIn) take(data []byte) {
	packets, err := rtcp.Unmarshal(data)
	if err != nil {
		return
	}
	for i, p := range packets {
		to := p.DestinationSSRC()
		slices.Sort(to)
		for _, ssrc := range slices.Compact(to) {
			in.handle(ssrc, packets[i:i+1])
		}
	}
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
