package handlers_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"testing"

	"handrail/models"
	"handrail/models/crisisplan"
)

// openToNoSupporter are reads for which the preview has no part, as nothing that a patient
// signs or chooses opens them to family: the care plan and its parts, how long medicines
// last, rehearsals, and documents that are made of the record.
var openToNoSupporter = []string{
	"readCarePlan", "readCarePlanCourse", "readCarePlanSummary", "listCarePlanVersions", "readCarePlanVersion", "listFHIRCarePlans", "readFHIRCarePlan",
	"readMedicineSupply", "listRefills", "readTablets", "listCrisisPlanRehearsals",
	"readCrisisPlanBundle", "readMeetingSummary", "exportSideEffect", "readPatientPage", "readEpisode",
}

// What the preview leaves out opens to no supporter, over random consents and choices; the
// very same request opens it to the patient or the team, so no refusal is for another reason.
func TestWhatThePreviewLeavesOutIsOpenToNoSupporter(t *testing.T) {
	c := openClinic(t)
	c.plenty(t)
	c.plant(t)
	own := c.Chart(c.patient, c.patient.PatientID)
	ask := func(id string, v visit, who models.Actor) (int, string) {
		res := c.call(t, opOf(t, id), v, c.SignIn(who.AccountID).AccessToken)
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(body)
	}
	asked := map[string]visit{}
	for _, id := range openToNoSupporter {
		v := c.visitFor(t, id)
		asked[id] = v
		if _, ok := shownToFamily[id]; ok {
			t.Errorf("%s is shown to family", id)
		}
		patient, _ := ask(id, v, c.patient)
		team, body := ask(id, v, c.therapist)
		if patient != http.StatusOK && team != http.StatusOK {
			t.Errorf("%s opens to nobody: %d and %d %s", id, patient, team, body)
		}
	}
	random := rand.New(rand.NewPCG(16, 29))
	for round := range 12 {
		mum := c.Supporter(c.patient)
		signed := 1 + random.IntN(3)
		for i := range signed {
			c.signs(t, mum, random, i > 0 && random.IntN(3) == 0)
		}
		sections := make([]crisisplan.Section, 0, len(crisisplan.Sections))
		for _, s := range crisisplan.Sections {
			if random.IntN(2) == 0 {
				sections = append(sections, s)
			}
		}
		if round == 0 { // all that there is
			c.Share(c.patient, mum, models.SupporterScopes...)
			sections = crisisplan.Sections
		}
		if _, err := own.Crisis.SharePlan(t.Context(), "*", mum.AccountID, sections); err != nil {
			t.Fatal(err)
		}
		for _, id := range openToNoSupporter {
			is := fmt.Sprintf("round %d, %d consents: %s", round, signed, id)
			status, body := ask(id, asked[id], mum)
			if status != http.StatusForbidden && status != http.StatusNotFound {
				t.Errorf("%s answers a supporter: %d %s", is, status, body)
			}
			c.holdsWords(t, is, "", body, nil)
		}
	}
}
