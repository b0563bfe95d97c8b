package handlers_test

import (
	"net/http/httptest"
	"testing"

	"handrail/care"
	"handrail/models"
)

// TestATpoConsentTakenBackShutsPortals: the very next request of a portal or an app of
// the team finds nothing, as of a stranger. The team's own screens and the patient's own app go on.
func TestATpoConsentTakenBackShutsPortals(t *testing.T) {
	c := openClinic(t)
	api := c.api
	theirs := portal{t, api, c.SignIn(c.therapist.AccountID).AccessToken}
	own := portal{t, api, c.SignIn(c.patient.AccountID).AccessToken}
	id := c.patient.PatientID
	reads := func(p portal) map[string]int {
		out := map[string]int{}
		for _, path := range []string{"Patient/" + id, "Appointment?patient=Patient/" + id, "Patient?_id=" + id} {
			status, b := p.ask(path, nil)
			if status == 200 && b["resourceType"] == "Bundle" && len(entries(b)) == 0 && path[:8] == "Patient?" {
				status = 404
			}
			out[path] = status
		}
		return out
	}
	here := func() int {
		r := httptest.NewRequest("GET", "/v1/patients/"+id+"/appointments", nil)
		r.Header.Set("Authorization", "Bearer "+theirs.token)
		res, err := api.App().Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode
	}
	all := func(what string, got map[string]int, want int) {
		t.Helper()
		for path, status := range got {
			if status != want {
				t.Errorf("%s: %s answers %d", what, path, status)
			}
		}
	}
	all("nothing said", reads(theirs), 200)
	v, err := c.Chart(c.patient, id).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{
		Kind: models.ConsentTreatment, Provision: models.Permit, Recipient: models.TreatingProviders, Scopes: models.ShareableScopes,
		Purposes: []models.Purpose{models.PurposeTreatment}, Expiry: models.Expiry{None: true},
		Statements: []models.Statement{models.StatementRevocation, models.StatementRedisclosure, models.StatementRefusal},
		Signature:  models.Signature{Name: c.patient.Name, Method: "typed"}})
	if err != nil {
		t.Fatal(err)
	}
	all("signed", reads(theirs), 200)
	if err := c.Chart(c.patient, id).People.RevokeConsent(t.Context(), v.ID); err != nil {
		t.Fatal(err)
	}
	all("taken back", reads(theirs), 404)
	all("the patient's own app", reads(own), 200)
	if got := here(); got != 200 {
		t.Errorf("the team's own screens: %d", got)
	}
}
