package schedule

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// painted is a set as one bool a second.
func painted(set []Span) (out [64]bool) {
	for _, s := range set {
		for i := s.From; i < s.To; i++ {
			out[i] = true
		}
	}
	return out
}

func someSpans(r *rand.Rand) []Span {
	var out []Span
	for range r.IntN(6) {
		from := r.Int64N(60)
		out = append(out, Span{from, min(from+r.Int64N(12), 64)})
	}
	return out
}

func isSet(set []Span) bool {
	for i, s := range set {
		if s.Empty() || i > 0 && set[i-1].To > s.From {
			return false
		}
	}
	return true
}

// TestSets holds the operations on sets against painting.
func TestSets(t *testing.T) {
	const seed = 11
	r := rand.New(rand.NewPCG(seed, seed))
	for n := range 20_000 {
		raw := [][]Span{someSpans(r), someSpans(r), someSpans(r)}
		sets := make([][]Span, len(raw))
		var paint [][64]bool
		for i := range raw {
			sets[i] = merge(slices.Clone(raw[i]))
			paint = append(paint, painted(raw[i]))
		}
		holes := slices.Clone(raw[1])
		slices.SortFunc(holes, func(a, b Span) int { return int(a.From - b.From) })
		k := 1 + r.IntN(3)
		many, _ := atLeast(nil, k, sets, nil)
		both, left := intersect(nil, sets[0], sets[1]), subtract(nil, sets[0], holes)
		for i := range 64 {
			a, b, c := paint[0][i], paint[1][i], paint[2][i]
			count := 0
			for _, p := range paint {
				if p[i] {
					count++
				}
			}
			at := int64(i)
			if holds(sets[0], at) != a || holds(both, at) != (a && b) || holds(left, at) != (a && !b) || holds(many, at) != (count >= k) {
				t.Fatalf("seed %d, case %d, second %d (%v %v %v), k %d: %v\nboth %v\nleft %v\nmany %v", seed, n, i, a, b, c, k, raw, both, left, many)
			}
		}
		for _, set := range [][]Span{sets[0], both, left, many} {
			if !isSet(set) {
				t.Fatalf("seed %d, case %d: not sorted and disjoint: %v of %v", seed, n, set, raw)
			}
		}
	}
}

func TestSpans(t *testing.T) {
	a := SpanOf(time.Unix(10, 0), time.Unix(20, 0))
	for _, c := range []struct {
		b       Span
		overlap bool
	}{{Span{0, 10}, false}, {Span{20, 30}, false}, {Span{19, 30}, true}, {Span{0, 11}, true}, {Span{12, 13}, true}, {Span{0, 99}, true}} {
		if a.Overlaps(c.b) != c.overlap || c.b.Overlaps(a) != c.overlap || !c.overlap != a.And(c.b).Empty() {
			t.Errorf("%v and %v: want %v", a, c.b, c.overlap)
		}
	}
	if a.Start().Unix() != 10 || a.End().Unix() != 20 || a.Start().Location() != time.UTC {
		t.Error("a span tells its instants in UTC")
	}
	if ceilUnix(time.Unix(5, 1)) != 6 || ceilUnix(time.Unix(5, 0)) != 5 {
		t.Error("a part of a second counts as the next one")
	}
}

// holds tells whether t lies in the set, by halves.
func holds(set []Span, t int64) bool {
	i := firstAfter(set, t)
	return i < len(set) && set[i].From <= t
}
