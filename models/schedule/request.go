package schedule

import (
	"time"

	"handrail/models"
)

// Kind says what somebody or something is in a visit.
type Kind string

// The kinds.
const (
	Clinician Kind = "clinician"
	Patient   Kind = "patient"
	Supporter Kind = "supporter"
	Resource  Kind = "resource" // an interpreter, a room
)

// Request asks for times of one visit.
type Request struct {
	Visit    VisitType
	Modality Modality
	Site     string // in person: only there
	Roles    []Role
	Zone     string // IANA: the grid lies on this zone's clock
	Reader   string // IANA: who asks reads times in this zone
	From, To time.Time
	Now      time.Time
	By       models.Role // who books
	// TravelMinutes is the way of a home visit, there and back each.
	TravelMinutes int
	// Ignore is a visit whose claims do not count, because it is to be moved.
	Ignore string
	Limit  int // 0: DefaultSlots
	Cursor string
}

// Role is a part in the visit and who can play it. Of Who, Need people are
// wanted: all of them (a joint visit), one (any of), or k of n. A person that a
// role can't do without is left out of the other roles.
type Role struct {
	Key  string // unique in the request, e.g. "psychiatrist"
	Kind Kind
	// Who are the candidates. When empty, everybody in the Candidates of the given
	// Discipline or Language is one.
	Who        []string
	Discipline models.Discipline
	Language   string // BCP 47, for an interpreter
	Need       int    // 0: all of Who
	Optional   bool   // comes if free; a time is offered also without them
	// The part within the visit, in minutes from its start: "joins the last 20
	// minutes" of 50 is 30 and 20. Minutes 0: to the end.
	OffsetMinutes int
	Minutes       int
}

// Candidates is all that is known of the people and resources of a request.
type Candidates struct {
	People map[string]*Candidate
}

// Candidate is somebody, or something, that can be booked.
type Candidate struct {
	ID   string
	Zone string     // IANA; ignored when Open has one
	Open *OpenHours // nil: any time that is not taken
	// Claims are those of the day ledgers that the request can touch, sorted by
	// From (see SortClaims). A hold whose time is over counts for nothing.
	Claims []Claim
	// Busy is other time that is taken, e.g. read from a calendar feed: sorted by From, disjoint.
	Busy       []Span
	Discipline models.Discipline
	Languages  []string
	Unfamiliar int   // 0: the patient's own clinician; more: less known. For continuity of care
	Load       int64 // how much they have already, e.g. visits this month. For fairness
}

// Reach is how far before the first start, and after the last one, a Person's
// Claims and Busy must be known: the longest claim, and the whole date for PerDay.
const Reach = 2 * MaxClaim

// ZoneAt is the zone whose clock the person lives by at an instant.
func (p *Candidate) ZoneAt(unix int64) *Zone {
	if p.Open != nil {
		return p.Open.ZoneAt(unix)
	}
	return p.home()
}

// home is the zone of the home clock; UTC for what has none.
func (p *Candidate) home() *Zone {
	if p.Open != nil {
		return p.Open.home
	}
	if z, err := LoadZone(p.Zone); err == nil {
		return z
	}
	return greenwich
}
