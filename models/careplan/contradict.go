package careplan

import "slices"

// Contradiction is two open items that go in opposite directions about one activity of the
// catalogue: two guidelines, or a guideline and an activity of the plan. A team settles it
// as a disagreement; the plan itself prefers neither.
type Contradiction struct {
	Activity string   `json:"activity"`
	Items    []string `json:"items"` // the guideline that advises against it, and what goes the other way
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
					out = append(out, Contradiction{code, []string{g.ID, o.ID}})
				}
			}
		}
	}
	return out
}
