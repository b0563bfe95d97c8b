package sfu

import (
	"sync"
	"time"
)

// outbox holds packets for one client, one after the other as they go over the wire,
// until they are sent together. Only few have one at a time.
type outbox struct {
	buf   [outboxBytes]byte
	used  int
	sizes [outboxPackets]int
	count int
	sender
}

// What an outbox holds at most: two pictures of three packets and some sound. A longer
// run is sent in parts.
const (
	outboxBytes   = 8 << 10
	outboxPackets = 16
)

var outboxes = sync.Pool{New: func() any { return newOutbox() }}

// room gives the place of the next packet of at most n bytes; nil when the box is too full.
func (o *outbox) room(n int) []byte {
	if o.count == outboxPackets || n > outboxBytes-o.used {
		return nil
	}
	return o.buf[o.used : o.used+n]
}

// add takes n bytes of what room gave as one packet.
func (o *outbox) add(n int) {
	o.sizes[o.count] = n
	o.count++
	o.used += n
}

// empty gives each run of packets that may go out in one call: all of one size except
// for a last shorter one (UDP_SEGMENT), or, where together is false, each by itself.
func (o *outbox) empty(together bool, send func(run []byte, size int) error) error {
	var first error
	for i, at := 0, 0; i < o.count; {
		size, end := o.sizes[i], at+o.sizes[i]
		i++
		for together && i < o.count && o.sizes[i] <= size {
			end += o.sizes[i]
			i++
			if o.sizes[i-1] < size {
				break
			}
		}
		if err := send(o.buf[at:end], size); err != nil && first == nil {
			first = err
		}
		at = end
	}
	o.used, o.count = 0, 0
	return first
}

// held are the clients for whom something waits in an outbox until the packets that
// came together have all been handled. It is used by one goroutine, who reads.
type held struct {
	links   []*channel
	engine  *Engine
	waiting int           // packets in the boxes
	sent    int           // since it was last asked for
	packets int           // that came, of media
	since   time.Duration // when the first of them came
}

// took notes a packet, so that its delay is counted when all is sent.
func (h *held) took(e *Engine, now time.Duration) {
	if h.packets++; h.packets == 1 {
		h.engine, h.since = e, now
	}
}

// enough is with how many packets in the boxes the next sender's are not waited for: who
// receives has a processor of their own, and begins sooner.
const enough = 2 * company

// flush sends all that waits.
func (h *held) flush() {
	for i, l := range h.links {
		l.flush()
		h.links[i] = nil
	}
	h.links = h.links[:0]
	h.sent, h.waiting = h.sent+h.waiting, 0
	if h.packets > 0 {
		h.engine.observe(h.engine.now()-h.since, h.packets)
		h.packets = 0
	}
}
