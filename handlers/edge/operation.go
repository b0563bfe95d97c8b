package edge

import (
	"context"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// An operation is made ready by Huma at its first request, not at the start: the schemas of
// five hundred operations cost a start half of its time and 10 MiB that stay, for a document
// that hardly anybody asks for (docs/decisions/0181). Each has the schemas of its own input
// and of nothing else, so that the first request of one changes nothing that another reads.
// The document is made of all of them when it is asked for.

// operation is one that was registered.
type operation struct {
	op huma.Operation
	by registrar
}

// registrar knows the types of an operation. At a start none of its methods is called: they
// lie among what Huma's generic code makes of each operation, 10 MiB of program that is not
// read from the disk before.
type registrar interface {
	types() (input, output reflect.Type)
	register(e *Edge, api huma.API, op huma.Operation)
}

// handled registers what a handler answers.
type handled[I, O any] func(context.Context, *I) (*O, error)

func (handled[I, O]) types() (input, output reflect.Type) {
	return reflect.TypeFor[I](), reflect.TypeFor[O]()
}

func (h handled[I, O]) register(e *Edge, api huma.API, op huma.Operation) {
	huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
		if err := e.Canonical(in); err != nil {
			return nil, err
		}
		out, err := h(ctx, in)
		if err != nil && e.config.Explain != nil {
			err = e.config.Explain(err)
		}
		return out, err
	})
}

// fresh is a copy of the description that Huma may write into.
func (o *operation) fresh() huma.Operation {
	op := o.op
	op.Metadata, op.Errors = maps.Clone(op.Metadata), slices.Clone(op.Errors)
	responses := make(map[string]*huma.Response, len(op.Responses)) // never nil: Huma fills it
	for status, r := range op.Responses {
		own := *r
		own.Headers, own.Content = maps.Clone(own.Headers), maps.Clone(own.Content)
		responses[status] = &own
	}
	op.Responses = responses
	return op
}

// add gives an operation its route.
func (e *Edge) add(described huma.Operation, by registrar) {
	o := &operation{described, by}
	op := &o.op
	if op.Security == nil {
		op.Security = bearer
	}
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = int64(e.config.BodyLimit) + 1 // Huma refuses the limit itself
	}
	op.RejectUnknownQueryParameters = !HandedOut(*op)
	e.operations = append(e.operations, o)
	if op.Method == http.MethodGet {
		e.reads[op.Path] = true
	}
	routed := o.op // whole when the handler is there
	ready := sync.OnceValue(func() func(huma.Context) { return e.answerer(o, &routed) })
	e.huma.Adapter().Handle(&routed, func(ctx huma.Context) { ready()(ctx) })
}

// answerer makes what answers an operation's requests, and writes into routed what Huma found
// of it.
func (e *Edge) answerer(o *operation, routed *huma.Operation) func(huma.Context) {
	var answer func(huma.Context)
	input, output := o.by.types()
	config := e.humaConfig()
	config.Components.Schemas = &inputSchemas{config.Components.Schemas, bodyType(input), bodyType(output)}
	api := huma.NewAPI(config, adapter(func(op *huma.Operation, handler func(huma.Context)) { *routed, answer = *op, handler }))
	api.UseMiddleware(e.route, e.signIn, e.onlyGoodJSON, e.short)
	o.registerAt(e, api)
	e.rules.keep(config.Components.Schemas)
	return answer
}

func (o *operation) registerAt(e *Edge, api huma.API) {
	op := o.fresh()
	if op.Metadata == nil {
		op.Metadata = map[string]any{}
	}
	op.Metadata[InputKey], _ = o.by.types()
	op.Metadata[schemasKey] = api.OpenAPI().Components.Schemas
	o.by.register(e, api, op)
}

// Document makes the description of the API anew, of all operations that are registered.
// It costs tens of milliseconds: who needs it twice keeps it.
func (e *Edge) Document() *huma.OpenAPI {
	api := huma.NewAPI(e.humaConfig(), adapter(func(*huma.Operation, func(huma.Context)) {}))
	for _, o := range e.operations {
		o.describeAt(e, api)
	}
	doc := api.OpenAPI()
	for _, add := range e.described {
		add(doc)
	}
	e.rules.keep(doc.Components.Schemas)
	return doc
}

// Describe adds to the document what does not follow from the operations; add is called
// each time that the document is made.
func (e *Edge) Describe(add func(*huma.OpenAPI)) { e.described = append(e.described, add) }

// DescribeAt is Describe for an operation that was registered.
func (e *Edge) DescribeAt(method, path string, add func(*huma.Operation)) {
	e.Describe(func(doc *huma.OpenAPI) {
		item := doc.Paths[path]
		add(map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put}[method])
	})
}

// adapter is a router that an operation is handed to instead.
type adapter func(*huma.Operation, func(huma.Context))

// Handle implements huma.Adapter.
func (a adapter) Handle(op *huma.Operation, handler func(huma.Context)) { a(op, handler) }

// ServeHTTP implements huma.Adapter; nobody calls it.
func (adapter) ServeHTTP(http.ResponseWriter, *http.Request) { panic("edge: it is no server") }

// inputSchemas are the schemas that requests of one operation are held to. What it answers
// is no request's matter: the schema of that is for the document alone.
type inputSchemas struct {
	huma.Registry
	input, output reflect.Type // of the bodies; nil: none
}

// Schema implements huma.Registry.
func (s *inputSchemas) Schema(t reflect.Type, allowRef bool, hint string) *huma.Schema {
	if t == reflect.TypeFor[Problem]() || t == s.output && t != s.input && t.Kind() == reflect.Struct {
		return &huma.Schema{}
	}
	return s.Registry.Schema(t, allowRef, hint)
}

// bodyType is the type of the body in an input or an output; nil when there is none.
func bodyType(t reflect.Type) reflect.Type {
	if f, ok := t.FieldByName("Body"); ok {
		return f.Type
	}
	return nil
}
