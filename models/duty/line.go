package duty

import (
	"slices"
	"time"

	"handrail/models/schedule"
)

// Stretch is a piece of time with one answer. Times are UTC.
type Stretch struct {
	From time.Time
	To   time.Time
	Answer
}

// Line is who is on duty between two instants, in order and without gaps: where nobody
// is, there is a stretch with nobody.
func (p *Plan) Line(from, to time.Time) []Stretch {
	var out []Stretch
	edges := p.edges(from.Unix(), to.Unix())
	for i := 0; i+1 < len(edges); i++ {
		a := p.at(edges[i])
		if n := len(out); n > 0 && out[n-1].Answer == a {
			out[n-1].To = time.Unix(edges[i+1], 0).UTC()
			continue
		}
		out = append(out, Stretch{time.Unix(edges[i], 0).UTC(), time.Unix(edges[i+1], 0).UTC(), a})
	}
	return out
}

// edges are the instants at which the answer may change, with from and to themselves.
func (p *Plan) edges(from, to int64) []int64 {
	out := []int64{from, to}
	add := func(s schedule.Span) {
		for _, at := range []int64{s.From, s.To} {
			if from < at && at < to {
				out = append(out, at)
			}
		}
	}
	for _, all := range [][]once{p.overrides, p.swaps, p.away} {
		for _, o := range all {
			add(o.span)
		}
	}
	for d := p.zone.Day(from) - 2; d <= p.zone.Day(to); d++ {
		for _, s := range p.shifts {
			if span, ok := s.on(p.zone, d); ok {
				add(span)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Holes are the stretches with nobody, as far as they lie in the given times, which are
// sorted.
func (p *Plan) Holes(from, to time.Time, declared []schedule.Span) []schedule.Span {
	var out []schedule.Span
	for _, s := range p.Line(from, to) {
		if s.AccountID != "" {
			continue
		}
		for _, d := range declared {
			if hole := d.And(schedule.SpanOf(s.From, s.To)); !hole.Empty() {
				if n := len(out); n > 0 && out[n-1].To == hole.From {
					out[n-1].To = hole.To
					continue
				}
				out = append(out, hole)
			}
		}
	}
	return out
}
