package models

import "time"

// How long after each other a patient practises opening the plan [P].
const (
	secondRehearsalDays = 7
	rehearsalDays       = 30
	maxRehearsal        = 10 * time.Minute
)

// PlanRehearsals is what the date of the next practice follows from.
type PlanRehearsals struct {
	FromOn string `json:"fromOn,omitempty"` // the plan's first day
	Opened int    `json:"opened"`           // how often it opened in practice
	LastOn string `json:"lastOn,omitempty"` // the last time that it did
}

// PlanRehearsal is one practice: that the plan opened and how long it took. What
// was read is not recorded.
type PlanRehearsal struct {
	ID        string    `json:"id"`
	PatientID string    `json:"patientId"`
	At        time.Time `json:"at"`
	PlanRehearsalTerms
}

// PlanRehearsalTerms is what the phone tells.
type PlanRehearsalTerms struct {
	Opened     bool  `json:"opened"`
	TookMillis int64 `json:"tookMillis" minimum:"0" maximum:"600000" doc:"From the tap to the plan on the screen, in milliseconds."`
}

// Rehearse takes in a practice. One in which the plan did not open is kept, and is
// to be done again. Errors: KindInvalid, KindConflict (no plan holds yet),
// KindForbidden (only the patient practises).
func (p *CrisisPlan) Rehearse(id string, terms PlanRehearsalTerms, by Actor, today string, now time.Time) (PlanRehearsal, error) {
	if by.Role != RolePatient || by.PatientID != p.PatientID {
		return PlanRehearsal{}, E(KindForbidden, "only-the-patient-practises", "Only the patient can do this.")
	}
	if p.Active == 0 {
		return PlanRehearsal{}, errNoPlanYet()
	}
	var c Checks
	c.Require(terms.TookMillis >= 0 && terms.TookMillis <= maxRehearsal.Milliseconds(), "tookMillis", "out-of-range", "Give milliseconds, at most ten minutes.")
	if err := c.Err(); err != nil {
		return PlanRehearsal{}, err
	}
	if terms.Opened {
		p.Rehearsals.Opened++
		p.Rehearsals.LastOn = max(p.Rehearsals.LastOn, today)
	}
	return PlanRehearsal{id, p.PatientID, now.UTC().Truncate(time.Millisecond), terms}, nil
}

// NextOn is the day of the next practice: at creation, 7 days after that, then
// every 30 days. "" while there is no plan.
func (r PlanRehearsals) NextOn() string {
	switch r.Opened {
	case 0:
		return r.FromOn
	case 1:
		return addDays(r.LastOn, secondRehearsalDays)
	}
	return addDays(r.LastOn, rehearsalDays)
}
