package sfu

import (
	"errors"
	"strings"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"
)

// answerTimeout bounds the making of an answer. Candidates are the fixed ports,
// so there is nothing to wait for on a network.
const answerTimeout = 3 * time.Second

// answer lets the library say what it agrees to and puts our own path in its place. The
// library's connection never opens and ends at once: it would keep 30 objects and as
// many goroutines a person.
func (p *Peer) answer(o *offer) (string, error) {
	ufrag, pwd, err := p.link.agent.GetLocalUserCredentials()
	if err != nil {
		return "", err
	}
	api, err := p.engine.api(ufrag, pwd)
	if err != nil {
		return "", err
	}
	pc, err := api.NewPeerConnection(webrtc.Configuration{Certificates: []webrtc.Certificate{p.engine.cert}})
	if err != nil {
		return "", err
	}
	defer pc.Close()
	for _, l := range p.lines {
		if !l.use.seat() {
			continue
		}
		s := p.newSeat(l.mid, l.use)
		if _, err := pc.AddTransceiverFromTrack(s, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly}); err != nil {
			return "", err
		}
		p.seats = append(p.seats, s)
	}
	if err := pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: o.clean()}); err != nil {
		return "", err
	}
	answer, err := pc.CreateAnswer(nil)
	if err != nil {
		return "", err
	}
	p.bindSeats(o, pc)
	p.link.remote.client = strings.Contains(answer.SDP, "a=setup:active")
	addresses, err := p.link.gather()
	if err != nil {
		return "", err
	}
	full, ok := o.full(answer.SDP, addresses)
	if !ok {
		return "", errors.New("sfu: the answer has other lines than the offer")
	}
	return full, nil
}

// bindSeats gives the seats their lines, in case the library's order is not ours, and
// their numbers.
func (p *Peer) bindSeats(o *offer, pc *webrtc.PeerConnection) {
	for _, t := range pc.GetTransceivers() {
		sender := t.Sender()
		if sender == nil {
			continue
		}
		s, ok := sender.Track().(*Seat)
		if !ok {
			continue
		}
		l, ok := p.line(t.Mid())
		numbers := sender.GetParameters().Encodings
		if !ok || len(numbers) == 0 {
			continue
		}
		s.mid = l.mid
		was := o.sections[l.at]
		s.bind(l, uint32(numbers[0].SSRC), uint32(numbers[0].RTX.SSRC), o.extension(was, extAbsSendTime), o.extension(was, extAudioLevel), p.link)
	}
}

// gather opens the link's own addresses and writes them down as attributes.
func (l *channel) gather() ([]attr, error) {
	done := make(chan struct{})
	var out []attr
	if err := l.agent.OnCandidate(func(c ice.Candidate) {
		if c == nil {
			close(done)
			return
		}
		out = append(out, attr{"candidate", c.Marshal()})
	}); err != nil {
		return nil, err
	}
	if err := l.agent.GatherCandidates(); err != nil {
		return nil, err
	}
	late := time.NewTimer(answerTimeout)
	defer late.Stop()
	select {
	case <-done:
		return append(out, attr{"end-of-candidates", ""}), nil
	case <-late.C:
		return nil, errors.New("sfu: no addresses in time")
	}
}

// watch hears of the path: which it is, and whether it is lost.
func (l *channel) watch() error {
	return errors.Join(l.agent.OnSelectedCandidatePairChange(l.chosen),
		l.agent.OnConnectionStateChange(func(s ice.ConnectionState) {
			switch s {
			case ice.ConnectionStateDisconnected, ice.ConnectionStateFailed:
				l.peer.lost()
			case ice.ConnectionStateConnected:
				if l.peer.connected.Load() {
					l.peer.ready()
				}
			}
		}))
}
