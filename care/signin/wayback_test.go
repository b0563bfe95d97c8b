package signin_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/models"
)

// TestTheWayBack: the first code asks for nothing; who was signed in before comes back
// by what the office checked, and reads in their log that it did.
func TestTheWayBack(t *testing.T) {
	h := caretest.New(t)
	coordinator := h.First(models.RoleCoordinator, "")
	a := h.NewPatient()
	make := func(by models.Actor, accountID string, checked ...string) error {
		_, err := h.Care.Signin.NewEnrolmentCode(t.Context(), by, accountID, signin.CodeRequest{Identity: checked})
		return err
	}
	if err := make(coordinator, a.ID); err != nil {
		t.Fatalf("a first code: %v", err)
	}
	patient := h.SignIn(a.ID).Session.Actor()
	caretest.WantKind(t, make(coordinator, a.ID), models.KindInvalid, "invalid-input")
	caretest.WantKind(t, make(h.Admin, a.ID, "birth-date"), models.KindInvalid, "invalid-input")
	if err := make(coordinator, a.ID, "birth-date", "last-visit"); err != nil {
		t.Errorf("two weak checks: %v", err)
	}
	if err := make(care.System(), a.ID); err != nil {
		t.Errorf("the operator: %v", err)
	}
	open, err := h.Care.Signin.OpenCodes(t.Context(), coordinator, a.ID)
	if err != nil || len(open) != 1 || len(open[0].Identity) != 0 {
		t.Errorf("%+v, %v", open, err)
	}
	log, err := h.Chart(patient, patient.PatientID).People.AccessLog(t.Context(), "en", "", 100)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, e := range log.Items {
		if e.What == "Checked who you are, and made a sign-in code for you" {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the patient reads %d times that the office checked who they are", told)
	}
}

// TestStaffComeBackByAnother administrator.
func TestStaffComeBackByAnother(t *testing.T) {
	h := caretest.New(t)
	second := h.First(models.RoleAdministrator, "")
	_, err := h.Care.Signin.NewEnrolmentCode(t.Context(), h.Admin, second.AccountID, signin.CodeRequest{})
	if err != nil {
		t.Errorf("one administrator for the other: %v", err)
	}
}
