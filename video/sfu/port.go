package sfu

import (
	"fmt"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"

	"github.com/pion/transport/v5"
)

// port is a socket for media. What comes from an address that has proved itself is
// decrypted and sent on by whoever reads the socket, in one go; the rest (STUN, DTLS,
// packets of the unknown) goes on to the library's mux. Before, each packet went
// through four queues and woke as many goroutines.
type port struct {
	transport.UDPConn
	udp   *net.UDPConn // nil in a virtual network
	known *known
	in    *inbox // reads several at once; nil: one by one, and nothing is held
	held  *held  // of in
}

// newPort wraps a socket.
func newPort(c net.PacketConn, k *known) (*port, error) {
	conn, ok := c.(transport.UDPConn)
	if !ok {
		return nil, fmt.Errorf("sfu: %T is no UDP socket", c)
	}
	p := &port{UDPConn: conn, known: k}
	p.udp, _ = c.(*net.UDPConn)
	return p, p.together()
}

// ReadFromAddrPort is the loop of the port: it gives back only what is not media of
// somebody known.
func (p *port) ReadFromAddrPort(b []byte) (n int, from netip.AddrPort, err error) {
	if p.in != nil {
		return p.in.next(b)
	}
	for {
		if n, from, err = p.read(b); err != nil {
			return n, from, err
		}
		if !p.take(b[:n], from) {
			return n, from, nil
		}
	}
}

// take handles media of somebody known; false where it is none.
func (p *port) take(b []byte, from netip.AddrPort) bool {
	if !isMedia(b) {
		return false
	}
	t := p.known.at(from)
	if t == nil {
		return false
	}
	t.received(b, p, from)
	return true
}

func (p *port) read(b []byte) (int, netip.AddrPort, error) {
	if p.udp != nil {
		n, from, err := p.udp.ReadFromUDPAddrPort(b)
		return n, unmapped(from), err
	}
	n, addr, err := p.UDPConn.ReadFrom(b)
	if err != nil {
		return n, netip.AddrPort{}, err
	}
	from, ok := addr.(*net.UDPAddr)
	if !ok {
		return n, netip.AddrPort{}, fmt.Errorf("sfu: a packet from a %T", addr)
	}
	return n, unmapped(from.AddrPort()), nil
}

// ReadFrom is ReadFromAddrPort for who wants a net.Addr.
func (p *port) ReadFrom(b []byte) (int, net.Addr, error) {
	n, from, err := p.ReadFromAddrPort(b)
	if err != nil {
		return n, nil, err
	}
	return n, net.UDPAddrFromAddrPort(from), nil
}

// unmapped writes an IPv4 address always in the same way.
func unmapped(a netip.AddrPort) netip.AddrPort { return netip.AddrPortFrom(a.Addr().Unmap(), a.Port()) }

// known are the transports by the address that ICE chose for them. Reading it takes
// no lock.
type known struct {
	mu   sync.Mutex
	list atomic.Pointer[map[netip.AddrPort]*channel]
}

func (k *known) at(a netip.AddrPort) *channel {
	if m := k.list.Load(); m != nil {
		return (*m)[a]
	}
	return nil
}

// move lets a transport be found at an address in place of a former; the zero address
// is none.
func (k *known) move(t *channel, from, to netip.AddrPort) {
	k.mu.Lock()
	defer k.mu.Unlock()
	next := map[netip.AddrPort]*channel{}
	if old := k.list.Load(); old != nil {
		for a, o := range *old {
			if a != from || o != t {
				next[a] = o
			}
		}
	}
	if to.IsValid() {
		next[to] = t
	}
	k.list.Store(&next)
}

// listeners is the library's net with our sockets.
type listeners struct {
	transport.Net
	known *known
}

// ListenUDP opens a port.
func (l listeners) ListenUDP(network string, at *net.UDPAddr) (transport.UDPConn, error) {
	return openPort(network, at.String(), l.known)
}
