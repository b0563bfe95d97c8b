package sfu

import (
	"io"
	"sync/atomic"
	"time"

	"github.com/pion/logging"
	"github.com/pion/rtcp"

	"handrail/models"
)

// Peer is one transport of one person, made out of the one offer of their client.
type Peer struct {
	Generation int

	engine *Engine
	member *Member
	link   *channel
	lines  []line
	lacks  Lacks
	seats  []*Seat
	in     *rtcpIn
	from   *streams
	held   *held // of who reads, while it hands in a packet; nil: what comes of it is sent at once

	opened    time.Duration
	reported  time.Duration // when reports last went out; of the ticker
	interval  time.Duration
	connected atomic.Bool
	closed    atomic.Bool
	rttNS     atomic.Int64
	lastIn    atomic.Int64 // steady clock of the newest RTCP, ns
	path      atomic.Value // string
}

// open makes a transport out of an offer and returns its answer.
func (m *Member) open(generation int, sdp string, uses map[string]Use) (*Peer, string, error) {
	o, err := readOffer(sdp, uses)
	if err != nil {
		return nil, "", err
	}
	e := m.room.engine
	p := &Peer{Generation: generation, engine: e, member: m, lines: o.lines, lacks: o.lacks(), opened: e.now()}
	p.in, p.from = newRTCPIn(p), newStreams(o)
	if p.link, err = e.newLink(p, o); err != nil {
		return nil, "", err
	}
	answer, err := p.answer(o)
	if err == nil {
		err = p.link.connect()
	}
	if err != nil {
		p.close()
		e.log.Debug("an offer could not be answered", "err", err)
		return nil, "", &models.Error{Kind: models.KindInvalid, Code: "bad-offer", Text: badOffer().(*models.Error).Text, Err: err}
	}
	return p, answer, nil
}

func (p *Peer) line(mid string) (line, bool) {
	for _, l := range p.lines {
		if l.mid == mid {
			return l, true
		}
	}
	return line{}, false
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

// ready is told that media can pass, at first and when the path is back.
func (p *Peer) ready() {
	p.connected.Store(true)
	p.lastIn.Store(int64(p.engine.now()))
	p.member.room.promote(p)
}

// lost is told that nothing passes.
func (p *Peer) lost() { p.member.room.events.lost(p) }

func (p *Peer) rtt() time.Duration {
	if v := time.Duration(p.rttNS.Load()); v > 0 {
		return v
	}
	return 60 * time.Millisecond
}

// send sends RTCP; what cannot be sent is not missed, since all of it is repeated.
func (p *Peer) send(packets ...rtcp.Packet) {
	if !p.closed.Load() {
		_ = p.link.reports(packets)
	}
}

// close ends the transport and waits for what it runs.
func (p *Peer) close() {
	if p.closed.Swap(true) {
		return
	}
	now := p.engine.now()
	for _, s := range p.seats {
		s.feed(nil, 0, now)
	}
	p.link.close()
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
