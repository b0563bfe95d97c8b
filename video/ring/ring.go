// Package ring keeps the newest packets of one incoming stream, once for all who
// receive it, so that a lost one can be sent again and a late-comer can start at the
// last key frame. Its memory has a limit.
package ring

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// slots is how many packets can be told apart at most, fewest how many in the smallest
// ring; powers of two. The bytes are what limits first, except where packets are small.
const (
	slots  = 512
	fewest = 64
)

type entry struct {
	at   uint64 // position in the endless stream of bytes; 0 when empty
	seq  uint16
	size uint16
}

// Ring is safe for one writer and many readers.
type Ring struct {
	mu     sync.Mutex
	bytes  []byte
	head   uint64  // position in the endless stream after the newest packet
	index  []entry // a power of two
	newest uint16
	begun  bool

	most  int           // bytes up to which it grows
	keep  time.Duration // for how long it should hold packets
	round time.Duration // when the place of the newest was last the first

	key      uint16 // first packet of the newest key frame
	keyAt    time.Duration
	keyKnown bool
}

// New makes a ring of size bytes.
func New(size int) *Ring {
	return &Ring{bytes: make([]byte, size), index: make([]entry, slots), head: 1, most: size}
}

// indexed is how many packets of the usual size there are in so many bytes.
func indexed(size int) int {
	n := fewest
	for n < slots && n*400 < size {
		n *= 2
	}
	return n
}

func (r *Ring) slot(seq uint16) *entry { return &r.index[int(seq)&(len(r.index)-1)] }

// Growing makes a ring that begins with size bytes and grows by half, up to most, while it
// holds less than what came within keep: a small picture needs little.
func Growing(size, most int, keep time.Duration) *Ring {
	return &Ring{bytes: make([]byte, size), index: make([]entry, indexed(size)), head: 1, most: most, keep: keep}
}

// Put keeps a copy of a packet. key marks the first packet of a key frame; at is
// a steady clock. A packet larger than the ring is not kept.
func (r *Ring) Put(seq uint16, packet []byte, key bool, at time.Duration) {
	n := uint64(len(packet))
	if n == 0 || n > uint64(r.most) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	size := uint64(len(r.bytes))
	if free := size - r.head%size; free < n || n > size {
		if len(r.bytes) < r.most && (at-r.round < r.keep || n > size) {
			r.grow(min(r.most, max(len(r.bytes)*3/2, len(packet))))
			size = uint64(len(r.bytes))
		} else {
			r.round = at
		}
		if free := size - r.head%size; free < n {
			r.head += free // a packet is never split
		}
	}
	copy(r.bytes[r.head%size:], packet)
	*r.slot(seq) = entry{at: r.head, seq: seq, size: uint16(n)}
	r.head += n
	if !r.begun || int16(seq-r.newest) > 0 {
		r.newest, r.begun = seq, true
	}
	if key && (!r.keyKnown || int16(seq-r.key) > 0) {
		r.key, r.keyAt, r.keyKnown = seq, at, true
	}
}

// grow takes what is held over into more room, oldest first.
func (r *Ring) grow(size int) {
	old := r.bytes
	held := make([]entry, 0, len(r.index))
	for _, e := range r.index {
		if r.holds(e, e.seq) {
			held = append(held, e)
		}
	}
	slices.SortFunc(held, func(a, b entry) int { return cmp.Compare(a.at, b.at) })
	r.bytes, r.index, r.head = make([]byte, size), make([]entry, indexed(size)), 1
	for _, e := range held {
		from := e.at % uint64(len(old))
		copy(r.bytes[r.head:], old[from:from+uint64(e.size)])
		e.at = r.head
		*r.slot(e.seq) = e
		r.head += uint64(e.size)
	}
}

// Get copies a packet into buf and tells its length; 0 when it is gone or does
// not fit.
func (r *Ring) Get(seq uint16, buf []byte) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := *r.slot(seq)
	if !r.holds(e, seq) || int(e.size) > len(buf) {
		return 0
	}
	from := e.at % uint64(len(r.bytes))
	return copy(buf, r.bytes[from:from+uint64(e.size)])
}

func (r *Ring) holds(e entry, seq uint16) bool {
	return e.at != 0 && e.seq == seq && r.head-e.at <= uint64(len(r.bytes))
}

// SinceKey tells the run of packets from the newest key frame until now. ok is
// false when it is longer than limit, has a hole, or began before `after`:
// nobody gets to see what was before they were let in.
func (r *Ring) SinceKey(limit int, after time.Duration) (first uint16, count int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.keyKnown || r.keyAt < after {
		return 0, 0, false
	}
	count = int(r.newest-r.key) + 1
	if count > limit || count > len(r.index) {
		return 0, 0, false
	}
	for i := range count {
		if seq := r.key + uint16(i); !r.holds(*r.slot(seq), seq) {
			return 0, 0, false
		}
	}
	return r.key, count, true
}

// Forget drops everything.
func (r *Ring) Forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.index)
	r.begun, r.keyKnown = false, false
}
