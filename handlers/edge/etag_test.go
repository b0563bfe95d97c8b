package edge

import (
	"net/http"
	"testing"

	"handrail/handlers/edge/edgetest"
)

func TestVersions(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		header, value string
		method        string
		status        int
		tag           string
	}{
		"read":                  {"", "", "GET", 200, `"7"`},
		"held":                  {"If-None-Match", `"7"`, "GET", 304, `"7"`},
		"held, weak":            {"If-None-Match", `W/"7"`, "GET", 304, `"7"`},
		"held, through Apache":  {"If-None-Match", `"7-gzip"`, "GET", 304, `"7"`},
		"held, through Caddy":   {"If-None-Match", `W/"7-br"`, "GET", 304, `"7"`},
		"held, with a word":     {"If-None-Match", `"6", "7;br"`, "GET", 304, `"7"`},
		"held, through Jetty":   {"If-None-Match", `"7--gzip"`, "GET", 304, `"7"`},
		"held, another word":    {"If-None-Match", `"7-old"`, "GET", 200, `"7"`},
		"change, Apache":        {"If-Match", `"7-gzip"`, "PUT", 200, `"8"`},
		"change, Caddy":         {"If-Match", `W/"7-zstd"`, "PUT", 200, `"8"`},
		"change, with a word":   {"If-Match", `"7;br"`, "PUT", 200, `"8"`},
		"change, older, Apache": {"If-Match", `"6-gzip"`, "PUT", 412, ""},
		"held, one of two":      {"If-None-Match", `"6", "7"`, "GET", 304, `"7"`},
		"held, any":             {"If-None-Match", `*`, "GET", 304, `"7"`},
		"held, older":           {"If-None-Match", `"6"`, "GET", 200, `"7"`},
		"held, no tag at all":   {"If-None-Match", `7`, "GET", 200, `"7"`},
		"change":                {"If-Match", `"7"`, "PUT", 200, `"8"`},
		"change, through nginx": {"If-Match", `W/"7"`, "PUT", 200, `"8"`},
	} {
		t.Run(name, func(t *testing.T) {
			body := ""
			if c.method == "PUT" {
				body = `{"text":"a"}`
			}
			res := w.call(t, c.method, "/v1/notes/"+someID, body, c.header, c.value)
			if res.StatusCode != c.status || res.Header.Get("ETag") != c.tag {
				t.Errorf("%d %s", res.StatusCode, res.Header.Get("ETag"))
			}
			if c.status == 412 {
				return
			}
			if out := edgetest.ReadAll(t, res.Body); (out == "") != (c.status == 304) {
				t.Errorf("body %q", out)
			}
		})
	}
}

func TestOddTagsAreRefused(t *testing.T) {
	for tag, status := range map[string]int{
		``: 400, `7`: 400, `"7`: 400, `7"`: 400, `"7" "8"`: 400, `"7""8"`: 400, `W/7`: 400, `w/"7"`: 400,
		`"0"`: 412, `"-1"`: 412, `"+7x"`: 412, `""`: 412, `"99999999999999999999"`: 412,
	} {
		version, err := Editing{IfMatch: tag}.Version()
		if err == nil || ProblemOf(err).Status != status {
			t.Errorf("%q: version %d, %v; want %d %s", tag, version, err, status, http.StatusText(status))
		}
	}
}
