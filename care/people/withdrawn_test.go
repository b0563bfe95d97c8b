package people_test

import (
	"slices"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
)

// TestAChoiceThatNothingReadsIsTakenOffAndTold: who signed one is told once, what else
// they signed goes on, and the old signature opens nothing later.
func TestAChoiceThatNothingReadsIsTakenOffAndTold(t *testing.T) {
	h := caretest.New(t)
	patient, other := h.Patient(), h.Patient()
	mother := h.Supporter(patient)
	end := h.Clock.Now().AddDate(0, 1, 0)
	old := models.Consent{ID: care.NewID(), PatientID: patient.PatientID, SignedAt: h.Clock.Now(), ConsentTerms: models.ConsentTerms{
		Kind: models.ConsentSharing, Provision: models.Permit, Recipient: mother.AccountID, Expiry: models.Expiry{At: &end}, Purposes: []models.Purpose{models.PurposeFamily},
		Scopes: []models.Scope{models.ScopeSafetyContact, models.ScopeAppointmentTimes, models.ScopeMedicineRemind}}}
	doc, err := chart.Encode(old.ID, old.PatientID, 0, chart.ConsentKeys(old), old) // scopes that nobody can choose now
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Store.Insert(t.Context(), chart.ColConsents, doc); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := h.Care.People.TakeOffWithdrawnScopes(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	page, err := h.Chart(patient, patient.PatientID).People.Consents(t.Context(), "", 10)
	if err != nil || len(page.Items) != 1 {
		t.Fatal(page, err)
	}
	if v := page.Items[0]; !slices.Equal(v.Scopes, []models.Scope{models.ScopeAppointmentTimes}) || len(v.Withdrawn) != 2 || v.Status != "active" {
		t.Errorf("%+v", v)
	}
	told := func(patientID string) (n int) {
		events, err := h.Care.Upkeep.EventsAfter(t.Context(), "", 500)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Action == "consent.narrowed" && e.PatientID == patientID {
				n++
			}
		}
		return n
	}
	if told(patient.PatientID) != 1 || told(other.PatientID) != 0 {
		t.Errorf("told %d times, the other %d times", told(patient.PatientID), told(other.PatientID))
	}
}

// TestEveryScopeThatCanBeSignedIsRead: each scope of a form opens something for the
// one who has only that scope; one that opens nothing must not be offered.
func TestEveryScopeThatCanBeSignedIsRead(t *testing.T) {
	h := caretest.New(t)
	patient := h.Patient()
	choices, err := h.Chart(patient, patient.PatientID).People.SharingChoices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(slices.Clone(choices.SupporterScopes), choices.Scopes...) {
		if slices.Contains(models.WithdrawnScopes, s) {
			t.Errorf("%s is offered again under the name of a promise that was not kept", s)
		}
		who := h.Supporter(patient)
		if slices.Contains(choices.Scopes, s) {
			who = h.Clinician(models.DisciplineTherapy)
		}
		if _, err := h.Care.Open(t.Context(), who, patient.PatientID, models.PurposeOf(who.Role)); err == nil {
			t.Fatalf("%s: the chart opens without a consent", s)
		}
		h.Share(patient, who, s)
		opens := 0
		ch := h.Chart(who, patient.PatientID)
		for _, read := range []func() error{
			func() error { _, err := ch.Record.Goals(t.Context(), "", 10); return err },
			func() error { _, err := ch.Record.CheckIns(t.Context(), "", 10); return err },
			func() error { _, err := ch.Crisis.CrisisPlan(t.Context()); return err },
			func() error { _, err := ch.People.CareTeam(t.Context()); return err },
			func() error { _, err := ch.People.Profile(t.Context()); return err },
			func() error {
				_, err := ch.Messages.Threads(t.Context(), "", 10, func(string) error { return nil })
				return err
			},
			func() error { _, err := ch.Medicine.List(t.Context()); return err },
			func() error { _, err := ch.Visits.Visits(t.Context(), visits.VisitList{Limit: 10}); return err },
		} {
			if k := models.KindOf(read()); k != models.KindForbidden {
				opens++
			}
		}
		if opens == 0 {
			t.Errorf("%s opens nothing: it must not be offered", s)
		}
	}
}
