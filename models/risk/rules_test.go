package risk

import (
	"slices"
	"testing"

	"handrail/models/checkin"
)

// TestTheCatalogueIsWhatIsAsked: every rule that fires today stands in it with its
// tier, and what stands there without a missing input is asked.
func TestTheCatalogueIsWhatIsAsked(t *testing.T) {
	asked := checkin.RulesAsked()
	for rule, tier := range RulesCompared() {
		if Rank(tier) > Rank(asked[rule]) {
			asked[rule] = tier
		}
	}
	seen := map[string]bool{}
	for _, r := range Rules {
		if seen[r.ID] {
			t.Errorf("%s stands there twice", r.ID)
		}
		seen[r.ID] = true
		tier, is := asked[r.ID]
		if !slices.Contains([]string{HandRule, WorryRule, EffectRule, DyingRule}, r.ID) && r.Evaluated() != is {
			t.Errorf("%s: evaluated %v, asked %v", r.ID, r.Evaluated(), is)
		}
		if is && (tier != r.Tier || r.Version == "") {
			t.Errorf("%s: %s in the catalogue, %s when it fires", r.ID, r.Tier, tier)
		}
		if r.Input == "" || r.Source == "" || Rank(r.Tier) == 0 {
			t.Errorf("%s does not explain itself", r.ID)
		}
	}
	for rule := range asked {
		if !seen[rule] {
			t.Errorf("%s fires and is not in the catalogue", rule)
		}
	}
}
