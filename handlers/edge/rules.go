package edge

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Field is what a rule says of a field.
type Field struct {
	Schema   *huma.Schema
	Text     string // the form of the texts in it: see canonical.go
	Optional bool   // it may be left out though its JSON tag does not say so
}

// Rule says of a field what a value must keep to, what its text is, and what it means.
type Rule func(*Field)

// Rules are those of the fields of types that know nothing of schemas: by the type that
// declares a field, and by the field's name in Go. The limits in them stand once, beside
// the checks of the domain.
type Rules map[reflect.Type]map[string]Rule

// At is what the rules say of a field of a type; its schema is never nil.
func (r Rules) At(t reflect.Type, field string) Field {
	out := Field{Schema: &huma.Schema{}}
	if rule := r[t][field]; rule != nil {
		rule(&out)
	}
	return out
}

// Together is all of some tables. Panics when a type is in two of them.
func Together(tables ...Rules) Rules {
	out := Rules{}
	for _, rules := range tables {
		for t, fields := range rules {
			if out[t] != nil {
				panic(fmt.Sprintf("edge: %s has rules in two tables", t))
			}
			out[t] = fields
		}
	}
	return out
}

// Keep holds every request to rules from here on, and the document tells them. Once for an
// edge, before it listens. Panics for a field that there is not.
func (e *Edge) Keep(rules Rules) {
	e.rules = rules
	e.texts = map[reflect.Type]map[string]string{}
	for t, fields := range rules {
		e.texts[t] = map[string]string{}
		for name := range fields {
			if _, ok := t.FieldByName(name); !ok {
				panic(fmt.Sprintf("edge: %s has no field %s", t, name))
			}
			e.texts[t][name] = rules.At(t, name).Text
		}
	}
}

// keep writes the rules into schemas.
func (r Rules) keep(schemas huma.Registry) {
	for name, s := range schemas.Map() {
		if t := schemas.TypeFromRef("#/components/schemas/" + name); t != nil {
			r.write(t, s)
			s.PrecomputeMessages()
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
		name = cmp.Or(name, f.Name)
		rule, schema := r[t][f.Name], s.Properties[name]
		if rule == nil || schema == nil {
			continue
		}
		said := Field{Schema: schema}
		rule(&said)
		if said.Optional {
			s.Required = slices.DeleteFunc(s.Required, func(required string) bool { return required == name })
		}
	}
}
