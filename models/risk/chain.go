package risk

import "slices"

// Person is somebody who can be asked.
type Person struct {
	AccountID string
	Name      string
	Reached   bool // a channel reaches them
}

// Chain is who can be asked about a patient now: only people who may see what it is
// about, except for the fail-safe.
type Chain struct {
	Team     []Person // clinicians, the one who is asked first at the front
	Leads    []Person // of the team
	FailSafe Person
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
	deaf := !c.FailSafe.Reached && !slices.ContainsFunc(c.Team, func(p Person) bool { return p.Reached })
	for ; level < LevelFailSafe; level++ {
		found := c.Team
		if level == LevelLead {
			found = c.Leads
		}
		free := slices.DeleteFunc(slices.Clone(found), func(p Person) bool { return slices.Contains(asked, p.AccountID) })
		if level == LevelLead && len(free) == 0 && len(c.Leads) > 0 {
			continue // the lead was asked before, as the assigned one
		}
		if i := slices.IndexFunc(free, func(p Person) bool { return p.Reached || deaf }); i >= 0 {
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

// Readers are who reads what has no alert: the clinicians of the team, or the fail-safe
// where there is none.
func (c Chain) Readers() []Person {
	if len(c.Team) == 0 {
		return []Person{c.FailSafe}
	}
	return c.Team
}

// Holds tells whether somebody is of the chain now.
func (c Chain) Holds(accountID string) bool {
	is := func(p Person) bool { return p.AccountID == accountID }
	return is(c.FailSafe) || slices.ContainsFunc(c.Team, is) || slices.ContainsFunc(c.Leads, is)
}
