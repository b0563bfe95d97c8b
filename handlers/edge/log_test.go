package edge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// contextOf is the context of a request that a test makes up.
func contextOf(t *testing.T, rq *request) context.Context {
	t.Helper()
	return context.WithValue(t.Context(), requestKey{}, rq)
}

// lastLine is the newest line of the log.
func (w *world) lastLine(t *testing.T) map[string]any {
	t.Helper()
	all := strings.Split(strings.TrimSpace(w.logs.String()), "\n")
	var line map[string]any
	if err := json.Unmarshal([]byte(all[len(all)-1]), &line); err != nil {
		t.Fatal(err)
	}
	return line
}

func TestALineSaysWhatAndNotWho(t *testing.T) {
	w := newWorld(t)
	res := w.call(t, "PUT", "/v1/notes/"+someID+"?q="+secret, `{"text":"`+secret+`"}`, "If-Match", `"7"`, "User-Agent", secret)
	line := w.lastLine(t)
	want := []string{"account", "code", "from", "level", "method", "ms", "msg", "request", "route", "status", "time"}
	if got := slices.Sorted(maps.Keys(line)); !slices.Equal(got, want) {
		t.Errorf("the line holds %v", got)
	}
	if line["route"] != "/v1/notes/{id}" || line["account"] != "0197-a" || line["request"] != res.Header.Get("X-Request-Id") {
		t.Errorf("%v", line)
	}
	if log := w.logs.String(); strings.Contains(log, secret) || strings.Contains(log, someID) {
		t.Error(log)
	}
}

func TestOurMistakesNameTheirCause(t *testing.T) {
	w := newWorld(t)
	id := w.call(t, "GET", "/v1/fail/unknown", "").Header.Get("X-Request-Id")
	log := w.logs.String()
	if !strings.Contains(log, `"cause":"parsing …: no"`) || strings.Count(log, id) != 2 {
		t.Error(log)
	}
	w.call(t, "GET", "/v1/fail/panic", "")
	if log := w.logs.String(); !strings.Contains(log, "panic of string at") || !strings.Contains(log, "edge.fail:") {
		t.Error(log)
	}
}

func TestScrubbed(t *testing.T) {
	_, timeErr := time.Parse(time.DateOnly, secret)
	_, intErr := strconv.Atoi(secret)
	jsonErr := json.Unmarshal([]byte(`{"a":"`+secret+`"}`), &struct{ A int }{})
	numberErr := json.Unmarshal([]byte(`{"a":4915112345678.5}`), &struct{ A int }{})
	for _, err := range []error{timeErr, intErr, jsonErr, numberErr, fmt.Errorf("x: %w", timeErr), errors.New("open `" + secret)} {
		if got := scrubbed(err.Error()); strings.Contains(got, secret) || strings.Contains(got, "4915112345678") {
			t.Errorf("%q", got)
		}
	}
	const plain = "store: engine does not answer: disk I/O error (10)"
	if got := scrubbed(plain); got != plain {
		t.Errorf("%q", got)
	}
	if got := scrubbed(strings.Repeat("ä", 1000)); len(got) > 610 || !json.Valid([]byte(strconv.Quote(got))) {
		t.Errorf("%d bytes", len(got))
	}
}
