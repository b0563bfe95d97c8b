package risk

import (
	"time"

	"handrail/models/checkin"
	"handrail/models/phrases"
)

// Words asks R-TXT-1 of phrases that were found in what somebody outside of the clinic wrote
// in their own words; none for none. What was written is not repeated.
func Words(hits []phrases.Hit, source, ref string, now time.Time) []Evidence {
	if len(hits) == 0 {
		return nil
	}
	inputs := map[string]any{}
	for _, h := range hits {
		inputs[h.Language+" "+h.Version] = h.Number
	}
	return []Evidence{{At: now, Rule: TextRule, Version: "1", Tier: checkin.Elevated, Inputs: inputs, Source: source, Ref: ref}}
}
