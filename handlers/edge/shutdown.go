package edge

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"handrail/handlers/edge/framing"
)

// listener knows the connections that have not sent anything yet. Browsers open some
// for later, and the server underneath waits for them as if a request were under way.
type listener struct {
	net.Listener
	mu   sync.Mutex
	open map[*heard]bool
}

// heard is a connection that knows whether anything came.
type heard struct {
	*framing.Conn
	any atomic.Bool
	of  *listener
}

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	h := &heard{Conn: framing.New(c, maxHead), of: l}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[h] = true
	return h, nil
}

func (l *listener) forget(h *heard) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, h)
}

// closeSilent closes those that have not sent anything.
func (l *listener) closeSilent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for h := range l.open {
		_ = h.Conn.Close()
	}
}

func (h *heard) Read(p []byte) (int, error) {
	n, err := h.Conn.Read(p)
	if n > 0 && !h.any.Load() && !h.any.Swap(true) {
		h.of.forget(h)
	}
	return n, err
}

func (h *heard) Close() error {
	h.of.forget(h)
	return h.Conn.Close()
}

// Serve answers on a listener until Shutdown.
func (e *Edge) Serve(on net.Listener) error {
	l := &listener{Listener: on, open: map[*heard]bool{}}
	e.listener.Store(l)
	return e.app.Listener(l)
}

// Shutdown takes nothing new and waits for the requests in flight, until ctx ends.
func (e *Edge) Shutdown(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- e.app.ShutdownWithContext(ctx) }()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-tick.C:
			if l := e.listener.Load(); l != nil {
				l.closeSilent()
			}
		}
	}
}

// Upgraded lets a connection that speaks no HTTP from here on pass as it is.
func Upgraded(conn net.Conn) {
	if h, ok := conn.(*heard); ok {
		h.Conn.Release()
	}
}
