// Package typescript writes the types of the API for who builds an app in TypeScript, or
// checks plain JavaScript by them. It does so itself and not by a package of npm: the
// document has no unions and no inheritance, and whoever changes an operation needs Go alone.
package typescript

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// File is where the types are kept, in this folder.
const File = "handrail.d.ts"

const head = `// Made from handlers/testdata/openapi.json: go test ./handlers -run Golden -update
// Requests and answers of the API by operation, and what they are made of. How to begin:
// docs/build-an-app.md

export interface Operations {
`

type document struct {
	Paths      map[string]map[string]json.RawMessage
	Components struct{ Schemas map[string]schema }
}

type operation struct {
	OperationID, Summary string
	Parameters           []struct {
		Name, In string
		Required bool
		Schema   schema
	}
	RequestBody struct{ Content map[string]media }
	Responses   map[string]struct{ Content map[string]media }
}

type media struct{ Schema schema }

// Types makes the types of a document (OpenAPI 3.1): Operations, by operation id, and an
// interface for each schema.
func Types(openapi []byte) ([]byte, error) {
	var d document
	if err := json.Unmarshal(openapi, &d); err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString(head)
	for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
		for _, method := range []string{"get", "put", "post", "patch", "delete"} {
			raw, ok := d.Paths[path][method]
			if !ok {
				continue
			}
			var o operation
			if err := json.Unmarshal(raw, &o); err != nil {
				return nil, fmt.Errorf("%s %s: %w", method, path, err)
			}
			b.WriteString(o.line(strings.ToUpper(method), path))
		}
	}
	b.WriteString("}\n")
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		b.WriteString(d.Components.Schemas[name].declared(name))
	}
	return []byte(b.String()), nil
}

// line is one operation: where it is, what it takes and what it answers.
func (o operation) line(method, path string) string {
	by := map[string][]string{}
	for _, p := range o.Parameters {
		by[p.In] = append(by[p.In], fmt.Sprintf("%s%s: %s", key(p.Name), optional(p.Required), p.Schema.text()))
	}
	parts := []string{fmt.Sprintf("method: %q; path: %q", method, path)}
	for _, in := range [][2]string{{"path", "params"}, {"query", "query"}, {"header", "headers"}} {
		if len(by[in[0]]) > 0 {
			parts = append(parts, in[1]+": { "+strings.Join(by[in[0]], "; ")+" }")
		}
	}
	if body := one(o.RequestBody.Content); body != "" {
		parts = append(parts, "body: "+body)
	}
	answer := "void"
	for _, status := range slices.Sorted(maps.Keys(o.Responses)) {
		if said := one(o.Responses[status].Content); said != "" && strings.HasPrefix(status, "2") {
			answer = said
		}
	}
	return fmt.Sprintf("%s  %s: { %s; answer: %s };\n", comment("  ", o.Summary), o.OperationID, strings.Join(parts, "; "), answer)
}

// one is the type of the first of some contents by name: JSON where it is there.
func one(content map[string]media) string {
	for _, kind := range slices.Sorted(maps.Keys(content)) {
		return content[kind].Schema.text()
	}
	return ""
}

// declared is a schema under its own name.
func (s schema) declared(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%sexport ", comment("", s.Description))
	if s.Properties == nil {
		fmt.Fprintf(&b, "type %s = %s;\n", name, s.text())
		return b.String()
	}
	fmt.Fprintf(&b, "interface %s {\n", name)
	for _, field := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[field]
		fmt.Fprintf(&b, "%s  %s%s: %s;\n", comment("  ", p.Description), key(field), optional(slices.Contains(s.Required, field)), p.text())
	}
	b.WriteString("}\n")
	return b.String()
}
