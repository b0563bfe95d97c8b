package risk

import "slices"

// Person is somebody who can be asked.
type Person struct {
	AccountID string
	Name      string
	Reached   bool // a channel reaches them
}

// Chain is who can be asked about a patient now. The team and its leads may see what it
// is about; who is asked by a rota may not, and then knows that somebody needs attention,
// as the fail-safe does.
type Chain struct {
	Team        []Person // clinicians, the assigned one at the front
	Away        []string // of the team: on leave now
	Covers      []Person // in place of the assigned one: who covers their leave, then who is on duty by the rotas
	Leads       []Person // of the team
	Supervisors []Person // on duty by the rotas of supervisors
	OnCall      []Person // of the covers: whose rota answers day and night
	Without     []int    // levels that the policy of the patient's programme leaves out
	OnRota      []string // who stands on a rota, on duty now or not: they keep what they were given
	Keeps       *Person  // who answers now, where they are none of these
	FailSafe    Person
}

// Hole is a level with nobody to ask. It costs no time and is reported.
type Hole struct {
	Level int
	Code  string // nobody, or unreachable
	Who   string // whom no channel reaches
}

// From finds who is asked from a level on, leaving out whom this round has asked. Past
// the last level it is the fail-safe again. Where no channel reaches anybody at all, the
// order holds, for who looks at the page, and that is reported.
func (c Chain) From(level int, asked []string) (Person, int, []Hole) {
	var holes []Hole
	deaf := c.deaf()
	for ; level < LevelFailSafe; level++ {
		if slices.Contains(c.Without, level) {
			continue
		}
		found, needed := c.at(level)
		free := slices.DeleteFunc(found, func(p Person) bool { return slices.Contains(asked, p.AccountID) })
		if !needed && len(free) == 0 {
			continue
		}
		i := slices.IndexFunc(free, func(p Person) bool { return p.Reached || deaf })
		for n, p := range free[:max(i, 0)] { // whom it passes over, although it is their turn
			if level >= LevelCover || n == 0 { // at the first level it is the assigned one's alone
				holes = append(holes, Hole{level, "unreachable", p.AccountID})
			}
		}
		if i >= 0 {
			if deaf {
				holes = append(holes, Hole{level, "unreachable", free[i].AccountID})
			}
			return free[i], level, holes
		}
		h := Hole{Level: level, Code: "nobody"}
		if len(free) > 0 {
			h.Code, h.Who = "unreachable", free[0].AccountID
		}
		holes = append(holes, h)
	}
	if !c.FailSafe.Reached {
		holes = append(holes, Hole{LevelFailSafe, "unreachable", c.FailSafe.AccountID})
	}
	return c.FailSafe, LevelFailSafe, holes
}

// Asks tells whether somebody is asked by the order of the chain itself.
func (c Chain) Asks(accountID string) bool {
	return slices.ContainsFunc(c.everybody(), func(p Person) bool { return p.AccountID == accountID })
}

func (c Chain) everybody() []Person {
	return slices.Concat(c.Team, c.Covers, c.Supervisors, []Person{c.FailSafe})
}

// deaf tells that no channel reaches anybody at all.
func (c Chain) deaf() bool {
	return !slices.ContainsFunc(c.everybody(), func(p Person) bool { return p.Reached })
}

// reaches tells whether somebody who holds an alert is called now: a channel reaches them, or
// nobody else.
func (c Chain) reaches(accountID string) bool {
	i := slices.IndexFunc(c.everybody(), func(p Person) bool { return p.AccountID == accountID })
	if i < 0 {
		return c.Keeps == nil || c.Keeps.AccountID != accountID || c.Keeps.Reached || c.deaf()
	}
	return c.everybody()[i].Reached || c.deaf()
}

// at is who can be asked at a level, the first one first. A level that is not needed may
// be empty, and is no hole then: the assigned one is on leave and covered, the lead was
// asked as the assigned one, the site has no rota of supervisors.
func (c Chain) at(level int) (found []Person, needed bool) {
	there := func(all []Person) []Person {
		return slices.DeleteFunc(slices.Clone(all), func(p Person) bool { return slices.Contains(c.Away, p.AccountID) })
	}
	switch level {
	case LevelAssigned:
		if len(c.Team) > 0 && len(c.Covers) > 0 && slices.Contains(c.Away, c.Team[0].AccountID) {
			return nil, false
		}
		return there(c.Team), true
	case LevelCover:
		return slices.Concat(c.Covers, slices.DeleteFunc(there(c.Team), func(p Person) bool {
			return slices.ContainsFunc(c.Covers, func(o Person) bool { return o.AccountID == p.AccountID })
		})), true
	case LevelLead:
		return there(c.Leads), len(c.Leads) == 0
	}
	return slices.Clone(c.Supervisors), false
}

// Readers are who reads what has no alert: the clinicians of the team, or the fail-safe
// where there is none.
func (c Chain) Readers() []Person {
	if len(c.Team) == 0 {
		return []Person{c.FailSafe}
	}
	return c.Team
}

// Holds tells whether somebody is of the chain now, or keeps what they were given.
func (c Chain) Holds(accountID string) bool {
	is := func(p Person) bool { return p.AccountID == accountID }
	return is(c.FailSafe) || slices.ContainsFunc(c.Team, is) || slices.ContainsFunc(c.Leads, is) ||
		slices.ContainsFunc(c.Covers, is) || slices.ContainsFunc(c.Supervisors, is) || slices.Contains(c.OnRota, accountID)
}
