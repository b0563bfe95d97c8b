package people_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

// TestATeamHasOneLead: who is made the lead takes it from whoever had it, in one batch.
func TestATeamHasOneLead(t *testing.T) {
	h := caretest.New(t)
	sam := h.Patient()
	team := h.Chart(h.Admin, sam.PatientID).People
	doctor, nurse := h.Clinician(models.DisciplinePsychiatry, sam), h.Clinician(models.DisciplineNursing, sam)
	for _, who := range []models.Actor{doctor, nurse, nurse} {
		if _, err := team.JoinTeam(t.Context(), care.AnyVersion, who.AccountID, true); err != nil {
			t.Fatal(err)
		}
	}
	found, err := team.CareTeam(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range found {
		if m.Lead != (m.AccountID == nurse.AccountID) {
			t.Errorf("%s leads: %v", m.Name, m.Lead)
		}
	}
}
