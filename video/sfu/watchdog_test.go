package sfu

import (
	"testing"
	"time"

	"github.com/pion/rtcp"
)

// quietPeer is a member with a transport that has no network.
func quietPeer() (*Member, *Peer, *Layer) {
	e := &Engine{start: time.Now()}
	r := &Room{engine: e, members: map[string]*Member{}}
	m := r.Join("a")
	p := &Peer{engine: e, member: m, Generation: 1}
	p.closed.Store(true) // nothing is sent
	p.in = newRTCPIn(p)
	m.active = p
	l := &Layer{id: layerIDs.Add(1), source: m.sources[KindAudio], peer: p, ssrc: 9}
	l.arrival.Clock = opusClock
	m.sources[KindAudio].add(l)
	return m, p, l
}

func TestConnectedByNameAndSilentIsToldOnceAndTakenBack(t *testing.T) {
	m, p, l := quietPeer()
	m.sends = map[Kind]bool{KindAudio: true}
	at := 10 * time.Second
	p.lastIn.Store(int64(at))
	l.lastAt.Store(int64(at))
	if a := m.look(at + soundGap); len(a) != 0 {
		t.Fatalf("too early: %+v", a)
	}
	if a := m.look(at + soundGap + 1); len(a) != 1 || a[0].state != Silent || a[0].kind != "" {
		t.Fatalf("%+v", a)
	}
	if a := m.look(at + soundGap + 2); len(a) != 0 {
		t.Errorf("told twice: %+v", a)
	}
	l.lastAt.Store(int64(at + 3*time.Second))
	if a := m.look(at + 3*time.Second + 1); len(a) != 1 || a[0].state != Connected {
		t.Errorf("not taken back: %+v", a)
	}
}

func TestAMutedMicrophoneIsNoSilence(t *testing.T) {
	m, p, l := quietPeer()
	p.lastIn.Store(int64(10 * time.Second))
	l.lastAt.Store(int64(10 * time.Second))
	if a := m.look(15 * time.Second); len(a) != 0 {
		t.Errorf("%+v", a)
	}
	if a := m.look(10*time.Second + anyGap + 1); len(a) != 1 {
		t.Errorf("a transport that says nothing at all: %+v", a)
	}
}

func TestADeadMicrophoneIsTold(t *testing.T) {
	m, p, l := quietPeer()
	m.sends = map[Kind]bool{KindAudio: true}
	m.sources[KindAudio].need.Store(0)
	l.lastAt.Store(int64(time.Second))
	m.sources[KindAudio].drop(l) // the browser says connected and has never sent sound
	p.lastIn.Store(int64(20 * time.Second))
	if a := m.look(20 * time.Second); len(a) != 1 || a[0].kind != KindAudio || a[0].state != Silent {
		t.Errorf("%+v", a)
	}
}

func TestASeatThatTheReceiverDoesNotGet(t *testing.T) {
	m, p, _ := quietPeer()
	s := p.newSeat("5", See)
	s.source = m.sources[KindVideo]
	p.seats = []*Seat{s}
	s.received(rtcp.ReceptionReport{LastSequenceNumber: 7}, time.Second)
	s.packets += stuckSent + 1
	s.received(rtcp.ReceptionReport{LastSequenceNumber: 7}, 4*time.Second)
	if p.unheard(5 * time.Second) {
		t.Error("too early")
	}
	if !p.unheard(time.Second + stuckAfter + 1) {
		t.Error("not noticed")
	}
	s.received(rtcp.ReceptionReport{LastSequenceNumber: 8}, 6*time.Second)
	if p.unheard(6 * time.Second) {
		t.Error("still stuck although packets arrive")
	}
}

// Chromium's reports about sound may come 7.5 s apart.
func TestRareReportsAboutSoundAreNoSilence(t *testing.T) {
	m, p, _ := quietPeer()
	s := p.newSeat("3", Hear)
	s.source = m.sources[KindAudio]
	p.seats = []*Seat{s}
	s.received(rtcp.ReceptionReport{LastSequenceNumber: 7}, time.Second)
	s.packets += 8 * 50
	if p.unheard(9 * time.Second) {
		t.Error("a path that works is given up")
	}
	if !p.unheard(time.Second + deafAfter + 1) {
		t.Error("not noticed")
	}
}

// FuzzRTCP gives the transport whatever a peer with valid keys could send.
func FuzzRTCP(f *testing.F) {
	for _, p := range []rtcp.Packet{&rtcp.ReceiverReport{SSRC: 1, Reports: []rtcp.ReceptionReport{{SSRC: 9, FractionLost: 9}}},
		&rtcp.TransportLayerNack{MediaSSRC: 9, Nacks: []rtcp.NackPair{{PacketID: 3, LostPackets: 0xffff}}},
		&rtcp.PictureLossIndication{MediaSSRC: 9}, &rtcp.SenderReport{SSRC: 9}, &rtcp.ReceiverEstimatedMaximumBitrate{Bitrate: 1e6, SSRCs: []uint32{9}}} {
		raw, _ := p.Marshal()
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, _ := fanOut(t, KindVideo, 1)
		p := l.peer
		p.closed.Store(true)
		p.in = newRTCPIn(p)
		s := (*l.source.seats.Load())[0]
		p.in.seat(9, s)
		p.in.layer(l)
		p.in.take(raw)
		if d := s.down.rtt; d < 0 || d > time.Minute {
			t.Fatalf("round trip %v", d)
		}
	})
}
