package schedule

// place is a possible slot, small enough to keep a few hundred.
type place struct {
	key
	n     int
	seats [MaxSeats]seatRef
}

// key is where a slot stands in the answer: continuity of care first, then the
// soonest, then the preferred site.
type key struct {
	unfamiliar int
	start      int64
	site       int // index
}

// seatRef is candidate who of part part.
type seatRef struct{ part, who int16 }

func (k key) less(o key) bool {
	if k.unfamiliar != o.unfamiliar {
		return k.unfamiliar < o.unfamiliar
	}
	if k.start != o.start {
		return k.start < o.start
	}
	return k.site < o.site
}

// choose fills the parts for a start that fill found: of those who can, the most
// familiar, then the least loaded. Starts of one chunk come in ascending order.
func (s *search) choose(start int64, site int) place {
	pl := place{key: key{start: start, site: site}}
	for i := range s.parts {
		p := &s.parts[i]
		left := p.need
		if p.Optional {
			left = len(p.who)
		}
		for j := 0; j < len(p.who) && left > 0; j++ {
			if !p.suits(j, start) {
				continue
			}
			pl.seats[pl.n] = seatRef{int16(i), int16(j)}
			pl.n, left = pl.n+1, left-1
			if !p.Optional {
				pl.unfamiliar += p.who[j].Unfamiliar
			}
		}
	}
	return pl
}

// suits tells whether candidate j can start then, reading on where it left off.
func (p *part) suits(j int, start int64) bool {
	set := p.starts[j]
	for p.at[j] < len(set) && set[p.at[j]].To <= start {
		p.at[j]++
	}
	return p.at[j] < len(set) && set[p.at[j]].From <= start
}
