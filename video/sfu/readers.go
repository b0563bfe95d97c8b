package sfu

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"runtime"
	"strconv"
	"sync"

	"github.com/pion/transport/v5"
)

// mostReaders is how many sockets one port has at most: one for each processor, over
// which the kernel spreads clients by their address, so that the packets of one client
// stay in their order.
const mostReaders = 4

// readers are the sockets of one port, each read by a goroutine of its own.
type readers struct {
	ports []*port
	rest  chan stray // what is for the library's mux
	run   sync.WaitGroup
	stop  chan struct{}
	once  sync.Once
}

// stray is a packet that is not media of somebody known.
type stray struct {
	data []byte
	from netip.AddrPort
}

// mostStrays is how many of them may wait: checks and handshakes, which are repeated.
const mostStrays = 256

// openPort opens a port of the machine, with as many sockets as it has processors.
func openPort(network, at string, k *known) (transport.UDPConn, error) {
	first, err := listen(network, at, false)
	if err != nil {
		return nil, err
	}
	n := min(runtime.GOMAXPROCS(0), mostReaders)
	if n == 1 || !canShare {
		return newPort(first, k)
	}
	// Whether the port is free is only told without sharing it.
	at = net.JoinHostPort(hostOf(at), strconv.Itoa(first.LocalAddr().(*net.UDPAddr).Port))
	_ = first.Close()
	r := &readers{rest: make(chan stray, mostStrays), stop: make(chan struct{})}
	for range n {
		c, err := listen(network, at, true)
		if err != nil {
			_ = r.close()
			return nil, err
		}
		p, err := newPort(c, k)
		if err != nil {
			_ = r.close()
			return nil, err
		}
		r.ports = append(r.ports, p)
	}
	for _, p := range r.ports {
		r.run.Go(func() { r.read(p) })
	}
	return &shared{port: r.ports[0], all: r}, nil
}

func hostOf(at string) string { h, _, _ := net.SplitHostPort(at); return h }

func listen(network, at string, share bool) (*net.UDPConn, error) {
	var c net.ListenConfig
	if share {
		c.Control = shareport
	}
	conn, err := c.ListenPacket(context.Background(), network, at)
	if err != nil {
		return nil, err
	}
	u := conn.(*net.UDPConn)
	_ = u.SetReadBuffer(socketBuffer) // best effort: the kernel has its own limit
	_ = u.SetWriteBuffer(socketBuffer)
	return u, nil
}

// read is the loop of one socket.
func (r *readers) read(p *port) {
	buf := make([]byte, mostPacket)
	for {
		n, from, err := p.ReadFromAddrPort(buf)
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return
			}
			continue // of one packet: an answer that nobody was there
		}
		select {
		case r.rest <- stray{append([]byte(nil), buf[:n]...), from}:
		default:
		}
	}
}

// mostPacket is the longest packet that is read, in bytes; longer ones are cut and
// then not understood.
const mostPacket = 8192

func (r *readers) close() error {
	r.once.Do(func() {
		close(r.stop)
		for _, p := range r.ports {
			_ = p.Close()
		}
		r.run.Wait()
	})
	return nil
}

// shared is a port with several sockets, as the library's mux sees it.
type shared struct {
	*port
	all *readers
}

// ReadFromAddrPort gives what is for the mux, of whichever socket.
func (s *shared) ReadFromAddrPort(b []byte) (int, netip.AddrPort, error) {
	select {
	case <-s.all.stop:
		return 0, netip.AddrPort{}, net.ErrClosed
	case x := <-s.all.rest:
		return copy(b, x.data), x.from, nil
	}
}

// ReadFrom is the same for who wants a net.Addr.
func (s *shared) ReadFrom(b []byte) (int, net.Addr, error) {
	n, from, err := s.ReadFromAddrPort(b)
	if err != nil {
		return n, nil, err
	}
	return n, net.UDPAddrFromAddrPort(from), nil
}

// Close closes all sockets and waits for their readers.
func (s *shared) Close() error { return s.all.close() }
