package handlers_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/valyala/fasthttp"

	"handrail/handlers"
	"handrail/models"
)

// holdToDocument checks every answer of an API against its own OpenAPI document: the
// status is told, the type is told, the body is of the schema that is told. Every test
// that opens a clinic has it, so that a route can't say one thing and do another: what
// a route answers with stands in the type of its output, in its Errors, or in its
// Responses.
func holdToDocument(t testing.TB, a *handlers.API) {
	t.Helper()
	server := a.App().Server()
	inner, doc := server.Handler, document()
	at := operationsBy(doc)
	var mu sync.Mutex
	told := map[string]bool{}
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		method, path := string(ctx.Method()), string(ctx.URI().PathOriginal()) // what was asked, and not what its dots lead to
		inner(ctx)
		if method == "HEAD" {
			return
		}
		op := at.find(method, path)
		if op == nil {
			return
		}
		kind, _, _ := strings.Cut(string(ctx.Response.Header.ContentType()), ";")
		body, err := ctx.Response.BodyUncompressed()
		if err != nil {
			t.Error(err)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		for _, wrong := range offDocument(doc, op, ctx.Response.StatusCode(), kind, body) {
			if says := fmt.Sprintf("%s answers %d: %s", op.OperationID, ctx.Response.StatusCode(), wrong); !told[says] {
				told[says] = true
				t.Error("not as the OpenAPI document says: " + says)
			}
		}
	}
}

// templates are the operations of a document by their method and how many parts their path
// has: each answer of a walk is looked up.
type templates map[string][]template

type template struct {
	parts []string
	op    *huma.Operation
}

func templatesKey(method string, parts int) string { return method + strconv.Itoa(parts) }

func operationsBy(doc *huma.OpenAPI) templates {
	out := templates{}
	for path, item := range doc.Paths {
		parts := strings.Split(path, "/")
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "PUT": item.Put, "POST": item.Post, "DELETE": item.Delete, "PATCH": item.Patch} {
			if op != nil {
				key := templatesKey(method, len(parts))
				out[key] = append(out[key], template{parts, op})
			}
		}
	}
	return out
}

// find finds the operation of a path; nil for none.
func (ts templates) find(method, path string) *huma.Operation {
	parts := strings.Split(path, "/")
	var best *huma.Operation
	literal := -1
	for _, one := range ts[templatesKey(method, len(parts))] {
		if n, ok := fitsTemplate(one.parts, parts); ok && n > literal {
			best, literal = one.op, n
		}
	}
	return best
}

// fitsTemplate counts the parts that are the same to the letter.
func fitsTemplate(template, parts []string) (literal int, ok bool) {
	for i, t := range template {
		at := strings.IndexByte(t, '{')
		switch {
		case at >= 0 && parts[i] != "" && strings.HasPrefix(parts[i], t[:at]):
		case t == parts[i]:
			literal++
		default:
			return 0, false
		}
	}
	return literal, true
}

// offDocument lists what an answer has that its operation does not tell.
func offDocument(doc *huma.OpenAPI, op *huma.Operation, status int, kind string, body []byte) (wrong []string) {
	answer := op.Responses[strconv.Itoa(status)]
	if answer == nil {
		answer = op.Responses["default"]
	}
	if answer == nil {
		return []string{"the status is not told"}
	}
	if len(answer.Content) == 0 {
		if len(body) > 0 && answer.Content == nil && status < 300 {
			wrong = append(wrong, "a body that is not told")
		}
		return wrong
	}
	content := answer.Content[kind]
	if content == nil {
		return []string{"the type " + kind + " is not told"}
	}
	if content.Schema == nil || !strings.HasSuffix(kind, "json") {
		return nil
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return []string{"no JSON: " + err.Error()}
	}
	at, res := huma.NewPathBuffer(nil, 0), &huma.ValidateResult{}
	huma.Validate(doc.Components.Schemas, content.Schema, at, huma.ModeReadFromServer, value, res)
	for _, err := range res.Errors {
		wrong = append(wrong, err.Error())
	}
	return wrong
}

// TestFamilyReadsTimesAsTheDocumentSays: who sees only when visits are gets answers of
// the told shape too.
func TestFamilyReadsTimesAsTheDocumentSays(t *testing.T) {
	c := openClinic(t)
	c.Share(c.patient, c.supporter, models.ScopeAppointmentTimes)
	token := c.SignIn(c.supporter.AccountID).AccessToken
	for _, path := range []string{"/appointments", "/appointments/" + c.visits.id, "/goals", "/crisis-plan", "/visit-preference"} {
		res, body := c.says(t, token, "GET", "/v1/patients/"+c.patient.PatientID+path, nil)
		if strings.HasPrefix(path, "/appointments") && res.StatusCode != 200 {
			t.Errorf("%s: %s", path, res.Status)
		}
		text, err := json.Marshal(body)
		if err != nil || strings.Contains(string(text), "participants") {
			t.Errorf("%s tells who comes: %s", path, text)
		}
	}
}
