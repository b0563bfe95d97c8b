package handlers_test

import (
	"cmp"
	"encoding"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/handlers/edge/edgetest"
	"handrail/models"
)

// TestNoFieldTakesWhatCantBeShown walks the input of every operation: each text in turn
// holds something that turns, hides or ends what others read, and is refused by its
// name, or comes out without it.
func TestNoFieldTakesWhatCantBeShown(t *testing.T) {
	fields := 0
	api := handlers.New(handlers.Config{})
	for _, op := range operations() {
		in, ok := op.Metadata[edge.InputKey].(reflect.Type)
		if !ok {
			if op.OperationID != "readCrisisPlanBundle" {
				t.Errorf("%s was not registered as others are", op.OperationID)
			}
			continue
		}
		for _, bad := range []string{"a\x00b", "a\u202eb", "\u200b\u2060", "a\u2067b", "a\x1bb"} {
			for leaf := 0; ; leaf++ {
				f := filler{edge: api.Edge, bad: bad, leaf: leaf}
				v := reflect.New(in)
				f.fill(v.Elem(), "")
				if f.seen <= leaf {
					break
				}
				fields++
				if err := api.Canonical(v.Interface()); err != nil {
					continue
				}
				if left := textsIn(v.Elem(), nil); strings.Contains(strings.Join(left, "\n"), bad) && f.kind != "phone" {
					t.Errorf("%s takes %q as it is, in text number %d (%s)", op.OperationID, bad, leaf, f.kind)
				}
			}
		}
	}
	if fields < 1000 {
		t.Errorf("only %d fields were tried", fields)
	}
	for _, bad := range []string{"+1555\x000100001", "a\u202eb", "\u202e", "\x00"} {
		if number, ok := models.ParsePhone(bad); ok {
			t.Errorf("%q is the number %q", bad, number)
		}
	}
}

// filler gives every text of an input a value; the one that is number leaf the bad one.
type filler struct {
	edge       *edge.Edge
	bad        string
	leaf, seen int
	kind       string // of the bad one
}

func (f *filler) fill(v reflect.Value, kind string) {
	switch v.Kind() {
	case reflect.String:
		if v.SetString("fine"); f.seen == f.leaf {
			v.SetString(f.bad)
			f.kind = kind
		}
		f.seen++
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), kind)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		f.fill(v.Index(0), kind)
	case reflect.Map:
		if v.Type().Key().Kind() != reflect.String {
			return
		}
		inner, key := reflect.New(v.Type().Elem()).Elem(), reflect.New(v.Type().Key()).Elem()
		f.fill(inner, kind)
		f.fill(key, kind)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, inner)
	case reflect.Interface:
		inner := reflect.New(reflect.TypeFor[string]()).Elem()
		f.fill(inner, kind)
		v.Set(inner)
	case reflect.Struct:
		if v.Type().Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
			return
		}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if !field.IsExported() || name == "-" {
				continue
			}
			f.fill(v.Field(i), cmp.Or(f.edge.TextForm(v.Type(), field), kind))
		}
	}
}

// textsIn lists all texts of a value.
func textsIn(v reflect.Value, out []string) []string {
	switch v.Kind() {
	case reflect.String:
		return append(out, v.String())
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return textsIn(v.Elem(), out)
		}
	case reflect.Slice:
		for i := range v.Len() {
			out = textsIn(v.Index(i), out)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			out = textsIn(v.MapIndex(k), textsIn(k, out))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			out = textsIn(v.Field(i), out)
		}
	}
	return out
}

// TestIDsInLargeLetters calls every operation with every id in large letters, in
// path, query, headers and body, and wants what it gives for small ones.
func TestIDsInLargeLetters(t *testing.T) {
	all, err := table()
	if err != nil {
		t.Fatal(err)
	}
	c := openClinic(t)
	for _, op := range operations() {
		v := c.visitFor(t, op.OperationID)
		best := 0
		row := all[op.Method+" "+op.Path]
		for i, who := range c.callers {
			if row[who.name] < row[c.callers[best].name] {
				best = i
			}
		}
		v.path = maps.Clone(v.path)
		for name, value := range v.path {
			v.path[name] = large(value)
		}
		v.query = large(v.query)
		if v.body != nil {
			body, err := json.Marshal(v.body)
			if err != nil {
				t.Fatal(err)
			}
			v.body = json.RawMessage(large(string(body)))
		}
		res := c.call(t, op, v, c.callers[best].token)
		if want := row[c.callers[best].name]; res.StatusCode != want {
			t.Errorf("%s %s: %d, in small letters %d", op.Method, op.Path, res.StatusCode, want)
		}
		for _, id := range wholeMember.FindAllString(edgetest.ReadAll(t, res.Body), -1) {
			if id != uuidText.ReplaceAllStringFunc(id, strings.ToLower) {
				t.Errorf("%s %s answers %s", op.Method, op.Path, id)
			}
		}
		if res.StatusCode < http.StatusBadRequest {
			c.repair(t, op.OperationID, best)
		}
	}
}

var uuidText = regexp.MustCompile(`[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}`)

var wholeMember = regexp.MustCompile(`"(?:[A-Z][A-Za-z]+/)?` + uuidText.String() + `"`)

func large(text string) string { return uuidText.ReplaceAllStringFunc(text, strings.ToUpper) }

// TestTheSameIDIsTheSameThing: made in large letters, asked for and made again in either.
func TestTheSameIDIsTheSameThing(t *testing.T) {
	c := openClinic(t)
	token := c.SignIn(c.patient.AccountID).AccessToken
	id, key := care.NewID(), care.NewID()
	send := func(method, path, body string, headers ...string) (int, string) {
		t.Helper()
		r := newRequest(method, path, body, token, headers...)
		res, err := c.api.App().Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			ID string `json:"id"`
		}
		_ = json.NewDecoder(res.Body).Decode(&got)
		return res.StatusCode, got.ID
	}
	goals := "/v1/patients/" + large(c.patient.PatientID) + "/goals"
	const rest = `"title":"Sleep","domain":"health"}`
	for i, form := range []string{large(id), id, large(id)} {
		if status, got := send("POST", goals, `{"id":"`+form+`",`+rest); status != 201 || got != id {
			t.Errorf("create %d: %d %s", i, status, got)
		}
		if status, got := send("GET", goals+"/"+form, ""); status != 200 || got != id {
			t.Errorf("read %d: %d %s", i, status, got)
		}
	}
	_, first := send("POST", goals, "{"+rest, "Idempotency-Key", large(key))
	if _, again := send("POST", strings.ToLower(goals), "{"+rest, "Idempotency-Key", key); first == "" || again != first {
		t.Errorf("one key in two forms made %q and %q", first, again)
	}
	if roles, err := handlers.VisitRoles([]string{edge.SmallIDs("who=" + large(key) + "|" + large(id))}); err != nil || !slices.Equal(roles[0].Who, []string{key, id}) {
		t.Errorf("roles: %+v, %v", roles, err)
	}
}

func newRequest(method, path, body, token string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}
