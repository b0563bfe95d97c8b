package models

import (
	"maps"
	"slices"
	"time"
)

// PlanWriting is who wrote what a section says, since it was last empty.
type PlanWriting struct {
	By      []Author  `json:"by"` // each once, the newest last
	At      time.Time `json:"at"` // of the newest change
	Version int64     `json:"version"`
}

// PlanConfirmation says that somebody read a version and stands by it.
type PlanConfirmation struct {
	By Author    `json:"by"`
	At time.Time `json:"at"`
}

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
func (v *PlanVersion) writes(s PlanSection, by Actor, now time.Time) {
	if !v.Content.Has(s) {
		delete(v.Written, s)
		return
	}
	authors := slices.DeleteFunc(slices.Clone(v.Written[s].By), func(a Author) bool { return a.AccountID == by.AccountID })
	authors = append(authors, AuthorOf(by))
	v.Written[s] = PlanWriting{authors[max(0, len(authors)-maxPlanAuthors):], now, v.Version}
}

// Confirm notes that by stands by this version. Said twice it is one. Errors:
// KindConflict (it is no version that holds or may come to hold), KindForbidden.
func (p *CrisisPlan) Confirm(v *PlanVersion, by Actor, now time.Time) error {
	if err := p.mayWrite(by); err != nil {
		return err
	}
	if v.State != PlanDraft && v.State != PlanActive || v.PatientID != p.PatientID {
		return E(KindConflict, "version-superseded", "There is a newer version. Please look at that one.")
	}
	v.confirm(by, now.UTC().Truncate(time.Millisecond))
	return nil
}

func (v *PlanVersion) confirm(by Actor, now time.Time) {
	if !slices.ContainsFunc(v.Confirmed, func(c PlanConfirmation) bool { return c.By.AccountID == by.AccountID }) {
		v.Confirmed = append(slices.Clone(v.Confirmed), PlanConfirmation{AuthorOf(by), now})
	}
}

// Hands tells who made a section: wrote it, or confirmed the version that has it.
// A section about lethal means is meant to be talked through, so the page asks for
// a clinician while this says patient.
func (v PlanVersion) Hands(s PlanSection) Hands {
	if !v.Content.Has(s) {
		return NobodyYet
	}
	return v.handsOf(v.Written[s].By)
}

// AllHands tells who made the version as a whole.
func (v PlanVersion) AllHands() Hands {
	var authors []Author
	for w := range maps.Values(v.Written) {
		authors = append(authors, w.By...)
	}
	return v.handsOf(authors)
}

func (v PlanVersion) handsOf(authors []Author) Hands {
	for _, c := range v.Confirmed {
		authors = append(authors[:len(authors):len(authors)], c.By)
	}
	patient := slices.ContainsFunc(authors, func(a Author) bool { return a.Role == RolePatient })
	team := slices.ContainsFunc(authors, func(a Author) bool { return a.Role == RoleClinician })
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
