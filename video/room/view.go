package room

import "slices"

// View is what one person may know about the room.
type View struct {
	VisitID string   `json:"visitId"`
	Phase   Phase    `json:"phase"`
	Locked  bool     `json:"locked,omitempty"`
	You     Person   `json:"you"`
	OnHold  bool     `json:"onHold,omitempty"` // the others confer; you wait
	KeptBy  string   `json:"keptBy,omitempty"` // who put what was written into the record
	People  []Person `json:"people"`           // others, sorted by role, then name
	Expects []Guest  `json:"expects"`          // booked and not here yet
}

// ViewFor makes the view of one person. Those who treat see all, with the lobby.
// The others see who is inside; people who wait do not see each other.
// Session ids are nobody else's business.
func (r *Room) ViewFor(id string) (View, bool) {
	you := r.Person(id)
	if you == nil {
		return View{}, false
	}
	v := View{VisitID: r.VisitID, Phase: r.Phase, Locked: r.Locked && you.Role.Treats(), You: *you,
		OnHold: r.OnHold(you), People: []Person{}, Expects: []Guest{}}
	if you.Place == Inside {
		v.KeptBy = r.KeptBy
	}
	for i := range r.People {
		if p := r.People[i]; p.ID != id && sees(you, &p) {
			p.Session = ""
			v.People = append(v.People, p)
		}
	}
	slices.SortStableFunc(v.People, byRoleAndName)
	for _, g := range r.Expects {
		p := r.Person(g.ID)
		if g.ID != id && (p == nil || p.Place == Left) && (you.Role.Treats() || g.Role != Observer) {
			v.Expects = append(v.Expects, g)
		}
	}
	return v, true
}

func sees(you, p *Person) bool {
	if you.Role.Treats() && you.Place == Inside {
		return p.Place != Left
	}
	return p.Place == Inside && (you.Place == Inside || you.Place == Lobby)
}

func byRoleAndName(a, b Person) int {
	if d := a.Role.rank() - b.Role.rank(); d != 0 {
		return d
	}
	switch {
	case a.Name < b.Name:
		return -1
	case a.Name > b.Name:
		return 1
	}
	return 0
}
