package schedule

import (
	"slices"
	"time"

	"handrail/models"
)

// Explanation says whether a visit can begin at a time. Either Slot is set, or
// Conflicts has every reason why not.
type Explanation struct {
	Slot         *Slot      `json:"slot,omitempty"`
	Conflicts    []Conflict `json:"conflicts,omitempty"`
	Alternatives []Slot     `json:"alternatives,omitempty"` // the nearest in the request's window, the nearest first
}

// Alternatives is how many other times an Explanation brings.
const Alternatives = 5

// Explain looks at one start for the visit that req asks for. The window of req
// bounds the alternatives only. Errors are those of Find.
func Explain(req Request, candidates Candidates, start time.Time) (Explanation, error) {
	s, err := bind(req, candidates)
	if err != nil {
		return Explanation{}, err
	}
	at := start.Unix()
	if at < 0 || at >= int64(maxDay)*daySeconds {
		return Explanation{}, &models.Error{Kind: models.KindInvalid, Code: "invalid-input", Text: "This time is too far away.",
			Fields: []models.FieldError{{Field: "start", Code: "out-of-range", Text: "Choose a time in the years 1970 to 2099."}}}
	}
	out := Explanation{Conflicts: s.timeConflicts(at)}
	if start.Nanosecond() != 0 {
		out.Conflicts = append(out.Conflicts, conflict(OffGrid, Span{at, at + 1}))
	}
	people, site := s.bestSite(at)
	if out.Conflicts = append(out.Conflicts, people...); len(out.Conflicts) == 0 {
		s.fill(Span{at, at + 1}, s.sites[site])
		slot := s.slot(s.choose(at, site))
		out.Slot = &slot
		return out, nil
	}
	out.Conflicts = out.Conflicts[:min(len(out.Conflicts), maxConflicts)]
	for _, pl := range s.nearest(at, Alternatives) {
		out.Alternatives = append(out.Alternatives, s.slot(pl))
	}
	return out, nil
}

// timeConflicts are the reasons that lie in the start alone.
func (s *search) timeConflicts(at int64) []Conflict {
	var out []Conflict
	visit := Span{at, at + s.length}
	if now := ceilUnix(s.req.Now); at < now {
		out = append(out, conflict(InThePast, Span{at, now}))
	} else if first := s.earliest(0); at < first {
		out = append(out, conflict(TooSoon, Span{at, first}))
	}
	if last := s.latest(); at >= last {
		out = append(out, conflict(TooFar, Span{last, at + 1}))
	}
	if z := s.grid.zone; !s.grid.on(at) {
		code := OffGrid
		if int64(z.Wall(at))%s.grid.step == 0 {
			code = ShownTwice
		}
		out = append(out, conflict(code, visit))
	}
	return out
}

// bestSite gives the reasons that lie in people, at the site that has the fewest.
func (s *search) bestSite(at int64) (fewest []Conflict, site int) {
	for i := range s.sites {
		found := s.peopleConflicts(at, s.sites[i])
		if i == 0 || len(found) < len(fewest) {
			fewest, site = found, i
		}
	}
	if len(s.sites) == 0 { // in person, and nobody works at any site
		fewest = append(fewest, conflict(NoHours, Span{at, at + s.length}))
	}
	return fewest, site
}

func (s *search) peopleConflicts(at int64, site string) []Conflict {
	var out []Conflict
	for i := range s.parts {
		p := &s.parts[i]
		if p.Optional {
			continue
		}
		var why []Conflict
		free := 0
		for _, who := range p.who {
			found := s.personConflicts(p, who, site, at)
			if len(found) == 0 {
				free++
			}
			why = append(why, found...)
		}
		if free >= p.need {
			continue
		}
		if p.need != len(p.who) {
			c := conflict(NotEnough, Span{at + p.offset, at + p.offset + p.length})
			c.Role = p.Key
			out = append(out, c)
		}
		out = append(out, why...)
	}
	return out
}

// personConflicts are all reasons why who can't play the part.
func (s *search) personConflicts(p *part, who *Candidate, site string, at int64) []Conflict {
	lead, tail := p.claim()
	work := Span{at + p.offset - p.travel, at + p.offset + p.length + p.travel}
	out := s.hoursConflicts(p, who, site, at, work)
	for _, t := range s.taken(who, Span{at - lead, at + tail}) {
		if t.Overlaps(work) {
			out = append(out, conflict(Taken, t.And(work)))
		} else {
			out = append(out, conflict(BufferTaken, t))
		}
	}
	day := who.home().DaySpan(who.home().Day(at + p.offset))
	if p.perDay > 0 && s.countDay(who, day) >= p.perDay {
		out = append(out, conflict(DayFull, day))
	}
	for i := range out {
		out[i].Role, out[i].Who = p.Key, who.ID
	}
	return out
}

// taken are the pieces of around that somebody's claims and busy times take. Only
// these pieces are told: when others' visits begin and end is not for the asker.
func (s *search) taken(who *Candidate, around Span) []Span {
	var out []Span
	for _, c := range claimsFrom(who.Claims, around.From) {
		if c.From >= around.To {
			break
		}
		if c.Overlaps(around) && s.counts(c) {
			out = append(out, c.And(around))
		}
	}
	for _, b := range who.Busy {
		if b.Overlaps(around) {
			out = append(out, b.And(around))
		}
	}
	slices.SortFunc(out, func(a, b Span) int { return int(a.From - b.From) })
	return out
}

// hoursConflicts says which of the work lies outside of somebody's hours, and why.
func (s *search) hoursConflicts(p *part, who *Candidate, site string, at int64, work Span) []Conflict {
	var out []Conflict
	add := func(code string, spans []Span) {
		for _, t := range spans {
			if t.Overlaps(work) {
				out = append(out, conflict(code, t.And(work)))
			}
		}
	}
	if who.Open == nil {
		if p.Kind == Clinician {
			add(NoHours, []Span{work})
		}
		return out
	}
	o := who.Open
	if now := ceilUnix(s.req.Now); p.Kind == Clinician && at >= now && at < now+o.notice {
		out = append(out, conflict(ShortNotice, Span{at, now + o.notice}))
	}
	whole := func(*compiledHours) []Span { return nil }
	shut := func(h *compiledHours) []Span { return h.closed }
	all := o.windows(nil, work, Need{}, whole)
	fit := o.windows(nil, work, s.need(p, site), whole)
	open := o.windows(nil, work, s.need(p, site), shut)
	add(OutsideHours, minus(nil, work, all))
	add(OtherVisits, subtract(nil, all, fit))
	add(SiteClosed, subtract(nil, fit, open))
	add(OnLeave, intersect(nil, fit, o.leave))
	return out
}
