// Package crisisplan is the plan for the worst night: what it says, who may write it,
// what the patient confirmed, and the copy that a phone keeps. It is pure.
package crisisplan

import (
	"slices"
	"time"

	"handrail/models"
)

// Plan is a patient's crisis plan as a whole: which version holds, who sees
// which part, when it is looked at again. What the plan says is in its versions.
type Plan struct {
	PatientID   string                 `json:"patientId"`
	Newest      int64                  `json:"newest"`                // number of the newest version; 0: none is written yet
	Active      int64                  `json:"active"`                // number of the version that holds; 0: none does
	Activations []Activation           `json:"activations,omitempty"` // the newest maxActivations, oldest first
	Sharing     map[string][]Section   `json:"sharing,omitempty"`     // by supporter's account id
	Shared      int64                  `json:"shared,omitempty"`      // how often Sharing was changed
	Numbers     map[string]NumberCheck `json:"numbers,omitempty"`     // by number
	Renewals    map[string]Renewal     `json:"renewals,omitempty"`    // of the clinic's own numbers, by the number that was confirmed
	Reviews     Reviews                `json:"reviews"`
	Rehearsals  Rehearsals             `json:"rehearsals"`
}

// Activation says from when on a version held.
type Activation struct {
	Version int64     `json:"version"`
	At      time.Time `json:"at"`
}

// maxActivations bounds what is kept to tell since when a phone's copy is stale.
const maxActivations = 50

// State is where a version stands: it goes draft, active, superseded, or from
// draft to superseded when another draft took its place, or to declined when the
// patient said no. There is no way back.
type State string

// The states of a version.
const (
	StateDraft      State = "draft"
	StateActive     State = "active"
	StateSuperseded State = "superseded"
	StateDeclined   State = "declined"
)

// Version is one version of a plan. What it says never changes.
type Version struct {
	PatientID    string              `json:"patientId"`
	Version      int64               `json:"version"` // 1, 2, 3 …
	From         int64               `json:"from"`    // the version that its author started from; 0: none
	State        State               `json:"state"`
	Content      Content             `json:"content"`
	Written      map[Section]Writing `json:"written"`
	Confirmed    []Confirmation      `json:"confirmed"`
	Why          string              `json:"why,omitempty"`
	By           models.Author       `json:"by"`
	At           time.Time           `json:"at"`
	ActivatedAt  *time.Time          `json:"activatedAt,omitempty"`
	SupersededAt *time.Time          `json:"supersededAt,omitempty"`
	DeclinedAt   *time.Time          `json:"declinedAt,omitempty"` // by the patient
}

// Activate makes the newest draft the plan that holds: the patient confirms it, or a
// clinician records that they did (Assent). active is the version that held until
// now, or nil. today is the patient's local day. Said twice it changes nothing.
// Errors: KindInvalid (no warning sign yet, removes-not-said, the assent's fields),
// KindConflict (not the newest draft), KindForbidden (patient-confirms).
func (p *Plan) Activate(draft, active *Version, by models.Actor, said Assent, today string, now time.Time) error {
	if err := p.mayWrite(by); err != nil {
		return err
	}
	if draft.State == StateActive && draft.Version == p.Active {
		return nil
	}
	if draft.State != StateDraft || draft.Version != p.Newest || draft.PatientID != p.PatientID {
		return models.E(models.KindConflict, "not-the-newest-draft", "Somebody wrote a newer version. Please look at that one.")
	}
	var c models.Checks
	c.Require(len(draft.Content.WarningSigns) > 0, "content.warningSigns", "required", "Write at least one sign that tells you to open the plan.")
	if err := c.Err(); err != nil {
		return err
	}
	if err := said.check(draft, active, by, today); err != nil {
		return err
	}
	now = now.UTC().Truncate(time.Millisecond)
	if active != nil {
		active.supersede(now)
	}
	draft.confirm(by, said, now)
	draft.State, draft.ActivatedAt = StateActive, &now
	p.Active = draft.Version
	p.Activations = append(slices.Clone(p.Activations), Activation{draft.Version, now})
	p.Activations = p.Activations[max(0, len(p.Activations)-maxActivations):]
	p.keepNumbers(draft.Content, p.Renewed(draft.Content))
	if len(p.Activations) == 1 {
		p.Reviews.LastOn, p.Rehearsals.FromOn = today, today
	}
	return nil
}

// supersede ends a version: a newer one holds, or a newer draft is worked on.
func (v *Version) supersede(now time.Time) {
	if v.State != StateSuperseded {
		v.State, v.SupersededAt = StateSuperseded, &now
	}
}

// Supersede ends the draft that a newer version took the place of.
func (v *Version) Supersede(now time.Time) {
	if v.State == StateDraft {
		v.supersede(now.UTC().Truncate(time.Millisecond))
	}
}

// mayWrite: a plan is written by the patient and by clinicians.
func (p *Plan) mayWrite(by models.Actor) error {
	own := by.Role == models.RolePatient && by.PatientID == p.PatientID
	if own || by.Role == models.RoleClinician && by.Discipline != models.DisciplineTrainee {
		return nil
	}
	return models.E(models.KindForbidden, "not-yours-to-write", "The plan is written by the patient and their clinicians.")
}
