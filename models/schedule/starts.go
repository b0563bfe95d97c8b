package schedule

// fill finds, for each candidate of each part, the starts within chunk that suit
// them at a site, and returns the set of those at which the whole visit can begin.
// What it returns is good until the next call.
func (s *search) fill(chunk Span, site string) []Span {
	all, other := append(s.all[:0], chunk), s.other
	for i := range s.parts {
		p := &s.parts[i]
		if len(all) == 0 {
			break
		}
		for j, who := range p.who {
			p.starts[j], p.at[j] = s.starts(p.starts[j][:0], p, who, site, chunk), 0
		}
		if p.Optional || p.need == 0 {
			continue
		}
		switch {
		case p.need > len(p.who):
			all = all[:0]
		case p.need == len(p.who):
			for _, set := range p.starts {
				all, other = intersect(other[:0], all, set), all
			}
		default:
			s.holes, s.edges = atLeast(s.holes[:0], p.need, p.starts, s.edges)
			all, other = intersect(other[:0], all, s.holes), all
		}
	}
	s.all, s.other = all, other
	return all
}

// starts appends the starts within chunk at which who can play the part: their
// hours hold part and travel; part, travel and buffers meet nothing else; their
// date is not full; their notice is kept.
func (s *search) starts(dst []Span, p *part, who *Candidate, site string, chunk Span) []Span {
	notice := int64(0)
	if who.Open != nil && p.Kind == Clinician {
		notice = who.Open.notice
	}
	chunk = chunk.And(Span{s.earliest(notice), chunk.To})
	if chunk.Empty() || p.Kind == Clinician && who.Open == nil {
		return dst
	}
	s.open = s.openStarts(s.open[:0], p, who, site, chunk)
	if len(s.open) == 0 {
		return dst
	}
	if s.free = subtract(s.free[:0], s.open, s.takenStarts(p, who, chunk)); len(s.free) == 0 {
		return dst
	}
	return subtract(dst, s.free, s.fullDays(p, who, chunk))
}

// openStarts appends the starts that lie in somebody's hours.
func (s *search) openStarts(dst []Span, p *part, who *Candidate, site string, chunk Span) []Span {
	if who.Open == nil {
		return append(dst, chunk)
	}
	lead, tail := p.offset-p.travel, p.offset+p.length+p.travel // of hours, seen from a start
	windows := who.Open.Windows(dst, Span{chunk.From + lead, chunk.To + tail}, s.need(p, site))
	out := dst // written over the windows as they are read
	for _, w := range windows[len(dst):] {
		if fits := chunk.And(Span{w.From - lead, w.To - tail + 1}); !fits.Empty() {
			out = append(out, fits)
		}
	}
	return out
}

// takenStarts are the starts at which the part would meet a claim or a busy time,
// sorted by From.
func (s *search) takenStarts(p *part, who *Candidate, chunk Span) []Span {
	lead, tail := p.claim()
	around := Span{chunk.From - lead, chunk.To + tail}
	out := s.holes[:0]
	for _, c := range claimsFrom(who.Claims, around.From) {
		if c.From >= around.To {
			break
		}
		if c.To > around.From && s.counts(c) {
			out = append(out, Span{c.From - tail + 1, c.To + lead})
		}
	}
	for _, b := range who.Busy[firstAfter(who.Busy, around.From):] {
		if b.From >= around.To {
			break
		}
		out = append(out, Span{b.From - tail + 1, b.To + lead})
	}
	s.holes = merge(out)
	return s.holes
}

// claim gives how far a claim of the part reaches before and after a visit's
// start, in seconds: the claim of a start t is [t-lead, t+tail).
func (p *part) claim() (lead, tail int64) {
	return p.before + p.travel - p.offset, p.offset + p.length + p.travel + p.after
}

// fullDays are the starts on dates of who that have their number of such visits.
func (s *search) fullDays(p *part, who *Candidate, chunk Span) []Span {
	out := s.holes[:0]
	if p.perDay == 0 {
		return out
	}
	zone := who.home()
	from, to := zone.Day(chunk.From+p.offset), zone.Day(chunk.To+p.offset)
	for d := from; d <= to; d++ {
		span := zone.DaySpan(d)
		if s.countDay(who, span) >= p.perDay {
			out = append(out, Span{span.From - p.offset, span.To - p.offset})
		}
	}
	s.holes = merge(out)
	return s.holes
}

// countDay counts the visits of the asked type that begin for who within a day.
func (s *search) countDay(who *Candidate, day Span) int {
	n := 0
	for _, c := range claimsFrom(who.Claims, day.From) {
		if c.From >= day.To {
			break
		}
		if c.Type == s.req.Visit.ID && c.Start >= day.From && c.Start < day.To && s.counts(c) {
			n++
		}
	}
	return n
}

// counts tells whether a claim is in the way: not if its hold is over, nor if its
// visit is the one that is to be moved.
func (s *search) counts(c Claim) bool {
	return c.Live(s.now) && (s.req.Ignore == "" || c.Visit != s.req.Ignore)
}
