package framing

import (
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// timed is a connection that notes its deadlines.
type timed struct {
	net.Conn
	in           strings.Reader
	read, write  time.Time
	reads, wrote int // how often they were set
}

func (c *timed) Read(p []byte) (int, error) { return c.in.Read(p) }

func (c *timed) SetReadDeadline(t time.Time) error {
	c.read, c.reads = t, c.reads+1
	return nil
}

func (c *timed) SetWriteDeadline(t time.Time) error {
	c.write, c.wrote = t, c.wrote+1
	return nil
}

func (c *timed) SetDeadline(t time.Time) error {
	c.read, c.write = t, t
	return nil
}

// TestDeadlines: in the order in which the server sets them; none comes late, none by more
// than the slack early, and a busy connection is seldom told of them.
func TestDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
		inner := &timed{}
		c, p := New(inner, 1000), make([]byte, 1000)
		holds := func(what string, set time.Time, within time.Duration) {
			t.Helper()
			if wanted := time.Now().Add(within); set.After(wanted) || set.Before(wanted.Add(-10*time.Millisecond)) {
				t.Errorf("%s: %s of %s", what, time.Until(set), within)
			}
		}
		serve := func(pieces ...string) {
			_ = c.SetReadDeadline(time.Now().Add(150 * time.Second)) // for the next request
			for i, piece := range pieces {
				if i > 0 {
					_ = c.SetReadDeadline(time.Now().Add(10 * time.Second)) // for the rest of it
				}
				inner.in.Reset(piece)
				if _, err := c.Read(p); err != nil {
					t.Fatal(err)
				}
				holds("read", inner.read, map[bool]time.Duration{true: 150 * time.Second, false: 10 * time.Second}[i == 0])
			}
			_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
			_ = c.SetWriteDeadline(time.Now().Add(30 * time.Second))
			holds("write", inner.write, 30*time.Second)
		}
		for range 10_000 {
			serve(request)
			time.Sleep(time.Millisecond)
		}
		if inner.reads > 1000 || inner.wrote > 1000 {
			t.Errorf("for 10,000 requests set %d and %d times", inner.reads, inner.wrote)
		}
		for range 10 {
			serve(request[:5], request[5:])
			time.Sleep(10 * time.Second)
		}

		_ = c.SetWriteDeadline(time.Now().Add(time.Second)) // shorter than before
		holds("a shorter one", inner.write, time.Second)
		_ = c.SetWriteDeadline(time.Time{})
		if !inner.write.IsZero() {
			t.Error("none:", inner.write)
		}
		_ = c.SetDeadline(time.Time{})
		inner.in.Reset(request)
		if _, err := c.Read(p); err != nil || !inner.read.IsZero() {
			t.Error("none:", inner.read, err)
		}
		c.Release()
		_ = c.SetReadDeadline(time.Now()) // as who ends a Read under way
		holds("no HTTP any more", inner.read, 0)
	})
}
