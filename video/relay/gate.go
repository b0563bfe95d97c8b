package relay

import (
	"errors"
	"net"
	"net/netip"

	"github.com/pion/turn/v5"
)

// gate makes the relayed sockets. Through them a client reaches the media port and
// nothing else on any network, and the media port is reached directly even when people
// know it by a public address.
type gate struct {
	listen  string
	show    net.IP
	local   map[netip.AddrPort]bool           // where media really is
	publish map[netip.AddrPort]netip.AddrPort // public to local
	ips     map[netip.Addr]bool               // all of these
}

func newGate(c Config) gate {
	g := gate{show: net.ParseIP(c.PublicIP), listen: c.Listen, local: map[netip.AddrPort]bool{},
		publish: map[netip.AddrPort]netip.AddrPort{}, ips: map[netip.Addr]bool{}}
	for _, a := range c.Media {
		local, ok := addrPort(a)
		if !ok {
			continue
		}
		g.local[local], g.ips[local.Addr()] = true, true
		for _, p := range c.Published {
			if ip, err := netip.ParseAddr(p); err == nil {
				g.publish[netip.AddrPortFrom(ip, local.Port())], g.ips[ip] = local, true
			}
		}
	}
	return g
}

func addrPort(a net.Addr) (netip.AddrPort, bool) {
	u, ok := a.(*net.UDPAddr)
	if !ok {
		return netip.AddrPort{}, false
	}
	ap := u.AddrPort()
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port()), true
}

// permits answers whether a client may send to an address at all.
func (g gate) permits(_ net.Addr, peer net.IP) bool {
	ip, ok := netip.AddrFromSlice(peer)
	return ok && g.ips[ip.Unmap()]
}

// Validate, AllocatePacketConn, AllocateListener and AllocateConn are of
// turn.RelayAddressGenerator.
func (g gate) Validate() error {
	if g.show == nil {
		return errors.New("video: the public address of the TURN server is no IP address")
	}
	return nil
}

func (g gate) AllocatePacketConn(c turn.AllocateListenerConfig) (net.PacketConn, net.Addr, error) {
	conn, err := net.ListenPacket(c.Network, net.JoinHostPort(g.listen, "0"))
	if err != nil {
		return nil, nil, err
	}
	return gated{conn, g}, &net.UDPAddr{IP: g.show, Port: conn.LocalAddr().(*net.UDPAddr).Port}, nil
}

var errNoTCP = errors.New("video: no TCP is relayed")

func (g gate) AllocateListener(turn.AllocateListenerConfig) (net.Listener, net.Addr, error) {
	return nil, nil, errNoTCP
}

func (g gate) AllocateConn(turn.AllocateConnConfig) (net.Conn, error) { return nil, errNoTCP }

// gated is a relayed socket.
type gated struct {
	net.PacketConn
	gate gate
}

// WriteTo drops what is not for the media port: permissions know addresses only, and
// other services live on the same address.
func (c gated) WriteTo(p []byte, to net.Addr) (int, error) {
	ap, ok := addrPort(to)
	if !ok {
		return len(p), nil
	}
	if local, public := c.gate.publish[ap]; public {
		return c.PacketConn.WriteTo(p, net.UDPAddrFromAddrPort(local))
	}
	if !c.gate.local[ap] {
		return len(p), nil
	}
	return c.PacketConn.WriteTo(p, to)
}

// ReadFrom shows the media port under the address that the client knows.
func (c gated) ReadFrom(p []byte) (int, net.Addr, error) {
	n, from, err := c.PacketConn.ReadFrom(p)
	if ap, ok := addrPort(from); err == nil && ok {
		for public, local := range c.gate.publish {
			if local == ap {
				return n, net.UDPAddrFromAddrPort(public), nil
			}
		}
	}
	return n, from, err
}
