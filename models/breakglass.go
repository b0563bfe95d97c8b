package models

import (
	"slices"
	"time"
)

// BreakGlass records a medical emergency in which consent could not be had. The
// four facts are those of 42 CFR 2.51(c): who (with affiliation), who disclosed,
// when, and the nature of the emergency.
type BreakGlass struct {
	ID          string    `json:"id"`
	PatientID   string    `json:"patientId"`
	AccountID   string    `json:"accountId"`
	Person      string    `json:"person"`      // fact 1: the medical person
	Affiliation string    `json:"affiliation"` // fact 1: and where they belong
	Discloser   string    `json:"discloser"`   // fact 2: who made the disclosure
	At          time.Time `json:"at"`          // fact 3
	Reason      string    `json:"reason"`      // fact 4, as a code of BreakGlassReasons
	Nature      string    `json:"nature"`      // fact 4, in words
	NoConsent   bool      `json:"cannotObtainConsent"`
	Until       time.Time `json:"until"`
	TellRisk    string    `json:"tellRisk,omitempty"`   // one of BreakGlassRisks: telling the patient today could do harm
	Restricted  bool      `json:"restricted,omitempty"` // the chart was closed to who broke it: the patient is told at once, whatever the risk
}

// BreakGlassMinutes is how long the glass stays broken.
const BreakGlassMinutes = 60

// BreakGlassReasons are the codes for the nature of the emergency.
var BreakGlassReasons = []string{"overdose", "suicide-risk", "unconscious", "severe-withdrawal", "other-emergency"}

// breakGlassSections is the minimum set that an emergency opens, for reading. Of the care
// plan it is the problems alone (care/careplan).
var breakGlassSections = []Section{SectionProfile, SectionCrisisPlan, SectionCareTeam, SectionMedicines, SectionUseMedicines, SectionCarePlan}

// CheckBreakGlass holds the four facts. Errors: KindInvalid with fields.
func CheckBreakGlass(g BreakGlass) error {
	var c Checks
	c.Text("affiliation", g.Affiliation, 1, 200)
	c.Text("nature", g.Nature, 10, 1000)
	c.Require(slices.Contains(BreakGlassReasons, g.Reason), "reason", "unknown-reason", "Choose the nature of the emergency.")
	c.Require(g.TellRisk == "" || slices.Contains(BreakGlassRisks, g.TellRisk), "tellRisk", "not-a-choice", "Choose one of those that are offered.")
	c.Require(g.NoConsent, "cannotObtainConsent", "required", "Break-glass is only for when the patient's consent can't be had in time.")
	return c.Err()
}

func decideBreakGlass(q AccessQuestion, f AccessFacts) Decision {
	d := Decision{Section: q.Section, Verb: q.Verb}
	medical := q.Actor.Role == RoleClinician && q.Actor.Discipline.Medical()
	if !medical || q.Verb != Read || !slices.Contains(breakGlassSections, q.Section) {
		return d
	}
	for _, g := range f.BreakGlass {
		if g.AccountID == q.Actor.AccountID && g.PatientID == q.PatientID &&
			!q.At.Before(g.At) && q.At.Before(g.Until) {
			d.Allowed, d.Whole, d.Basis = true, true, BasisBreakGlass
			return d
		}
	}
	return d
}
