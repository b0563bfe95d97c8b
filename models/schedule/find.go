package schedule

import (
	"slices"
	"sort"
)

// chunkSeconds is how much of the window is looked at in one go. It bounds the
// memory of a search, and what is done in vain when the first slots lie near.
const chunkSeconds = 5 * daySeconds

// Find answers the times at which the visit that req asks for can begin, one slot
// for each start (and site): continuity of care first, then the soonest; among
// people who are equally familiar, whoever has the least load. next is the cursor
// of the page that follows, "" at the end.
//
// Errors are *models.Error: invalid-input with the fields of req (visit.minutes,
// roles[1].who[0], …), or visit-type-not-yours.
func Find(req Request, candidates Candidates) (slots []Slot, next string, err error) {
	s, err := bind(req, candidates)
	if err != nil {
		return nil, "", err
	}
	after, err := s.readCursor(req.Cursor)
	if err != nil {
		return nil, "", err
	}
	limit := req.Limit
	if limit == 0 {
		limit = DefaultSlots
	}
	found := s.find(after, limit+1)
	if len(found) > limit {
		found = found[:limit]
		next = s.cursor(found[limit-1].key)
	}
	for _, pl := range found {
		slots = append(slots, s.slot(pl))
	}
	return slots, next, nil
}

// find gives the first n places after a key. What lies ahead of its start may be as
// familiar as it was; what lies behind was on a page before, or is less so.
func (s *search) find(after key, n int) []place {
	best := make([]place, 0, n)
	best = s.scan(best, s.within.And(Span{after.start, s.within.To}), after, max(s.least, after.unfamiliar))
	return s.scan(best, s.within.And(Span{s.within.From, after.start}), after, max(s.least, after.unfamiliar+1))
}

// scan looks for better places in a part of the window, where none can be less
// unfamiliar than least.
func (s *search) scan(best []place, window Span, after key, least int) []place {
	for from := window.From; from < window.To && !decided(best, key{least, from, 0}); from += chunkSeconds {
		chunk := Span{from, min(from+chunkSeconds, window.To)}
		for site := range s.sites {
			best = s.collect(best, s.fill(chunk, s.sites[site]), after, key{least, 0, site})
		}
	}
	return best
}

// collect puts the places of one chunk and site where they belong among the best so
// far. floor is a key that none of them can be below, but for the start.
func (s *search) collect(best []place, starts []Span, after, floor key) []place {
	for _, span := range starts {
		for t := s.grid.next(span.From); t < span.To; t = s.grid.next(t + 60) {
			if floor.start = t; decided(best, floor) {
				return best
			}
			pl := s.choose(t, floor.site)
			at := sort.Search(len(best), func(i int) bool { return pl.less(best[i].key) })
			if at == cap(best) || !after.less(pl.key) {
				continue
			}
			if len(best) == cap(best) {
				best = best[:len(best)-1]
			}
			best = slices.Insert(best, at, pl)
		}
	}
	return best
}

// decided tells that nothing at or behind k can get among the best any more.
func decided(best []place, k key) bool {
	return len(best) == cap(best) && !k.less(best[len(best)-1].key)
}
