package edge

import (
	"context"
	"reflect"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/edge/edgetest"
)

// Plain is a type of the domain.
type Plain struct {
	Text  string   `json:"text"`
	Words []string `json:"words,omitempty"`
	Mood  string   `json:"mood,omitempty"`
	Times float64  `json:"times,omitempty"`
}

// TestATypeWithoutTagsIsHeldToItsRules: as a body, and inside of one.
func TestATypeWithoutTagsIsHeldToItsRules(t *testing.T) {
	w := newWorld(t)
	type inside struct {
		Plain
		More []Plain `json:"more,omitempty"`
	}
	Register(w.Edge, huma.Operation{OperationID: "sendPlain", Method: "POST", Path: "/v1/plain"},
		func(context.Context, *struct{ Body inside }) (*struct{}, error) { return nil, nil })
	w.Keep(Rules{reflect.TypeFor[Plain](): {"Text": Text(1, 3), "Words": Count(0, 1), "Mood": OneOf("good", "bad"), "Times": Between(0, 2)}})
	for body, want := range map[string]string{
		`{"text":"four"}`: "text too-long", `{"text":""}`: "text too-short", `{"text":"a","words":["a","b"]}`: "words too-many",
		`{"text":"a","mood":"odd"}`: "mood not-one-of", `{"text":"a","times":3}`: "times too-big", `{"text":"a","more":[{"text":"four"}]}`: "more[0].text too-long",
	} {
		p := edgetest.WantProblem(t, w.call(t, "POST", "/v1/plain", body), 422, "invalid-input")
		if len(p.Errors) != 1 || p.Errors[0].Field+" "+p.Errors[0].Code != want {
			t.Errorf("%s: %+v, want %s", body, p.Errors, want)
		}
	}
	if res := w.call(t, "POST", "/v1/plain", `{"text":"abc","words":["a"],"mood":"good","times":2}`); res.StatusCode != 204 {
		t.Errorf("%d: %s", res.StatusCode, edgetest.ReadAll(t, res.Body))
	}
}

func TestARuleOfNoFieldIsNoticed(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a rule of a field that there is not was taken")
		}
	}()
	newWorld(t).Keep(Rules{reflect.TypeFor[Plain](): {"Txt": Text(1, 3)}})
}

// Written is a type of the domain whose texts differ.
type Written struct {
	Line  string   `json:"line"`
	Story []string `json:"story"`
	Call  string   `json:"call"`
}

// TestARuleTellsTheSortOfAText: of several lines, on one, or a number that is left as it is.
func TestARuleTellsTheSortOfAText(t *testing.T) {
	w := newWorld(t)
	var got Written
	Register(w.Edge, huma.Operation{OperationID: "sendWritten", Method: "POST", Path: "/v1/written"},
		func(_ context.Context, in *struct{ Body struct{ Written } }) (*struct{}, error) {
			got = in.Body.Written
			return nil, nil
		})
	w.Keep(Rules{reflect.TypeFor[Written](): {"Line": Optional(), "Story": Count(0, 3).Prose(), "Call": Text(0, 9).Phone().Doc("To call.").Default("none").Example("112")}})
	w.call(t, "POST", "/v1/written", `{"story":["a\nb"],"call":"1\u200b2"}`)
	if len(got.Story) != 1 || got.Story[0] != "a\nb" || got.Call != "1\u200b2" {
		t.Errorf("kept %q", got)
	}
	if res := w.call(t, "POST", "/v1/written", `{"line":"a\u202eb","story":[],"call":""}`); res.StatusCode != 422 {
		t.Errorf("a line: %d", res.StatusCode)
	}
	for _, s := range w.Document().Components.Schemas.Map() {
		call := s.Properties["call"]
		if call != nil && (len(s.Required) != 2 || call.Description != "To call." || call.Default != "none" || len(call.Examples) != 1) {
			t.Errorf("%v, %+v", s.Required, call)
		}
	}
}

func TestATypeInTwoTablesIsNoticed(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a type in two tables was taken")
		}
	}()
	one := Rules{reflect.TypeFor[Plain](): {"Text": Text(1, 3)}}
	Together(one, one)
}
