package edge

import (
	"strings"
	"testing"
	"testing/fstest"

	"handrail/handlers/edge/edgetest"
)

func TestPage(t *testing.T) {
	files := fstest.MapFS{
		"index.html":           {Data: []byte("<!doctype html>")},
		"sw.js":                {Data: []byte("self")},
		"app/main.js":          {Data: []byte("let a")},
		"app/packed/a-1.js":    {Data: []byte("let b")},
		"styles/a.css":         {Data: []byte("p{}")},
		"manifest.webmanifest": {Data: []byte("{}")},
		"icon.svg":             {Data: []byte("<svg/>")},
		"odd.bin":              {Data: []byte("x")},
	}
	w := newWorld(t, func(c *Config) { c.Page = Page{files, "default-src 'self'"} })
	for path, kind := range map[string]string{
		"/": "text/html; charset=utf-8", "/sw.js": "text/javascript; charset=utf-8", "/app/main.js": "text/javascript; charset=utf-8", "/app/packed/a-1.js": "text/javascript; charset=utf-8",
		"/styles/a.css": "text/css; charset=utf-8", "/manifest.webmanifest": "application/manifest+json",
		"/icon.svg": "image/svg+xml", "/odd.bin": "application/octet-stream",
	} {
		res := w.call(t, "GET", path, "")
		body := edgetest.ReadAll(t, res.Body)
		name := strings.TrimPrefix(path, "/")
		if name == "" {
			name = "index.html"
		}
		if res.StatusCode != 200 || res.Header.Get("Content-Type") != kind || body != string(files[name].Data) {
			t.Errorf("%s: %d %s %q", path, res.StatusCode, res.Header.Get("Content-Type"), body)
		}
		keep := map[bool]string{true: "public, max-age=31536000, immutable", false: "no-cache"}[strings.HasPrefix(path, packedPath)]
		if res.Header.Get("Cache-Control") != keep || res.Header.Get("Content-Security-Policy") != "default-src 'self'" ||
			res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, res.Header)
		}
		if allowed := res.Header.Get("Service-Worker-Allowed"); (allowed == "/") != (path == "/sw.js") {
			t.Errorf("%s: Service-Worker-Allowed %q", path, allowed)
		}
		again := w.call(t, "GET", path, "", "If-None-Match", res.Header.Get("ETag"))
		if again.StatusCode != 304 || edgetest.ReadAll(t, again.Body) != "" {
			t.Errorf("%s again: %d", path, again.StatusCode)
		}
		if head := w.call(t, "HEAD", path, ""); head.StatusCode != 200 || edgetest.ReadAll(t, head.Body) != "" {
			t.Errorf("HEAD %s: %d", path, head.StatusCode)
		}
	}
	for _, path := range []string{"/app", "/app/", "/../api.go", "/%2e%2e/api.go", "/app/../../api.go", "/index.htm", "//sw.js", "/app\\main.js"} {
		if res := w.call(t, "GET", path, ""); res.StatusCode != 404 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	if res := w.call(t, "POST", "/", ""); res.StatusCode != 404 {
		t.Errorf("POST /: %d", res.StatusCode)
	}
	if route := w.lastLine(t)["route"]; route != routeNone {
		t.Errorf("route %v", route)
	}
}

func TestWithoutAPageThereIsNone(t *testing.T) {
	edgetest.WantProblem(t, newWorld(t).call(t, "GET", "/", ""), 404, "not-found")
}
