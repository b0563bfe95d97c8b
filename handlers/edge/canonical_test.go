package edge

import (
	"strings"
	"testing"

	"handrail/handlers/edge/edgetest"
)

// TestARefusedTextIsNamed: the field's name, and not the value.
func TestARefusedTextIsNamed(t *testing.T) {
	w := newWorld(t)
	for body, field := range map[string]string{
		`{"text":"Q7canary\u0000"}`:                                "text",
		`{"text":"a","steps":[{"title":"a"},{"title":"\u202eb"}]}`: "steps[1].title",
		`{"text":"a","marks":{"k":"\u200b"}}`:                      "marks",
		`{"text":"a","marks":{"\u0000":"Q7canary"}}`:               "marks",
	} {
		p := edgetest.WantProblem(t, w.call(t, "POST", "/v1/notes", body), 422, "invalid-input")
		if len(p.Errors) != 1 || p.Errors[0].Field != field || p.Errors[0].Code != "not-text" {
			t.Errorf("%s: %+v", body, p.Errors)
		}
	}
	p := edgetest.WantProblem(t, w.call(t, "GET", "/v1/notes?cursor=%00", ""), 422, "invalid-input")
	if len(p.Errors) != 1 || p.Errors[0].Field != "query.cursor" {
		t.Errorf("%+v", p.Errors)
	}
}

// TestWhatIsNoIDKeepsItsLetters: a text, and an address of somebody else's.
func TestWhatIsNoIDKeepsItsLetters(t *testing.T) {
	up := strings.ToUpper(someID)
	for _, text := range []string{"see " + up, up + " ", "https://elsewhere.test/" + up, "x/y/" + up, up + "0", "patient/" + up[:35]} {
		if got := smallID(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	for _, text := range []string{up, "Patient/" + up, "urn:uuid:" + up} {
		if got := smallID(text); got != text[:len(text)-36]+someID {
			t.Errorf("%q became %q", text, got)
		}
	}
}
