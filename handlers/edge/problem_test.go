package edge

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"handrail/handlers/edge/edgetest"
	"handrail/models"
)

const someID = "01970000-0000-7000-8000-000000000001"

func TestRefusalsAreProblems(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Times.Request = 50 * time.Millisecond })
	deep := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	for name, c := range map[string]struct {
		method, target, body string
		headers              []string
		status               int
		code                 string
		field                string // "field code"
	}{
		"no such path":        {"GET", "/v1/" + secret, "", nil, 404, "not-found", ""},
		"other letters":       {"GET", "/V1/notes", "", nil, 404, "not-found", ""},
		"wrong method":        {"DELETE", "/v1/notes", "", nil, 405, "method-not-allowed", ""},
		"odd method":          {"BREW", "/v1/notes", "", nil, 405, "method-not-allowed", ""},
		"not signed in":       {"GET", "/v1/notes", "", []string{"Authorization", ""}, 401, "not-signed-in", ""},
		"another scheme":      {"GET", "/v1/notes", "", []string{"Authorization", "Basic good"}, 401, "not-signed-in", ""},
		"two tokens":          {"GET", "/v1/notes", "", []string{"Authorization", "Bearer good, good"}, 401, "not-signed-in", ""},
		"bad token":           {"GET", "/v1/notes", "", []string{"Authorization", "Bearer " + secret}, 401, "sign-in-ended", ""},
		"sessions down":       {"GET", "/v1/notes", "", []string{"Authorization", "Bearer down"}, 503, "store-unavailable", ""},
		"sign-in before form": {"POST", "/v1/notes", "{", []string{"Authorization", ""}, 401, "not-signed-in", ""},
		"no body":             {"POST", "/v1/notes", "", nil, 400, "body-required", ""},
		"not JSON":            {"POST", "/v1/notes", `{"text":` + secret, nil, 400, "bad-json", ""},
		"two values":          {"POST", "/v1/notes", `{"text":"a"} {}`, nil, 400, "bad-json", ""},
		"not UTF-8":           {"POST", "/v1/notes", "{\"text\":\"\xff\"}", nil, 400, "bad-utf8", ""},
		"half a character":    {"POST", "/v1/notes", `{"text":"\ud83d"}`, nil, 400, "bad-json", ""},
		"too deep":            {"POST", "/v1/notes", `{"text":"a","steps":` + deep + `}`, nil, 400, "too-deep", ""},
		"huge number":         {"POST", "/v1/notes", `{"text":1e999}`, nil, 400, "bad-number", ""},
		"same key":            {"POST", "/v1/notes", `{"text":"a","text":"b"}`, nil, 400, "duplicate-key", ""},
		"same key, escaped":   {"POST", "/v1/notes", `{"text":"a","\u0074ext":"b"}`, nil, 400, "duplicate-key", ""},
		"same key, folded":    {"POST", "/v1/notes", `{"text":"a","Text":"b"}`, nil, 400, "duplicate-key", ""},
		"same key, inside":    {"POST", "/v1/notes", `{"text":"a","steps":[{"title":"a","TITLE":"b"}]}`, nil, 400, "duplicate-key", ""},
		"other case":          {"POST", "/v1/notes", `{"text":"a","Mood":"good"}`, nil, 422, "invalid-input", " unknown-field"},
		"unknown field":       {"POST", "/v1/notes", `{"text":"a","` + secret + `":1}`, nil, 422, "invalid-input", " unknown-field"},
		"unknown field, deep": {"POST", "/v1/notes", `{"text":"a","steps":[{"title":"a","` + secret + `":1}]}`, nil, 422, "invalid-input", "steps[0] unknown-field"},
		"key of a map":        {"POST", "/v1/notes", `{"text":"a","marks":{"` + secret + `":1}}`, nil, 422, "invalid-input", "marks wrong-type"},
		"wrong type":          {"POST", "/v1/notes", `{"text":12}`, nil, 422, "invalid-input", "text wrong-type"},
		"no choice":           {"POST", "/v1/notes", `{"text":"a","mood":"` + secret + `"}`, nil, 422, "invalid-input", "mood not-one-of"},
		"too long":            {"POST", "/v1/notes", `{"text":"` + strings.Repeat(secret, 9) + `"}`, nil, 422, "invalid-input", "text too-long"},
		"too long, deep":      {"POST", "/v1/notes", `{"text":"a","steps":[{"title":"a"},{"title":"` + secret + `"}]}`, nil, 422, "invalid-input", "steps[1].title too-long"},
		"null":                {"POST", "/v1/notes", `null`, nil, 422, "invalid-input", " wrong-type"},
		"no text":             {"POST", "/v1/notes", `{}`, nil, 422, "invalid-input", "text required"},
		"no id, no key":       {"POST", "/v1/notes", `{"text":"a"}`, nil, 422, "invalid-input", "id required"},
		"id is no UUID":       {"POST", "/v1/notes", `{"text":"a","id":"` + secret + `"}`, nil, 422, "invalid-input", "id bad-format"},
		"nil UUID":            {"POST", "/v1/notes", `{"text":"a","id":"00000000-0000-0000-0000-000000000000"}`, nil, 422, "invalid-input", "id bad-id"},
		"short key":           {"POST", "/v1/notes", `{"text":"a"}`, []string{"Idempotency-Key", "1234567"}, 422, "invalid-input", "header.Idempotency-Key too-short"},
		"key with space":      {"POST", "/v1/notes", `{"text":"a"}`, []string{"Idempotency-Key", secret + " 123"}, 422, "invalid-input", "header.Idempotency-Key bad-format"},
		"not JSON's type":     {"POST", "/v1/notes", `{"text":"a"}`, []string{"Content-Type", "text/plain"}, 415, "unsupported-media-type", ""},
		"no type":             {"POST", "/v1/notes", `{"text":"a"}`, []string{"Content-Type", ""}, 415, "unsupported-media-type", ""},
		"some +json":          {"POST", "/v1/notes", `{"text":"a"}`, []string{"Content-Type", "application/x+json"}, 415, "unsupported-media-type", ""},
		"other charset":       {"POST", "/v1/notes", `{"text":"a"}`, []string{"Content-Type", "application/json; charset=latin1"}, 415, "unsupported-media-type", ""},
		"compressed":          {"POST", "/v1/notes", `{"text":"a"}`, []string{"Content-Encoding", "gzip"}, 415, "unsupported-media-type", ""},
		"limit too big":       {"GET", "/v1/notes?limit=101", "", nil, 422, "invalid-input", "query.limit too-big"},
		"limit no number":     {"GET", "/v1/notes?limit=" + secret, "", nil, 422, "invalid-input", "query.limit wrong-type"},
		"unknown parameter":   {"GET", "/v1/notes?" + secret + "=1", "", nil, 422, "invalid-input", "query unknown-parameter"},
		"path is no UUID":     {"GET", "/v1/notes/" + secret, "", nil, 422, "invalid-input", "path.id bad-format"},
		"edit without ETag":   {"PUT", "/v1/notes/" + someID, `{"text":"a"}`, nil, 428, "if-match-required", ""},
		"edit of old version": {"PUT", "/v1/notes/" + someID, `{"text":"a"}`, []string{"If-Match", `"6"`}, 412, "version-not-newest", ""},
		"foreign ETag":        {"PUT", "/v1/notes/" + someID, `{"text":"a"}`, []string{"If-Match", `"` + secret + `"`}, 412, "version-not-newest", ""},
		"any ETag":            {"PUT", "/v1/notes/" + someID, `{"text":"a"}`, []string{"If-Match", `*`}, 400, "bad-if-match", ""},
		"two ETags":           {"PUT", "/v1/notes/" + someID, `{"text":"a"}`, []string{"If-Match", `"6", "7"`}, 400, "bad-if-match", ""},
		"invalid":             {"GET", "/v1/fail/fields", "", nil, 422, "invalid-input", "milestones[2].dueOn in-the-past"},
		"unsigned":            {"GET", "/v1/fail/Unauthorized", "", nil, 401, "the-code", ""},
		"forbidden":           {"GET", "/v1/fail/Forbidden", "", nil, 403, "the-code", ""},
		"not found":           {"GET", "/v1/fail/Not-Found", "", nil, 404, "the-code", ""},
		"conflict":            {"GET", "/v1/fail/Conflict", "", nil, 409, "the-code", ""},
		"stale":               {"GET", "/v1/fail/Precondition-Failed", "", nil, 412, "the-code", ""},
		"gone":                {"GET", "/v1/fail/Gone", "", nil, 410, "the-code", ""},
		"too many":            {"GET", "/v1/fail/Too-Many-Requests", "", nil, 429, "the-code", ""},
		"too large":           {"GET", "/v1/fail/Request-Entity-Too-Large", "", nil, 413, "the-code", ""},
		"unavailable":         {"GET", "/v1/fail/Service-Unavailable", "", nil, 503, "the-code", ""},
		"odd kind":            {"GET", "/v1/fail/odd", "", nil, 500, "odd", ""},
		"unknown error":       {"GET", "/v1/fail/unknown", "", nil, 500, "internal", ""},
		"panic":               {"GET", "/v1/fail/panic", "", nil, 500, "internal", ""},
		"too late":            {"GET", "/v1/fail/late", "", nil, 503, "took-too-long", ""},
	} {
		t.Run(name, func(t *testing.T) {
			res := w.call(t, c.method, c.target, c.body, c.headers...)
			p := edgetest.WantProblem(t, res, c.status, c.code)
			if c.field != "" && (len(p.Errors) != 1 || p.Errors[0].Field+" "+p.Errors[0].Code != c.field) {
				t.Errorf("fields %+v, want %q", p.Errors, c.field)
			}
			wantHeader(t, res, "WWW-Authenticate", c.status == 401)
			wantHeader(t, res, "Retry-After", c.status == 429 || c.status == 503)
		})
	}
	for _, leak := range []string{secret, someID} {
		if strings.Contains(w.logs.String(), leak) {
			t.Errorf("%s is in the log: %.300s", leak, strings.SplitAfterN(w.logs.String(), leak, 2)[0])
		}
	}
}

func wantHeader(t *testing.T, res *http.Response, name string, there bool) {
	t.Helper()
	if (res.Header.Get(name) != "") != there {
		t.Errorf("%s: %q", name, res.Header.Get(name))
	}
}

func TestSevenRefusalsOfOneFormComeTogether(t *testing.T) {
	w := newWorld(t)
	p := edgetest.WantProblem(t, w.call(t, "POST", "/v1/notes", `{"text":"","mood":"x","steps":[{"title":"too long"},{}]}`), 422, "invalid-input")
	if len(p.Errors) != 4 {
		t.Errorf("%+v", p.Errors)
	}
}

func TestGoodAnswersSayNothingMore(t *testing.T) {
	w := newWorld(t)
	res := w.call(t, "POST", "/v1/notes", `{"text":"a","id":"`+strings.ToUpper(someID)+`"}`)
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != 201 || strings.TrimSpace(string(body)) != `{"id":"`+someID+`","text":"a"}` {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	res = w.call(t, "GET", "/v1/notes", "")
	if body, _ := io.ReadAll(res.Body); strings.TrimSpace(string(body)) != `{"items":[],"next":""}` {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	for _, h := range []string{"Server", "Link", "X-Powered-By"} {
		wantHeader(t, res, h, false)
	}
}

// Only a word of a person tells a device to forget; the member and the code say it.
func TestARefusalSaysWhetherToWipe(t *testing.T) {
	for code, wipe := range map[string]bool{"ended-by-owner": true, "reported-lost": true, "given-back": true, "shared-device": true,
		"person-erased": true, "sign-in-ended": false, "token-expired": false, "not-signed-in": false} {
		text, err := json.Marshal(ProblemOf(models.E(models.KindUnsigned, code, "Words.")))
		if err != nil {
			t.Fatal(err)
		}
		if said := strings.Contains(string(text), `"wipe":true`); said != wipe {
			t.Errorf("%s: %s", code, text)
		}
	}
}

// TestAProblemTellsMore: the members of its extension stand beside its own.
func TestAProblemTellsMore(t *testing.T) {
	type more struct {
		Near []string `json:"near,omitempty"`
	}
	for _, c := range []struct {
		extension any
		want      string
	}{{nil, `"code":"conflict"}`}, {more{}, `"code":"conflict"}`}, {more{[]string{"<b>", "&"}}, `"code":"conflict","near":["<b>","&"]}`}} {
		p := problem(409, "", "")
		p.Extension = c.extension
		body, err := p.MarshalJSON()
		if err != nil || !json.Valid(body) || !strings.HasSuffix(string(body), c.want) {
			t.Errorf("%s, %v", body, err)
		}
	}
}
