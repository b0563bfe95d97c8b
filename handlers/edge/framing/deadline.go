package framing

import "time"

// The server sets three deadlines for each request, and each costs the runtime a timer. On
// a connection that is busy they are nearly always those that are set already.

// slack is by how much a deadline may come early, so that one that is set is left.
const slack = 10 * time.Millisecond

// deadline is one way's: what was asked for, and what was set.
type deadline struct{ wanted, set time.Time }

// due tells whether what was asked for is something else than what was set, but for the
// slack. It never lets a deadline come late.
func (d *deadline) due() bool {
	later := d.wanted.Sub(d.set)
	return later < 0 || later > slack
}

// SetReadDeadline is for the goroutine that reads: the deadline is set when a Read has to
// wait, which it has not when a whole request came in one piece.
func (c *Conn) SetReadDeadline(t time.Time) error {
	if c.free {
		return c.Conn.SetReadDeadline(t)
	}
	c.reading.wanted = t
	return nil
}

// SetWriteDeadline is for the goroutine that writes.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	if !c.free {
		if c.writing.wanted = t; !c.writing.due() {
			return nil
		}
		c.writing.set = t
	}
	return c.Conn.SetWriteDeadline(t)
}

// SetDeadline sets both, at once.
func (c *Conn) SetDeadline(t time.Time) error {
	if !c.free {
		c.reading, c.writing = deadline{t, t}, deadline{t, t}
	}
	return c.Conn.SetDeadline(t)
}

// read reads what comes, within the time that was asked for.
func (c *Conn) read(p []byte) (int, error) {
	if c.reading.due() {
		if err := c.Conn.SetReadDeadline(c.reading.wanted); err != nil {
			return 0, err
		}
		c.reading.set = c.reading.wanted
	}
	return c.Conn.Read(p)
}
