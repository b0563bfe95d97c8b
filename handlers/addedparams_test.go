package handlers_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/handlers/edge/edgetest"
)

// addedParams is what others hang to an address: those who count clicks, those who want
// no copy kept, mail scanners, portals that like their JSON printed.
var addedParams = []string{"utm_source=mail&utm_medium=a%20b", "fbclid=IwAR0-_x", "_=1764320000000", "nocache=0.123", "x", "x=", "=", "&", "a[]=1&a[]=2",
	"x=1&x=2", "%E2%82%AC=%00", "a;b=c", "_pretty=true", "safelinks=https%3A%2F%2Fcare.example.org%2F%3Fa%3Db"}

// TestAddedParametersDoNoHarm: with them and without, with GET and HEAD, the answer is
// the same.
func TestAddedParametersDoNoHarm(t *testing.T) {
	c := openClinic(t)
	asked := 0
	for _, op := range operations() {
		if op.Method != http.MethodGet || !edge.HandedOut(*op) {
			continue
		}
		asked++
		token := c.allowed(t, op)
		v := c.visitFor(t, op.OperationID)
		plain := c.call(t, op, v, token)
		want := edgetest.ReadAll(t, plain.Body)
		if plain.StatusCode != op.DefaultStatus { // a redirect is told as one
			t.Errorf("%s: %d", op.Path, plain.StatusCode)
		}
		for _, params := range addedParams {
			for _, method := range []string{"GET", "HEAD"} {
				with, again := *op, v
				with.Method = method
				again.query = "?" + strings.TrimPrefix(v.query+"&"+params, "?")
				res := c.call(t, &with, again, token)
				body := edgetest.ReadAll(t, res.Body)
				if res.StatusCode != op.DefaultStatus || method == "GET" && body != want && !strings.Contains(op.Path, "metadata") || res.Header.Get("ETag") != plain.Header.Get("ETag") {
					t.Errorf("%s %s%s: %d %.100s", method, op.Path, again.query, res.StatusCode, body)
				}
			}
		}
	}
	search := portal{t, c.api, c.callers[1].token}
	for params, want := range map[string]int{"date=2026": 200, "date=2026&_pretty=true": 200, "date=2026&x=1": 422, "dat=2026": 422} {
		if status, out := search.ask("Appointment?"+params, nil); status != want {
			t.Errorf("a search with %s: %d %v", params, status, out)
		}
	}
	if asked < 12 {
		t.Errorf("only %d addresses were asked", asked)
	}
}

// TestAddedParametersOfThePage: its files and the first address of a link that was
// mailed (/?utm_source=…#/enrol/…).
func TestAddedParametersOfThePage(t *testing.T) {
	files := fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}, "app/main.js": {Data: []byte("let a")}}
	a := handlers.New(handlers.Config{Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Page: edge.Page{Files: files, Policy: "default-src 'self'"}}})
	call := func(method, path string) *http.Response {
		t.Helper()
		res, err := a.App().Test(newRequest(method, path, "", ""), -1)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	for _, path := range []string{"/", "/app/main.js", "/livez", "/readyz", "/docs", "/openapi.json", edge.SeenPath} {
		tag := call("GET", path).Header.Get("ETag")
		for _, params := range addedParams {
			for _, method := range []string{"GET", "HEAD"} {
				if res := call(method, path+"?"+params); res.StatusCode != 200 || res.Header.Get("ETag") != tag {
					t.Errorf("%s %s?%s: %d", method, path, params, res.StatusCode)
				}
			}
		}
	}
}

// TestAddedParametersOfLinksInMails: one click ends mails, whatever hangs to the link.
func TestAddedParametersOfLinksInMails(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations() {
		if op.Method == http.MethodGet || len(op.Security) > 0 {
			continue
		}
		v := c.visitFor(t, op.OperationID)
		want := c.call(t, op, v, "").StatusCode
		for _, params := range addedParams {
			v := c.visitFor(t, op.OperationID)
			v.query = "?" + params
			if res := c.call(t, op, v, ""); res.StatusCode != want && res.StatusCode != http.StatusTooManyRequests {
				t.Errorf("%s %s?%s: %d, without %d", op.Method, op.Path, params, res.StatusCode, want)
			}
		}
	}
}
