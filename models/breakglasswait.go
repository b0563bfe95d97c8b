package models

import (
	"slices"
	"time"
)

// What waits after somebody broke the glass.
const (
	BreakGlassTell   = "tell-patient" // the patient is not told yet: a risk of harm was recorded
	BreakGlassReview = "review"       // the privacy officer has not looked at it yet
)

// How long these may wait. [P], from the privacy reference, section 7
const (
	BreakGlassReviewHours  = 72
	BreakGlassMaxDelayDays = 30 // from the emergency on, however often it is put off
)

// BreakGlassOfficer is the role that does what waits.
const BreakGlassOfficer = "privacy-officer"

// BreakGlassRisks are the codes for why telling the patient today could do harm.
var BreakGlassRisks = []string{"harm-to-self", "harm-from-others", "harm-to-others"}

// BreakGlassOutcomes are what a review can find.
var BreakGlassOutcomes = []string{"justified", "not-justified", "follow-up"}

// BreakGlassWait is something that waits after a broken glass, with who is to do it and by
// when. From and Until are when the glass was broken.
type BreakGlassWait struct {
	ID           string     `json:"id"`
	BreakGlassID string     `json:"glassId"`
	PatientID    string     `json:"patientId"`
	AccountID    string     `json:"accountId"` // who broke it
	Kind         string     `json:"kind"`
	Owner        string     `json:"owner"`
	Due          time.Time  `json:"due"`
	From         time.Time  `json:"from"`
	Until        time.Time  `json:"until"`
	Risk         string     `json:"risk,omitempty"`
	RiskBy       string     `json:"riskBy,omitempty"`
	DoneAt       *time.Time `json:"doneAt,omitempty"`
	DoneBy       string     `json:"doneBy,omitempty"`
	Outcome      string     `json:"outcome,omitempty"`
	Note         string     `json:"note,omitempty"`
}

// BreakGlassWaitID names what waits of one kind.
func BreakGlassWaitID(breakGlassID, kind string) string { return breakGlassID + ":" + kind }

// TellsLater tells whether the patient is not told at once.
func (g BreakGlass) TellsLater() bool { return g.TellRisk != "" && !g.Restricted }

// WaitsOf is what waits from the moment on at which the glass is broken. Without a
// risk the patient is told at once, and only the review waits.
func (g BreakGlass) WaitsOf() []BreakGlassWait {
	wait := func(kind string) BreakGlassWait {
		return BreakGlassWait{ID: BreakGlassWaitID(g.ID, kind), BreakGlassID: g.ID, PatientID: g.PatientID, AccountID: g.AccountID, Kind: kind,
			Owner: BreakGlassOfficer, Due: g.At.Add(BreakGlassReviewHours * time.Hour), From: g.At, Until: g.Until}
	}
	out := []BreakGlassWait{wait(BreakGlassReview)}
	if g.Restricted {
		out[0].Due = g.At.Add(RestrictedReviewHours * time.Hour)
	}
	if g.TellsLater() {
		tell := wait(BreakGlassTell)
		tell.Risk, tell.RiskBy = g.TellRisk, g.Person
		out = append(out, tell)
	}
	return out
}

// CheckBreakGlassOutcome holds what a review found. Errors: KindInvalid.
func CheckBreakGlassOutcome(outcome, note string) error {
	var c Checks
	c.Require(slices.Contains(BreakGlassOutcomes, outcome), "outcome", "not-a-choice", "Choose one of those that are offered.")
	c.Text("note", note, 0, 1000)
	return c.Err()
}

// Delay puts off telling the patient. Errors: KindInvalid.
func (w *BreakGlassWait) Delay(risk, by string, until, now time.Time) error {
	var c Checks
	c.Require(slices.Contains(BreakGlassRisks, risk), "risk", "not-a-choice", "Choose one of those that are offered.")
	c.Require(until.After(now) && !until.After(w.From.AddDate(0, 0, BreakGlassMaxDelayDays)), "until", "out-of-range",
		"Give a time to come, at most 30 days after the emergency.")
	w.Risk, w.RiskBy, w.Due = risk, by, until.UTC().Truncate(time.Millisecond)
	return c.Err()
}
