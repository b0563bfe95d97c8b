package edge

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"handrail/handlers/edge/edgetest"
)

func TestDocsStandAlone(t *testing.T) {
	w := newWorld(t)
	res := w.call(t, "GET", "/docs", "")
	page := edgetest.ReadAll(t, res.Body)
	for _, want := range []string{"POST /v1/notes", `id="createNote"`, `id="problem-not-found"`, `id="type-Note"`,
		"at most 20 characters", "one of: good, bad", `lang="en"`, `&#34;text&#34;: &#34;…&#34;`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	// Nothing from elsewhere, nothing that runs, nothing that the policy would stop.
	if found := regexp.MustCompile(`(?i)(src|href)="(https?:)?//|<script|style="| on[a-z]+="`).FindString(page); found != "" {
		t.Errorf("the page holds %s", found)
	}
	if p := res.Header.Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'none'") || strings.Contains(p, "unsafe") {
		t.Errorf("policy %q", p)
	}
	if res := w.call(t, "GET", "/docs/style.css", ""); res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/css") {
		t.Errorf("style: %d %v", res.StatusCode, res.Header)
	}
	wellFormed(t, page)
	links(t, page)
}

// wellFormed checks that every element that is opened is closed.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	in := xml.NewDecoder(strings.NewReader(strings.Replace(page, "<!doctype html>", "", 1)))
	in.Strict, in.AutoClose, in.Entity = true, []string{"meta", "link"}, xml.HTMLEntity
	in.Strict = false
	for {
		if _, err := in.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// links checks that every link within the page leads somewhere, once.
func links(t *testing.T, page string) {
	t.Helper()
	ids := map[string]int{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]]++; ids[m[1]] > 1 {
			t.Errorf("id %s is there twice", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if ids[strings.ReplaceAll(m[1], "%20", " ")] == 0 {
			t.Errorf("nothing has the id %s", m[1])
		}
	}
}

func TestOpenAPIIsServed(t *testing.T) {
	w := newWorld(t)
	res := w.call(t, "GET", "/openapi.json", "")
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]struct{ Security []map[string][]string }
		Components struct{ SecuritySchemes map[string]any }
	}
	if err := json.NewDecoder(res.Body).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || doc.Components.SecuritySchemes["bearer"] == nil || doc.Paths["/v1/notes"]["post"].Security[0]["bearer"] == nil {
		t.Errorf("%+v", doc)
	}
	if again := w.call(t, "GET", "/openapi.json", "", "If-None-Match", res.Header.Get("ETag")); again.StatusCode != 304 {
		t.Errorf("again: %d", again.StatusCode)
	}
}
