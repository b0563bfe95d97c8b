package handlers

import (
	"net/http"
	"testing"
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
			if out := readAll(t, res.Body); (out == "") != (c.status == 304) {
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
		version, err := Editing{IfMatch: tag}.version()
		if err == nil || problemOf(err).Status != status {
			t.Errorf("%q: version %d, %v; want %d %s", tag, version, err, status, http.StatusText(status))
		}
	}
}
