package sfu

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Kind is a kind of media.
type Kind string

// The kinds.
const (
	KindAudio  Kind = "audio"
	KindVideo  Kind = "video"
	KindScreen Kind = "screen"
)

// Source is one thing that a person sends: microphone, camera or screen. It
// outlives transports: when a new one takes over, its layers feed the same source.
type Source struct {
	Owner string
	Kind  Kind
	clock uint32

	mu     sync.Mutex // writers of the two lists below
	layers atomic.Pointer[[]*Layer]
	seats  atomic.Pointer[[]*Seat]

	loudAt atomic.Int64 // steady clock of the last loud packet, ns
	need   atomic.Int32 // highest layer that anybody wants; -1 none
	needAt atomic.Int64 // when need last changed
	restAt atomic.Int64 // since when less would do; 0 not
	count  atomic.Int32 // how many layers the sender has

	soon      atomic.Int64 // until when a newcomer is awaited who will watch; 0 none
	soonLayer atomic.Int32 // which layer that one will have
}

func newSource(owner string, kind Kind) *Source {
	s := &Source{Owner: owner, Kind: kind, clock: vp8Clock}
	if kind == KindAudio {
		s.clock = opusClock
	}
	s.need.Store(-1)
	s.count.Store(1)
	s.layers.Store(&[]*Layer{})
	s.seats.Store(&[]*Seat{})
	return s
}

// add brings in a layer, in place of an older one of the same quality.
func (s *Source) add(l *Layer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.DeleteFunc(slices.Clone(*s.layers.Load()), func(o *Layer) bool { return o.index == l.index })
	list = append(list, l)
	slices.SortFunc(list, func(a, b *Layer) int { return a.index - b.index })
	s.layers.Store(&list)
}

// drop takes out a layer that has ended, unless another took its place already.
func (s *Source) drop(l *Layer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.DeleteFunc(slices.Clone(*s.layers.Load()), func(o *Layer) bool { return o == l })
	s.layers.Store(&list)
}

func (s *Source) attach(seat *Seat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if list := *s.seats.Load(); !slices.Contains(list, seat) {
		list = append(slices.Clone(list), seat)
		s.seats.Store(&list)
	}
}

func (s *Source) detach(seat *Seat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.DeleteFunc(slices.Clone(*s.seats.Load()), func(o *Seat) bool { return o == seat })
	s.seats.Store(&list)
}

// lives tells whether a layer has sent within the last second and a half.
func (l *Layer) lives(now time.Duration) bool {
	return now-time.Duration(l.lastAt.Load()) < 1500*time.Millisecond
}

// pick is the layer to send when `want` may be had: the best that lives and is
// not above it, else the lowest that lives ("publish with whatever layer arrives
// first"), where none lives of all that there are. nil when nothing was ever sent.
func (s *Source) pick(want int, now time.Duration) *Layer {
	all := *s.layers.Load()
	none := !slices.ContainsFunc(all, func(l *Layer) bool { return l.lives(now) })
	var best *Layer
	for _, l := range all {
		if (none || l.lives(now)) && (best == nil || l.index <= want) {
			best = l
		}
	}
	return best
}

// lastSeen is when anything came from the source, on the steady clock; 0 never.
func (s *Source) lastSeen() time.Duration {
	last := int64(0)
	for _, l := range *s.layers.Load() {
		last = max(last, l.lastAt.Load())
	}
	return time.Duration(last)
}
