package video

import (
	"context"
	"sync"
	"time"
)

// queued is how many messages may wait for a connection. One that does not read
// is closed, and catches up from the log when it returns.
const queued = 512

// link is the writing side of one connection: one goroutine, a bounded queue, and
// nobody ever waits for it.
type link struct {
	conn Conn
	out  chan []byte
	stop chan struct{}
	once sync.Once
	done chan struct{}

	code   int
	reason string
}

func newLink(conn Conn) *link {
	l := &link{conn: conn, out: make(chan []byte, queued), stop: make(chan struct{}), done: make(chan struct{})}
	go l.run()
	return l
}

func (l *link) send(message []byte) {
	select {
	case l.out <- message:
	default:
		l.end(CloseTooMuch, "too-slow")
	}
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
		case m := <-l.out:
			if !l.write(m) {
				l.end(CloseNormal, "")
				return
			}
		case <-l.stop:
			l.drain()
			return
		}
	}
}

func (l *link) drain() {
	for {
		select {
		case m := <-l.out:
			if !l.write(m) {
				return
			}
		default:
			return
		}
	}
}

func (l *link) write(m []byte) bool {
	ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
	defer cancel()
	start := time.Now()
	err := l.conn.Write(ctx, m)
	return err == nil && time.Since(start) < writeWithin
}
