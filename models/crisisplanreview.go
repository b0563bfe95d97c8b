package models

import (
	"maps"
	"slices"
	"time"
)

// PlanTrigger is why a plan is looked at again.
type PlanTrigger string

// What happened to the person or the plan, told by other parts of the program or
// by the team.
const (
	TriggerScreening PlanTrigger = "screening"           // C-SSRS screener moderate or high
	TriggerThoughts  PlanTrigger = "thoughts"            // PHQ-9 item 9 rose
	TriggerUse       PlanTrigger = "use-after-break"     // use after a time without
	TriggerOverdose  PlanTrigger = "overdose"            // an overdose
	TriggerDischarge PlanTrigger = "discharge"           // left an emergency room, a hospital, detox or jail
	TriggerMedicine  PlanTrigger = "medicine-change"     // a medicine began, changed or ended
	TriggerContact   PlanTrigger = "contact-unreachable" // somebody in the plan did not answer
)

// What follows from dates.
const (
	TriggerFollowUp PlanTrigger = "follow-up"       // the visits after an acute event
	TriggerNaloxone PlanTrigger = "naloxone-expiry" // a kit runs out within 30 days
	TriggerInterval PlanTrigger = "interval"        // 90 days since the last review
)

// PlanTriggers lists what can be noted.
var PlanTriggers = []PlanTrigger{TriggerScreening, TriggerThoughts, TriggerUse, TriggerOverdose, TriggerDischarge, TriggerMedicine, TriggerContact}

// acute tells whether the event is followed up: at 24 to 72 hours, weekly for
// four weeks, then monthly [K, to be confirmed by the site].
func (t PlanTrigger) acute() bool {
	return t == TriggerScreening || t == TriggerOverdose || t == TriggerDischarge
}

// PlanReviews is what the dates of the next reviews follow from. All days are
// local days of the patient, YYYY-MM-DD.
type PlanReviews struct {
	LastOn  string                 `json:"lastOn,omitempty"`  // the last review, or the plan's first day
	Waiting map[PlanTrigger]string `json:"waiting,omitempty"` // what happened since, and on which day first
	AcuteOn string                 `json:"acuteOn,omitempty"` // the newest acute event that is followed up
}

// PlanReview is a review that took place. Reviews are only added.
type PlanReview struct {
	ID        string    `json:"id"`
	PatientID string    `json:"patientId"`
	Version   int64     `json:"version"`
	On        string    `json:"on"` // the patient's local day
	At        time.Time `json:"at"`
	By        Author    `json:"by"`
	PlanReviewTerms
}

// PlanReviewTerms is what is written about a review.
type PlanReviewTerms struct {
	Note    string `json:"note,omitempty" maxLength:"1000" text:"prose"`
	Settled bool   `json:"settled,omitempty" doc:"The follow-up after an acute event has done its work. Clinicians only."`
}

// NoteTrigger notes that something happened that asks for a review. Errors:
// KindInvalid.
func (p *CrisisPlan) NoteTrigger(t PlanTrigger, on string) error {
	var c Checks
	c.Require(slices.Contains(PlanTriggers, t), "trigger", "unknown-trigger", "This reason is not known.")
	c.Require(on != "", "on", "required", "Say on which day.")
	c.Date("on", on)
	if err := c.Err(); err != nil {
		return err
	}
	p.Reviews.note(t, on)
	return nil
}

func (r *PlanReviews) note(t PlanTrigger, on string) {
	if first, waits := r.Waiting[t]; !waits || on < first {
		r.Waiting = maps.Clone(r.Waiting)
		if r.Waiting == nil {
			r.Waiting = map[PlanTrigger]string{}
		}
		r.Waiting[t] = on
	}
	if t.acute() && on > r.AcuteOn {
		r.AcuteOn = on
	}
}

// Review takes in a review of the active version. Errors: KindInvalid,
// KindForbidden, KindConflict (no plan holds yet).
func (p *CrisisPlan) Review(id string, terms PlanReviewTerms, by Actor, today string, now time.Time) (PlanReview, error) {
	if err := p.mayWrite(by); err != nil {
		return PlanReview{}, err
	}
	if p.Active == 0 {
		return PlanReview{}, errNoPlanYet()
	}
	if terms.Settled && by.Role != RoleClinician {
		return PlanReview{}, E(KindForbidden, "clinician-settles", "A clinician decides when the follow-up has done its work.")
	}
	var c Checks
	checkPlanText(&c, "note", terms.Note, 0, 1000)
	if err := c.Err(); err != nil {
		return PlanReview{}, err
	}
	p.Reviews.LastOn = max(p.Reviews.LastOn, today)
	p.Reviews.Waiting = maps.Clone(p.Reviews.Waiting)
	maps.DeleteFunc(p.Reviews.Waiting, func(_ PlanTrigger, on string) bool { return on <= today })
	if terms.Settled {
		p.Reviews.AcuteOn = ""
	}
	return PlanReview{ID: id, PatientID: p.PatientID, Version: p.Active, On: today, At: now.UTC().Truncate(time.Millisecond),
		By: AuthorOf(by), PlanReviewTerms: terms}, nil
}

func errNoPlanYet() error {
	return E(KindConflict, "no-active-plan", "There is no plan in use yet. Write one and make it active first.")
}
