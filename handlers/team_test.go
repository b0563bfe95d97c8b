package handlers_test

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
	patient := c.SignIn(c.patient.AccountID).AccessToken
	plan := "/v1/patients/" + c.patient.PatientID + "/crisis-plan"
	share := func(tag string, sections ...string) *http.Response {
		t.Helper()
		var header []string
		if tag != "" {
			header = []string{"If-Match", tag}
		}
		res, _ := c.says(t, patient, "PUT", plan+"/sharing/"+c.supporter.AccountID, map[string]any{"sections": sections}, header...)
		return res
	}
	res, _ := c.says(t, patient, "GET", plan, nil)
	tag = res.Header.Get("ETag")
	for _, step := range []struct {
		tag      string
		sections []string
		want     int
	}{{"", []string{"naloxone"}, 428}, {`"99"`, []string{"naloxone"}, 412}, {`""`, []string{"naloxone"}, 412}, {tag, []string{"naloxone"}, 200},
		{tag, []string{"naloxone"}, 200}, {tag, []string{}, 412}} {
		if res = share(step.tag, step.sections...); res.StatusCode != step.want {
			t.Errorf("sharing %v at %q: %s, want %d", step.sections, step.tag, res.Status, step.want)
		}
	}
	res, body := c.says(t, patient, "GET", plan, nil)
	if newest := res.Header.Get("ETag"); newest == tag || share(newest, "warning-signs").StatusCode != 200 {
		t.Errorf("the tag %s is as before, or not taken", newest)
	}
	// What is shared is no business of an author's: the tag before it is good for writing.
	if res, _ := c.says(t, patient, "PUT", plan, map[string]any{"content": map[string]any{"warningSigns": []any{map[string]any{"text": "I am short"}}}}, "If-Match", res.Header.Get("ETag")); res.StatusCode != 200 {
		t.Errorf("%s %v", res.Status, body)
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
