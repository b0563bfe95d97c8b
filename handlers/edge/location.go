package edge

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Every 201 tells in Location where what was made can be read (RFC 9110, section
// 15.3.2). It follows from the addresses that there are: the thing's own, else the list
// that it stands in, else what it was added to.

// LocationOf is the address of what an operation makes, with names in braces: they are
// taken from the path of the request, else from the answer, where a point leads into a
// member. Config.Locations goes before what follows from the addresses that there are.
func (e *Edge) LocationOf(op *huma.Operation) string {
	if where, ok := e.config.Locations[op.OperationID]; ok {
		return where
	}
	for path := range e.reads {
		if rest, ok := strings.CutPrefix(path, op.Path+"/{"); ok && strings.HasSuffix(rest, "}") && strings.Count(rest, "}") == 1 {
			return op.Path + "/{id}"
		}
	}
	for path := op.Path; strings.Contains(path, "/"); path = path[:strings.LastIndexByte(path, '/')] {
		if e.reads[path] {
			return path
		}
	}
	return ""
}

// location is what LocationOf says, taken apart: a text before each name, and one behind
// the last.
type location struct {
	texts, names []string
	members      [][]string // the names, divided at their points
}

func locationFrom(where string) (out location) {
	for {
		before, rest, ok := strings.Cut(where, "{")
		out.texts = append(out.texts, before)
		if !ok {
			return out
		}
		name, after, _ := strings.Cut(rest, "}")
		out.names, out.members, where = append(out.names, name), append(out.members, strings.Split(name, ".")), after
	}
}

// locate sets the header.
func (e *Edge) locate(ctx huma.Context, v any) {
	op := ctx.Operation()
	known, ok := e.located.Load(op.OperationID)
	if !ok { // a look at all addresses that there are
		known, _ = e.located.LoadOrStore(op.OperationID, locationFrom(e.LocationOf(op)))
	}
	l := known.(location)
	var room [256]byte
	where := append(room[:0], l.texts[0]...)
	for i, name := range l.names {
		value := ctx.Param(name)
		if value == "" {
			value = member(reflect.ValueOf(v), l.members[i])
		}
		if value == "" {
			return
		}
		where = append(append(where, SmallIDs(value)...), l.texts[i+1]...)
	}
	if len(where) > 0 {
		ctx.SetHeader("Location", string(where))
	}
}

// member is a text of a value, found by names in JSON; "" when there is none.
func member(v reflect.Value, names []string) string {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if len(names) == 0 && v.Kind() == reflect.String {
		return v.String()
	}
	if len(names) == 0 || v.Kind() != reflect.Struct {
		return ""
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		rest := names
		switch as, _, _ := strings.Cut(f.Tag.Get("json"), ","); {
		case as == names[0]:
			rest = names[1:]
		case !f.Anonymous || as != "":
			continue
		}
		if found := member(v.Field(i), rest); found != "" {
			return found
		}
	}
	return ""
}

// describeLocation writes the header into what the document says of an operation.
func describeLocation(op *huma.Operation) {
	made := op.Responses["201"]
	if made == nil {
		return
	}
	if made.Headers == nil {
		made.Headers = map[string]*huma.Param{}
	}
	made.Headers["Location"] = &huma.Param{Description: "Where what was made can be read.", Schema: &huma.Schema{Type: "string", Format: "uri-reference"}}
}
