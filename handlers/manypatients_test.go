package handlers_test

import (
	"net/http"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
)

// TestListsOfWhoHasManyPatients: what waits for a clinician is read with the rights to the
// patients that it is about, however many others have them on their team.
func TestListsOfWhoHasManyPatients(t *testing.T) {
	c := openClinic(t)
	s := c.overCounting(t)
	c.ownAlert(t)
	token := c.SignIn(c.therapist.AccountID).AccessToken
	look := func() map[string]int64 {
		out := map[string]int64{}
		for _, path := range []string{"/v1/worklist", "/v1/alerts", "/v1/tasks"} {
			op := &huma.Operation{Method: http.MethodGet, Path: path}
			for range 2 { // the first warms what is kept
				before := s.Docs.Load()
				if res := c.call(t, op, visit{}, token); res.StatusCode != http.StatusOK {
					t.Fatalf("%s: %d", path, res.StatusCode)
				}
				out[path] = s.Docs.Load() - before
			}
		}
		return out
	}
	few := look()
	for range 25 {
		if _, err := c.Chart(c.Admin, c.NewPatient().PatientID).People.JoinTeam(t.Context(), care.AnyVersion, c.therapist.AccountID, false); err != nil {
			t.Fatal(err)
		}
	}
	for path, many := range look() {
		if many > few[path] {
			t.Errorf("%s: %d documents with few patients, %d with 25 more", path, few[path], many)
		}
	}
}
