package visits_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

// saysYes signs a consent of kind tpo, for all that can be given.
func saysYes(t *testing.T, h *caretest.Clinic, patient models.Actor) string {
	t.Helper()
	v, err := h.Chart(patient, patient.PatientID).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{
		Kind: models.ConsentTreatment, Provision: models.Permit, Recipient: models.TreatingProviders, Scopes: models.ShareableScopes,
		Purposes: []models.Purpose{models.PurposeTreatment, models.PurposeOperations}, Expiry: models.Expiry{None: true},
		Statements: []models.Statement{models.StatementRevocation, models.StatementRedisclosure, models.StatementRefusal},
		Signature:  models.Signature{Name: patient.Name, Method: "typed"}})
	if err != nil {
		t.Fatal(err)
	}
	return v.ID
}

// TestATpoConsentTakenBackStopsWhatLeaves: calendar programs and files of the team, at
// once and at another instance; the patient's own go on, and so does the team here.
func TestATpoConsentTakenBackStopsWhatLeaves(t *testing.T) {
	h, patient, therapist, v := talking(t)
	mine, theirs := newFeed(t, h, patient), newFeed(t, h, therapist)
	leaves := func() (feed, file bool) {
		t.Helper()
		_, err := h.Chart(therapist, patient.PatientID).Visits.Invite(t.Context(), v.Value.ID)
		if err != nil {
			caretest.WantKind(t, err, models.KindForbidden, "kept-inside")
		}
		return len(feedOf(t, h, theirs)) == 1, err == nil
	}
	if a, b := leaves(); !a || !b {
		t.Fatalf("before anything was said: %v %v", a, b)
	}
	id := saysYes(t, h, patient)
	if a, b := leaves(); !a || !b {
		t.Errorf("with a yes: %v %v", a, b)
	}
	chart, err := h.Instance().Open(t.Context(), patient, patient.PatientID, models.PurposeSelf)
	if err != nil {
		t.Fatal(err)
	}
	if err := chart.People.RevokeConsent(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if a, b := leaves(); a || b {
		t.Errorf("after it was taken back: %v %v", a, b)
	}
	if len(feedOf(t, h, mine)) != 1 {
		t.Error("the patient's own calendar is empty")
	}
	if _, err := h.Chart(therapist, patient.PatientID).Visits.Visit(t.Context(), v.Value.ID); err != nil {
		t.Errorf("the team can't work: %v", err)
	}
	h.Clock.Move(time.Second)
	saysYes(t, h, patient)
	if a, b := leaves(); !a || !b {
		t.Errorf("signed again: %v %v", a, b)
	}
}
