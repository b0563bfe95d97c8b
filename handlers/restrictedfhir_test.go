package handlers_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"handrail/fhir"
	"handrail/models"
)

// TestWhatComesOfAClosedChartSaysSo: each FHIR read of a closed chart, by who may read it and
// by the patient, carries "V" and why in place of "R", and its Bundle "V"; before it was
// closed, and when it is open again, all is as everywhere.
func TestWhatComesOfAClosedChartSaysSo(t *testing.T) {
	c := openClinic(t)
	c.plenty(t)
	asked := map[string]visit{}
	for _, op := range operations() {
		if op.Method == http.MethodGet && strings.Contains(op.OperationID, "FHIR") && !strings.Contains(op.OperationID, "Practitioner") && !strings.Contains(op.OperationID, "Slot") && !strings.Contains(op.OperationID, "Schedule") && op.OperationID != "readFHIRMetadata" {
			asked[op.OperationID] = c.visitFor(t, op.OperationID)
		}
	}
	type resource struct {
		ResourceType string
		Meta         fhir.Meta
		Entry        []struct{ Resource struct{ Meta fhir.Meta } }
	}
	codes := func(m fhir.Meta) (out []string) {
		for _, one := range m.Security {
			out = append(out, one.Code)
		}
		return out
	}
	read := func(what string, want, never []string) {
		t.Helper()
		seen := 0
		for _, who := range []models.Actor{c.therapist, c.patient} {
			token := c.SignIn(who.AccountID).AccessToken
			for _, op := range operations() {
				v, is := asked[op.OperationID]
				if !is {
					continue
				}
				res := c.call(t, op, v, token)
				if res.StatusCode != http.StatusOK {
					continue
				}
				var r resource
				if err := json.NewDecoder(res.Body).Decode(&r); err != nil {
					t.Fatal(err)
				}
				all := []fhir.Meta{r.Meta}
				if r.ResourceType == "Bundle" {
					all = nil
					for _, e := range r.Entry {
						all = append(all, e.Resource.Meta)
					}
					if got := codes(r.Meta); len(r.Entry) > 0 && !slices.Equal(got, want[:1]) {
						t.Errorf("%s: %s for %s: a Bundle of %v", what, op.OperationID, who.Role, got)
					}
				}
				for _, m := range all {
					seen++
					got := codes(m)
					for _, code := range want {
						if !slices.Contains(got, code) {
							t.Errorf("%s: %s for %s: no %s in %v", what, op.OperationID, who.Role, code, got)
						}
					}
					if slices.ContainsFunc(never, func(code string) bool { return slices.Contains(got, code) }) {
						t.Errorf("%s: %s for %s: %v", what, op.OperationID, who.Role, got)
					}
				}
			}
		}
		if seen < 12 {
			t.Errorf("%s: %d resources", what, seen)
		}
	}
	read("never closed", []string{"R", "42CFRPart2"}, []string{"V", "EMP", "PRS"})
	c.closeChart(t, c.therapist)
	read("closed", []string{"V", "42CFRPart2", "EMP"}, []string{"R", "PRS"})
	now, err := c.Care.People.Restriction(t.Context(), c.patient, c.patient.PatientID)
	if err == nil {
		_, err = c.Care.People.Unrestrict(t.Context(), c.patient, c.patient.PatientID, now.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	read("open again", []string{"R", "42CFRPart2"}, []string{"V", "EMP", "PRS"})
}
