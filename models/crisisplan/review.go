package crisisplan

import (
	"maps"
	"slices"
	"time"

	"handrail/models"
)

// Trigger is why a plan is looked at again.
type Trigger string

// What happened to the person or the plan, told by other parts of the program or
// by the team.
const (
	TriggerScreening Trigger = "screening"           // C-SSRS screener moderate or high
	TriggerThoughts  Trigger = "thoughts"            // PHQ-9 item 9 rose
	TriggerUse       Trigger = "use-after-break"     // use after a time without
	TriggerOverdose  Trigger = "overdose"            // an overdose
	TriggerDischarge Trigger = "discharge"           // left an emergency room, a hospital, detox or jail
	TriggerMedicine  Trigger = "medicine-change"     // a medicine began, changed or ended
	TriggerContact   Trigger = "contact-unreachable" // somebody in the plan did not answer
)

// What follows from dates.
const (
	TriggerFollowUp Trigger = "follow-up"       // the visits after an acute event
	TriggerNaloxone Trigger = "naloxone-expiry" // a kit runs out within 30 days
	TriggerInterval Trigger = "interval"        // 90 days since the last review
)

// Triggers lists what can be noted.
var Triggers = []Trigger{TriggerScreening, TriggerThoughts, TriggerUse, TriggerOverdose, TriggerDischarge, TriggerMedicine, TriggerContact}

// acute tells whether the event is followed up: at 24 to 72 hours, weekly for
// four weeks, then monthly [K, to be confirmed by the site].
func (t Trigger) acute() bool {
	return t == TriggerScreening || t == TriggerOverdose || t == TriggerDischarge
}

// Reviews is what the dates of the next reviews follow from. All days are
// local days of the patient, YYYY-MM-DD.
type Reviews struct {
	LastOn  string             `json:"lastOn,omitempty"`  // the last review, or the plan's first day
	Waiting map[Trigger]string `json:"waiting,omitempty"` // what happened since, and on which day first
	AcuteOn string             `json:"acuteOn,omitempty"` // the newest acute event that is followed up
}

// Review is a review that took place. Reviews are only added.
type Review struct {
	ID        string        `json:"id"`
	PatientID string        `json:"patientId"`
	Version   int64         `json:"version"`
	On        string        `json:"on"` // the patient's local day
	At        time.Time     `json:"at"`
	By        models.Author `json:"by"`
	ReviewTerms
}

// ReviewTerms is what is written about a review.
type ReviewTerms struct {
	Note    string `json:"note,omitempty"`
	Settled bool   `json:"settled,omitempty"`
}

// NoteTrigger notes that something happened that asks for a review. Errors:
// KindInvalid.
func (p *Plan) NoteTrigger(t Trigger, on string) error {
	var c models.Checks
	c.Require(slices.Contains(Triggers, t), "trigger", "unknown-trigger", "This reason is not known.")
	c.Require(on != "", "on", "required", "Say on which day.")
	c.Date("on", on)
	if err := c.Err(); err != nil {
		return err
	}
	p.Reviews.note(t, on)
	return nil
}

func (r *Reviews) note(t Trigger, on string) {
	if first, waits := r.Waiting[t]; !waits || on < first {
		r.Waiting = maps.Clone(r.Waiting)
		if r.Waiting == nil {
			r.Waiting = map[Trigger]string{}
		}
		r.Waiting[t] = on
	}
	if t.acute() && on > r.AcuteOn {
		r.AcuteOn = on
	}
}

// Review takes in a review of the active version. Errors: KindInvalid,
// KindForbidden, KindConflict (no plan holds yet).
func (p *Plan) Review(id string, terms ReviewTerms, by models.Actor, today string, now time.Time) (Review, error) {
	if err := p.mayWrite(by); err != nil {
		return Review{}, err
	}
	if p.Active == 0 {
		return Review{}, errNoPlanYet()
	}
	if terms.Settled && by.Role != models.RoleClinician {
		return Review{}, models.E(models.KindForbidden, "clinician-settles", "A clinician decides when the follow-up has done its work.")
	}
	var c models.Checks
	checkPlanText(&c, "note", terms.Note, 0, MaxReviewNote)
	if err := c.Err(); err != nil {
		return Review{}, err
	}
	p.Reviews.LastOn = max(p.Reviews.LastOn, today)
	p.Reviews.Waiting = maps.Clone(p.Reviews.Waiting)
	maps.DeleteFunc(p.Reviews.Waiting, func(_ Trigger, on string) bool { return on <= today })
	if terms.Settled {
		p.Reviews.AcuteOn = ""
	}
	return Review{ID: id, PatientID: p.PatientID, Version: p.Active, On: today, At: now.UTC().Truncate(time.Millisecond),
		By: models.AuthorOf(by), ReviewTerms: terms}, nil
}

func errNoPlanYet() error {
	return models.E(models.KindConflict, "no-active-plan", "There is no plan in use yet. Write one and make it active first.")
}
