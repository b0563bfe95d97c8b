package edge

import (
	"context"
	"net/http"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/edge/edgetest"
)

type shortNote struct{}

func (shortNote) AppendJSON(b []byte) ([]byte, bool) { return append(b, "{}"...), true }

// TestAShortWayLeavesOutNoLimit: what an operation has of its own lies before both ways.
func TestAShortWayLeavesOutNoLimit(t *testing.T) {
	w := newWorld(t)
	type input struct {
		ID      string `path:"id"`
		RawBody []byte `contentType:"application/json"`
	}
	Register(w.Edge, huma.Operation{OperationID: "shortly", Method: http.MethodPost, Path: "/v1/shortly/{id}", DefaultStatus: http.StatusCreated, SkipValidateBody: true,
		Metadata:    map[string]any{ShortKey: Short(func(context.Context, string, []byte) (Shortly, error) { return shortNote{}, nil })},
		Middlewares: huma.Middlewares{w.PerAccount(Pace{Every: 1 << 40, Burst: 2})}},
		func(context.Context, *input) (*Answer[shortNote], error) { return NewAnswer(shortNote{}), nil })
	conn, in := edgetest.Dial(t, edgetest.Listen(t, w))
	for i, want := range []int{201, 201, 429} {
		res := edgetest.Say(t, conn, in, raw("POST", "/v1/shortly/0190a6c2-7d1e-7c3b-9a52-3f1d8e6b4c20", "{}"))
		if body := edgetest.ReadAll(t, res.Body); res.StatusCode != want {
			t.Errorf("request %d: %d %s", i+1, res.StatusCode, body)
		}
	}
}
