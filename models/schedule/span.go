package schedule

import (
	"slices"
	"time"
)

// Span is a half-open piece of time [From, To) in Unix seconds.
type Span struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// SpanOf makes a Span of two instants.
func SpanOf(from, to time.Time) Span { return Span{from.Unix(), to.Unix()} }

// Start and End are the instants of a Span, in UTC.
func (s Span) Start() time.Time { return instant(s.From) }

// End is the first instant that no longer belongs to the Span.
func (s Span) End() time.Time { return instant(s.To) }

// Empty tells that no instant lies in s.
func (s Span) Empty() bool { return s.To <= s.From }

// Overlaps tells whether an instant lies in both. Spans that touch do not overlap.
func (s Span) Overlaps(o Span) bool { return s.From < o.To && o.From < s.To }

// And is what lies in both.
func (s Span) And(o Span) Span { return Span{max(s.From, o.From), min(s.To, o.To)} }

func instant(unix int64) time.Time { return time.Unix(unix, 0).UTC() }

// ceilUnix is the first whole second that is not before t.
func ceilUnix(t time.Time) int64 {
	if t.Nanosecond() > 0 {
		return t.Unix() + 1
	}
	return t.Unix()
}

// A set is a slice of spans that is sorted and disjoint. The functions below
// append to dst, so that a search can use its buffers again and again.

// merge makes a set of any spans, in place. Spans that touch become one.
func merge(spans []Span) []Span {
	byFrom := func(a, b Span) int { return int(min(max(a.From-b.From, -1), 1)) }
	if !slices.IsSortedFunc(spans, byFrom) {
		slices.SortFunc(spans, byFrom)
	}
	out := spans[:0]
	for _, s := range spans {
		switch n := len(out); {
		case s.Empty():
		case n > 0 && s.From <= out[n-1].To:
			out[n-1].To = max(out[n-1].To, s.To)
		default:
			out = append(out, s)
		}
	}
	return out
}

// intersect appends what lies in both sets.
func intersect(dst, a, b []Span) []Span {
	for len(a) > 0 && len(b) > 0 {
		if s := a[0].And(b[0]); !s.Empty() {
			dst = append(dst, s)
		}
		if a[0].To < b[0].To {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return dst
}

// minus appends what of s is in none of holes. The holes are sorted by From and
// may overlap.
func minus(dst []Span, s Span, holes []Span) []Span {
	for _, h := range holes {
		if h.From >= s.To {
			break
		}
		if h.To <= s.From {
			continue
		}
		if h.From > s.From {
			dst = append(dst, Span{s.From, h.From})
		}
		s.From = h.To
	}
	if !s.Empty() {
		dst = append(dst, s)
	}
	return dst
}

// subtract appends what of the set a is in none of holes, which are sorted by
// From and may overlap.
func subtract(dst, a, holes []Span) []Span {
	for _, s := range a {
		for len(holes) > 0 && holes[0].To <= s.From {
			holes = holes[1:]
		}
		dst = minus(dst, s, holes)
	}
	return dst
}

// atLeast appends where k or more of the sets hold. scratch comes back, grown.
func atLeast(dst []Span, k int, sets [][]Span, scratch []int64) ([]Span, []int64) {
	// An edge is an instant and a bit: 0 a set ends, 1 a set begins. Ends sort
	// first, so that spans which touch do not count twice.
	edges := scratch[:0]
	for _, set := range sets {
		for _, s := range set {
			edges = append(edges, s.From<<1|1, s.To<<1)
		}
	}
	slices.Sort(edges)
	n, from := 0, int64(0)
	for _, e := range edges {
		if e&1 == 1 {
			if n++; n == k {
				from = e >> 1
			}
			continue
		}
		if n--; n == k-1 {
			dst = appendJoined(dst, Span{from, e >> 1})
		}
	}
	return dst, edges
}

// appendJoined appends s, joined to the last span where they touch.
func appendJoined(dst []Span, s Span) []Span {
	if n := len(dst); n > 0 && dst[n-1].To == s.From {
		dst[n-1].To = s.To
		return dst
	}
	if s.Empty() {
		return dst
	}
	return append(dst, s)
}

// firstAfter is the index of the first span of the set that ends after t.
func firstAfter(set []Span, t int64) int {
	lo, hi := 0, len(set)
	for lo < hi {
		if mid := (lo + hi) / 2; set[mid].To <= t {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// Without is what is left of a set when the holes, a set too, are cut out.
func Without(set, holes []Span) []Span { return subtract(nil, set, holes) }

// Union makes a sorted set without overlaps of any spans, in place.
func Union(spans []Span) []Span { return merge(spans) }
