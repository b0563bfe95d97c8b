package handlers_test

import (
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge"
)

// oneRequest is what comes for a check-in.
type oneRequest struct {
	name, token, patient, query, body string
	headers                           map[string]string
}

// answerTo is status, headers and body, without what is another for each request.
func answerTo(serve fasthttp.RequestHandler, r oneRequest) map[string]string {
	var rq fasthttp.Request
	rq.Header.SetMethod(http.MethodPost)
	rq.Header.SetContentType("application/json")
	if r.token != "" {
		rq.Header.Set("Authorization", "Bearer "+r.token)
	}
	for name, value := range r.headers {
		rq.Header.Set(name, value)
	}
	rq.SetRequestURI("http://clinic.example/v1/patients/" + r.patient + "/check-ins" + r.query)
	rq.SetBodyString(r.body)
	var ctx fasthttp.RequestCtx
	ctx.Init(&rq, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil)
	serve(&ctx)
	out := map[string]string{"status": http.StatusText(ctx.Response.StatusCode())}
	for name, value := range ctx.Response.Header.All() {
		out[string(name)] = string(value)
	}
	out["body"] = regexp.MustCompile(`"instance":"[^"]*"`).ReplaceAllString(string(ctx.Response.Body()), "")
	delete(out, "X-Request-Id")
	delete(out, "Date")
	return out
}

// TestBothWaysOfACheckInAnswerAlike: whoever sends whatever, once by the short way and once
// by Huma's, is answered the same, in status, headers and body. What is kept and what the log
// says of it follows from the one use case that both call.
func TestBothWaysOfACheckInAnswerAlike(t *testing.T) {
	c := openClinic(t)
	api := handlers.New(handlers.Config{Care: c.Care, Notify: c.notify, Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Version: "test"}})
	api.App().Handler()
	serve := api.App().Server().Handler
	own := c.SignIn(c.patient.AccountID).AccessToken
	body := func(answers string) string {
		return `{"id":"` + care.NewID() + `","formVersion":1,"answeredAt":"2026-03-02T15:00:00Z","zone":"America/New_York","answers":` + answers + `}`
	}
	const plain = `{"mood":6,"craving":2,"sleep":7.5,"medicines":"all","use":"none","safety":false,"note":"Slept better."}`
	p := c.patient.PatientID
	all := []oneRequest{{"plain", own, p, "", body(plain), nil}, {"with an answer for help", own, p, "", body(`{"safety":true}`), nil},
		{"a note that needs escapes", own, p, "", body(`{"note":"<b> é & \"quoted\" ` + "\u202e\u2028" + `"}`), nil},
		{"unknown answers", own, p, "", body(`{"what":1,"mood":77}`), nil}, {"another form", own, p, "", `{"formVersion":9,"answers":{"mood":1}}`, nil},
		{"a questionnaire", own, p, "", body(`{"mood":6},"instruments":[{"id":"phq-9","answers":{"1":1,"9":1}}]`), nil},
		{"no id", own, p, "", `{"formVersion":1,"answeredAt":"2026-03-02T15:00:00Z","zone":"UTC","answers":{}}`, nil}, {"a bad id", own, p, "", `{"id":"x","answers":{}}`, nil},
		{"large letters", own, "0190A6C2-7D1E-7C3B-9A52-3F1D8E6B4C20", "", body(plain), nil}, {"no such patient", own, care.NewID(), "", body(plain), nil},
		{"no id of a patient", own, "me", "", body(plain), nil}, {"a query", own, p, "?a=1", body(plain), nil}, {"an empty query", own, p, "?", body(plain), nil},
		{"a key", own, p, "", `{"answers":{"mood":4}}`, map[string]string{"Idempotency-Key": "12345678"}}, {"a bad key", own, p, "", body(plain), map[string]string{"Idempotency-Key": "1"}},
		{"accepts JSON", own, p, "", body(plain), map[string]string{"Accept": "application/json"}}, {"accepts pictures", own, p, "", body(plain), map[string]string{"Accept": "image/png"}},
		{"accepts all", own, p, "", body(plain), map[string]string{"Accept": "*/*"}}, {"packed", own, p, "", body(plain), map[string]string{"Content-Encoding": "gzip"}},
		{"text", own, p, "", body(plain), map[string]string{"Content-Type": "text/plain"}}, {"nothing", own, p, "", "", nil}, {"no JSON", own, p, "", "{", nil},
		{"a list", own, p, "", "[]", nil}, {"bad UTF-8", own, p, "", "{\"a\":\"\xff\"}", nil}, {"twice the same name", own, p, "", `{"answers":{"mood":1},"answers":{"mood":2}}`, nil},
		{"no token", "", p, "", body(plain), nil}, {"a bad token", "x", p, "", body(plain), nil}, {"too large", own, p, "", body(`{"note":"` + string(slices.Repeat([]byte("a"), 1<<20)) + `"}`), nil}}
	for _, who := range c.callers {
		all = append(all, oneRequest{who.name, who.token, p, "", body(plain), nil}, oneRequest{who.name + " of another", who.token, c.other.PatientID, "", body(plain), nil})
	}
	for i, b := range hostile(body) {
		all = append(all, oneRequest{fmt.Sprintf("hostile %d: %.300q", i, b), own, p, "", b, nil})
	}
	statuses := map[string]int{}
	for _, r := range all {
		// The one that comes second is the same check-in, so both answer of one.
		first := answerTo(serve, r)
		if long := (map[string]string{"Accept": "application/json;q=1"}); r.headers["Accept"] == "" { // not the usual form
			maps.Copy(long, r.headers)
			r.headers = long
		}
		statuses[first["status"]]++
		second := answerTo(serve, r)
		if !maps.Equal(first, second) {
			t.Errorf("%s: the short way answers\n%v\nand Huma's\n%v", r.name, first, second)
		}
	}
	if statuses["Created"] < 150 || statuses["Bad Request"] < 50 {
		t.Errorf("too little is compared: %v", statuses)
	}
}

// hostile are bodies that somebody may send who means no good, of what is nearly a check-in:
// other values, more members, and bytes in the wrong place.
func hostile(body func(answers string) string) (all []string) {
	r := rand.New(rand.NewPCG(1, 2))
	any := func(of []string) string { return of[r.IntN(len(of))] }
	values := []string{`null`, `true`, `-0`, `1e400`, `-1e-400`, `9007199254740993`, `0.1e1`, `7.50`, `1.0`, `01`, `1.`, `""`, `" a"`, `"\u0000"`, `"\ud800"`, `"\u006dood"`, "\"\xff\"", "\"\x7f\u202e\"",
		`{}`, `[]`, `[1,{"a":null}]`, `{"mood":6,"mood":7}`, `{"Mood":6}`, `{"mood":{"mood":6}}`, `"Mars/Olympus"`, `"2026-13-02T15:00:00Z"`, `"9999-12-31T23:59:59-23:59"`, `"2026-03-02t15:00:00.123456789z"`,
		strings.Repeat("[", 40) + strings.Repeat("]", 40), strings.Repeat(`{"a":`, 11_000) + "1" + strings.Repeat("}", 11_000), `"` + strings.Repeat("é", 3000) + `"`}
	names := []string{"id", "ID", "zone", "answeredAt", "formVersion", "sequence", "deviceId", "declined", "instruments", "answers", "mood", "6a", "__proto__", "$schema", "", `\u0069d`}
	junk := []string{"\ufeff", "\x00", " \t\r\n", "}", "{", ",", `"`, `\`, "x", "/**/", "\xc3"}
	for range 400 {
		b := body(`{"mood":6,"sleep":7.5,"use":"none","safety":false,"note":"Slept better."}`)
		for range 1 + r.IntN(2) {
			at := r.IntN(len(b))
			switch r.IntN(8) {
			case 0:
				b = b[:at] + any(junk) + b[at:]
			case 1, 2, 3: // a member before another one
				if at = strings.LastIndexAny(b[:at+1], "{,"); at >= 0 {
					b = b[:at+1] + `"` + any(names) + `":` + any(values) + "," + b[at+1:]
				}
			default: // a value for another
				if begins := strings.LastIndex(b[:at+1], `":`); begins >= 0 {
					if ends := strings.IndexAny(b[begins:], ",}"); ends >= 0 {
						b = b[:begins+2] + any(values) + b[begins+ends:]
					}
				}
			}
		}
		all = append(all, b)
	}
	return all
}
