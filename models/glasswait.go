package models

import (
	"slices"
	"time"
)

// What waits after somebody broke the glass.
const (
	GlassTell   = "tell-patient" // the patient is not told yet: a risk of harm was recorded
	GlassReview = "review"       // the privacy officer has not looked at it yet
)

// How long these may wait. [P], from the privacy reference, section 7
const (
	GlassReviewHours  = 72
	GlassMaxDelayDays = 30 // from the emergency on, however often it is put off
)

// GlassRisks are the codes for why telling the patient today could do harm.
var GlassRisks = []string{"harm-to-self", "harm-from-others", "harm-to-others"}

// GlassOutcomes are what a review can find.
var GlassOutcomes = []string{"justified", "not-justified", "follow-up"}

// GlassWait is something that waits after a broken glass, with who is to do it and by
// when. From and Until are when the glass was broken.
type GlassWait struct {
	ID        string     `json:"id"`
	GlassID   string     `json:"glassId"`
	PatientID string     `json:"patientId"`
	AccountID string     `json:"accountId"` // who broke it
	Kind      string     `json:"kind" enum:"tell-patient,review"`
	Owner     string     `json:"owner" enum:"privacy-officer"`
	Due       time.Time  `json:"due"`
	From      time.Time  `json:"from"`
	Until     time.Time  `json:"until"`
	Risk      string     `json:"risk,omitempty" enum:"harm-to-self,harm-from-others,harm-to-others"`
	RiskBy    string     `json:"riskBy,omitempty" doc:"Who recorded it: a name."`
	DoneAt    *time.Time `json:"doneAt,omitempty"`
	DoneBy    string     `json:"doneBy,omitempty"`
	Outcome   string     `json:"outcome,omitempty" enum:"justified,not-justified,follow-up"`
	Note      string     `json:"note,omitempty"`
}

// GlassWaitID names what waits of one kind.
func GlassWaitID(glassID, kind string) string { return glassID + ":" + kind }

// WaitsOf is what waits from the moment on at which the glass is broken. Without a
// risk the patient is told at once, and only the review waits.
func (g BreakGlass) WaitsOf() []GlassWait {
	wait := func(kind string) GlassWait {
		return GlassWait{ID: GlassWaitID(g.ID, kind), GlassID: g.ID, PatientID: g.PatientID, AccountID: g.AccountID, Kind: kind,
			Owner: "privacy-officer", Due: g.At.Add(GlassReviewHours * time.Hour), From: g.At, Until: g.Until}
	}
	out := []GlassWait{wait(GlassReview)}
	if g.TellRisk != "" {
		tell := wait(GlassTell)
		tell.Risk, tell.RiskBy = g.TellRisk, g.Person
		out = append(out, tell)
	}
	return out
}

// CheckGlassOutcome holds what a review found. Errors: KindInvalid.
func CheckGlassOutcome(outcome, note string) error {
	var c Checks
	c.Require(slices.Contains(GlassOutcomes, outcome), "outcome", "not-a-choice", "Choose one of those that are offered.")
	c.Text("note", note, 0, 1000)
	return c.Err()
}

// Delay puts off telling the patient. Errors: KindInvalid.
func (w *GlassWait) Delay(risk, by string, until, now time.Time) error {
	var c Checks
	c.Require(slices.Contains(GlassRisks, risk), "risk", "not-a-choice", "Choose one of those that are offered.")
	c.Require(until.After(now) && !until.After(w.From.AddDate(0, 0, GlassMaxDelayDays)), "until", "out-of-range",
		"Give a time to come, at most 30 days after the emergency.")
	w.Risk, w.RiskBy, w.Due = risk, by, until.UTC().Truncate(time.Millisecond)
	return c.Err()
}
