package fhir

import "net/http"

// OperationOutcome is http://hl7.org/fhir/R4/operationoutcome.html: how a refusal
// looks.
type OperationOutcome struct {
	Resource
	Issue []Issue `json:"issue"`
}

// Issue is one thing that is in the way.
type Issue struct {
	Severity    string           `json:"severity"`
	Code        string           `json:"code"`
	Details     *CodeableConcept `json:"details,omitempty"`
	Diagnostics string           `json:"diagnostics,omitempty"`
	Expression  []string         `json:"expression,omitempty"`
}

// Refusal is something that was refused: a stable code, a sentence and, of one
// field, its place.
type Refusal struct{ Code, Text, Field string }

// issueTypes are codes of http://hl7.org/fhir/issue-type by HTTP status.
var issueTypes = map[int]string{
	http.StatusBadRequest: "structure", http.StatusUnauthorized: "login", http.StatusForbidden: "forbidden", http.StatusNotFound: "not-found",
	http.StatusMethodNotAllowed: "not-supported", http.StatusNotAcceptable: "not-supported", http.StatusUnsupportedMediaType: "not-supported",
	http.StatusConflict: "conflict", http.StatusGone: "expired", http.StatusPreconditionFailed: "conflict", http.StatusRequestEntityTooLarge: "too-long",
	http.StatusUnprocessableEntity: "value", http.StatusPreconditionRequired: "required", http.StatusTooManyRequests: "throttled",
	http.StatusInternalServerError: "exception", http.StatusServiceUnavailable: "transient", http.StatusRequestTimeout: "timeout",
}

// Outcome maps refusals of one request, the whole one first. request is its id, for
// whoever asks for help.
func Outcome(status int, request string, refusals ...Refusal) OperationOutcome {
	kind, ok := issueTypes[status]
	if !ok {
		kind = "processing"
	}
	out := OperationOutcome{Resource: Resource{ResourceType: "OperationOutcome"}}
	for i, r := range refusals {
		issue := Issue{Severity: "error", Code: kind, Details: &CodeableConcept{Coding: []Coding{{System: SystemProblem, Code: r.Code}}, Text: r.Text}}
		if i == 0 {
			issue.Diagnostics = request
		}
		if r.Field != "" {
			issue.Expression = []string{r.Field}
		}
		out.Issue = append(out.Issue, issue)
	}
	return out
}
