package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"handrail/fhir"
	"handrail/handlers/edge"
	"handrail/models"
)

// fhirBase is where portals find us. What stands there is the same use cases as
// everywhere, in other words (docs/fhir.md).
const fhirBase = "/fhir/R4"

// FHIRReading is embedded in every input of FHIR. What can't be written in is refused
// before (fhiredge.go).
type FHIRReading struct {
	Format string `query:"_format" maxLength:"64" doc:"JSON is all there is: json, application/json or application/fhir+json."`
	Pretty string `query:"_pretty" maxLength:"64" doc:"Makes no difference."`
}

// FHIRPath names a resource.
type FHIRPath struct {
	FHIRReading
	ID string `path:"id" maxLength:"64"`
}

// FHIRAnswer is a resource.
type FHIRAnswer struct {
	ContentType string `header:"Content-Type"`
	ETag        string `header:"ETag"`
	Location    string `header:"Location"`
	Body        []byte
}

// resource makes the answer of a resource.
func resource(r any, err error) (*FHIRAnswer, error) {
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(r)
	return &FHIRAnswer{ContentType: fhir.ContentType, Body: edge.Shown(body)}, err
}

// registerFHIR adds an operation whose answers, refusals too, are resources. Their
// shape is FHIR's, and is not told again in our own document.
func registerFHIR[I any](a *API, op huma.Operation, handler func(context.Context, *I) (*FHIRAnswer, error)) {
	op.Tags, op.Path = []string{"FHIR"}, fhirBase+op.Path
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
	register(a, op, handler)
	op.Responses["406"] = &huma.Response{Description: "Only JSON is written here."}
	for code, answer := range op.Responses { // the map that Huma filled
		if code >= "400" {
			answer.Content = content
		}
	}
}

// isFHIR tells whether what stands at a path speaks FHIR; so do its refusals where
// nothing stands.
func isFHIR(path string) bool { return path == "/fhir" || strings.HasPrefix(path, "/fhir/") }

// fhirDialect is what is other where FHIR is spoken.
var fhirDialect = edge.Dialect{Of: isFHIR, ContentType: fhir.ContentType, Before: beforeFHIR, Refusal: outcome}

// outcome is a problem as FHIR has it.
func outcome(p *edge.Problem) any {
	refusals := []fhir.Refusal{{Code: p.Code, Text: p.Detail}}
	for _, f := range p.Errors {
		refusals = append(refusals, fhir.Refusal{Code: f.Code, Text: f.Detail, Field: f.Field})
	}
	if time, ok := p.Extension.(impossible); ok {
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

// fhirAddress is where the FHIR service is found, as people reach it.
func (a *API) fhirAddress() string { return a.config.Edge.BaseURL + fhirBase }

// searchset answers with what was found.
func searchset[T interface{ Path() string }](a *API, found []T, self, next string) (*FHIRAnswer, error) {
	return resource(fhir.Searchset(a.fhirAddress(), found, self, next), nil)
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

// patientOf is whose visits are asked for: the one who is named, or the patient who
// asks.
func patientOf(ctx context.Context, reference string) (string, error) {
	if reference == "" {
		if own := edge.ActorFrom(ctx).PatientID; own != "" {
			return own, nil
		}
		return "", edge.Invalid("query.patient", "required", "Say whose visits.")
	}
	if id := fhir.IDOf("Patient", reference); id != "" {
		return id, nil
	}
	return "", models.NotFound()
}

// metadata registers what FHIR clients read first.
func (a *API) fhirMetadata() {
	registerFHIR(a, huma.Operation{OperationID: "readFHIRMetadata", Method: http.MethodGet, Path: "/metadata", Security: edge.Public,
		Summary: "What of FHIR R4 there is (CapabilityStatement)"},
		func(_ context.Context, _ *FHIRReading) (*FHIRAnswer, error) {
			return resource(fhir.Capability(a.config.Edge.Version), nil)
		})
}
