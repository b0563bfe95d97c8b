package edge

import (
	"context"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Register adds an operation to an edge. What all have in common is filled in: sign-in, the
// size limit and the problems that it can answer with. It is short enough for the compiler
// to write it into its callers.
func Register[I, O any](e *Edge, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	e.add(op, handled[I, O](handler))
}

// HandedOut tells whether a program or a person may have been handed the address: some
// on the way hang parameters to it (a calendar program, a mail scanner, a portal). Where
// parameters choose what is answered, one that is not known is refused.
func HandedOut(op huma.Operation) bool {
	return len(op.Security) == 0 || strings.HasSuffix(op.Path, ".ics") || op.Metadata[HandedOutKey] != nil
}

// HandedOutKey marks in the metadata an operation whose address is handed out, where
// neither its security nor its path shows that.
const HandedOutKey = "handed-out"

// describeAt registers an operation with all that the document says of it.
func (o *operation) describeAt(e *Edge, api huma.API) {
	input, _ := o.by.types()
	all := *o
	all.op = o.fresh()
	op := &all.op
	op.Errors = append(op.Errors, commonErrors(*op, input)...)
	op.Description = describe(*op, input)
	if embeds(input, reflect.TypeFor[Reading]()) {
		op.Responses["304"] = &huma.Response{Description: "The copy that you hold is the newest."}
	}
	all.registerAt(e, api)
	if item := api.OpenAPI().Paths[op.Path]; op.Method == http.MethodPost && item != nil { // nil: it is hidden
		describeLocation(item.Post)
	}
}

// describe adds to what an operation says of itself what follows from its shape.
func describe(op huma.Operation, input reflect.Type) string {
	text := op.Description
	if text == "" {
		text = strings.TrimSuffix(op.Summary, ".") + "."
	}
	for _, follows := range []struct {
		is   bool
		says string
	}{
		{len(op.Security) == 0, "Nobody needs to sign in for it."},
		{embeds(input, reflect.TypeFor[Paging]()), "The list comes in pages: give `next` back as `cursor` until it is empty."},
		{embeds(input, reflect.TypeFor[Pieces]()), "The list comes whole, or in pages when you give a `limit`: then give `next` back as `cursor` until it is empty."},
		{embeds(input, reflect.TypeFor[Reading]()), "With `If-None-Match` the answer is 304 while the copy that you hold is the newest."},
		{embeds(input, reflect.TypeFor[Editing]()), "`If-Match` names the version that you read: 428 without it, 412 when somebody changed the thing meanwhile."},
		{embeds(input, reflect.TypeFor[Creating]()), "The same call sent twice is one thing: by the id that you made, or by `Idempotency-Key`."},
	} {
		if follows.is {
			text += " " + follows.says
		}
	}
	return text
}

// InputKey is where in the metadata of an operation the type of its input is left, for
// tests that walk all fields.
const InputKey = "input"

// commonErrors lists the statuses that follow from the shape of an operation, so
// that the OpenAPI document tells them.
func commonErrors(op huma.Operation, input reflect.Type) []int {
	errors := []int{http.StatusUnprocessableEntity, http.StatusServiceUnavailable}
	if len(op.Security) > 0 {
		errors = append(errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	if strings.Contains(op.Path, "{") {
		errors = append(errors, http.StatusNotFound)
	}
	if embeds(input, reflect.TypeFor[Editing]()) {
		errors = append(errors, http.StatusBadRequest, http.StatusPreconditionFailed, http.StatusPreconditionRequired)
	}
	switch op.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		errors = append(errors, http.StatusBadRequest, http.StatusConflict,
			http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	return errors
}

// embeds tells whether an input has a part, at any depth.
func embeds(input, part reflect.Type) bool {
	if input.Kind() != reflect.Struct || input == part {
		return input == part
	}
	for i := range input.NumField() {
		if f := input.Field(i); f.Anonymous && embeds(f.Type, part) {
			return true
		}
	}
	return false
}

// Answer is an answer with a body and nothing else to say.
type Answer[T any] struct{ Body T }

// NewAnswer makes an Answer.
func NewAnswer[T any](body T) *Answer[T] { return &Answer[T]{body} }

// Answered makes the answer of a use case.
func Answered[T any](v T, err error) (*Answer[T], error) {
	if err != nil {
		return nil, err
	}
	return NewAnswer(v), nil
}
