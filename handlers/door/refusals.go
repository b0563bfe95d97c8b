package door

import (
	"errors"
	"maps"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/medicines"
	"handrail/care/signin"
	"handrail/care/visits"
	"handrail/handlers/edge"
	"handrail/models/schedule"
)

// Impossible is what the problem of a time that is not possible tells beside what all
// problems do.
type Impossible struct {
	Conflicts    []schedule.Conflict  `json:"conflicts,omitempty" doc:"A time that is not possible: everything that is in the way."`
	Alternatives []schedule.Slot      `json:"alternatives,omitempty" doc:"The nearest times that are possible."`
	Checked      *medicines.Checked   `json:"checked,omitempty" doc:"Of interrupted: what the rules found, what to do instead, and whose decision it is."`
	Visits       []visits.SeriesVisit `json:"visits,omitempty" doc:"Of a series: the visits that can't be, each with what is in its way and times near it."`
}

// Explain gives the refusal of a time its reasons, that of an order what the rules
// found, and one that wants to be shown who
// it is the ways to do so; other errors stay as they are.
func Explain(err error) error {
	if not, ok := errors.AsType[*visits.NotPossible](err); ok {
		p := edge.ProblemOf(err)
		p.Extension = Impossible{Conflicts: not.Conflicts, Alternatives: not.Alternatives, Visits: not.Visits}
		return p
	}
	if not, ok := errors.AsType[*medicines.Interrupted](err); ok {
		p := edge.ProblemOf(err)
		p.Extension = Impossible{Checked: &not.Checked}
		return p
	}
	if not, ok := errors.AsType[*signin.NeedsStepUp](err); ok {
		p := edge.ProblemOf(not.Refusal)
		p.Ways = not.Ways
		return p
	}
	return err
}

// DescribeImpossible writes these members into the document.
func (a *API) DescribeImpossible() {
	a.Describe(func(doc *huma.OpenAPI) {
		schemas := doc.Components.Schemas
		maps.Copy(schemas.Map()["Problem"].Properties, huma.SchemaFromType(schemas, reflect.TypeFor[Impossible]()).Properties)
	})
}
