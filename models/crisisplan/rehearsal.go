package crisisplan

import (
	"time"

	"handrail/models"
)

// How long after each other a patient practises opening the plan [P].
const (
	secondRehearsalDays = 7
	rehearsalDays       = 30
	MaxRehearsal        = 10 * time.Minute
)

// Rehearsals is what the date of the next practice follows from.
type Rehearsals struct {
	FromOn string `json:"fromOn,omitempty"` // the plan's first day
	Opened int    `json:"opened"`           // how often it opened in practice
	LastOn string `json:"lastOn,omitempty"` // the last time that it did
}

// Rehearsal is one practice: that the plan opened and how long it took. What
// was read is not recorded.
type Rehearsal struct {
	ID        string    `json:"id"`
	PatientID string    `json:"patientId"`
	At        time.Time `json:"at"`
	RehearsalTerms
}

// RehearsalTerms is what the phone tells.
type RehearsalTerms struct {
	Opened     bool  `json:"opened"`
	TookMillis int64 `json:"tookMillis"`

	With string `json:"with,omitempty"` // account of family or a friend who was there; "": the patient alone
}

// Rehearse takes in a practice. One in which the plan did not open is kept, and is
// to be done again. Errors: KindInvalid, KindConflict (no plan holds yet),
// KindForbidden (only the patient practises).
func (p *Plan) Rehearse(id string, terms RehearsalTerms, by models.Actor, today string, now time.Time) (Rehearsal, error) {
	if by.Role != models.RolePatient || by.PatientID != p.PatientID {
		return Rehearsal{}, models.E(models.KindForbidden, "only-the-patient-practises", "Only the patient can do this.")
	}
	if p.Active == 0 {
		return Rehearsal{}, errNoPlanYet()
	}
	var c models.Checks
	c.Require(terms.TookMillis >= 0 && terms.TookMillis <= MaxRehearsal.Milliseconds(), "tookMillis", "out-of-range", "Give milliseconds, at most ten minutes.")
	if err := c.Err(); err != nil {
		return Rehearsal{}, err
	}
	if terms.Opened {
		p.Rehearsals.Opened++
		p.Rehearsals.LastOn = max(p.Rehearsals.LastOn, today)
	}
	return Rehearsal{id, p.PatientID, now.UTC().Truncate(time.Millisecond), terms}, nil
}

// NextOn is the day of the next practice: at creation, 7 days after that, then
// every 30 days. "" while there is no plan.
func (r Rehearsals) NextOn() string {
	switch r.Opened {
	case 0:
		return r.FromOn
	case 1:
		return addDays(r.LastOn, secondRehearsalDays)
	}
	return addDays(r.LastOn, rehearsalDays)
}
