package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/models"
)

// secret stands for what a patient might send. It may never come back in a
// problem document, nor show in the log.
const secret = "Q7canary"

// testEdge is the edge with a small resource on it, as a resource file would add it.
type testEdge struct {
	*API
	logs *readableLog
	now  time.Time
}

// readableLog is a log that can be read while it is written.
type readableLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *readableLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *readableLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func newTestEdge(t *testing.T, change ...func(*Config)) *testEdge {
	t.Helper()
	w := &testEdge{logs: &readableLog{}, now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	config := Config{
		Auth:    tokens{"good": {AccountID: "0197-a", Role: models.RolePatient}, "other": {AccountID: "0197-b"}},
		Now:     func() time.Time { return w.now },
		Log:     slog.New(slog.NewJSONHandler(w.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Version: "test",
	}
	for _, f := range change {
		f(&config)
	}
	w.API = New(config)
	w.notes()
	return w
}

// tokens is an Authenticator that knows a few.
type tokens map[string]models.Actor

func (t tokens) Authenticate(_ context.Context, bearer string) (models.Actor, error) {
	if bearer == "down" {
		return models.Actor{}, models.E(models.KindUnavailable, "store-unavailable", "Try again.")
	}
	if actor, ok := t[bearer]; ok {
		return actor, nil
	}
	return models.Actor{}, models.E(models.KindUnsigned, "sign-in-ended", "Please sign in again.")
}

// note is what the test resource keeps.
type note struct {
	ID    string            `json:"id" format:"uuid" required:"false"`
	Text  string            `json:"text" minLength:"1" maxLength:"20"`
	Steps []step            `json:"steps,omitempty" maxItems:"3"`
	Marks map[string]string `json:"marks,omitempty"`
	Mood  string            `json:"mood,omitempty" enum:"good,bad"`
}

type step struct {
	Title string `json:"title" maxLength:"5"`
}

// notes registers the test resource.
func (w *testEdge) notes() {
	register(w.API, huma.Operation{OperationID: "createNote", Method: "POST", Path: "/v1/notes", DefaultStatus: 201},
		func(ctx context.Context, in *struct {
			Creating
			Body note
		}) (*Tagged[note], error) {
			id, err := in.id(ctx, in.Body.ID)
			in.Body.ID = id
			return tagged(1, in.Body), err
		})
	register(w.API, huma.Operation{OperationID: "listNotes", Method: "GET", Path: "/v1/notes"},
		func(ctx context.Context, in *struct{ Paging }) (*Answer[List[int]], error) {
			return list([]int(nil), in.Cursor), nil
		})
	register(w.API, huma.Operation{OperationID: "getNote", Method: "GET", Path: "/v1/notes/{id}", Security: public},
		func(ctx context.Context, in *struct {
			Reading
			NoteID string `path:"id" format:"uuid"`
		}) (*Tagged[note], error) {
			if err := in.unless(etag(7)); err != nil {
				return nil, err
			}
			return tagged(7, note{ID: in.NoteID, Text: "x"}), nil
		})
	register(w.API, huma.Operation{OperationID: "putNote", Method: "PUT", Path: "/v1/notes/{id}"},
		func(ctx context.Context, in *struct {
			NoteID string `path:"id" format:"uuid"`
			Editing
			Body note
		}) (*Tagged[note], error) {
			version, err := in.version()
			if err == nil && version != 7 {
				err = models.E(models.KindStale, "version-not-newest", "Load it again.")
			}
			return tagged(version+1, in.Body), err
		})
	register(w.API, huma.Operation{OperationID: "failNote", Method: "GET", Path: "/v1/fail/{how}", Security: public}, fail)
	register(w.API, huma.Operation{OperationID: "slowNote", Method: "POST", Path: "/v1/slow",
		Middlewares: huma.Middlewares{w.perAddress(Pace{time.Minute, 2}), w.perAccount(Pace{time.Minute, 2})}},
		func(ctx context.Context, _ *struct{}) (*Answer[string], error) { return answer("ok"), nil })
}

// fail fails in every way in which a use case can.
func fail(ctx context.Context, in *struct {
	How string `path:"how"`
}) (*Answer[string], error) {
	switch in.How {
	case "panic":
		panic(secret)
	case "unknown":
		return nil, errors.New(`parsing "` + secret + `": no`)
	case "late":
		<-ctx.Done()
		return nil, ctx.Err()
	case "fields":
		var c models.Checks
		c.Fail("milestones[2].dueOn", "in-the-past", "This day is over.")
		return nil, c.Err()
	}
	for kind, status := range statuses {
		if http.StatusText(status) == strings.ReplaceAll(in.How, "-", " ") {
			return nil, &models.Error{Kind: kind, Code: "the-code", Text: "The text.", Err: errors.New(`can't read "` + secret + `"`)}
		}
	}
	return nil, &models.Error{Kind: 99, Code: "odd", Text: "Odd."}
}

// call sends one request through the whole stack, in memory.
func (w *testEdge) call(t *testing.T, method, target, body string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Authorization", "Bearer good")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := w.App().Test(r, 60_000)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// wantProblem checks that an answer is a whole problem document of a code, and
// that it gives nothing away.
func wantProblem(t *testing.T, res *http.Response, status int, code string) Problem {
	t.Helper()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var p Problem
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatalf("status %d, no problem document: %.200s", res.StatusCode, raw)
	}
	if res.StatusCode != status || p.Status != status || p.Code != code {
		t.Errorf("got %d %s, want %d %s", res.StatusCode, raw, status, code)
	}
	if res.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("content type %q", res.Header.Get("Content-Type"))
	}
	if p.Title == "" || p.Detail == "" || p.Type == "" || p.Instance != "urn:uuid:"+res.Header.Get("X-Request-Id") {
		t.Errorf("not whole: %s", raw)
	}
	if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers: %v", res.Header)
	}
	for _, leak := range []string{secret, "goroutine", ".go:", "$schema"} {
		if bytes.Contains(raw, []byte(leak)) {
			t.Errorf("gives away %q: %s", leak, raw)
		}
	}
	return p
}
