package handlers

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Every 201 tells in Location where what was made can be read (RFC 9110, section
// 15.3.2). It follows from the addresses that there are: the thing's own, else the list
// that it stands in, else what it was added to.

// elsewhere are those that can't be found so. Names in braces are taken from the path,
// else from the answer.
var elsewhere = map[string]string{
	"createAccount":       "/v1/accounts?role={role}",
	"createEnrolmentCode": "/v1/accounts/{accountId}/enrolment-codes",
	"enrol":               "/v1/me/sessions",
	"bookAppointment":     "/v1/patients/{patientId}/appointments/{id}",
	"holdSlot":            "/v1/patients/{patientId}/appointments/{id}",
}

// locationOf is the address of what an operation makes, with names in braces.
func locationOf(doc *huma.OpenAPI, op *huma.Operation) string {
	if where, ok := elsewhere[op.OperationID]; ok {
		return where
	}
	for path, item := range doc.Paths {
		if rest, ok := strings.CutPrefix(path, op.Path+"/{"); ok && item.Get != nil && strings.HasSuffix(rest, "}") && strings.Count(rest, "}") == 1 {
			return op.Path + "/{id}"
		}
	}
	for path := op.Path; strings.Contains(path, "/"); path = path[:strings.LastIndexByte(path, '/')] {
		if item := doc.Paths[path]; item != nil && item.Get != nil {
			return path
		}
	}
	return ""
}

// locate sets the header.
func (e *Edge) locate(ctx huma.Context, v any) {
	where := locationOf(e.huma.OpenAPI(), ctx.Operation())
	for strings.Contains(where, "{") {
		before, rest, _ := strings.Cut(where, "{")
		name, after, _ := strings.Cut(rest, "}")
		value := ctx.Param(name)
		if value == "" {
			value = member(reflect.ValueOf(v), name)
		}
		if value == "" {
			return
		}
		where = before + smallIDs(value) + after
	}
	if where != "" {
		ctx.SetHeader("Location", where)
	}
}

// member is a text of a value by its name in JSON; "" when there is none.
func member(v reflect.Value, name string) string {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return ""
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		as, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case as == name && f.Type.Kind() == reflect.String:
			return v.Field(i).String()
		case f.Anonymous && as == "", as == "checkIn": // a check-in is answered with help beside it
			if found := member(v.Field(i), name); found != "" {
				return found
			}
		}
	}
	return ""
}

// describeLocations writes the header into the document.
func (e *Edge) describeLocations() {
	for _, item := range e.huma.OpenAPI().Paths {
		if item.Post == nil {
			continue
		}
		made := item.Post.Responses["201"]
		if made == nil {
			continue
		}
		if made.Headers == nil {
			made.Headers = map[string]*huma.Param{}
		}
		made.Headers["Location"] = &huma.Param{Description: "Where what was made can be read.", Schema: &huma.Schema{Type: "string", Format: "uri-reference"}}
	}
}
