package people_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/models"
	"handrail/models/checkin"
)

// TestWhatOthersChangedSinceALook: a clinician is told of each part that somebody else
// changed since they looked, as often as the page is loaded; not of what they did
// themselves, nor of a part that is not shared with them; and nobody else is told.
func TestWhatOthersChangedSinceALook(t *testing.T) {
	h := caretest.New(t)
	patient := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, patient), h.Clinician(models.DisciplinePsychiatry, patient)
	look := func(who models.Actor) people.Changes {
		t.Helper()
		c, err := h.Chart(who, patient.PatientID).People.Changes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	tell := func() {
		t.Helper()
		_, err := h.Chart(patient, patient.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(),
			Zone: "America/New_York", Answers: map[string]any{"mood": 6.0, "safety": false}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if c := look(nurse); c.Since != nil || c.More {
		t.Errorf("who never looked: %+v", c)
	}
	first := h.Clock.Now()
	h.Clock.Move(time.Hour)
	tell()
	tell()
	if _, err := h.Chart(nurse, patient.PatientID).Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Work again", Domain: "work"}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // loaded again within the half hour
		c := look(nurse)
		if c.Since == nil || !c.Since.Equal(first) || len(c.Parts) != 1 || c.Parts[0].Section != models.SectionCheckIns || c.Parts[0].Count != 2 || c.Parts[0].LastBy != patient.Name {
			t.Errorf("%+v", c)
		}
	}
	h.Clock.Move(time.Hour)
	if c := look(nurse); len(c.Parts) != 0 {
		t.Errorf("what was seen is told again: %+v", c)
	}
	look(doctor)
	h.Clock.Move(time.Hour)
	_, err := h.Chart(patient, patient.PatientID).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Deny,
		Recipient: doctor.AccountID, Scopes: []models.Scope{models.Scope(models.SectionCheckIns)}, Purposes: []models.Purpose{models.PurposeTreatment},
		Expiry: models.Expiry{None: true}, Signature: models.Signature{Name: patient.Name, Method: "typed"}})
	if err != nil {
		t.Fatal(err)
	}
	tell()
	if c := look(doctor); len(c.Parts) != 0 {
		t.Errorf("a part that is not shared: %+v", c)
	}
	if c := look(nurse); len(c.Parts) != 1 {
		t.Errorf("a part that is: %+v", c)
	}
	h.Clock.Move(31 * 24 * time.Hour)
	if c := look(nurse); c.Since != nil || len(c.Parts) != 0 {
		t.Errorf("after a month: %+v", c)
	}
	_, err = h.Chart(patient, patient.PatientID).People.Changes(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
}
