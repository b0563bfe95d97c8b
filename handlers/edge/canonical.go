package edge

import (
	"cmp"
	"encoding"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"handrail/models"
)

// This is the one place where what was sent takes the form in which it is kept, before
// any handler sees it: ids in small letters (Swift makes them large, RFC 9562 section 4
// compares without case), texts as models/text.go has them. Which sort of text a field
// holds stands in its tag `text`, for all that is below it too:
//
//	(none)  one line: a name, a label, a code
//	prose   a text of several lines
//	told    a patient's answer: put right, and never refused
//	phone   left to models.ParsePhone, which understands odd signs

var (
	uuidForm = regexp.MustCompile(`[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}`)
	// An id alone, as a name (RFC 9562) or as a reference of FHIR; a proposed time has
	// more behind a point.
	wholeID = regexp.MustCompile(`^(?:[Uu][Rr][Nn]:[Uu][Uu][Ii][Dd]:|[A-Z][A-Za-z]{2,40}/)?` + uuidForm.String() + `(?:\.[0-9A-Za-z_-]{1,64})?$`)
)

// SmallIDs writes every UUID in an address, a query or a header in small letters.
func SmallIDs(text string) string {
	if len(text) < 36 || !hasLargeHex(text) {
		return text
	}
	return uuidForm.ReplaceAllStringFunc(text, strings.ToLower)
}

func hasLargeHex(text string) bool {
	for i := range len(text) {
		if c := text[i]; 'A' <= c && c <= 'F' {
			return true
		}
	}
	return false
}

// smallID does so for a member of a body that is an id and nothing else: in a text, or
// in somebody else's address, letters stay as they are.
func smallID(text string) string {
	if len(text) < 36 || len(text) > 160 || !hasLargeHex(text) || !wholeID.MatchString(text) {
		return text
	}
	return SmallIDs(text)
}

// Canonical gives an input of an operation its form. Errors: KindInvalid, with the
// fields that hold what can't be shown.
func (e *Edge) Canonical(input any) error {
	var c models.Checks
	v := reflect.ValueOf(input).Elem()
	parameters(&c, v)
	if body := v.FieldByName("Body"); body.IsValid() {
		f, _ := v.Type().FieldByName("Body")
		form{&c, e}.walk(body, "", f.Tag.Get("text"))
	}
	return c.Err()
}

// parameters are what stands in path, query and headers.
func parameters(c *models.Checks, v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			parameters(c, v.Field(i))
			continue
		}
		for _, in := range []string{"path", "query", "header"} {
			name, _, _ := strings.Cut(f.Tag.Get(in), ",")
			if name == "" {
				continue
			}
			texts(v.Field(i), func(s string) string {
				line, ok := models.Line(s)
				c.Require(ok, in+"."+name, "not-text", notText)
				return SmallIDs(line)
			})
		}
	}
}

const notText = "There are characters in this that can't be shown."

// texts changes a string, or those of a list.
func texts(v reflect.Value, change func(string) string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(change(v.String()))
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), change)
		}
	}
}

// TextForm is the sort of text that a field of a type holds; empty: that of what it is in.
func (e *Edge) TextForm(t reflect.Type, field reflect.StructField) string {
	return cmp.Or(field.Tag.Get("text"), e.texts[t][field.Name])
}

// form walks a body.
type form struct {
	checks *models.Checks
	edge   *Edge
}

func (f form) walk(v reflect.Value, at, kind string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text(v.String(), at, kind))
	case reflect.Pointer:
		if !v.IsNil() {
			f.walk(v.Elem(), at, kind)
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			f.walk(v.Index(i), at+"["+strconv.Itoa(i)+"]", kind)
		}
	case reflect.Struct:
		f.fields(v, at, kind)
	case reflect.Map:
		f.entries(v, at, kind)
	case reflect.Interface:
		if !v.IsNil() {
			inner := reflect.New(v.Elem().Type()).Elem()
			inner.Set(v.Elem())
			f.walk(inner, at, kind)
			v.Set(inner)
		}
	}
}

// textual is for types that read and write themselves: times, calendar days.
var textual = reflect.TypeFor[encoding.TextMarshaler]()

func (f form) fields(v reflect.Value, at, kind string) {
	t := v.Type()
	if t.Implements(textual) {
		return
	}
	for i := range v.NumField() {
		field := t.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !field.IsExported() || name == "-" {
			continue
		}
		inner := cmp.Or(f.edge.TextForm(t, field), kind)
		path := at
		if !field.Anonymous || name != "" {
			path = strings.TrimPrefix(at+"."+name, ".")
		}
		f.walk(v.Field(i), path, inner)
	}
}

// entries holds the names in a map too. What they are is not told: a name can be as
// private as a value.
func (f form) entries(v reflect.Value, at, kind string) {
	if v.IsNil() || v.Type().Key().Kind() != reflect.String {
		return
	}
	out := reflect.MakeMapWithSize(v.Type(), v.Len())
	for _, key := range v.MapKeys() {
		inner := reflect.New(v.Type().Elem()).Elem()
		inner.Set(v.MapIndex(key))
		f.walk(inner, at, kind)
		name := reflect.New(v.Type().Key()).Elem()
		name.SetString(f.text(key.String(), at, kind))
		out.SetMapIndex(name, inner)
	}
	v.Set(out)
}

func (f form) text(s, at, kind string) string {
	if id := smallID(s); id != s {
		return id
	}
	ok := true
	switch kind {
	case "phone":
	case "told":
		s = models.Told(s)
	case "prose":
		s, ok = models.Prose(s)
	default:
		s, ok = models.Line(s)
	}
	f.checks.Require(ok, at, "not-text", notText)
	return s
}
