package schedule

import "slices"

// OpenHours is availability that was checked and compiled. It never changes, so that it
// may be kept and shared; it holds no expanded times, so that its size does not
// grow with any horizon.
type OpenHours struct {
	home    *Zone
	notice  int64 // seconds
	hours   []compiledHours
	extra   []compiledHours
	leave   []Span
	travels []compiledTravel
}

// compiledHours are Hours, or an Opening as a rule of one day.
type compiledHours struct {
	recurrence
	start, end int64 // seconds after midnight; end > start, up to 48 h
	Terms
	closed  []Span // closures of the site
	blocked []Span // closures of the site, and leave
}

type compiledTravel struct {
	from, to Day // inclusive
	zone     *Zone
	move     bool
}

// Need says what hours are looked for. The zero Need is met by all of them.
type Need struct {
	Modality  Modality
	VisitType string
	Site      string // in-person only
}

// Home is the zone of the home clock.
func (o *OpenHours) Home() *Zone { return o.home }

// ZoneAt is the zone whose clock its owner lives by at an instant.
func (o *OpenHours) ZoneAt(unix int64) *Zone {
	for _, t := range o.travels {
		if d := t.zone.Day(unix); d >= t.from && d <= t.to {
			return t.zone
		}
	}
	return o.home
}

// zoneOn is the zone in which the hours of a date are read.
func (o *OpenHours) zoneOn(d Day) *Zone {
	for _, t := range o.travels {
		if t.move && d >= t.from && d <= t.to {
			return t.zone
		}
	}
	return o.home
}

// Windows appends the open times that meet need and touch within, as a set. Their
// ends may lie outside of within.
func (o *OpenHours) Windows(dst []Span, within Span, need Need) []Span {
	return o.windows(dst, within, need, func(h *compiledHours) []Span { return h.blocked })
}

// windows is Windows with a choice of what is cut out of the hours.
func (o *OpenHours) windows(dst []Span, within Span, need Need, cut func(*compiledHours) []Span) []Span {
	n := len(dst)
	for _, list := range [2][]compiledHours{o.hours, o.extra} {
		for i := range list {
			if h := &list[i]; h.meets(need) {
				dst = o.expand(dst, h, within, cut(h))
			}
		}
	}
	return dst[:n+len(merge(dst[n:]))]
}

// expand appends the times of h that touch within, without the holes.
func (o *OpenHours) expand(dst []Span, h *compiledHours, within Span, holes []Span) []Span {
	// A window lies within 48 hours after its midnight, a wall within 16 hours of
	// Greenwich, and a zone that jumps over the date line adds a day.
	from, to := max(dayOf(within.From)-4, h.first), min(dayOf(within.To)+2, h.last)
	for d := from; d <= to; d++ {
		if !h.on(d) {
			continue
		}
		zone := o.zoneOn(d)
		s := Span{zone.At(d.At(h.start)), zone.At(d.At(h.end))}
		if s.Overlaps(within) && !h.over(d.At(h.start), s.From) {
			dst = minus(dst, s, holes[firstAfter(holes, s.From):])
		}
	}
	return dst
}

// meets tells whether the hours are for what is needed.
func (h *compiledHours) meets(n Need) bool {
	if n.Modality != "" && len(h.Modalities) > 0 && !slices.Contains(h.Modalities, n.Modality) {
		return false
	}
	if n.Modality == InPerson && (h.Site == "" || n.Site != "" && h.Site != n.Site) {
		return false
	}
	return n.VisitType == "" || len(h.VisitTypes) == 0 || slices.Contains(h.VisitTypes, n.VisitType)
}
