package sfu

import "time"

// foreseen is how long a source is held ready for somebody whose path is being made;
// as long as it takes over a bad network, and no longer where it never comes about.
const foreseen = 5 * time.Second

// foresee asks for the key frames with which a newcomer will begin, before there is a
// path to them: the picture comes while ICE and DTLS take their round trips, and the
// ring begins with it. Who sends nothing because nobody watched is told to begin. It
// gives the members of whom something else is wanted now. mu is held.
func (r *Room) foresee(m *Member, seats int, now time.Duration) []string {
	if m.active != nil {
		return nil // what a person sees already goes on until the new path is there
	}
	m.down.mu.Lock()
	budget := m.down.bps
	m.down.mu.Unlock()
	var see []*Source
	var wants []want
	for _, route := range m.routes {
		switch source := r.source(route); {
		case source == nil:
		case route.Kind == KindAudio:
			budget -= soundCost
		case route.Height > 0 && len(see) < seats:
			see, wants = append(see, source), append(wants, source.wanted(route.Height))
		}
	}
	for i, g := range allocate(budget, wants) {
		if g.layer < 0 {
			continue
		}
		source := see[i]
		source.soonLayer.Store(int32(g.layer))
		source.soon.Store(int64(now + foreseen))
		l := source.pick(g.layer, now)
		if l == nil {
			continue
		}
		if _, _, ok := l.ring.SinceKey(replayLimit, m.since[source]); !ok {
			l.askKey(now)
		}
	}
	return r.needs(now)
}

// awaited tells whether a newcomer is about to watch the source.
func (s *Source) awaited(now time.Duration) bool { return int64(now) < s.soon.Load() }

// watched tells whether anybody does, or is about to.
func (s *Source) watched(now time.Duration) bool { return len(*s.seats.Load()) > 0 || s.awaited(now) }
