package careplan

import "slices"

// Contradiction is two open items that go in opposite directions about one activity of the
// catalogue or one medicine, or have points that the site declares to be opposite. A team
// settles it as a disagreement; the plan itself prefers neither.
type Contradiction struct {
	Activity string   `json:"activity,omitempty"`
	Medicine string   `json:"medicine,omitempty"`
	Points   []string `json:"points,omitempty"` // the two, in the order of Items
	Items    []string `json:"items"`            // who advises against first, or who declares it
}

// contradictions finds them, each pair once for each activity, in the order of the plan.
func contradictions(p Plan) []Contradiction {
	out := []Contradiction{}
	for _, g := range p.Items {
		if g.Kind != Guideline || !g.Open() {
			continue
		}
		for _, code := range g.Against {
			for _, o := range p.Items {
				if o.ID != g.ID && o.Open() && (o.Kind == Guideline && slices.Contains(o.Advises, code) || o.Kind == Activity && o.Activity == code) {
					out = append(out, Contradiction{Activity: code, Items: []string{g.ID, o.ID}})
				}
			}
		}
	}
	return out
}
