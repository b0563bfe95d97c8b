package edge

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Rule writes into the schema of a field what a value must keep to.
type Rule func(*huma.Schema)

// Rules are those of the fields of types that know nothing of schemas: by the type that
// declares a field, and by the field's name in Go. The limits in them stand once, beside
// the checks of the domain.
type Rules map[reflect.Type]map[string]Rule

// Text is from min to max characters long; min 0: may be empty.
func Text(min, max int) Rule {
	return func(s *huma.Schema) {
		s.MaxLength = &max
		if min > 0 {
			s.MinLength = &min
		}
	}
}

// Count is a list of min to max things; min 0: may be empty.
func Count(min, max int) Rule {
	return func(s *huma.Schema) {
		s.MaxItems = &max
		if min > 0 {
			s.MinItems = &min
		}
	}
}

// Between is a number from min to max.
func Between(min, max float64) Rule {
	return func(s *huma.Schema) { s.Minimum, s.Maximum = &min, &max }
}

// OneOf is one of some words; in a list each is.
func OneOf[T ~string](words ...T) Rule {
	return func(s *huma.Schema) {
		if s.Items != nil {
			s = s.Items
		}
		s.Enum = nil
		for _, word := range words {
			s.Enum = append(s.Enum, string(word))
		}
	}
}

// Keep writes rules into the document, for all operations that were registered: a request
// is held to them from here on. Panics for a field that there is not.
func (e *Edge) Keep(rules Rules) {
	for t, fields := range rules {
		for name := range fields {
			if _, ok := t.FieldByName(name); !ok {
				panic(fmt.Sprintf("edge: %s has no field %s", t, name))
			}
		}
	}
	schemas := e.huma.OpenAPI().Components.Schemas
	for name, s := range schemas.Map() {
		if t := schemas.TypeFromRef("#/components/schemas/" + name); t != nil {
			rules.write(t, s)
		}
	}
}

// write holds the fields of a struct to their rules, and those of what it embeds.
func (r Rules) write(t reflect.Type, s *huma.Schema) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			r.write(f.Type, s)
			continue
		}
		if rule, field := r[t][f.Name], s.Properties[name]; rule != nil && field != nil {
			rule(field)
			field.PrecomputeMessages()
		}
	}
}
