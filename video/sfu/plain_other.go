//go:build !linux

package sfu

import (
	"net"
	"net/netip"
)

// inbox would read several packets at once: other systems have no call for it.
type inbox struct{}

func (*inbox) next([]byte) (int, netip.AddrPort, error) { panic("sfu: no inbox") }

func (*port) together() error { return nil }

type sender struct{}

func newOutbox() *outbox { return &outbox{} }

// place is where a client is: an address and the socket that hears from it.
type place struct {
	port *port
	addr netip.AddrPort
}

func newPlace(p *port, a netip.AddrPort) *place { return &place{p, a} }

func (at *place) send(o *outbox) error {
	return o.empty(false, func(b []byte, _ int) error {
		_, err := at.port.WriteToAddrPort(b, at.addr)
		return err
	})
}

// WriteToAddrPort sends one packet.
func (p *port) WriteToAddrPort(b []byte, to netip.AddrPort) (int, error) {
	if p.udp != nil {
		return p.udp.WriteToUDPAddrPort(b, to)
	}
	return p.UDPConn.WriteTo(b, net.UDPAddrFromAddrPort(to))
}
