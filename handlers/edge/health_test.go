package edge

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"handrail/handlers/edge/edgetest"
)

func TestHealth(t *testing.T) {
	var broken error
	w := newWorld(t, func(c *Config) {
		c.Checks = []Check{{"store", func(context.Context) error { return broken }}}
	})
	admin := w.Admin()
	for _, c := range []struct {
		broken error
		path   string
		status int
	}{{nil, "/livez", 200}, {nil, "/readyz", 200}, {errors.New(`no "` + secret + `"`), "/livez", 200}, {errors.New(`no "` + secret + `"`), "/readyz", 503}} {
		broken = c.broken
		res := w.call(t, "GET", c.path, "", "Authorization", "")
		if res.StatusCode != c.status {
			t.Errorf("%s: %d", c.path, res.StatusCode)
		}
		if c.status == 503 {
			edgetest.WantProblem(t, res, 503, "not-ready")
		}
		rec := httptest.NewRecorder()
		admin.ServeHTTP(rec, httptest.NewRequest("GET", c.path, nil))
		if rec.Code != c.status || strings.Contains(rec.Body.String(), secret) {
			t.Errorf("admin %s: %d %s", c.path, rec.Code, rec.Body)
		}
	}
	if log := w.logs.String(); !strings.Contains(log, `"check":"store"`) || strings.Contains(log, secret) {
		t.Errorf("log: %s", log)
	}
}

func TestAHangingCheckIsNotReady(t *testing.T) {
	w := newWorld(t, func(c *Config) {
		c.Checks = []Check{{"store", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}}
	})
	never := make(chan struct{}) // of a driver that does not look at its context
	t.Cleanup(func() { close(never) })
	deaf := newWorld(t, func(c *Config) {
		c.Checks = []Check{{"store", func(context.Context) error { <-never; return nil }}}
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if w.ready(ctx) || deaf.ready(ctx) {
		t.Error("ready")
	}
}

func TestMetricsHoldNoIDs(t *testing.T) {
	w := newWorld(t)
	w.call(t, "GET", "/v1/notes/"+someID, "")
	w.call(t, "GET", "/v1/notes/"+someID, "", "If-None-Match", `"7"`)
	w.call(t, "GET", "/v1/"+secret+"?q="+secret, "")
	rec := httptest.NewRecorder()
	w.Admin().ServeHTTP(rec, httptest.NewRequest("GET", "/metrics", nil))
	text := rec.Body.String()
	for _, want := range []string{
		`handrail_http_requests_total{class="2xx",method="GET",route="/v1/notes/{id}"} 1`,
		`handrail_http_requests_total{class="3xx",method="GET",route="/v1/notes/{id}"} 1`,
		`handrail_http_requests_total{class="4xx",method="GET",route="(none)"} 1`,
		`handrail_http_request_seconds_count{route="/v1/notes/{id}"} 2`,
		`handrail_build_info{version="test"} 1`, "go_goroutines",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, someID) || strings.Contains(text, secret) {
		t.Error("metrics hold what was sent")
	}
}
