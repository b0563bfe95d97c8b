// Package framing stands between a connection and the HTTP server, and lets only
// requests pass that are framed as RFC 9112 says. The server (fasthttp) is looser: it
// takes a space before the colon, a length beside chunks, two lengths of a kind, no
// host. Where two programs on the way disagree about where a request ends, one person's
// bytes become another's request.
package framing

import (
	"bytes"
	"errors"
	"net"
	"sync/atomic"
	"time"
)

// ErrBroken is what reading a body ends with when its chunks are not as they must be.
var ErrBroken = errors.New("framing: not as RFC 9112 says")

// poison is put in the place of a head that is refused: no server takes it, so that
// ours answers as it answers all that it can't read, and closes.
var poison = []byte("\x00\r\n\r\n")

// How long and how much is still read, and thrown away, from somebody who was answered
// before they had said all. To close at once would reset the connection, and the answer
// could be lost with it (RFC 9112, section 9.6).
const (
	lingerFor   = 5 * time.Second
	lingerQuiet = time.Second
	lingerBytes = 64 << 20
)

// Conn is a connection of which each Read gives bytes of one request at most. All of it is
// for one goroutine until Release, but Close, which is for all.
type Conn struct {
	net.Conn
	message message
	rest    []byte // came already, and is of a later request
	broken  bool
	free    bool
	midway  atomic.Bool // something was not read to its end
	closing atomic.Bool

	reading, writing deadline
}

// New guards a connection. A head may be as long as maxHead, in bytes; the server itself
// refuses what is longer.
func New(conn net.Conn, maxHead int) *Conn {
	return &Conn{Conn: conn, message: message{maxHead: maxHead}}
}

// Release ends the guard: what follows is no HTTP (a WebSocket).
func (c *Conn) Release() { c.free = true }

// Read gives what is well framed. A head that is not comes as something that the
// server refuses; a body that is not ends with ErrBroken.
func (c *Conn) Read(p []byte) (int, error) {
	if len(p) == 0 || len(c.rest) == 0 && c.free {
		return c.Conn.Read(p)
	}
	if c.broken || c.free {
		return c.readRest(p)
	}
	n, err := c.next(p)
	// What the server waits for. Behind the last chunk it takes an error for the end.
	poisoned := c.message.inHead() || c.message.at == inTrailer
	used, ok := c.message.scan(p[:n])
	c.keep(p[:n], used)
	if !ok {
		c.broken = true
		c.midway.Store(true)
		c.rest = nil
		if poisoned {
			c.rest = poison
		}
		return c.readRest(p)
	}
	if midway := len(c.rest) > 0 || !c.message.between(); midway != c.midway.Load() {
		c.midway.Store(midway)
	}
	return used, err
}

// next fills p with what waits, else with what comes.
func (c *Conn) next(p []byte) (int, error) {
	if len(c.rest) > 0 {
		return copy(p, c.rest), nil
	}
	return c.read(p)
}

// keep holds back what of p was not used.
func (c *Conn) keep(p []byte, used int) {
	switch {
	case len(c.rest) > 0:
		c.rest = c.rest[used:]
	case used < len(p):
		c.rest = bytes.Clone(p[used:])
	}
}

func (c *Conn) readRest(p []byte) (int, error) {
	if len(c.rest) == 0 {
		return 0, ErrBroken
	}
	n := copy(p, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// Close closes. Whoever was not read to the end gets the time to read our answer.
func (c *Conn) Close() error {
	if c.midway.Load() && !c.closing.Swap(true) {
		c.linger()
	}
	return c.Conn.Close()
}

func (c *Conn) linger() {
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	end := time.Now().Add(lingerFor)
	buffer := make([]byte, 16<<10)
	for read := 0; read < lingerBytes && time.Now().Before(end); {
		if c.Conn.SetReadDeadline(time.Now().Add(lingerQuiet)) != nil {
			return
		}
		n, err := c.Conn.Read(buffer)
		if err != nil {
			return
		}
		read += n
	}
}
