package main

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
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
	p := r.newPatient(admin, map[string]any{"name": canaries["name"], "preferredName": canaries["preferred"], "phone": canaries["phone"]})
	own := "/v1/patients/" + p.patient
	p.must(http.StatusCreated, "POST", own+"/check-ins", checkIn(canaries["note"]))
	goal := p.must(http.StatusCreated, "POST", own+"/goals", map[string]any{"id": newID(), "title": canaries["goal"], "why": canaries["why"], "domain": "health"})
	p.must(http.StatusCreated, "POST", own+"/goals/"+goal["id"].(string)+"/milestones", map[string]any{"id": newID(), "title": canaries["step"]}, "If-Match", `"1"`)
	p.must(http.StatusOK, "PUT", own+"/crisis-plan", map[string]any{"content": map[string]any{
		"warningSigns": []any{map[string]any{"text": canaries["sign"]}}, "reasonForLiving": canaries["reason"]}}, "If-Match", `"0"`)
	p.must(http.StatusOK, "POST", own+"/crisis-plan/activate", map[string]any{"version": 1})
	p.must(http.StatusOK, "GET", own+"/crisis-plan/bundle", nil)
	p.must(http.StatusOK, "GET", own, nil)
	p.must(http.StatusOK, "GET", own+"/access-log", nil)
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
		method, path string
		body         any
		header       []string
	}{
		{"POST", own + "/check-ins", `{"` + bad + `":1}`, nil},
		{"POST", own + "/check-ins", `{"id":"` + bad + `"`, nil},
		{"POST", own + "/goals", map[string]any{"id": bad, "title": bad, "domain": bad}, nil},
		{"POST", own + "/goals", map[string]any{"id": newID(), "title": map[string]any{bad: bad}, "domain": "health"}, nil},
		{"GET", own + "/goals?cursor=" + bad, nil, nil},
		{"GET", own + "/goals?" + bad + "=1", nil, nil},
		{"GET", own + "/goals/" + bad, nil, nil},
		{"GET", "/v1/" + bad, nil, nil},
		{"GET", own + "/series?measure=" + bad + "&from=" + bad + "&to=2026-01-01", nil, nil},
		{"PUT", own + "/crisis-plan", map[string]any{"content": map[string]any{"warningSigns": bad}}, []string{"If-Match", bad}},
		{"POST", own + "/goals", "\xff" + bad, nil},
		{"POST", own + "/goals", map[string]any{"title": bad}, []string{"Content-Type", "text/" + bad}},
		{"GET", "/v1/me", nil, []string{"Authorization", "Bearer " + bad}},
		{bad, "/v1/me", nil, nil},
	} {
		status, out := p.call(c.method, c.path, c.body, c.header...)
		answer := strings.ToLower(strings.Join(strings.Fields(jsonText(t, out)), " "))
		taken := status == http.StatusCreated && strings.HasSuffix(c.path, "/check-ins") // none is ever refused
		if !taken && (status < 400 || status >= 500) || strings.Contains(answer, bad) {
			t.Errorf("%s %s: %d %s", c.method, c.path, status, answer)
		}
	}
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
