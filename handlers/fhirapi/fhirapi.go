// Package fhirapi speaks FHIR R4: visits, the people in them and free times, for portals.
// Each operation is a use case of care, in FHIR's words (docs/fhir.md).
package fhirapi

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"handrail/fhir"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// Base is where portals find us. What stands there is the same use cases as
// everywhere, in other words (docs/fhir.md).
const Base = "/fhir/R4"

// api is the API, as far as FHIR asks it.
type api struct{ *door.API }

// Add registers the operations.
func Add(to *door.API) {
	a := &api{to}
	a.metadata()
	a.appointments()
	a.slots()
	a.people()
	a.carePlans()
	a.episodes()
	a.medicines()
	a.observations()
	a.referrals()
}

// Reading is embedded in every input of FHIR. What can't be written in is refused
// before (edge.go).
type Reading struct {
	Format string `query:"_format" maxLength:"64" doc:"JSON is all there is: json, application/json or application/fhir+json."`
	Pretty string `query:"_pretty" maxLength:"64" doc:"Makes no difference."`
}

// Path names a resource.
type Path struct {
	Reading
	ID string `path:"id" maxLength:"64"`
}

// Answer is a resource.
type Answer struct {
	ContentType string `header:"Content-Type"`
	ETag        string `header:"ETag"`
	Location    string `header:"Location"`
	Body        []byte
}

// resource makes the answer of a resource.
func resource(r any, err error) (*Answer, error) {
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(r)
	return &Answer{ContentType: fhir.ContentType, Body: edge.Shown(body)}, err
}

// register adds an operation whose answers, refusals too, are resources. Their
// shape is FHIR's, and is not told again in our own document.
func register[I any](a *api, op huma.Operation, handler func(context.Context, *I) (*Answer, error)) {
	op.Tags, op.Path = []string{"FHIR"}, Base+op.Path
	content := map[string]*huma.MediaType{fhir.ContentType: {Schema: &huma.Schema{Type: "object"}}}
	status := "200"
	if op.DefaultStatus == http.StatusCreated {
		status = "201"
	}
	op.Responses = map[string]*huma.Response{status: {Description: "The resource.", Content: content}}
	if strings.HasPrefix(op.OperationID, "listFHIR") {
		op.Description = strings.TrimSpace(op.Description + " The same as POST to this address with /_search behind it, the parameters as a form (application/x-www-form-urlencoded).")
	}
	if op.Method == http.MethodGet && strings.HasSuffix(op.Path, "/{id}") {
		op.Metadata = map[string]any{edge.HandedOutKey: true}
	}
	door.Register(a.API, op, handler)
	a.DescribeAt(op.Method, op.Path, func(op *huma.Operation) {
		op.Responses["406"] = &huma.Response{Description: "Only JSON is written here."}
		for code, answer := range op.Responses {
			if code >= "400" {
				answer.Content = content
			}
		}
	})
}

// speaks tells whether what stands at a path speaks FHIR; so do its refusals where
// nothing stands.
func speaks(path string) bool { return path == "/fhir" || strings.HasPrefix(path, "/fhir/") }

// Dialect is what is other where FHIR is spoken.
var Dialect = edge.Dialect{Of: speaks, ContentType: fhir.ContentType, Before: before, Refusal: outcome}

// outcome is a problem as FHIR has it.
func outcome(p *edge.Problem) any {
	refusals := []fhir.Refusal{{Code: p.Code, Text: p.Detail}}
	for _, f := range p.Errors {
		refusals = append(refusals, fhir.Refusal{Code: f.Code, Text: f.Detail, Field: f.Field})
	}
	if time, ok := p.Extension.(door.Impossible); ok {
		for _, c := range time.Conflicts {
			refusals = append(refusals, fhir.Refusal{Code: c.Code, Text: c.Text + " " + c.Help})
		}
	}
	return fhir.Outcome(p.Status, p.Instance, refusals...)
}

// token takes the code of a search parameter of type token: "code" or "system|code".
func token(text string) string {
	if _, code, ok := strings.Cut(text, "|"); ok {
		return code
	}
	return text
}

// tokenList takes those of a list, "a,b".
func tokenList(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		if part != "" {
			out = append(out, token(part))
		}
	}
	return out
}

// idList takes the ids of a list. Those of this program have small letters.
func idList(text string) []string { return tokenList(strings.ToLower(text)) }

// address is where the FHIR service is found, as people reach it.
func (a *api) address() string { return a.Config().BaseURL + Base }

// searchset answers with what was found.
func searchset[T interface{ Path() string }](a *api, found []T, self, next string) (*Answer, error) {
	return resource(fhir.Searchset(a.address(), found, self, next), nil)
}

// self is the address of a search, relative to the base, with the page to go on at.
func self(kind string, page string, params url.Values) string {
	if page != "" {
		params.Set("page", page)
	}
	for name, values := range params {
		if len(values) == 0 || values[0] == "" {
			delete(params, name)
		}
	}
	return kind + "?" + params.Encode()
}

// fhirOne is a resource that is answered.
type fhirOne interface {
	Path() string
	Close(reason string)
}

// closed labels what is answered of a chart that is closed to people who work here.
func closed[T fhirOne](ctx context.Context, a *api, patientID string, found ...T) error {
	if len(found) == 0 {
		return nil
	}
	reason, err := a.Care.People.ClosedBecause(ctx, patientID)
	if err != nil || reason == "" {
		return err
	}
	for _, r := range found {
		r.Close(reason)
	}
	return nil
}

// patientOf is whose visits are asked for: the one who is named, or the patient who
// asks.
func patientOf(ctx context.Context, reference string) (string, error) {
	if reference == "" {
		if own := edge.ActorFrom(ctx).PatientID; own != "" {
			return own, nil
		}
		return "", edge.Invalid("query.patient", "required", "Say whose.")
	}
	if id := fhir.IDOf("Patient", reference); id != "" {
		return id, nil
	}
	return "", models.NotFound()
}

// metadata registers what FHIR clients read first.
func (a *api) metadata() {
	register(a, huma.Operation{OperationID: "readFHIRMetadata", Method: http.MethodGet, Path: "/metadata", Security: edge.Public,
		Summary: "What of FHIR R4 there is (CapabilityStatement)"},
		func(_ context.Context, _ *Reading) (*Answer, error) {
			return resource(fhir.Capability(a.Config().Version), nil)
		})
}
