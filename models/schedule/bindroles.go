package schedule

import (
	"fmt"
	"slices"
	"time"

	"handrail/models"
)

// check looks at a request alone.
func (r *Request) check(c *models.Checks) {
	r.Visit.check(c, "visit.")
	c.Require(slices.Contains(r.Visit.Modalities, r.Modality), "modality", "not-offered", "This kind of visit is not held this way.")
	c.Require(r.Site == "" || len(r.Visit.Sites) == 0 || slices.Contains(r.Visit.Sites, r.Site),
		"site", "not-offered", "This kind of visit is not held there.")
	c.Require(r.Site == "" || r.Modality == InPerson, "site", "not-in-person", "Only a visit in person has a site.")
	c.Require(r.From.Before(r.To), "to", "before-start", "The end is not after the start.")
	c.Require(r.To.Sub(r.From) <= MaxWindowDays*24*time.Hour, "to", "too-far", "Ask for at most a year at once.")
	c.Require(!r.Now.IsZero() && dayOf(r.Now.Unix()) >= minDay && dayOf(r.To.Unix()) < maxDay, "from", "out-of-range", "This date is too far away.")
	inRange(c, "limit", r.Limit, 0, MaxSlots)
	inRange(c, "travelMinutes", r.TravelMinutes, 0, MaxTravelTime)
	c.Require(r.TravelMinutes == 0 || r.Modality == HomeVisit, "travelMinutes", "not-a-home-visit", "Only a home visit has travel time.")
	inRange(c, "roles", len(r.Roles), 1, MaxRoles)
	for i := range r.Roles {
		r.Roles[i].check(c, fmt.Sprintf("roles[%d].", i), r.Visit.Minutes)
		if slices.ContainsFunc(r.Roles[:i], func(o Role) bool { return o.Key == r.Roles[i].Key }) {
			c.Fail(fmt.Sprintf("roles[%d].key", i), "twice", "Two parts have the same key.")
		}
	}
}

func (r *Role) check(c *models.Checks, at string, visit int) {
	c.Text(at+"key", r.Key, 1, MaxKey)
	c.Require(slices.Contains([]Kind{Clinician, Patient, Supporter, Resource}, r.Kind), at+"kind", "unknown-kind", "This is no kind of participant.")
	inRange(c, at+"who", len(r.Who), 0, MaxCandidates)
	c.Require(len(r.Who) > 0 || r.Discipline != "" || r.Language != "", at+"who", "required", "Say who, or which discipline or language.")
	c.Require(len(r.Who) > 0 || r.Need > 0, at+"need", "required", "Say how many are needed.")
	c.Require(r.Need >= 0 && (len(r.Who) == 0 || r.Need <= len(r.Who)) && r.Need <= MaxSeats, at+"need", "out-of-range", "More are needed than there are.")
	inRange(c, at+"offsetMinutes", r.OffsetMinutes, 0, max(0, visit-1))
	inRange(c, at+"minutes", r.Minutes, 0, max(0, visit-r.OffsetMinutes))
}

// bindRoles finds the candidates of each role. Whoever is named for one role is no
// candidate of another, and nobody is a candidate of two: so each role can be
// filled without a look at the others.
func (s *search) bindRoles(c *models.Checks, candidates Candidates) {
	places := map[string]int{} // who -> index of the role that needs them
	for i, r := range s.req.Roles {
		if !r.named() {
			continue
		}
		for j, id := range r.Who {
			_, twice := places[id]
			c.Require(!twice, fmt.Sprintf("roles[%d].who[%d]", i, j), "person-in-two-roles", "Somebody is named twice.")
			places[id] = i
		}
	}
	seats := 0
	for i, r := range s.req.Roles {
		p := s.part(r)
		s.bindCandidates(c, &p, i, places, candidates)
		if seats += p.need; p.Optional {
			seats += len(p.who) - p.need
		}
		s.parts = append(s.parts, p)
	}
	c.Require(seats <= MaxSeats, "roles", "too-many", "A visit has at most 20 people and resources.")
}

// bindCandidates looks up who can play part i. places knows who is spoken for.
func (s *search) bindCandidates(c *models.Checks, p *part, i int, places map[string]int, candidates Candidates) {
	if p.Kind == Patient && s.req.Modality == Asynchronous {
		p.need = 0 // the patient's time is not taken
		return
	}
	ids := p.Who
	if len(ids) == 0 {
		ids = candidates.matching(p.Role)
		tooMany(c, fmt.Sprintf("roles[%d].who", i), len(ids), MaxCandidates)
	}
	for j, id := range ids {
		at, taken := places[id]
		if taken && at != i && s.req.Roles[at].named() {
			continue
		}
		who, field := candidates.People[id], fmt.Sprintf("roles[%d].who[%d]", i, j)
		c.Require(who != nil, field, "unknown-participant", "This person or resource can't be booked.")
		c.Require(!taken || p.named(), field, "person-in-two-roles", "Somebody is a candidate of two parts. Ask for both in one part.")
		if places[id] = i; who != nil {
			p.who = append(p.who, who)
		}
	}
	slices.SortFunc(p.who, rank)
	p.starts, p.at = make([][]Span, len(p.who)), make([]int, len(p.who))
}

// named tells that the role can do without none of the people that it names.
func (r *Role) named() bool {
	return !r.Optional && len(r.Who) > 0 && (r.Need == 0 || r.Need == len(r.Who))
}

// part makes a part without candidates.
func (s *search) part(r Role) part {
	p := part{Role: r, need: r.Need, offset: int64(r.OffsetMinutes) * 60, length: int64(r.Minutes) * 60}
	if p.need == 0 {
		p.need = len(r.Who)
	}
	if p.length == 0 {
		p.length = s.length - p.offset
	}
	if r.Kind == Clinician {
		p.before, p.after = int64(s.req.Visit.BeforeMinutes)*60, int64(s.req.Visit.AfterMinutes)*60
		p.travel, p.perDay = int64(s.req.TravelMinutes)*60, s.req.Visit.PerDay
	}
	return p
}

// matching are the ids of everybody who has the discipline and language of a role.
func (candidates Candidates) matching(r Role) []string {
	var ids []string
	for id, p := range candidates.People {
		if (r.Discipline == "" || p.Discipline == r.Discipline) &&
			(r.Language == "" || slices.Contains(p.Languages, r.Language)) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
