package sfu

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"sync/atomic"

	"github.com/pion/dtls/v3"
	"github.com/pion/ice/v4"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/srtp/v3"
)

// channel is the encrypted path to one client. ICE finds it and DTLS agrees on the keys,
// both with the library's parts; media then goes from socket to socket without it.
type channel struct {
	engine *Engine
	peer   *Peer
	agent  *ice.Agent
	remote secrets
	ctx    context.Context
	cancel context.CancelFunc
	run    sync.WaitGroup
	conn   *ice.Conn

	at   atomic.Pointer[place] // nil: it is not UDP or not known yet, and ICE sends
	mu   sync.Mutex            // of the two below
	addr netip.AddrPort        // under which the ports know it
	open bool                  // the keys are there and it is not closed

	inMu  sync.Mutex
	dec   *srtp.Context // nil before the keys are there, and after the end
	head  rtp.Header    // of the newest packet; reused
	early [][]byte      // media that came before the keys

	outMu sync.Mutex // held while sending too, so that packets keep their order
	enc   *srtp.Context
	sent  rtp.Header // scratch
	out   *outbox    // encrypted and not yet sent; nil: nothing
}

// mostEarly is how many packets are kept until the keys are there.
const mostEarly = 64

// connect looks for a path, agrees on keys and then reads what the ports do not take,
// until the link is closed.
func (l *channel) connect() error {
	start := l.agent.StartAccept
	if l.remote.lite {
		start = l.agent.StartDial
	}
	var err error
	if l.conn, err = start(l.remote.ufrag, l.remote.pwd); err != nil {
		return err
	}
	w := newWire(l.conn)
	l.run.Go(func() { l.read(w) })
	l.run.Go(func() {
		if err := l.secure(w); err != nil && l.ctx.Err() == nil {
			l.engine.log.Debug("a transport did not come about", "err", err)
			l.peer.lost()
		}
	})
	return nil
}

// read takes what comes over the library: all before the keys are there, all over TCP,
// and of UDP what comes from an address that is not the chosen one.
func (l *channel) read(w *wire) {
	defer func() { _ = w.Close() }()
	buf := make([]byte, mtu+1)
	for {
		n, err := l.conn.Read(buf)
		switch {
		case errors.Is(err, ice.ErrClosed) || l.ctx.Err() != nil:
			return
		case err != nil:
			if !temporary(err) {
				return
			}
		case isDTLS(buf[:n]):
			w.put(buf[:n])
		case isMedia(buf[:n]):
			l.received(buf[:n], nil, netip.AddrPort{})
		}
	}
}

// secure waits for a path, shakes hands and keeps the handshake's connection until its
// other side ends it.
func (l *channel) secure(w *wire) error {
	within, stop := context.WithTimeout(l.ctx, connectWithin)
	defer stop()
	if err := l.agent.AwaitConnect(within); err != nil {
		return err
	}
	conn, err := l.engine.shake(within, w, l.remote)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := l.keys(conn); err != nil {
		return err
	}
	l.follow()
	l.peer.ready()
	context.AfterFunc(l.ctx, func() { _ = conn.Close() })
	buf := make([]byte, 512)
	for {
		if _, err := conn.Read(buf); err != nil {
			l.silence() // the client has closed, or we have
			return nil
		}
	}
}

// silence ends media both ways.
func (l *channel) silence() {
	l.outMu.Lock()
	l.enc = nil
	if l.out != nil {
		l.out.used, l.out.count = 0, 0
		_ = l.sendOut()
	}
	l.outMu.Unlock()
	l.inMu.Lock()
	defer l.inMu.Unlock()
	l.dec, l.early = nil, nil
	l.peer.from.drop()
}

// keys opens both directions and takes what came too early.
func (l *channel) keys(conn *dtls.Conn) error {
	dec, enc, err := contexts(conn, l.remote.client)
	if err != nil {
		return err
	}
	l.outMu.Lock()
	l.enc = enc
	l.outMu.Unlock()
	l.inMu.Lock()
	defer l.inMu.Unlock()
	l.dec = dec
	for _, raw := range l.early {
		l.take(raw)
	}
	l.early = nil
	return nil
}

// follow lets the ports know the address that ICE has chosen, now and when it changes.
func (l *channel) follow() {
	l.mu.Lock()
	l.open = true
	l.mu.Unlock()
	if pair, err := l.agent.GetSelectedCandidatePair(); err == nil && pair != nil {
		l.chosen(pair.Local, pair.Remote)
	}
}

// chosen is told each path that ICE chooses.
func (l *channel) chosen(local, remote ice.Candidate) {
	l.peer.path.Store(local.NetworkType().NetworkShort())
	addr := netip.AddrPort{}
	if !local.NetworkType().IsTCP() {
		if ip, err := netip.ParseAddr(remote.Address()); err == nil {
			addr = unmapped(netip.AddrPortFrom(ip, uint16(remote.Port())))
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.open || l.addr == addr {
		return
	}
	l.engine.known.move(l, l.addr, addr)
	l.addr = addr
	l.at.Store(nil)
}

// close ends the link and waits until nothing of it runs.
func (l *channel) close() {
	l.cancel()
	l.mu.Lock()
	l.open = false
	if l.addr.IsValid() {
		l.engine.known.move(l, l.addr, netip.AddrPort{})
	}
	l.mu.Unlock()
	l.silence()
	_ = l.agent.Close()
	l.run.Wait()
}

// received takes a packet of the client, from a port or, without one, from ICE.
func (l *channel) received(raw []byte, from *port, addr netip.AddrPort) {
	if len(raw) > mtu {
		return
	}
	var until *held
	if from != nil {
		if at := l.at.Load(); at == nil || at.port != from || at.addr != addr {
			l.at.Store(newPlace(from, addr))
		}
		until = from.held
	}
	l.inMu.Lock()
	defer l.inMu.Unlock()
	if l.dec != nil {
		l.peer.held = until
		l.take(raw)
		l.peer.held = nil
	} else if !l.peer.connected.Load() && len(l.early) < mostEarly {
		l.early = append(l.early, append([]byte(nil), raw...))
	}
}

// take decrypts a packet in its place and hands it on. inMu is held.
func (l *channel) take(raw []byte) {
	if isRTCP(raw) {
		if got, err := l.dec.DecryptRTCP(raw, raw, nil); err == nil {
			l.peer.in.take(got)
		}
		return
	}
	if got, err := l.dec.DecryptRTP(raw, raw, &l.head); err == nil {
		l.peer.take(got, &l.head)
	}
}

// sealed is the most that encryption adds, in bytes.
const sealed = 32

var errLong = errors.New("sfu: the packet is too long")

// WriteRTP encrypts and sends one packet of a seat: webrtc.TrackLocalWriter.
func (l *channel) WriteRTP(h *rtp.Header, payload []byte) (int, error) {
	return l.queue(h, payload, nil)
}

// queue encrypts a packet. It is sent at once, after what waits already, or, where it may
// be held, with the others that come of what was read together.
func (l *channel) queue(h *rtp.Header, payload []byte, until *held) (int, error) {
	l.outMu.Lock()
	defer l.outMu.Unlock()
	if l.enc == nil {
		return 0, nil // what comes before the keys is not missed
	}
	b, err := l.room(h.MarshalSize() + len(payload) + sealed)
	if err != nil {
		return 0, err
	}
	n, err := h.MarshalTo(b)
	if err != nil {
		return 0, err
	}
	n += copy(b[n:], payload)
	if b, err = l.enc.EncryptRTP(b[:n], b[:n], &l.sent); err != nil {
		return 0, err
	}
	l.out.add(len(b))
	if until == nil {
		return len(b), l.sendOut()
	}
	until.waiting++
	if l.out.count == 1 {
		until.links = append(until.links, l)
	}
	return len(b), nil
}

// room is where the next packet of at most n bytes is made. outMu is held.
func (l *channel) room(n int) ([]byte, error) {
	if l.out == nil {
		l.out = outboxes.Get().(*outbox)
	}
	b := l.out.room(n)
	if b == nil && l.out.count > 0 {
		_ = l.sendBox()
		b = l.out.room(n)
	}
	if b == nil {
		return nil, errLong
	}
	return b, nil
}

// Write encrypts and sends one packet: webrtc.TrackLocalWriter.
func (l *channel) Write(b []byte) (int, error) {
	var h rtp.Header
	n, err := h.Unmarshal(b)
	if err != nil {
		return 0, err
	}
	return l.WriteRTP(&h, b[n:])
}

// reports sends RTCP.
func (l *channel) reports(packets []rtcp.Packet) error {
	raw, err := rtcp.Marshal(packets)
	if err != nil {
		return err
	}
	l.outMu.Lock()
	defer l.outMu.Unlock()
	if l.enc == nil {
		return nil
	}
	if raw, err = l.enc.EncryptRTCP(nil, raw, nil); err != nil {
		return err
	}
	b, err := l.room(len(raw))
	if err != nil {
		return err
	}
	copy(b, raw)
	l.out.add(len(raw))
	return l.sendOut()
}

// flush sends what waits.
func (l *channel) flush() {
	l.outMu.Lock()
	defer l.outMu.Unlock()
	_ = l.sendOut()
}

// sendOut sends what waits and gives the box back. outMu is held.
func (l *channel) sendOut() error {
	if l.out == nil {
		return nil
	}
	err := l.sendBox()
	outboxes.Put(l.out)
	l.out = nil
	return err
}

func (l *channel) sendBox() error {
	if at := l.at.Load(); at != nil {
		return at.send(l.out)
	}
	return l.out.empty(false, func(b []byte, _ int) error {
		_, err := l.conn.Write(b)
		return err
	})
}
