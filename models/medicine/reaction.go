package medicine

import (
	"slices"
	"time"

	"handrail/models"
)

// Adverse is an allergy or another bad reaction (FHIR AllergyIntolerance).
type Adverse struct {
	ID          string        `json:"id"`
	PatientID   string        `json:"patientId"`
	Ingredients []Ingredient  `json:"ingredients"`
	Known       bool          `json:"known"`
	UseRelated  bool          `json:"useRelated"`
	By          models.Author `json:"by"`
	At          time.Time     `json:"at"`
	ChangedBy   models.Author `json:"changedBy"`
	ChangedAt   time.Time     `json:"changedAt"`
	AdverseTerms
}

// AdverseTerms is what is written about one.
type AdverseTerms struct {
	Substance string `json:"substance"`
	Kind      string `json:"kind"`      // AdverseKinds
	Certainty string `json:"certainty"` // AdverseCertainties (FHIR verificationStatus)
	Severity  string `json:"severity"`  // AdverseSeverities
	What      string `json:"what"`      // what happened, in words
	On        string `json:"on,omitempty"`
}

// The words of a reaction.
var (
	AdverseKinds       = []string{"allergy", "intolerance"}
	AdverseCertainties = []string{"unconfirmed", "confirmed", "refuted", "entered-in-error"}
	AdverseSeverities  = []string{"mild", "moderate", "severe"}
)

// MaxAdverse is how many reactions one person's list holds.
const MaxAdverse = 200

// Check holds the terms against what they can be. Errors: KindInvalid with fields.
func (t AdverseTerms) Check(today time.Time) error {
	var c models.Checks
	c.Text("substance", t.Substance, 1, MaxName)
	c.Text("what", t.What, 0, MaxText)
	for _, f := range []struct {
		field, word string
		of          []string
	}{{"kind", t.Kind, AdverseKinds}, {"certainty", t.Certainty, AdverseCertainties}, {"severity", t.Severity, AdverseSeverities}} {
		c.Require(slices.Contains(f.of, f.word), f.field, "not-a-choice", "Choose one of those that are offered.")
	}
	checkDay(&c, "on", t.On, today)
	return c.Err()
}

// Identify says which ingredients it is about.
func (a *Adverse) Identify() {
	m := Medicine{Terms: Terms{Name: a.Substance}}
	m.Identify()
	a.Ingredients, a.Known, a.UseRelated = m.Ingredients, m.Known, m.UseRelated
}

// Counts tells whether a check looks at it, and how sure it is.
func (a Adverse) Counts() (Reaction, bool) {
	var names []string
	for _, i := range a.Ingredients {
		names = append(names, i.Name)
	}
	return Reaction{names, a.Certainty == "confirmed" || a.Severity == "severe"}, a.Certainty == "unconfirmed" || a.Certainty == "confirmed"
}
