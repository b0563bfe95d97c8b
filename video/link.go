package video

import (
	"context"
	"sync"
	"time"
)

// queued is how many messages may wait for a connection, beside as many that are being
// written. One that does not read is closed, and catches up from the log when it returns.
const queued = 512

// link is the writing side of one connection: one goroutine, a bounded queue, and
// nobody ever waits for it.
type link struct {
	conn Conn
	mu   sync.Mutex
	out  [][]byte      // waiting; a page mostly has none
	wake chan struct{} // there are some
	stop chan struct{}
	once sync.Once
	done chan struct{}

	code   int
	reason string
}

func newLink(conn Conn) *link {
	l := &link{conn: conn, wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	go l.run()
	return l
}

func (l *link) send(message []byte) {
	l.mu.Lock()
	full := len(l.out) >= queued
	if !full {
		l.out = append(l.out, message)
	}
	l.mu.Unlock()
	if full {
		l.end(CloseTooMuch, "too-slow")
		return
	}
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// take gives what waits.
func (l *link) take() [][]byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := l.out
	l.out = nil
	return out
}

// end closes the connection after what is queued. Only the first call counts.
func (l *link) end(code int, reason string) {
	l.once.Do(func() {
		l.code, l.reason = code, reason
		close(l.stop)
	})
}

func (l *link) run() {
	defer close(l.done)
	defer func() { _ = l.conn.Close(l.code, l.reason) }()
	for {
		select {
		case <-l.wake:
			if !l.drain() {
				l.end(CloseNormal, "")
				return
			}
		case <-l.stop:
			l.drain()
			return
		}
	}
}

// drain writes what waits; false: the connection is gone.
func (l *link) drain() bool {
	for _, m := range l.take() {
		if !l.write(m) {
			return false
		}
	}
	return true
}

func (l *link) write(m []byte) bool {
	ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
	defer cancel()
	start := time.Now()
	err := l.conn.Write(ctx, m)
	return err == nil && time.Since(start) < writeWithin
}
