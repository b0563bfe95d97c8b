package sfu

import (
	"slices"
	"time"
)

// SeatState is what one seat carries now.
type SeatState struct {
	MID    string
	From   string
	Kind   Kind
	Soft   bool
	Paused bool
	Why    Why
}

// forbid detaches what is no longer allowed and notes since when the rest is.
func (r *Room) forbid(m *Member, now time.Duration) {
	allowed := map[*Source]time.Duration{}
	for _, route := range m.routes {
		if s := r.source(route); s != nil {
			allowed[s] = now
			if since, was := m.since[s]; was {
				allowed[s] = since
			}
		}
	}
	m.since = allowed
	if m.active == nil {
		return
	}
	for _, seat := range m.active.seats {
		if s := seat.carries(); s != nil {
			if _, ok := allowed[s]; !ok {
				seat.feed(nil, 0, now)
			}
		}
	}
}

func (r *Room) source(route Route) *Source {
	if from := r.members[route.From]; from != nil {
		return from.sources[route.Kind]
	}
	return nil
}

func (s *Seat) carries() *Source {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.source
}

// plan puts a member's routes onto the seats of their transport and divides the
// bandwidth. It tells whether what the seats carry has changed.
func (r *Room) plan(m *Member, now time.Duration) bool {
	if m.active == nil {
		return false
	}
	var hear, see []*Source
	for _, route := range m.routes {
		switch s := r.source(route); {
		case s == nil:
		case route.Kind == KindAudio:
			hear = append(hear, s)
		case route.Height > 0:
			see = append(see, s)
		}
	}
	r.sit(m, Hear, r.loudest(hear, m), now)
	r.sit(m, See, see, now)
	return r.divide(m, now)
}

// loudest keeps the order while there are seats enough; else those who spoke last
// come first, so that nobody talks unheard.
func (r *Room) loudest(list []*Source, m *Member) []*Source {
	if len(list) > len(m.active.seatsFor(Hear)) {
		slices.SortStableFunc(list, func(a, b *Source) int { return int(min(max(b.loudAt.Load()-a.loudAt.Load(), -1), 1)) })
	}
	return list
}

func (p *Peer) seatsFor(u Use) []*Seat {
	var out []*Seat
	for _, s := range p.seats {
		if (s.kind == audioType) == (u == Hear) {
			out = append(out, s)
		}
	}
	return out
}

// layer is what the seat sends now; -1 nothing.
func (s *Seat) layer() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == nil {
		return -1
	}
	return s.current.index
}

func (r *Room) sit(m *Member, u Use, wanted []*Source, now time.Duration) {
	seats := m.active.seatsFor(u)
	current := make([]*Source, len(seats))
	for i, s := range seats {
		current[i] = s.carries()
	}
	for i, source := range assign(current, wanted) {
		if source == current[i] {
			continue
		}
		if u == Hear {
			seats[i].limit(0, 0, now)
		}
		seats[i].feed(source, m.since[source], now)
	}
}

// nominal is what a layer is taken to cost before it was measured, in bit/s.
var nominal = map[int][]float64{1: {700_000}, 2: {200_000, 800_000}, 3: {150_000, 450_000, 1_400_000}}

// soundCost is what one voice is taken to cost, in bit/s: Opus at about 32 kbit/s
// with its headers.
const soundCost = 40_000

// screenCost is what a screen is taken to cost before it was measured, in bit/s: a
// page that stands still. It must fit into what a connection is believed to carry
// while little is sent: a screen that is never begun never shows what it costs.
const screenCost = 150_000

// divide gives each seat its layer and remembers what to tell the page.
func (r *Room) divide(m *Member, now time.Duration) bool {
	m.down.mu.Lock()
	budget := m.down.bps
	m.down.mu.Unlock()
	var states []SeatState
	var seats []*Seat
	var wants []want
	for _, s := range m.active.seats {
		if s.kind == audioType {
			state, voice := r.heard(m, s, now)
			states = append(states, state)
			budget -= voice
		}
	}
	for _, route := range m.routes {
		if s := m.active.seatOf(r.source(route)); s != nil && s.kind != audioType {
			w := s.carries().wanted(route.Height)
			w.now = s.layer()
			seats, wants = append(seats, s), append(wants, w)
		}
	}
	grants := allocate(budget, wants)
	for i, s := range seats {
		s.limit(grants[i].layer, m.since[s.carries()], now)
		st := s.state(grants[i], wants[i].max, now)
		st.Why = r.blame(m, st, now)
		states = append(states, st)
	}
	for _, s := range m.active.seatsFor(See) {
		if !slices.Contains(seats, s) {
			states = append(states, SeatState{MID: s.mid})
		}
	}
	slices.SortFunc(states, func(a, b SeatState) int { return compare(a.MID, b.MID) })
	changed := !slices.Equal(states, m.shown)
	m.shown = states
	return changed
}

func compare(a, b string) int {
	switch {
	case len(a) != len(b):
		return len(a) - len(b)
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (p *Peer) seatOf(source *Source) *Seat {
	for _, s := range p.seats {
		if source != nil && s.carries() == source {
			return s
		}
	}
	return nil
}

// heard is the state of a seat for sound and what it costs: what is silent, or
// sends comfort noise only, costs nearly nothing.
func (r *Room) heard(m *Member, s *Seat, now time.Duration) (SeatState, float64) {
	source := s.carries()
	if source == nil {
		return SeatState{MID: s.mid}, 0
	}
	state := SeatState{MID: s.mid, From: source.Owner, Kind: KindAudio}
	for _, route := range m.routes {
		if route.From == source.Owner && route.Kind == KindAudio {
			state.Soft = route.Soft
		}
	}
	if now-time.Duration(source.loudAt.Load()) > 2*time.Second {
		return state, soundCost / 8
	}
	return state, soundCost
}

// wanted is what the page wants of a picture that is this high (pixels), and what each
// of its layers costs.
func (s *Source) wanted(height int) want {
	layers := int(s.count.Load())
	w := want{costs: slices.Clone(nominal[max(1, min(layers, 3))]), max: layerFor(height, layers), now: -1}
	if s.Kind == KindScreen {
		w.costs[0], w.max = screenCost, layers-1
	}
	for _, l := range *s.layers.Load() {
		l.mu.Lock()
		if l.bits.bps > 0 && l.index < len(w.costs) {
			w.costs[l.index] = l.bits.bps
		}
		l.mu.Unlock()
	}
	for i := 1; i < len(w.costs); i++ { // a layer that rests must not look cheaper than a lower one
		w.costs[i] = max(w.costs[i], w.costs[i-1])
	}
	return w
}

func (s *Seat) state(g grant, wanted int, now time.Duration) SeatState {
	source := s.carries()
	st := SeatState{MID: s.mid, From: source.Owner, Kind: source.Kind, Paused: g.layer < 0, Why: g.why}
	if g.why == Fine || g.why == ShownSmall {
		if l := source.pick(g.layer, now); l != nil && l.index < min(g.layer, wanted) && source.started(now) {
			st.Why = TheirNetwork
		}
	}
	return st
}

// started tells whether a source has had the time to send all of its layers.
func (s *Source) started(now time.Duration) bool {
	since := time.Duration(s.needAt.Load())
	return since > 0 && now-since > 5*time.Second
}

// Seats tells what the seats of a member carry.
func (r *Room) Seats(id string) []SeatState {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m := r.members[id]; m != nil {
		return slices.Clone(m.shown)
	}
	return nil
}
