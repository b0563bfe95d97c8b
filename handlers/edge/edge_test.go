package edge

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/edge/edgetest"
	"handrail/models"
	"handrail/models/dpop"
)

const secret = edgetest.Secret

// world is the edge with a small resource on it, as a resource file would add it.
type world struct {
	*Edge
	logs *edgetest.Log
	now  time.Time
}

func newWorld(t *testing.T, change ...func(*Config)) *world {
	t.Helper()
	w := &world{logs: &edgetest.Log{}, now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	config := Config{
		Auth:    tokens{"good": {AccountID: "0197-a", Role: models.RolePatient}, "other": {AccountID: "0197-b"}},
		Now:     func() time.Time { return w.now },
		Log:     slog.New(slog.NewJSONHandler(w.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Version: "test",
	}
	for _, f := range change {
		f(&config)
	}
	w.Edge = New(config)
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

func (t tokens) AuthenticateProven(ctx context.Context, token string, _ dpop.Call) (models.Actor, dpop.Proof, error) {
	actor, err := t.Authenticate(ctx, token)
	return actor, dpop.Proof{}, err
}

func (tokens) NextNonce(dpop.Proof) string { return "next" }

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
func (w *world) notes() {
	Register(w.Edge, huma.Operation{OperationID: "createNote", Method: "POST", Path: "/v1/notes", DefaultStatus: 201},
		func(ctx context.Context, in *struct {
			Creating
			Body note
		}) (*Tagged[note], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			in.Body.ID = id
			return NewTagged(1, in.Body), err
		})
	Register(w.Edge, huma.Operation{OperationID: "listNotes", Method: "GET", Path: "/v1/notes"},
		func(ctx context.Context, in *struct{ Paging }) (*Answer[List[int]], error) {
			return NewList([]int(nil), in.Cursor), nil
		})
	Register(w.Edge, huma.Operation{OperationID: "getNote", Method: "GET", Path: "/v1/notes/{id}", Security: Public},
		func(ctx context.Context, in *struct {
			Reading
			NoteID string `path:"id" format:"uuid"`
		}) (*Tagged[note], error) {
			if err := in.Unless(ETag(7)); err != nil {
				return nil, err
			}
			return NewTagged(7, note{ID: in.NoteID, Text: "x"}), nil
		})
	Register(w.Edge, huma.Operation{OperationID: "putNote", Method: "PUT", Path: "/v1/notes/{id}"},
		func(ctx context.Context, in *struct {
			NoteID string `path:"id" format:"uuid"`
			Editing
			Body note
		}) (*Tagged[note], error) {
			version, err := in.Version()
			if err == nil && version != 7 {
				err = models.E(models.KindStale, "version-not-newest", "Load it again.")
			}
			return NewTagged(version+1, in.Body), err
		})
	Register(w.Edge, huma.Operation{OperationID: "failNote", Method: "GET", Path: "/v1/fail/{how}", Security: Public}, fail)
	Register(w.Edge, huma.Operation{OperationID: "slowNote", Method: "POST", Path: "/v1/slow",
		Middlewares: huma.Middlewares{w.PerAddress(Pace{time.Minute, 2}), w.PerAccount(Pace{time.Minute, 2})}},
		func(ctx context.Context, _ *struct{}) (*Answer[string], error) { return NewAnswer("ok"), nil })
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
func (w *world) call(t *testing.T, method, target, body string, headers ...string) *http.Response {
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
