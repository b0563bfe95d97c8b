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
	Reason      string    `json:"reason"`      // fact 4, as a code of GlassReasons
	Nature      string    `json:"nature"`      // fact 4, in words
	NoConsent   bool      `json:"cannotObtainConsent"`
	Until       time.Time `json:"until"`
	TellRisk    string    `json:"tellRisk,omitempty"` // one of GlassRisks: telling the patient today could do harm
}

// GlassMinutes is how long the glass stays broken.
const GlassMinutes = 60

// GlassReasons are the codes for the nature of the emergency.
var GlassReasons = []string{"overdose", "suicide-risk", "unconscious", "severe-withdrawal", "other-emergency"}

// glassSections is the minimum set that an emergency opens, for reading.
var glassSections = []Section{SectionProfile, SectionCrisisPlan, SectionCareTeam}

// CheckBreakGlass holds the four facts. Errors: KindInvalid with fields.
func CheckBreakGlass(g BreakGlass) error {
	var c Checks
	c.Text("affiliation", g.Affiliation, 1, 200)
	c.Text("nature", g.Nature, 10, 1000)
	c.Require(slices.Contains(GlassReasons, g.Reason), "reason", "unknown-reason", "Choose the nature of the emergency.")
	c.Require(g.TellRisk == "" || slices.Contains(GlassRisks, g.TellRisk), "tellRisk", "not-a-choice", "Choose one of those that are offered.")
	c.Require(g.NoConsent, "cannotObtainConsent", "required", "Break-glass is only for when the patient's consent can't be had in time.")
	return c.Err()
}

func decideGlass(q AccessQuestion, f AccessFacts) Decision {
	d := Decision{Section: q.Section, Verb: q.Verb}
	medical := q.Actor.Role == RoleClinician && q.Actor.Discipline.Medical()
	if !medical || q.Verb != Read || !slices.Contains(glassSections, q.Section) {
		return d
	}
	for _, g := range f.Glass {
		if g.AccountID == q.Actor.AccountID && g.PatientID == q.PatientID &&
			!q.At.Before(g.At) && q.At.Before(g.Until) {
			d.Allowed, d.Whole, d.Basis = true, true, BasisBreakGlass
			return d
		}
	}
	return d
}
