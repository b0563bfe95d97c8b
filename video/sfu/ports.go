package sfu

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/transport/v5/stdnet"
)

// socketBuffer is what the kernel may hold for the one media port, in bytes: a key
// frame for everybody of a full room at once.
const socketBuffer = 4 << 20

func openUDP(c Config, k *known) (ice.UDPMux, error) {
	if c.Address == "" && c.Net == nil {
		std, err := stdnet.NewNet()
		if err != nil {
			return nil, portError("UDP", c.UDPPort, err)
		}
		opts := []ice.UDPMuxFromPortOption{ice.UDPMuxFromPortWithNet(listeners{std, k}),
			ice.UDPMuxFromPortWithLogger(quiet().NewLogger("ice"))}
		if c.Loopback {
			opts = append(opts, ice.UDPMuxFromPortWithLoopback())
		}
		mux, err := ice.NewMultiUDPMuxFromPort(c.UDPPort, opts...)
		if err != nil {
			return nil, portError("UDP", c.UDPPort, err)
		}
		return mux, nil
	}
	conn, err := listenUDP(c, k)
	if err != nil {
		return nil, portError("UDP", c.UDPPort, err)
	}
	return ice.NewUDPMuxDefault(ice.UDPMuxParams{UDPConn: conn, Net: c.Net, Logger: quiet().NewLogger("ice")}), nil
}

func listenUDP(c Config, k *known) (net.PacketConn, error) {
	at := net.JoinHostPort(c.Address, strconv.Itoa(c.UDPPort))
	if c.Net == nil {
		return openPort("udp", at, k)
	}
	conn, err := c.Net.ListenPacket("udp", at)
	if err != nil {
		return nil, err
	}
	return newPort(conn, k)
}

// tcpBuffer is how much one TCP client may lag behind before its packets are
// dropped; without it a client that stops reading would stall its room.
const tcpBuffer = 512 << 10

// tcpKernel is the kernel's share of it: less is less old when it arrives.
const tcpKernel = 128 << 10

// firstWord is how long a connection may say nothing at first.
const firstWord = 10 * time.Second

func openTCP(c Config) (ice.TCPMux, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(c.Address, strconv.Itoa(c.TCPPort)))
	if err != nil {
		return nil, portError("TCP", c.TCPPort, err)
	}
	return ice.NewTCPMuxDefault(ice.TCPMuxParams{Listener: &acceptor{Listener: l, open: map[*accepted]bool{}}, Logger: quiet().NewLogger("ice"),
		ReadBufferSize: 32, WriteBufferSize: tcpBuffer, FirstStunBindTimeout: firstWord}), nil
}

// acceptor accepts connections with a small send buffer, and ends them all when it is
// closed: a browser opens some that it never uses, and the mux waits for a first word
// on each of them.
type acceptor struct {
	net.Listener
	mu   sync.Mutex
	open map[*accepted]bool // nil: it is closed
}

type accepted struct {
	net.Conn
	of *acceptor
}

func (a *acceptor) Accept() (net.Conn, error) {
	c, err := a.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetWriteBuffer(tcpKernel)
	}
	one := &accepted{c, a}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.open == nil {
		return nil, errors.Join(net.ErrClosed, c.Close())
	}
	a.open[one] = true
	return one, nil
}

func (c *accepted) Close() error {
	c.of.mu.Lock()
	delete(c.of.open, c)
	c.of.mu.Unlock()
	return c.Conn.Close()
}

func (a *acceptor) Close() error {
	err := a.Listener.Close()
	a.mu.Lock()
	defer a.mu.Unlock()
	for c := range a.open {
		_ = c.Conn.Close()
	}
	a.open = nil
	return err
}

func portError(kind string, port int, err error) error {
	return fmt.Errorf("video: the %s media port %d can't be opened; is another program using it? %w", kind, port, err)
}

// UDPAddr is where the engine takes media, for the TURN server's permission and the self-test.
func (e *Engine) UDPAddr() []net.Addr { return e.udp.GetListenAddresses() }
