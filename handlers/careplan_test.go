package handlers_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"handrail/care"
	"handrail/models/careplan"
)

// TestACarePlanIsChangedByField: a change names the version that was seen; a clash names
// its field; the page asks the store as often for a long plan as for a short one.
func TestACarePlanIsChangedByField(t *testing.T) {
	c := openClinic(t)
	s := c.overCounting(t)
	token := c.SignIn(c.therapist.AccountID).AccessToken
	at := "/v1/patients/" + c.patient.PatientID
	plan, sleep := at+"/care-plan", care.NewID()
	change := func(tag string, item map[string]any) (*http.Response, map[string]any) {
		t.Helper()
		var header []string
		if tag != "" {
			header = []string{"If-Match", tag}
		}
		return c.says(t, token, "PATCH", plan, map[string]any{"reason": "We spoke about it.", "items": []any{item}}, header...)
	}
	first, _ := c.says(t, token, "GET", plan, nil)
	tag := first.Header.Get("ETag")
	if res, _ := change(tag, map[string]any{"id": sleep, "kind": "activity", "activity": "sleep"}); res.StatusCode != http.StatusOK {
		t.Fatal(res.Status)
	}
	seen, _ := c.says(t, token, "GET", plan, nil)
	tag = seen.Header.Get("ETag")
	for _, step := range []struct {
		tag   string
		item  map[string]any
		want  int
		field string
	}{
		{"", map[string]any{"id": sleep, "why": "x"}, 428, ""},
		{`"99.x"`, map[string]any{"id": sleep, "why": "x"}, 412, ""},
		{tag, map[string]any{"id": sleep, "doneWhen": "Five nights"}, 200, ""},
		{tag, map[string]any{"id": sleep, "why": "To see the morning"}, 200, ""},
		{tag, map[string]any{"id": sleep, "doneWhen": "Three nights"}, 409, "items[0].doneWhen"},
		{tag, map[string]any{"id": sleep, "why": strings.Repeat("x", 1<<19)}, 422, "items[0].why"},
		{tag, map[string]any{"id": sleep, "endOn": "9999-12-31"}, 422, "items[0].endOn"},
	} {
		res, body := change(step.tag, step.item)
		out, err := json.Marshal(body)
		if err != nil || res.StatusCode != step.want || step.field != "" && !strings.Contains(string(out), `"field":"`+step.field+`"`) {
			t.Errorf("%v: %s %.300s", step.want, res.Status, out)
		}
	}
	asked := func() int64 {
		before := s.Asked.Load()
		if res, _ := c.says(t, token, "GET", at+"/page", nil); res.StatusCode != http.StatusOK {
			t.Fatal(res.Status)
		}
		return s.Asked.Load() - before
	}
	asked()
	short := asked()
	part := c.Chart(c.therapist, c.patient.PatientID).CarePlan
	for range 4 {
		e := careplan.Edit{Base: 2, Reason: "x"}
		for range careplan.MaxAtOnce / 5 {
			e.Items = append(e.Items, careplan.ItemEdit{ID: care.NewID(), Kind: careplan.Step, Title: new("Call somebody")})
		}
		if _, err := part.Change(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if long := asked(); long != short {
		t.Errorf("the page asks %d times with 21 items, %d with one", long, short)
	}
	t.Logf("the page asks the store %d times", short)
}
