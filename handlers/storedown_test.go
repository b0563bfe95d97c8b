package handlers_test

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/store"
)

// failingStore is a store that can be told to fail: before it does anything, or after
// its write is durable, as when an answer is lost on the way.
type failingStore struct {
	store.Store
	before, after bool
	wrote         bool
}

func (f *failingStore) write(do func() error) error {
	if f.before {
		return store.ErrUnavailable
	}
	err := do()
	if f.after && err == nil {
		f.wrote = true
		return store.ErrUnavailable
	}
	return err
}

func (f *failingStore) Insert(ctx context.Context, collection string, d store.Doc) error {
	return f.write(func() error { return f.Store.Insert(ctx, collection, d) })
}

func (f *failingStore) Replace(ctx context.Context, collection string, d store.Doc) error {
	return f.write(func() error { return f.Store.Replace(ctx, collection, d) })
}

func (f *failingStore) Delete(ctx context.Context, collection, id string, version int64) error {
	return f.write(func() error { return f.Store.Delete(ctx, collection, id, version) })
}

func (f *failingStore) Batch(ctx context.Context, ops ...store.Op) error {
	return f.write(func() error { return f.Store.Batch(ctx, ops...) })
}

func (f *failingStore) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	if f.before {
		return store.Doc{}, store.ErrUnavailable
	}
	return f.Store.Get(ctx, collection, id)
}

func (f *failingStore) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	if f.before {
		return nil, store.ErrUnavailable
	}
	return f.Store.GetMany(ctx, collection, ids)
}

func (f *failingStore) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	if f.before {
		return store.Page{}, store.ErrUnavailable
	}
	return f.Store.Query(ctx, collection, q)
}

// overFailing makes the clinic's API one over a store that can fail.
func (c *clinic) overFailing(t *testing.T) *failingStore {
	t.Helper()
	f := &failingStore{Store: c.Store}
	c.api = handlers.New(handlers.Config{Care: c.InstanceOn(f, func(*care.Config) {}), Notify: newNotifierOn(t, c.Clinic, f), Edge: edge.Config{BaseURL: "https://care.example.org", Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Version: "test"}})
	return f
}

// whoMay finds the first caller whom the matrix lets do an operation; -1 for nobody.
func whoMay(t *testing.T, c *clinic, op *huma.Operation) int {
	t.Helper()
	matrix, err := table()
	if err != nil {
		t.Fatal(err)
	}
	for i := len(c.callers) - 1; i >= 0; i-- {
		if s := matrix[op.Method+" "+op.Path][c.callers[i].name]; s > 0 && s < http.StatusBadRequest {
			return i
		}
	}
	return -1
}

// signedIn makes the API know a caller's session for the next second, which the clock
// of the test never ends: what fails then is the operation and not the sign-in.
func (c *clinic) signedIn(t *testing.T, token string) {
	t.Helper()
	me := &huma.Operation{Method: http.MethodGet, Path: "/v1/me"}
	_ = c.call(t, me, visit{}, token).Body.Close()
}

// TestWithTheStoreDown asks each operation while the store is away, and again when it
// is back: nothing is called the caller's fault, nothing is lost, and the same request
// does what it asks.
func TestWithTheStoreDown(t *testing.T) {
	c := openClinic(t)
	f := c.overFailing(t)
	for _, op := range operations() {
		i := whoMay(t, c, op)
		if i < 0 {
			continue
		}
		v := c.visitFor(t, op.OperationID)
		c.signedIn(t, c.callers[i].token)
		f.before = true
		down := c.call(t, op, v, c.callers[i].token).StatusCode
		f.before = false
		up := c.call(t, op, v, c.callers[i].token).StatusCode
		if up < http.StatusBadRequest {
			c.repair(t, op.OperationID, i)
		}
		want := http.StatusServiceUnavailable
		if slices.Contains(withoutStore, op.OperationID) {
			want = max(op.DefaultStatus, http.StatusOK)
		}
		if down != want || up >= http.StatusBadRequest {
			t.Errorf("%s %s: %d while the store is away, want %d; %d when it is back", op.Method, op.Path, down, want, up)
		}
	}
}

// withoutStore are the operations that answer while the store is away.
var withoutStore = []string{"readKeys", "readSite", "listQuestions", "readEmergencyNumbers", "listEmergencyNumbers", "readPushKey", "readFHIRMetadata",
	"listEducation", "readEducation", "readEducationPack", "readEducationFile", "listAlertRules",
	"listCarePlanActivities", "listCarePlanAuthority", "listCarePlanMeasures", "searchEducation",
	"listProviders", "returnFromProvider", "authorizeApp", "readSmartConfiguration", "readAppIssuer"} // of which the clinic of the table has none

// TestALostAnswerIsAskedForAgain loses the answer of each operation after its write is
// durable, and asks again: the second answer is as good as the first would have been.
func TestALostAnswerIsAskedForAgain(t *testing.T) {
	c := openClinic(t)
	f := c.overFailing(t)
	for _, op := range operations() {
		i := whoMay(t, c, op)
		if i < 0 || op.Method == http.MethodGet {
			continue
		}
		v := c.visitFor(t, op.OperationID)
		c.signedIn(t, c.callers[i].token)
		f.after, f.wrote = true, false
		lost := c.call(t, op, v, c.callers[i].token).StatusCode
		f.after = false
		again := c.call(t, op, v, c.callers[i].token).StatusCode
		if again < http.StatusBadRequest {
			c.repair(t, op.OperationID, i)
		}
		if again >= http.StatusBadRequest || lost != http.StatusServiceUnavailable && f.wrote {
			t.Errorf("%s %s: %d for the one whose answer is lost, %d when it is asked again", op.Method, op.Path, lost, again)
		}
	}
}
