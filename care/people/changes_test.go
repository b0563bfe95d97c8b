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

// TestTheListOfPatientsSaysWhatChanged: of each patient how much others changed since a
// look, of the parts that the reader may read; a line that a worker reads twice counts
// once; and nobody but who works here is told.
func TestTheListOfPatientsSaysWhatChanged(t *testing.T) {
	h := caretest.New(t)
	lines := h.Care.Upkeep.FollowLines(nil)
	patient, quiet := h.Patient(), h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, patient, quiet), h.Clinician(models.DisciplinePsychiatry, patient)
	want := func(what string, who models.Actor, n int) {
		t.Helper()
		all, _ := lines.Take()
		for _, e := range append(all, all...) {
			if err := h.Care.People.Changed(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		page, err := h.Care.People.Patients(t.Context(), who, "", 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Items {
			if p.ID == patient.PatientID && (p.Changes != n || (p.ChangedAt == nil) != (n == 0)) || p.ID == quiet.PatientID && p.Changes != 0 {
				t.Errorf("%s: %+v, want %d", what, p, n)
			}
		}
	}
	look := func(who models.Actor, of ...models.Actor) {
		t.Helper()
		h.Clock.Move(time.Minute)
		for _, p := range of {
			if _, err := h.Chart(who, p.PatientID).People.Changes(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		h.Clock.Move(time.Minute)
	}
	tell := func() {
		t.Helper()
		if _, err := h.Chart(patient, patient.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), h.MoodToday()); err != nil {
			t.Fatal(err)
		}
	}
	look(nurse, patient, quiet)
	look(doctor, patient)
	want("after a look", nurse, 0)
	tell()
	tell()
	if _, err := h.Chart(nurse, patient.PatientID).Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Work again", Domain: "work"}); err != nil {
		t.Fatal(err)
	}
	want("two check-ins, and a goal of her own", nurse, 2)
	want("two check-ins and a goal", doctor, 3)
	want("the patient", patient, 0)
	look(nurse, patient)
	want("seen", nurse, 0)
	h.Share(patient, h.Supporter(patient), models.ScopeGoalsShared) // the circle is followed, consents are not
	want("somebody beside the patient", nurse, 1)
	end := h.Clock.Now().AddDate(0, 1, 0)
	if _, err := h.Chart(patient, patient.PatientID).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Deny,
		Recipient: doctor.AccountID, Scopes: []models.Scope{models.Scope(models.SectionCheckIns)}, Purposes: []models.Purpose{models.PurposeTreatment},
		Expiry: models.Expiry{At: &end}, Signature: models.Signature{Name: patient.Name, Method: "typed"}}); err != nil {
		t.Fatal(err)
	}
	want("check-ins that are not shared", doctor, 2)
	h.Clock.Move(31 * 24 * time.Hour)
	want("a month later", doctor, 0)
}
