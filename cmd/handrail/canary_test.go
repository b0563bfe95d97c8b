package main

import (
	"bytes"
	"encoding/base64"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"handrail/client"
)

// canaries are what a patient could write. None may show anywhere but in answers
// to people with a right to it.
var canaries = map[string]string{
	"name": "Zebulonia Quillfeather", "preferred": "Quillo", "phone": "+12025550173", "goal": "marzipan-goal-x81", "why": "marzipan-why-x82",
	"note": "kumquat-note-x83", "sign": "kumquat-sign-x84", "reason": "kumquat-reason-x85", "step": "marzipan-step-x86", "bad": "pomelo-bad-x87",
}

// TestNoCanaryLeaks drives the routes as a patient whose name, phone and words are
// canaries, with good requests and bad ones, and then searches all logs, the
// metrics, the API document and every file of the store.
func TestNoCanaryLeaks(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	r := runOn(t, data, "--admin-listen", "127.0.0.1:0")
	admin := r.admin()
	p := r.newPatientAs(admin, client.NewAccount{Name: canaries["name"], PreferredName: canaries["preferred"], Phone: canaries["phone"]})
	ctx, own := t.Context(), "/v1/patients/"+p.patient
	got(p.SendCheckIn(ctx, checkIn(canaries["note"])))(t)
	goal := got(p.ProposeGoal(ctx, client.GoalTerms{Title: canaries["goal"], Why: canaries["why"], Domain: "health"}))(t)
	got(p.AddMilestone(ctx, goal, client.MilestoneTerms{Title: canaries["step"]}))(t)
	got(p.SaveCrisisPlan(ctx, client.NoPlan, client.PlanContent{WarningSigns: []client.PlanSign{{Text: canaries["sign"]}}, ReasonForLiving: canaries["reason"]}, ""))(t)
	got(p.ActivateCrisisPlan(ctx, 1))(t)
	got(p.CrisisPlanBundle(ctx, ""))(t)
	got(p.Patient(ctx))(t)
	all(t, p.AccessLog(ctx))
	sendBadCanaries(t, p, own)
	logged := r.stopAndRead()
	for name, text := range dataFiles(t, data) {
		searchCanaries(t, filepath.Base(name), text)
	}
	searchCanaries(t, "log", []byte(logged))
	if !strings.Contains(logged, `"route":"/v1/patients/{patientId}/goals"`) {
		t.Error("the log has no request in it, so this test proves nothing")
	}
}

// sendBadCanaries puts canaries where they do not belong. No answer may echo one.
func sendBadCanaries(t *testing.T, p *person, own string) {
	t.Helper()
	bad := canaries["bad"]
	for _, c := range []struct {
		method, path, body string
		header             []string
	}{
		{"POST", own + "/check-ins", `{"` + bad + `":1}`, nil},
		{"POST", own + "/check-ins", `{"id":"` + bad + `"`, nil},
		{"POST", own + "/goals", `{"id":"` + bad + `","title":"` + bad + `","domain":"` + bad + `"}`, nil},
		{"POST", own + "/goals", `{"id":"` + newID() + `","title":{"` + bad + `":"` + bad + `"},"domain":"health"}`, nil},
		{"GET", own + "/goals?cursor=" + bad, "", nil},
		{"GET", own + "/goals?" + bad + "=1", "", nil},
		{"GET", own + "/goals/" + bad, "", nil},
		{"GET", "/v1/" + bad, "", nil},
		{"GET", own + "/series?measure=" + bad + "&from=" + bad + "&to=2026-01-01", "", nil},
		{"PUT", own + "/crisis-plan", `{"content":{"warningSigns":"` + bad + `"}}`, []string{"If-Match", bad}},
		{"POST", own + "/goals", "\xff" + bad, nil},
		{"POST", own + "/goals", `{"title":"` + bad + `"}`, []string{"Content-Type", "text/" + bad}},
		{"GET", "/v1/me", "", []string{"Authorization", "Bearer " + bad}},
		{bad, "/v1/me", "", nil},
	} {
		status, answer := sendRaw(t, p, c.method, c.path, c.body, c.header...)
		taken := status == http.StatusCreated && strings.HasSuffix(c.path, "/check-ins") // none is ever refused
		if !taken && (status < 400 || status >= 500) || strings.Contains(strings.ToLower(answer), bad) {
			t.Errorf("%s %s: %d %s", c.method, c.path, status, answer)
		}
	}
}

// sendRaw sends what no client would.
func sendRaw(t *testing.T, p *person, method, path, body string, header ...string) (status int, answer string) {
	t.Helper()
	rq, err := http.NewRequestWithContext(t.Context(), method, p.r.base+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		rq.Header.Set("Content-Type", "application/json")
	}
	rq.Header.Set("Authorization", "Bearer "+p.SignedIn().AccessToken)
	for i := 0; i+1 < len(header); i += 2 {
		rq.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(rq)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func searchCanaries(t *testing.T, where string, text []byte) {
	t.Helper()
	for what, canary := range canaries {
		for form, bird := range map[string]string{"as it is": canary, "in base64": base64.StdEncoding.EncodeToString([]byte(canary))[:len(canary)]} {
			if bytes.Contains(text, []byte(bird)) {
				t.Errorf("the %s is in %s, %s", what, where, form)
			}
		}
	}
}
