package sideeffect

import (
	"slices"
	"testing"
	"time"

	"handrail/models/medicine"
	"handrail/models/risk"
)

// TestEachEffectIsOffered: of ingredients that the list knows, at the tier of its rule, and
// with the serious ones last.
func TestEachEffectIsOffered(t *testing.T) {
	for _, b := range byIngredient {
		for _, name := range b.ingredients {
			m := medicine.Medicine{Terms: medicine.Terms{Name: name}}
			m.Identify()
			if !m.Known || m.Names()[0] != name {
				t.Errorf("the list does not know %q", name)
			}
			offered := Offered(m)
			bad := slices.IndexFunc(offered, func(e Effect) bool { return e.Serious })
			if bad < 1 || slices.ContainsFunc(offered[bad:], func(e Effect) bool { return !e.Serious }) || !slices.Contains(offered, Effect{b.effects[0], Serious(b.effects[0])}) {
				t.Errorf("%s: %v", name, offered)
			}
		}
	}
	for _, e := range (Report{UseRelated: true, Terms: Terms{Effects: serious}}).Fired(time.Time{}) {
		if _, shown := (risk.Alert{Rule: e.Rule, Rules: []string{e.Rule}, Evidence: []risk.Evidence{e}}).WithoutUse(); shown {
			t.Errorf("%s shows itself to who may not see the medicine", e.Rule)
		}
		i := slices.IndexFunc(risk.Rules, func(r risk.Rule) bool { return r.ID == e.Rule })
		if i < 0 || risk.Rules[i].Tier != e.Tier {
			t.Errorf("%s fires at %s", e.Rule, e.Tier)
		}
	}
}
