package people_test

import (
	"testing"

	"handrail/care/caretest"
	"handrail/models"
)

// TestOnePatientsRecordHidesNoOther from the list of their clinician, and no colleague's
// from the list of whom a patient shares with.
func TestOnePatientsRecordHidesNoOther(t *testing.T) {
	h := caretest.New(t)
	sick, well := h.Patient(), h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, sick, well)
	for _, at := range [][2]string{{"memberships", sick.PatientID + ":" + nurse.AccountID}, {"patients", sick.PatientID}} {
		h.Spoil(at[0], at[1], "{")
		page, err := h.Care.People.Patients(t.Context(), nurse, "", 10)
		if err != nil || len(page.Items) != 1 || page.Items[0].ID != well.PatientID {
			t.Errorf("%s: %+v, %v", at[0], page.Items, err)
		}
	}
	aunt := h.Supporter(well)
	h.Share(well, aunt, models.ScopeMilestones)
	third := h.Patient()
	if _, err := h.Chart(h.Admin, third.PatientID).People.AddRelated(t.Context(), aunt.AccountID, "parent"); err != nil {
		t.Fatal(err)
	}
	h.Spoil("consents", h.Share(third, aunt, models.ScopeMilestones).ID, "{")
	page, err := h.Care.People.Patients(t.Context(), aunt, "", 10)
	if err != nil || len(page.Items) != 1 || page.Items[0].ID != well.PatientID {
		t.Errorf("a consent: %+v, %v", page.Items, err)
	}
	other := h.Clinician(models.DisciplineTherapy)
	h.Spoil("accounts", other.AccountID, "{")
	choices, err := h.Chart(well, well.PatientID).People.SharingChoices(t.Context())
	if err != nil || len(choices.People) != 2 || choices.People[1].AccountID != nurse.AccountID { // the aunt and the nurse
		t.Errorf("%+v, %v", choices.People, err)
	}
}
