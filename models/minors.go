package models

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
	"time"
)

//go:embed data/minor-rules.json
var minorRulesData []byte

// MinorRule is what the law of one place says of minors, as far as this program acts on
// it. Mark is R where somebody has read the law for it and K where nobody has: a clinic
// asks its counsel before it names a jurisdiction.
type MinorRule struct {
	Jurisdiction string `json:"jurisdiction"` // ISO 3166-2
	Name         string `json:"name"`
	// From which age, in years, a minor alone consents to care; 0: never as a minor.
	AloneSubstanceUse int       `json:"aloneSubstanceUse"`
	AloneMentalHealth int       `json:"aloneMentalHealth"`
	ParentSees        []Section `json:"parentSees"` // of a minor who does not consent alone, at most
	Source            string    `json:"source"`
	Mark              string    `json:"mark"`
}

var minorRules = sync.OnceValue(func() []MinorRule {
	var out []MinorRule
	if err := json.Unmarshal(minorRulesData, &out); err != nil {
		panic("models: minor-rules.json: " + err.Error()) // built in; a test reads it
	}
	return out
})

// MinorRules are all that ship.
func MinorRules() []MinorRule { return slices.Clone(minorRules()) }

// MinorRuleOf is the rule of a jurisdiction. Not ok: none is known, and a parent sees
// nothing.
func MinorRuleOf(jurisdiction string) (MinorRule, bool) {
	i := slices.IndexFunc(minorRules(), func(r MinorRule) bool { return r.Jurisdiction == jurisdiction })
	if i < 0 {
		return MinorRule{}, false
	}
	return minorRules()[i], true
}

// ParentMaySee are the sections of somebody who was born on a day (YYYY-MM-DD) that a
// parent may be let see at a moment: none of an adult, of a minor whose age is not known,
// and of one who may consent alone to either kind of care that a clinic like this gives.
func (r MinorRule) ParentMaySee(birthDate string, at time.Time) []Section {
	born, err := time.Parse(time.DateOnly, birthDate)
	if err != nil || !Minor(birthDate, at) {
		return nil
	}
	for _, age := range []int{r.AloneSubstanceUse, r.AloneMentalHealth} {
		if age > 0 && !at.UTC().Before(born.AddDate(age, 0, 0).AddDate(0, 0, -1)) { // a day early: their zone may be ahead
			return nil
		}
	}
	return slices.Clone(r.ParentSees)
}
