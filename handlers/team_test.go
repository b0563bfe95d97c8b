package handlers

import (
	"net/http"
	"testing"

	"handrail/models"
)

// TestTheOfficeDoesNotUndoItself: the team and the status of an account are changed at
// the version that was read; the same thing again is done.
func TestTheOfficeDoesNotUndoItself(t *testing.T) {
	c := openClinic(t)
	admin := c.SignIn(c.admin.AccountID).AccessToken
	therapist := c.outside.AccountID
	team := "/v1/patients/" + c.patient.PatientID + "/care-team"
	ask := func(method, path, tag string, body any) *http.Response {
		t.Helper()
		var header []string
		if tag != "" {
			header = []string{"If-Match", tag}
		}
		res, _ := c.says(t, admin, method, path, body, header...)
		return res
	}
	read := ask("GET", team, "", nil)
	tag := read.Header.Get("ETag")
	for _, step := range []struct {
		name, method, path, tag string
		body                    any
		want                    int
	}{
		{"without a version", "PUT", team + "/" + therapist, "", map[string]any{"lead": false}, 428},
		{"at an old one", "PUT", team + "/" + therapist, `"99"`, map[string]any{"lead": false}, 412},
		{"at the newest", "PUT", team + "/" + therapist, tag, map[string]any{"lead": false}, 200},
		{"the same again", "PUT", team + "/" + therapist, tag, map[string]any{"lead": false}, 200},
		{"another change at the old one", "PUT", team + "/" + therapist, tag, map[string]any{"lead": true}, 412},
		{"off at the old one", "DELETE", team + "/" + therapist, tag, nil, 412},
	} {
		if res := ask(step.method, step.path, step.tag, step.body); res.StatusCode != step.want {
			t.Errorf("%s: %s", step.name, res.Status)
		}
	}
	tag = ask("GET", team, "", nil).Header.Get("ETag")
	for _, want := range []int{204, 204} { // twice is once
		if res := ask("DELETE", team+"/"+therapist, tag, nil); res.StatusCode != want {
			t.Error(res.Status)
		}
	}
	account := "/v1/accounts/" + c.newcomer.AccountID
	tag = ask("GET", account, "", nil).Header.Get("ETag")
	suspended, active := map[string]any{"status": models.AccountSuspended}, map[string]any{"status": models.AccountActive}
	for _, step := range []struct {
		tag  string
		body any
		want int
	}{{"", suspended, 428}, {tag, suspended, 200}, {tag, suspended, 200}, {tag, active, 412}} {
		if res := ask("PUT", account+"/status", step.tag, step.body); res.StatusCode != step.want {
			t.Errorf("%q %v: %s, want %d", step.tag, step.body, res.Status, step.want)
		}
	}
}
