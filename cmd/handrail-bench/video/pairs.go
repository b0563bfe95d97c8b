package main

import "time"

// seen is a packet of media as it went by; only its header is not encrypted.
type seen struct {
	at     time.Duration
	ts     uint32
	marker bool
	body   int // bytes without the header
}

// passing is one stream on its way to the server, or from it.
type passing struct {
	list  []seen
	usual int // the body that most have
}

// pairs finds for each stream that went out the one that came in, by the frames of a size
// that only one person sends, and then for each packet the one that it came of.
func pairs(in, out map[lane]*passing) (all []time.Duration) {
	from := map[[2]int]*passing{} // by whose it is and whether it is sound
	for _, p := range in {
		if person, sound, _, ok := p.whose(); ok {
			from[[2]int{person, sound}] = p
		}
	}
	for _, p := range out {
		person, sound, m, ok := p.whose()
		source := from[[2]int{person, sound}]
		if !ok || source == nil {
			continue
		}
		type frame struct {
			ts     uint32
			marker bool
		}
		came := map[frame]time.Duration{}
		var shift uint32
		known := false
		for _, s := range source.list {
			if came[frame{s.ts, s.marker}] == 0 {
				came[frame{s.ts, s.marker}] = s.at
			}
			if s.body != source.usual && s.marker == m.marker && s.at <= m.at {
				shift, known = m.ts-s.ts, true
			}
		}
		for _, s := range p.list {
			if at := came[frame{s.ts - shift, s.marker}]; known && at > 0 {
				all = append(all, s.at-at)
			}
		}
	}
	return all
}

// whose tells who sends a stream, by the first frame that is longer than usual.
func (p *passing) whose() (person, sound int, marked seen, ok bool) {
	count := map[int]int{}
	for _, s := range p.list {
		if count[s.body]++; count[s.body] > count[p.usual] {
			p.usual = s.body
		}
	}
	if p.usual < frameSize/2 {
		sound = 1
	}
	for _, s := range p.list {
		if n := s.body - p.usual - 1; n >= 0 && n < mostPeople {
			return n, sound, s, true
		}
	}
	return 0, sound, seen{}, false
}
