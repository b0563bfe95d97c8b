package risk

import (
	"slices"
	"time"

	"handrail/models"
)

// ClinicProgramme is the id of the programme of everybody who is in no other. It is
// always there, and follows the clinic's own fail-safe.
const ClinicProgramme = "clinic"

// Levels are the names of the levels that a policy may leave out, in the order in which
// they are asked. The fail-safe comes after them and can't be left out.
var Levels = []string{"assigned", "cover", "lead", "supervisor"}

// Policy is who is asked about the patients of a programme.
type Policy struct {
	Name     string   `json:"name"`
	Levels   []string `json:"levels"`             // of Levels; at least one
	FailSafe string   `json:"failSafe,omitempty"` // account; "" is the clinic's
	Hours    *Hours   `json:"hours,omitempty"`    // nil is the clinic's
}

// Programme is a part of the clinic with its own policy. One that has ended asks nobody:
// its patients follow the clinic's, and so they do while it is untried.
type Programme struct {
	ID string `json:"id"`
	Policy
	Untried   bool          `json:"untried,omitempty"` // it has not begun yet
	ChangedBy models.Author `json:"changedBy,omitzero"`
	ChangedAt time.Time     `json:"changedAt,omitzero"`
	EndedAt   time.Time     `json:"endedAt,omitzero"`
}

// Asked tells whether its own policy holds for the patients who are in it.
func (p Programme) Asked() bool { return p.EndedAt.IsZero() && !p.Untried }

// HoursOr are the programme's own hours, else the clinic's.
func (p Policy) HoursOr(clinic Hours) Hours {
	if p.Hours != nil {
		return *p.Hours
	}
	return clinic
}

// CheckPolicy says what is wrong. Errors: KindInvalid with fields.
func CheckPolicy(p Policy) error {
	var c models.Checks
	c.Text("name", p.Name, 1, 100)
	c.Require(len(p.Levels) > 0, "levels", "required", "Choose at least one level. The fail-safe alone would be called about everything.")
	for i, l := range p.Levels {
		c.Require(slices.Contains(Levels, l) && !slices.Contains(p.Levels[:i], l), "levels", "not-a-choice", "Choose each of those that are offered at most once.")
	}
	if p.Hours != nil {
		CheckHours(&c, "hours", *p.Hours)
	}
	return c.Err()
}

// Without are the levels (LevelAssigned to LevelSupervisor) that the policy leaves out. A
// policy that names none, as of a document that lost them, leaves out none.
func (p Policy) Without() []int {
	var out []int
	for i, l := range Levels {
		if len(p.Levels) > 0 && !slices.Contains(p.Levels, l) {
			out = append(out, LevelAssigned+i)
		}
	}
	return out
}

// InProgramme says which programme a patient is in.
type InProgramme struct {
	Programme string    `json:"programme"`
	Name      string    `json:"name,omitempty"`
	ByName    string    `json:"byName,omitempty"`
	At        time.Time `json:"at,omitzero"`
}
