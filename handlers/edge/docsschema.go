package edge

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// fieldsOf lists the properties of an object.
func fieldsOf(s *huma.Schema) []docsField {
	var fields []docsField
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		kind, link := kindOf(s.Properties[name])
		fields = append(fields, docsField{Name: name, Kind: kind, Link: link,
			Text: s.Properties[name].Description, Required: slices.Contains(s.Required, name)})
	}
	return fields
}

// kindOf says in words what a schema allows, and which type it leads to.
func kindOf(s *huma.Schema) (kind, link string) {
	if s.Ref != "" {
		name := s.Ref[strings.LastIndex(s.Ref, "/")+1:]
		return name, name
	}
	if s.Items != nil {
		of, link := kindOf(s.Items)
		return "list of " + of + limitsOf(s), link
	}
	if s.Type == "object" {
		if of, ok := s.AdditionalProperties.(*huma.Schema); ok {
			kind, link := kindOf(of)
			return "map to " + kind, link
		}
	}
	kind = s.Type
	if s.Format != "" {
		kind += " (" + s.Format + ")"
	}
	return kind + limitsOf(s), ""
}

// limitsOf says in words what else must hold.
func limitsOf(s *huma.Schema) string {
	var out strings.Builder
	say := func(format string, value any) { fmt.Fprintf(&out, ", "+format, value) }
	if len(s.Enum) > 0 {
		var choices []string
		for _, c := range s.Enum {
			choices = append(choices, fmt.Sprint(c))
		}
		say("one of: %s", strings.Join(choices, ", "))
	}
	for _, l := range []struct {
		value *int
		words string
	}{{s.MinLength, "at least %d characters"}, {s.MaxLength, "at most %d characters"},
		{s.MinItems, "at least %d"}, {s.MaxItems, "at most %d"}} {
		if l.value != nil {
			say(l.words, *l.value)
		}
	}
	if s.Minimum != nil {
		say("from %v", *s.Minimum)
	}
	if s.Maximum != nil {
		say("to %v", *s.Maximum)
	}
	if s.Pattern != "" {
		say("as %s", s.Pattern)
	}
	if s.Default != nil {
		say("else %v", s.Default)
	}
	return out.String()
}

// exampleOf makes an example: the schema's own where there is one.
func exampleOf(schemas huma.Registry, s *huma.Schema, depth int) any {
	if s.Ref != "" {
		s = schemas.SchemaFromRef(s.Ref)
	}
	switch {
	case s == nil || depth > 5: // a type that holds itself
		return nil
	case len(s.Examples) > 0:
		return s.Examples[0]
	case s.Default != nil:
		return s.Default
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Items != nil:
		return []any{exampleOf(schemas, s.Items, depth+1)}
	case s.Type == "object":
		object := map[string]any{}
		for name, property := range s.Properties {
			object[name] = exampleOf(schemas, property, depth+1)
		}
		return object
	}
	return exampleValue(s)
}

func exampleValue(s *huma.Schema) any {
	switch s.Type {
	case "boolean":
		return true
	case "integer", "number":
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 1
	}
	switch s.Format {
	case "uuid":
		return "0197a6f0-3c00-7000-8000-5d1c2b3a4958"
	case "date-time":
		return "2026-03-01T09:00:00Z"
	case "date":
		return "2026-03-01"
	}
	return "…"
}
