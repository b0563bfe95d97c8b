package handlers_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/edge"
)

// oddTexts are what somebody could send in the place of any parameter.
var oddTexts = []string{
	"", " ", "a", "0", "-1", "1e999", "NaN", "99999999999999999999", "-9223372036854775808", "2147483648", "0.1", "null", "true", "{}", "[]", "%", "*", "\"", "'", "\\",
	"..", "../../etc/passwd", "a,b", "a|b", "a;b", "=", "who=", "need=99999999999",
	"\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80", "\u202e", "\u200b", "e\u0301", "\r\nX: y", "\u2028",
	"0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-04", "ge9999-12-31", "lt0000-01-01", "2026-03-04T00:00:00+99:99",
	"posix/UTC", "Mars/Base", "+05:30", "00000000-0000-0000-0000-000000000000", "0197FFFF-FFFF-7FFF-8FFF-FFFFFFFFFFFF", "Patient/", "Patient/a/b", "http://x/Patient/1", "urn:uuid:0",
	strings.Repeat("a", 127), strings.Repeat("a", 128), strings.Repeat("a", 129), strings.Repeat("a", 255), strings.Repeat("a", 256), strings.Repeat("a", 511), strings.Repeat("a", 512),
	strings.Repeat("a", 513), strings.Repeat("a", 1024), strings.Repeat("a", 4096), strings.Repeat("ä", 128), strings.Repeat("ä", 256), strings.Repeat("a,", 300), strings.Repeat("9", 512),
}

var oddTurn int

// someOdd are the longest and a ninth of the others, another ninth at each call; with
// HANDRAIL_ROUNDS all of them.
func someOdd() (out []string) {
	oddTurn++
	for i, odd := range oddTexts {
		if os.Getenv("HANDRAIL_ROUNDS") != "" || i%9 == oddTurn%9 || odd == "\x00" || len(odd) >= 4096 {
			out = append(out, odd)
		}
	}
	return out
}

// TestNothingOddIsOurMistake walks the API document: each parameter of each operation
// gets each odd text, from somebody who may and from nobody, and no answer is a 5xx.
func TestNothingOddIsOurMistake(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations() {
		token := c.allowed(t, op)
		for _, p := range op.Parameters {
			v := c.visitFor(t, op.OperationID) // good but for this parameter; what is odd changes nothing, as a rule
			for i, odd := range someOdd() {
				if p.In == "path" && odd == "" {
					continue
				}
				c.try(t, op, v, p, odd, token)
				if i%8 == 0 { // who is not signed in is refused before anything is looked at
					c.try(t, op, v, p, odd, "")
				}
			}
		}
	}
}

func (c *clinic) try(t *testing.T, op *huma.Operation, v visit, p *huma.Param, odd, token string) {
	t.Helper()
	v.path, v.header = maps.Clone(v.path), maps.Clone(v.header)
	switch p.In {
	case "path":
		if v.path == nil {
			v.path = map[string]string{}
		}
		v.path[p.Name] = url.PathEscape(odd)
	case "query":
		q, err := url.ParseQuery(strings.TrimPrefix(v.query, "?"))
		if err != nil {
			t.Fatal(err)
		}
		q.Set(p.Name, odd)
		v.query = "?" + q.Encode()
	case "header":
		if strings.ContainsAny(odd, "\x00\r\n") { // the connection's guard refuses those
			return
		}
		if v.header == nil {
			v.header = map[string]string{}
		}
		v.header[p.Name] = odd
	}
	res := c.call(t, op, v, token)
	if res.StatusCode >= 500 && !known503(t, res) {
		t.Errorf("%s %s, %s %s = %.30q (%d bytes): %d", op.Method, op.Path, p.In, p.Name, odd, len(odd), res.StatusCode)
	}
}

// known503 is what a part that this clinic has not says.
func known503(t *testing.T, res *http.Response) bool {
	t.Helper()
	var p edge.Problem
	if err := json.NewDecoder(res.Body).Decode(&p); err != nil {
		return false
	}
	return p.Code == "video-off"
}

// table is the golden matrix: the answers by operation and caller.
var table = sync.OnceValues(func() (all map[string]map[string]int, err error) {
	raw, err := os.ReadFile("testdata/matrix.json")
	if err == nil {
		err = json.Unmarshal(raw, &all)
	}
	return all, err
})

// allowed is the token of somebody who may call an operation, by the table.
func (c *clinic) allowed(t *testing.T, op *huma.Operation) string {
	t.Helper()
	all, err := table()
	if err != nil {
		t.Fatal(err)
	}
	row := all[op.Method+" "+op.Path]
	best := slices.MinFunc(c.callers, func(a, b caller) int { return row[a.name] - row[b.name] })
	return best.token
}

// TestNoOddBodyIsOurMistake puts the odd texts in the place of each value of each body.
func TestNoOddBodyIsOurMistake(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations() {
		v := c.visitFor(t, op.OperationID)
		if v.body == nil {
			continue
		}
		whole, err := json.Marshal(v.body)
		if err != nil {
			t.Fatal(err)
		}
		token := c.allowed(t, op)
		for _, at := range leaves(decoded(t, whole), nil) {
			v := c.visitFor(t, op.OperationID)
			for _, odd := range someOdd() {
				v.body = put(decoded(t, whole), at, strings.ToValidUTF8(odd, "?"))
				if res := c.call(t, op, v, token); res.StatusCode >= 500 && !known503(t, res) {
					t.Errorf("%s %s, body %v = %.30q (%d bytes): %d", op.Method, op.Path, at, odd, len(odd), res.StatusCode)
				}
			}
		}
	}
}

func decoded(t *testing.T, raw []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// leaves are the ways to all values that hold no others.
func leaves(v any, at []any) (out [][]any) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out = append(out, leaves(v[k], append(slices.Clone(at), k))...)
		}
	case []any:
		for i := range v {
			out = append(out, leaves(v[i], append(slices.Clone(at), i))...)
		}
	default:
		out = append(out, at)
	}
	return out
}

// put changes what stands at the end of a way.
func put(v any, at []any, leaf any) any {
	if len(at) == 0 {
		return leaf
	}
	switch k := at[0].(type) {
	case string:
		m := v.(map[string]any)
		m[k] = put(m[k], at[1:], leaf)
	case int:
		l := v.([]any)
		l[k] = put(l[k], at[1:], leaf)
	}
	return v
}
