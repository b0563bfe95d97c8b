package crisisplan

import (
	"maps"
	"slices"
	"time"

	"handrail/models"
)

// Writing is who wrote what a section says, since it was last empty.
type Writing struct {
	By      []models.Author `json:"by"` // each once, the newest last
	At      time.Time       `json:"at"` // of the newest change
	Version int64           `json:"version"`
}

// Confirmation says that somebody read a version and stands by it. With How it is
// the patient's, and By wrote it down.
type Confirmation struct {
	By      models.Author `json:"by"`
	At      time.Time     `json:"at"`
	How     string        `json:"how,omitempty"`
	On      string        `json:"on,omitempty"`
	Witness string        `json:"witness,omitempty"`
}

// patients tells whether it is the patient who confirmed.
func (c Confirmation) patients() bool { return c.By.Role == models.RolePatient || c.How != "" }

// Hands tells whose hands made something.
type Hands string

// Who wrote or confirmed.
const (
	NobodyYet      Hands = ""
	PatientOnly    Hands = "patient"
	ClinicianOnly  Hands = "clinician"
	PatientAndTeam Hands = "both"
)

const maxPlanAuthors = 10

// writes notes that by changed a section in this version.
func (v *Version) writes(s Section, by models.Actor, now time.Time) {
	if !v.Content.Has(s) {
		delete(v.Written, s)
		return
	}
	authors := slices.DeleteFunc(slices.Clone(v.Written[s].By), func(a models.Author) bool { return a.AccountID == by.AccountID })
	authors = append(authors, models.AuthorOf(by))
	v.Written[s] = Writing{authors[max(0, len(authors)-maxPlanAuthors):], now, v.Version}
}

// Confirm notes that by stands by this version. active is the one that holds, or nil:
// of a draft the patient says what it takes away from it. Said twice it is one.
// Errors: KindInvalid (removes-not-said), KindConflict (it is no version that holds or
// may come to hold), KindForbidden.
func (p *Plan) Confirm(v, active *Version, by models.Actor, said Assent, now time.Time) error {
	if err := p.mayWrite(by); err != nil {
		return err
	}
	if v.State != StateDraft && v.State != StateActive || v.PatientID != p.PatientID {
		return models.E(models.KindConflict, "version-superseded", "There is a newer version. Please look at that one.")
	}
	if v.State == StateDraft && by.Role == models.RolePatient {
		if err := said.removes(v, active); err != nil {
			return err
		}
	}
	v.confirm(by, Assent{}, now.UTC().Truncate(time.Millisecond))
	return nil
}

func (v *Version) confirm(by models.Actor, said Assent, now time.Time) {
	if by.Role == models.RolePatient {
		said = Assent{}
	}
	same := func(c Confirmation) bool { return c.By.AccountID == by.AccountID && c.How == said.How }
	if !slices.ContainsFunc(v.Confirmed, same) {
		v.Confirmed = append(slices.Clone(v.Confirmed), Confirmation{models.AuthorOf(by), now, said.How, said.On, said.Witness})
	}
}

// Hands tells who made a section: wrote it, or confirmed the version that has it.
// A section about lethal means is meant to be talked through, so the page asks for
// a clinician while this says patient.
func (v Version) Hands(s Section) Hands {
	if !v.Content.Has(s) {
		return NobodyYet
	}
	return v.handsOf(v.Written[s].By)
}

// AllHands tells who made the version as a whole.
func (v Version) AllHands() Hands {
	var authors []models.Author
	for w := range maps.Values(v.Written) {
		authors = append(authors, w.By...)
	}
	return v.handsOf(authors)
}

func (v Version) handsOf(authors []models.Author) Hands {
	for _, c := range v.Confirmed {
		authors = append(authors[:len(authors):len(authors)], c.By)
	}
	patient := slices.ContainsFunc(authors, func(a models.Author) bool { return a.Role == models.RolePatient }) || v.byPatient()
	team := slices.ContainsFunc(authors, func(a models.Author) bool { return a.Role == models.RoleClinician })
	switch {
	case patient && team:
		return PatientAndTeam
	case patient:
		return PatientOnly
	case team:
		return ClinicianOnly
	}
	return NobodyYet
}
