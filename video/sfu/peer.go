package sfu

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/logging"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"handrail/models"
)

// Peer is one transport of one person: a PeerConnection that the client offered once.
type Peer struct {
	Generation int

	engine *Engine
	member *Member
	pc     *webrtc.PeerConnection
	lines  []line
	lacks  Lacks
	seats  []*Seat
	in     *rtcpIn

	opened    time.Duration
	reported  time.Duration // when reports last went out; of the ticker
	interval  time.Duration
	connected atomic.Bool
	closed    atomic.Bool
	rttNS     atomic.Int64
	lastIn    atomic.Int64 // steady clock of the newest RTCP, ns
	path      atomic.Value // string
	readers   sync.WaitGroup
}

// answerTimeout bounds the making of an answer. Candidates are the fixed ports,
// so there is nothing to wait for on a network.
const answerTimeout = 3 * time.Second

// open makes a transport out of an offer and returns its answer.
func (m *Member) open(generation int, sdp string, uses map[string]Use) (*Peer, string, error) {
	o, err := readOffer(sdp, uses)
	if err != nil {
		return nil, "", err
	}
	e := m.room.engine
	p := &Peer{Generation: generation, engine: e, member: m, lines: o.lines, lacks: o.lacks(), opened: e.now()}
	p.in = newRTCPIn(p)
	api, err := e.api(p.in)
	if err != nil {
		return nil, "", err
	}
	if p.pc, err = api.NewPeerConnection(webrtc.Configuration{Certificates: []webrtc.Certificate{e.cert}}); err != nil {
		return nil, "", err
	}
	answer, err := p.answer(o)
	if err != nil {
		_ = p.pc.Close()
		e.log.Debug("an offer could not be answered", "err", err)
		return nil, "", &models.Error{Kind: models.KindInvalid, Code: "bad-offer", Text: badOffer().(*models.Error).Text, Err: err}
	}
	return p, answer, nil
}

func (p *Peer) answer(o *offer) (string, error) {
	p.pc.OnTrack(p.track)
	p.pc.OnConnectionStateChange(p.changed)
	for _, l := range p.lines {
		if !l.use.seat() {
			continue
		}
		s := p.newSeat(l.mid, l.use)
		if _, err := p.pc.AddTransceiverFromTrack(s, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly}); err != nil {
			return "", err
		}
		p.seats = append(p.seats, s)
	}
	if err := p.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: o.clean()}); err != nil {
		return "", err
	}
	p.nameSeats()
	p.watchPath()
	answer, err := p.pc.CreateAnswer(nil)
	if err != nil {
		return "", err
	}
	gathered := webrtc.GatheringCompletePromise(p.pc)
	if err := p.pc.SetLocalDescription(answer); err != nil {
		return "", err
	}
	ctx, stop := context.WithTimeout(context.Background(), answerTimeout)
	defer stop()
	select {
	case <-gathered:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	full, ok := o.full(p.pc.LocalDescription().SDP)
	if !ok {
		return "", errors.New("sfu: the answer has other lines than the offer")
	}
	return full, nil
}

// nameSeats takes the lines that the library gave to the seats, in case its order is
// not ours.
func (p *Peer) nameSeats() {
	for _, t := range p.pc.GetTransceivers() {
		if sender := t.Sender(); sender != nil {
			if s, ok := sender.Track().(*Seat); ok {
				s.mid = t.Mid()
			}
		}
	}
}

func (p *Peer) line(mid string) (line, bool) {
	for _, l := range p.lines {
		if l.mid == mid {
			return l, true
		}
	}
	return line{}, false
}

// from finds the line that a stream comes in on. One that was found by its payload type
// alone has no name: it is the first that sends such a thing.
func (p *Peer) from(mid string, kind webrtc.RTPCodecType) (line, bool) {
	if l, ok := p.line(mid); ok {
		return l, true
	}
	i := slices.IndexFunc(p.lines, func(l line) bool { return !l.use.seat() && l.use.media() == kind.String() })
	if mid != "" || i < 0 {
		return line{}, false
	}
	return p.lines[i], true
}

// kind is what a line feeds.
func (u Use) kind() Kind {
	switch u {
	case Microphone:
		return KindAudio
	case Screen:
		return KindScreen
	}
	return KindVideo
}

// track runs for each incoming stream, on a goroutine of its own.
func (p *Peer) track(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	line, ok := p.from(receiver.RTPTransceiver().Mid(), track.Kind())
	if !ok || line.use.seat() || p.closed.Load() {
		return
	}
	p.readers.Add(1)
	defer p.readers.Done()
	source := p.member.sources[line.use.kind()]
	index := max(0, indexOf(line.rids, track.RID()))
	l := p.newLayer(source, index, track, audioLevelID(receiver))
	p.in.layer(l)
	source.count.Store(int32(max(1, len(line.rids))))
	source.add(l)
	defer source.drop(l)
	if source.Kind != KindAudio && len(*source.seats.Load()) > 0 {
		l.askKey(p.engine.now())
	}
	l.read(track)
}

func indexOf(list []string, s string) int {
	for i, x := range list {
		if x == s {
			return i
		}
	}
	return -1
}

func audioLevelID(r *webrtc.RTPReceiver) uint8 {
	for _, x := range r.GetParameters().HeaderExtensions {
		if x.URI == extAudioLevel {
			return uint8(x.ID)
		}
	}
	return 0
}

func (p *Peer) changed(state webrtc.PeerConnectionState) {
	switch state {
	case webrtc.PeerConnectionStateConnected:
		p.connected.Store(true)
		p.lastIn.Store(int64(p.engine.now()))
		p.member.room.promote(p)
	case webrtc.PeerConnectionStateDisconnected, webrtc.PeerConnectionStateFailed:
		p.member.room.events.lost(p)
	}
}

// bound is told the number under which a seat sends.
func (p *Peer) bound(s *Seat, ssrc uint32) { p.in.seat(ssrc, s) }

func (p *Peer) rtt() time.Duration {
	if v := time.Duration(p.rttNS.Load()); v > 0 {
		return v
	}
	return 60 * time.Millisecond
}

// send sends RTCP; what cannot be sent is not missed, since all of it is repeated.
func (p *Peer) send(packets ...rtcp.Packet) {
	if !p.closed.Load() {
		_ = p.pc.WriteRTCP(packets)
	}
}

// close ends the transport and waits for its readers.
func (p *Peer) close() {
	if p.closed.Swap(true) {
		return
	}
	now := p.engine.now()
	for _, s := range p.seats {
		s.feed(nil, 0, now)
	}
	_ = p.pc.Close()
	p.readers.Wait()
}

// watchPath notes which protocol the path in use has, when that changes. Asking the
// library for it takes its lock, which a room must not wait for.
func (p *Peer) watchPath() {
	for _, t := range p.pc.GetTransceivers() {
		var dtls *webrtc.DTLSTransport
		if r := t.Receiver(); r != nil {
			dtls = r.Transport()
		} else if s := t.Sender(); s != nil {
			dtls = s.Transport()
		}
		if dtls == nil {
			continue
		}
		dtls.ICETransport().OnSelectedCandidatePairChange(func(pair *webrtc.ICECandidatePair) {
			if pair != nil && pair.Local != nil {
				p.path.Store(pair.Local.Protocol.String())
			}
		})
		return
	}
}

// Path names the protocol of the pair in use: udp, tcp, or empty before there is one.
func (p *Peer) Path() string {
	v, _ := p.path.Load().(string)
	return v
}

// quiet keeps the library's own log out of ours: it may name addresses of people.
func quiet() logging.LoggerFactory {
	f := logging.NewDefaultLoggerFactory()
	f.Writer, f.DefaultLogLevel = io.Discard, logging.LogLevelDisabled
	return f
}
