package edge

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// meanings gives our code and words for what Huma's validation says, by how its
// message begins. The first match counts.
var meanings = []struct{ prefix, code, text string }{
	{"unexpected property", "unknown-field", "There is a field here that is not known."},
	{"unknown query parameter", "unknown-parameter", "There is a query parameter that is not known."},
	{"expected required property", "required", "Please fill this in."},
	{"required", "required", "Please fill this in."},
	{"expected length >=", "too-short", "This is too short."},
	{"expected length <=", "too-long", "This is too long."},
	{"expected array length >=", "too-few", "There are too few of these."},
	{"expected array length <=", "too-many", "There are too many of these."},
	{"expected object with at most", "too-many", "There are too many of these."},
	{"expected object with at least", "too-few", "There are too few of these."},
	{"expected array items to be unique", "repeated", "One of these is there twice."},
	{"expected value to be one of", "not-one-of", "This is none of the choices."},
	{"expected string to", "bad-format", "This is not written as it should be."},
	{"invalid date", "bad-format", "This is not written as it should be."},
	{"expected number to be", "bad-step", "This number is between two steps."},
	{"expected number >", "too-small", "This number is too small."},
	{"expected number <", "too-big", "This number is too big."},
	{"expected ", "wrong-type", "This is of another type than expected."},
	{"invalid integer", "wrong-type", "This is of another type than expected."},
	{"invalid float", "wrong-type", "This is of another type than expected."},
	{"invalid boolean", "wrong-type", "This is of another type than expected."},
}

// fieldProblem says in our words what Huma refused. Of the path only names that
// stand in our own schema are kept: a key can be as private as a value.
func fieldProblem(op *huma.Operation, d *huma.ErrorDetail) FieldProblem {
	p := FieldProblem{Field: knownPath(op, d.Location), Code: "invalid", Detail: "This can't be used."}
	for _, m := range meanings {
		if strings.HasPrefix(d.Message, m.prefix) {
			p.Code, p.Detail = m.code, m.text
			break
		}
	}
	// Huma names the object that lacks a property; we name the property.
	if name, ok := strings.CutPrefix(d.Message, "expected required property "); ok {
		name, _ = strings.CutSuffix(name, " to be present")
		p.Field = strings.TrimPrefix(p.Field+"."+name, ".")
	}
	return p
}

// knownPath is the part of a location that our own documents name. Paths in the
// body begin at its root; others keep their place: "query.limit".
func knownPath(op *huma.Operation, location string) string {
	place, rest, _ := strings.Cut(location, ".")
	if op == nil {
		return place
	}
	if place != "body" {
		for _, p := range op.Parameters {
			if p.In == place && p.Name == rest {
				return location
			}
		}
		return place
	}
	if op.RequestBody == nil || op.RequestBody.Content["application/json"] == nil {
		return ""
	}
	schemas, _ := op.Metadata[schemasKey].(huma.Registry)
	return knownBodyPath(schemas, op.RequestBody.Content["application/json"].Schema, rest)
}

// schemasKey is where register leaves the schemas that an operation's refer to.
const schemasKey = "schemas"

// knownBodyPath walks a schema along "milestones[2].dueOn" as far as it goes.
func knownBodyPath(schemas huma.Registry, s *huma.Schema, path string) string {
	var known strings.Builder
	for step := range strings.SplitSeq(strings.ReplaceAll(path, "[", ".["), ".") {
		if s != nil && s.Ref != "" && schemas != nil {
			s = schemas.SchemaFromRef(s.Ref)
		}
		switch {
		case s == nil:
			return known.String()
		case strings.HasPrefix(step, "[") && s.Items != nil:
			known.WriteString(step) // a number that Huma counted
			s = s.Items
		case s.Properties[step] != nil:
			if known.Len() > 0 {
				known.WriteByte('.')
			}
			known.WriteString(step)
			s = s.Properties[step]
		default:
			return known.String()
		}
	}
	return known.String()
}
