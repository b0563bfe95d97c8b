package schedule

import (
	"slices"
	"sort"
)

// nearest gives the n starts that lie nearest to one that is not possible, the
// nearest first and of two equally near the earlier. It looks at a day around it,
// then at two, four, … up to the window.
func (s *search) nearest(at int64, n int) []place {
	for reach := int64(daySeconds); ; reach *= 2 {
		window := s.within.And(Span{at - reach, at + reach + 1})
		best := s.nearestIn(window, at, n)
		if len(best) == n || window == s.within || s.within.Empty() {
			return best
		}
	}
}

func (s *search) nearestIn(window Span, at int64, n int) []place {
	best := make([]place, 0, n+1)
	for from := window.From; from < window.To; from += chunkSeconds {
		chunk := Span{from, min(from+chunkSeconds, window.To)}
		for site := range s.sites {
			for _, span := range s.fill(chunk, s.sites[site]) {
				for t := s.grid.next(span.From); t < span.To; t = s.grid.next(t + 60) {
					best = s.keepNear(best, t, at, site)
				}
			}
		}
	}
	return best[:min(n, len(best))]
}

// keepNear puts a start among the nearest; best has room for one more than wanted.
func (s *search) keepNear(best []place, t, at int64, site int) []place {
	nearer := func(a, b int64) bool {
		da, db := max(a-at, at-a), max(b-at, at-b)
		return da < db || da == db && a < b
	}
	i := sort.Search(len(best), func(i int) bool { return !nearer(best[i].start, t) })
	if t == at || i == cap(best)-1 {
		return best
	}
	pl := s.choose(t, site)
	if i < len(best) && best[i].start == t { // the same time at another site
		if pl.less(best[i].key) {
			best[i] = pl
		}
		return best
	}
	best = slices.Insert(best, i, pl)
	return best[:min(len(best), cap(best)-1)]
}
