package handlers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"handrail/care/caretest/rounds"
	"handrail/handlers/edge/edgetest"
	"handrail/models/checkin"
)

// sends posts a check-in as somebody of the clinic.
func (c *clinic) sends(t *testing.T, patientID, token string, body []byte) *http.Response {
	t.Helper()
	r := httptest.NewRequest("POST", "/v1/patients/"+patientID+"/check-ins", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	res, err := c.api.App().Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// holdsAll reads a check-in back and wants all of what was sent in it.
func (c *clinic) holdsAll(t *testing.T, body []byte, res *http.Response) {
	t.Helper()
	var got struct {
		CheckIn checkin.CheckIn
		Notes   []checkin.Note
	}
	raw := edgetest.ReadAll(t, res.Body)
	if err := json.Unmarshal([]byte(raw), &got); res.StatusCode != http.StatusCreated || err != nil {
		t.Fatalf("%d %v for %.300s\n%.300s", res.StatusCode, err, body, raw)
	}
	there, err := c.Chart(c.patient, c.patient.PatientID).Record.CheckIn(t.Context(), got.CheckIn.ID)
	if err != nil || there.PatientID != c.patient.PatientID {
		t.Fatalf("%.300s: %v", body, err)
	}
	if there.Raw != string(body) && inOneForm(there.Raw) != inOneForm(string(body)) && (there.Raw != "" || len(there.Notes) > 0) {
		t.Errorf("%.300s\nis kept as\n%.300s", body, there.Raw)
	}
}

// inOneForm is a JSON text without how it is written (RFC 8785), where it has such a form.
func inOneForm(text string) string {
	v := jsontext.Value(text)
	if v.Canonicalize() != nil {
		return text
	}
	return v.String()
}

// TestAnyObjectOfItsPatientIsTaken: whatever JSON object within the limit a patient's
// phone sends is taken and kept whole. HANDRAIL_ROUNDS says how many.
func TestAnyObjectOfItsPatientIsTaken(t *testing.T) {
	c := openClinic(t)
	token := c.callers[1].token
	r := rand.New(rand.NewPCG(12, 2))
	for i := range rounds.Of(150, 20_000) {
		if i%30 == 0 { // a sign-in is checked by the clinic's clock, and there is a limit on how often one may send
			c.Clock.Move(checkin.Skew)
			token = c.SignIn(c.patient.AccountID).AccessToken
		}
		body := []byte(oddObject(r, 3))
		c.holdsAll(t, body, c.sends(t, c.patient.PatientID, token, body))
	}
	for _, body := range []string{"{}", `{"answers":` + strings.Repeat(`{"safety":`, 15_000) + "true" + strings.Repeat("}", 15_000) + "}",
		`{"id":"nobody","answers":{"safety":true}}`, `{"answers":{"note":"` + strings.Repeat("a", 900_000) + `"}}`,
		`{"answers":{"note":"` + strings.Repeat(`\ud800`, 9) + `"}}`, `{"patientId":"` + c.other.PatientID + `","answers":{"safety":true}}`} {
		c.holdsAll(t, []byte(body), c.sends(t, c.patient.PatientID, token, []byte(body)))
	}
	for body, want := range map[string]int{`{"answers":`: 400, `{"answers":{}} {}`: 400, "{'answers':1}": 400, "\xff": 400, "[" + strings.Repeat("[", 20_000): 400} {
		if res := c.sends(t, c.patient.PatientID, token, []byte(body)); res.StatusCode != want {
			t.Errorf("%.40s: %d, want %d", body, res.StatusCode, want)
		}
	}
	for _, who := range c.callers[2:] {
		if res := c.sends(t, c.patient.PatientID, who.token, []byte(`{"answers":{"safety":true}}`)); res.StatusCode < 400 {
			t.Errorf("%s sent a check-in for somebody else: %d", who.name, res.StatusCode)
		}
	}
}

// oddObject writes an object as a broken, old, new or foreign program may: known names
// with values of any kind, names that nobody knows, the same name twice.
func oddObject(r *rand.Rand, depth int) string {
	names := []string{"id", "formVersion", "answeredAt", "zone", "answers", "instruments", "deviceId", "sequence", "safety", "mood", "overdose",
		"use", "note", "version", "1", "9", "6a", "Answers", "patientId", "x", "", "\\u0000", "ü"}
	var parts []string
	for range r.IntN(6) {
		parts = append(parts, fmt.Sprintf("%s%q:%s", strings.Repeat(" ", r.IntN(2)), names[r.IntN(len(names))], oddValue(r, depth-1)))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func oddValue(r *rand.Rand, depth int) string {
	odd := []string{"null", "true", "false", "0", "1", "-1", "3", "11", "1e400", "-0.0", "9007199254740993", `""`, `"yes"`, `"Etc/Unknown"`, `"+05:30"`,
		`"America/New_York"`, `"2026-03-02T09:00:00Z"`, `"1970-01-01T00:00:00Z"`, `"2099-01-01T00:00:00+14:00"`, `"phq-9"`, `"cssrs-screener-recent"`,
		`"opioid"`, `"\ud83d"`, `"\u202e"`, `"01970000-0000-7000-8000-00000000000a"`}
	switch n := r.IntN(10); {
	case depth > 0 && n < 4:
		return oddObject(r, depth)
	case depth > 0 && n == 4:
		return "[" + oddValue(r, depth-1) + "," + oddObject(r, depth-1) + "]"
	}
	return odd[r.IntN(len(odd))]
}
