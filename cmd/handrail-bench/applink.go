package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// slowLink stands between a browser and the program as a bad phone network does: all
// connections share its rate, and what is sent takes half a round trip each way. So the
// page and its worker share it too, which the browser's own emulation gives each alone.
type slowLink struct {
	listener net.Listener
	to       string
	rate     float64       // bytes a second from the program to the browser
	delay    time.Duration // one way
	dead     atomic.Bool   // takes connections and says nothing
	shakes   atomic.Bool   // a connection begins with a round trip, which Chromium's emulation leaves out
	mu       sync.Mutex
	free     time.Time // when the link has sent what it has
	sent     atomic.Int64
}

func openLink(ctx context.Context, address, to string, kbits int, roundTrip time.Duration) (*slowLink, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	link := &slowLink{listener: l, to: to, rate: float64(kbits) * 1000 / 8, delay: roundTrip / 2}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return // closed
			}
			go link.join(c)
		}
	}()
	return link, nil
}

// join carries one connection.
func (l *slowLink) join(near net.Conn) {
	defer near.Close()
	far, err := net.Dial("tcp", l.to)
	if err != nil {
		return
	}
	defer far.Close()
	var both sync.WaitGroup
	first := time.Duration(0)
	if l.shakes.Load() {
		first = 2 * l.delay
	}
	both.Go(func() { l.carry(far, near, first, false) })
	both.Go(func() { l.carry(near, far, 0, true) })
	both.Wait()
}

// piece is what was read, and when it arrives at the other end.
type piece struct {
	body []byte
	at   time.Time
}

func (l *slowLink) carry(to, from net.Conn, first time.Duration, limited bool) {
	pieces := make(chan piece, 1024)
	go func() {
		defer close(pieces)
		notBefore := time.Now().Add(first)
		for {
			body := make([]byte, 1460)
			n, err := from.Read(body)
			if n > 0 {
				leaves := later(time.Now(), notBefore)
				if limited {
					leaves = l.leaves(n)
				}
				pieces <- piece{body[:n], leaves.Add(l.delay)}
			}
			if err != nil {
				return
			}
		}
	}()
	for p := range pieces {
		time.Sleep(time.Until(p.at))
		if l.dead.Load() {
			continue
		}
		if _, err := to.Write(p.body); err != nil {
			_ = from.Close() // what reads above ends with it
		}
	}
	if tcp, ok := to.(*net.TCPConn); ok && !l.dead.Load() {
		_ = tcp.CloseWrite() // the other side may be gone already
	}
}

// leaves tells when n bytes more have left, each after those before it.
func (l *slowLink) leaves(n int) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sent.Add(int64(n))
	l.free = later(time.Now(), l.free).Add(time.Duration(float64(n) / l.rate * float64(time.Second)))
	return l.free
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// answers asks the program itself, past the link.
func answers(ctx context.Context, url string) error {
	rq, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(rq)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, res.Body)
	return errors.Join(err, res.Body.Close())
}
