package schedule

import (
	"cmp"
	"slices"

	"handrail/models"
)

// search is a Request that was checked and bound to its Candidates, with the buffers
// that it works in.
type search struct {
	req    Request
	length int64 // seconds, as all times below
	grid   grid
	reader *Zone
	sites  []string // in person: those to try, in order of preference; else [""]
	parts  []part
	within Span  // where starts may lie: asked window, lead time and horizon
	least  int   // no slot is less unfamiliar than this
	now    int64 // for what counts still; a start is held against the next whole second

	// Buffers, so that memory does not grow with the horizon.
	all, other, open, free, holes []Span
	edges                         []int64
}

// part is a Role with its candidates.
type part struct {
	Role
	need           int
	offset, length int64
	travel         int64 // on the way, before and after: within working hours
	before, after  int64 // buffers on top of that: only free of other visits
	perDay         int
	who            []*Candidate // the most familiar first, then the least loaded
	starts         [][]Span     // of each of who, within the chunk at hand: the starts that suit
	at             []int        // how far choose has read in starts
}

// bind checks a request against its candidates.
func bind(req Request, candidates Candidates) (*search, error) {
	var c models.Checks
	req.check(&c)
	s := &search{req: req, length: int64(req.Visit.Minutes) * 60, now: req.Now.Unix(), sites: []string{""}}
	s.reader = zoneField(&c, "reader", req.Reader)
	s.grid = grid{zoneField(&c, "zone", req.Zone), int64(req.Visit.GridMinutes) * 60}
	if err := c.Err(); err != nil {
		return nil, err
	}
	if !slices.Contains(req.Visit.BookableBy, req.By) {
		return nil, models.E(models.KindForbidden, "visit-type-not-yours", "This kind of visit is booked by somebody else. Please ask your team.")
	}
	s.bindRoles(&c, candidates)
	if err := c.Err(); err != nil {
		return nil, err
	}
	if req.Modality == InPerson {
		s.sites = s.bindSites()
	}
	s.within = Span{max(ceilUnix(req.From), s.earliest(0)), min(ceilUnix(req.To), s.latest())}
	for i := range s.parts {
		s.least += s.parts[i].least()
	}
	return s, nil
}

// earliest is the first instant for a start, given somebody's own notice.
func (s *search) earliest(notice int64) int64 {
	return ceilUnix(s.req.Now) + max(notice, int64(s.req.Visit.LeadMinutes)*60)
}

// latest is the first instant that is too far off for a start.
func (s *search) latest() int64 { return s.now + int64(s.req.Visit.HorizonDays)*daySeconds }

// bindSites lists where an in-person visit can be.
func (s *search) bindSites() []string {
	if s.req.Site != "" {
		return []string{s.req.Site}
	}
	if len(s.req.Visit.Sites) > 0 {
		return s.req.Visit.Sites
	}
	var sites []string
	for i := range s.parts {
		for _, p := range s.parts[i].who {
			if s.parts[i].Kind == Clinician && p.Open != nil {
				sites = p.Open.sites(sites)
			}
		}
	}
	slices.Sort(sites)
	return slices.Compact(sites)
}

// sites appends the sites of all hours.
func (o *OpenHours) sites(dst []string) []string {
	for _, list := range [2][]compiledHours{o.hours, o.extra} {
		for i := range list {
			if list[i].Site != "" {
				dst = append(dst, list[i].Site)
			}
		}
	}
	return dst
}

// need is what hours of this part must be for, at a site.
func (s *search) need(p *part, site string) Need {
	if p.Kind == Patient || p.Kind == Supporter {
		return Need{}
	}
	return Need{Modality: s.req.Modality, VisitType: s.req.Visit.ID, Site: site}
}

// least is the smallest sum of Unfamiliar that the part can be filled with.
func (p *part) least() int {
	sum := 0
	if !p.Optional {
		for _, who := range p.who[:min(p.need, len(p.who))] {
			sum += who.Unfamiliar
		}
	}
	return sum
}

// rank orders candidates: continuity of care, then fair load, then the id, so
// that the same question gets the same answer.
func rank(a, b *Candidate) int {
	return cmp.Or(cmp.Compare(a.Unfamiliar, b.Unfamiliar), cmp.Compare(a.Load, b.Load), cmp.Compare(a.ID, b.ID))
}
