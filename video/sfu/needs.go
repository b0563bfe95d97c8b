package sfu

import "time"

// Need is what is wanted of one source: the highest layer that somebody watches, -1
// when nobody does.
type Need struct {
	Kind  Kind
	Layer int
	Why   Why
}

// restAfter is how long a layer must be unwanted before its sender is told to stop.
const restAfter = 3 * time.Second

// needs recomputes what is wanted of all sources and names whose changed. More is
// told at once, less after a while.
func (r *Room) needs(now time.Duration) []string {
	if r.high == nil {
		r.high = map[*Source]int32{}
	}
	high := r.high
	clear(high)
	for _, m := range r.members {
		if m.active == nil {
			continue
		}
		for _, s := range m.active.seats {
			s.mu.Lock()
			if s.source != nil {
				if old, ok := high[s.source]; !ok || int32(s.want) > old {
					high[s.source] = int32(s.want)
				}
			}
			s.mu.Unlock()
		}
	}
	var changed []string
	for id, m := range r.members {
		told := false
		for _, s := range m.sources {
			want, ok := high[s]
			if !ok {
				want = -1
			}
			if s.awaited(now) {
				want = max(want, s.soonLayer.Load())
			}
			told = s.needs(want, now) || told
		}
		if told {
			changed = append(changed, id)
		}
	}
	return changed
}

func (s *Source) needs(want int32, now time.Duration) bool {
	need := s.need.Load()
	switch {
	case want == need:
		s.restAt.Store(0)
		return false
	case want < need:
		if s.restAt.CompareAndSwap(0, int64(now)) || now-time.Duration(s.restAt.Load()) < restAfter {
			return false
		}
	}
	s.restAt.Store(0)
	s.needAt.Store(int64(now))
	s.need.Store(want)
	return true
}

// Needs tells what is wanted of a member's pictures.
func (r *Room) Needs(id string) []Need {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.members[id]
	if m == nil {
		return nil
	}
	var out []Need
	for _, k := range []Kind{KindVideo, KindScreen} {
		n := Need{Kind: k, Layer: int(m.sources[k].need.Load())}
		if n.Layer < 0 {
			n.Why = NotShown
		}
		out = append(out, n)
	}
	return out
}
