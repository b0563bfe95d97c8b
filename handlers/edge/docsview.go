package edge

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// docsView is what the page of documentation shows.
type docsView struct {
	Title, Version, Text string
	Groups               []docsGroup
	Types                []docsType
	Problems             []docsProblem
}

type docsGroup struct {
	Name string
	Ops  []docsOp
}

type docsOp struct {
	ID, Method, Path, Summary, Text, SignIn string
	Params                                  []docsField
	Body                                    *docsBody
	Answers                                 []docsAnswer
}

// docsField is a parameter or a property. Link is the type it leads to.
type docsField struct {
	Name, In, Kind, Link, Text string
	Required                   bool
}

type docsBody struct{ Kind, Link, Example string }

type docsAnswer struct {
	Status, Text string
	Body         *docsBody
}

type docsType struct {
	Name   string
	Fields []docsField
}

type docsProblem struct {
	Status            int
	Code, Title, Text string
}

func viewOf(api *huma.OpenAPI) docsView {
	schemas := api.Components.Schemas
	v := docsView{Title: api.Info.Title, Version: api.Info.Version, Text: api.Info.Description}
	groups := map[string][]docsOp{}
	for path, item := range api.Paths {
		for method, op := range methodsOf(item) {
			name := "Other"
			if len(op.Tags) > 0 {
				name = op.Tags[0]
			}
			groups[name] = append(groups[name], opView(api.Components, method, path, op))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		slices.SortFunc(groups[name], func(a, b docsOp) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
		})
		v.Groups = append(v.Groups, docsGroup{name, groups[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(schemas.Map())) {
		v.Types = append(v.Types, docsType{name, fieldsOf(schemas.Map()[name])})
	}
	for _, status := range slices.Sorted(maps.Keys(sorts)) {
		s := sorts[status]
		v.Problems = append(v.Problems, docsProblem{status, s.code, s.title, s.text})
	}
	return v
}

func methodsOf(item *huma.PathItem) map[string]*huma.Operation {
	all := map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete}
	maps.DeleteFunc(all, func(_ string, op *huma.Operation) bool { return op == nil })
	return all
}

func opView(parts *huma.Components, method, path string, op *huma.Operation) docsOp {
	v := docsOp{ID: op.OperationID, Method: method, Path: path, Summary: op.Summary, Text: op.Description,
		SignIn: "not needed."}
	for _, need := range op.Security {
		for scheme := range need {
			v.SignIn = parts.SecuritySchemes[scheme].Description
		}
	}
	for _, p := range op.Parameters {
		kind, link := kindOf(p.Schema)
		v.Params = append(v.Params, docsField{p.Name, p.In, kind, link, cmp.Or(p.Description, p.Schema.Description), p.Required})
	}
	if op.RequestBody != nil {
		v.Body = bodyOf(parts.Schemas, op.RequestBody.Content)
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		r := op.Responses[status]
		a := docsAnswer{Status: status, Text: r.Description}
		if code, _ := strconv.Atoi(status); code < 400 {
			a.Body = bodyOf(parts.Schemas, r.Content)
		}
		v.Answers = append(v.Answers, a)
	}
	return v
}

func bodyOf(schemas huma.Registry, content map[string]*huma.MediaType) *docsBody {
	if len(content) == 0 {
		return nil
	}
	kind := slices.Min(slices.Collect(maps.Keys(content)))
	schema := content[kind].Schema
	if schema == nil {
		return &docsBody{Kind: kind}
	}
	example, err := json.MarshalIndent(exampleOf(schemas, schema, 0), "", "  ")
	if err != nil { // made of what JSON can say
		return nil
	}
	of, link := kindOf(schema)
	return &docsBody{of, link, string(example)}
}
