package room

import (
	"slices"

	"handrail/models"
)

// Phase is what the room as a whole is doing.
type Phase string

// The phases.
const (
	Open   Phase = "open"
	Huddle Phase = "huddle" // those who treat confer, the others wait and are told so
	Ended  Phase = "ended"
)

// MaxPeople is how many can be in the room and its lobby together: a team of nine,
// the patient, a supporter, an interpreter and a few observers.
const MaxPeople = 16

// maxNames is how many may have been in a room, one after the other.
const maxNames = 100

// Room is the state of one visit's room. It is a plain value: kept as JSON, it is
// what survives a restart of the server.
type Room struct {
	VisitID string   `json:"visitId"`
	Phase   Phase    `json:"phase"`
	Locked  bool     `json:"locked,omitempty"`
	People  []Person `json:"people"`            // in the order of first arrival
	Expects []Guest  `json:"expects,omitempty"` // from the booking
	KeptBy  string   `json:"keptBy,omitempty"`  // name of who kept what was written; empty: nobody
	Version uint64   `json:"version,omitempty"` // goes up with each change
}

// New makes an empty room for a visit and its expected guests.
func New(visitID string, expects []Guest) *Room {
	return &Room{VisitID: visitID, Phase: Open, Expects: expects}
}

// Person finds somebody, or nil.
func (r *Room) Person(id string) *Person {
	i := slices.IndexFunc(r.People, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return nil
	}
	return &r.People[i]
}

// Arrive lets a guest into the lobby, or straight inside when they treat or were
// inside before and only lost their connection. A newer session of the same person
// takes over; the older one's id is returned so that it can be told.
//
// Errors: KindGone visit-ended; KindForbidden removed-from-visit, visit-locked;
// KindTooMany visit-full.
func (r *Room) Arrive(g Guest, session string) (older string, err error) {
	if r.Phase == Ended {
		return "", models.E(models.KindGone, "visit-ended", "This visit has ended.")
	}
	p := r.Person(g.ID)
	if p == nil {
		return "", r.welcome(g, session)
	}
	if p.Place == Removed {
		return "", models.E(models.KindForbidden, "removed-from-visit", "You can't come back to this visit. Call the clinic if you need help.")
	}
	if p.Place == Left {
		if err := r.checkEntry(g.Role); err != nil {
			return "", err
		}
		p.Place, p.SentBack = firstPlace(g.Role), false
	}
	p.Role, p.Name = g.Role, g.Name
	if p.Session != session {
		older, p.Session = p.Session, session
	}
	p.Connected = true
	r.Version++
	return older, nil
}

func (r *Room) welcome(g Guest, session string) error {
	if err := r.checkEntry(g.Role); err != nil {
		return err
	}
	if len(r.People) >= maxNames {
		return isFull()
	}
	r.People = append(r.People, Person{ID: g.ID, Name: g.Name, Role: g.Role,
		Place: firstPlace(g.Role), Session: session, Connected: true})
	r.Version++
	return nil
}

// checkEntry: a full room takes nobody, a locked one only who leads the visit. Who has
// left holds no place.
func (r *Room) checkEntry(role Role) error {
	here := 0
	for _, p := range r.People {
		if p.Place == Lobby || p.Place == Inside {
			here++
		}
	}
	if here >= MaxPeople {
		return isFull()
	}
	if r.Locked && role != Lead {
		return models.E(models.KindForbidden, "visit-locked", "The visit is closed to new people right now. Please try again soon.")
	}
	return nil
}

func isFull() error { return models.E(models.KindTooMany, "visit-full", "This visit is full.") }

func firstPlace(role Role) Place {
	if role.Treats() {
		return Inside
	}
	return Lobby
}

// Drop notes that a session lost its last connection. The place is kept: a bad
// network is no reason to wait again. It tells whether anything changed.
func (r *Room) Drop(personID, session string) bool {
	p := r.Person(personID)
	if p == nil || p.Session != session || !p.Connected {
		return false
	}
	p.Connected = false
	r.Version++
	return true
}

// Waiting lists who is in the lobby and connected, longest first.
func (r *Room) Waiting() []Person {
	var out []Person
	for _, p := range r.People {
		if p.Place == Lobby && p.Connected {
			out = append(out, p)
		}
	}
	return out
}

// Clone is a deep copy, for a snapshot.
func (r *Room) Clone() *Room {
	c := *r
	c.People = slices.Clone(r.People)
	c.Expects = slices.Clone(r.Expects)
	return &c
}
