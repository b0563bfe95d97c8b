package care_test

import (
	"errors"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/models"
	"handrail/store"
)

func TestAStrangerCannotTellAPatientFromNobody(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	strangers := map[string]models.Actor{"patient": h.Patient(), "supporter": h.Supporter(h.Patient()),
		"clinician": h.Clinician(models.DisciplineTherapy), "psychiatrist": h.Clinician(models.DisciplinePsychiatry)}
	for name, who := range strangers {
		_, real := h.Care.Open(t.Context(), who, p.PatientID, models.PurposeOf(who.Role))
		_, none := h.Care.Open(t.Context(), who, care.NewID(), models.PurposeOf(who.Role))
		_, noise := h.Care.Open(t.Context(), who, "x", models.PurposeOf(who.Role))
		for _, err := range []error{real, none, noise} {
			caretest.WantKind(t, err, models.KindNotFound, "not-found")
			if err.Error() != none.Error() {
				t.Errorf("%s: %v differs from %v", name, err, none)
			}
		}
	}
	_, err := h.Care.Open(t.Context(), h.Admin, care.NewID(), models.PurposeOperations)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

func TestEveryLookIsInTheAccessLog(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, stranger := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplineTherapy)
	if _, err := h.Chart(nurse, p.PatientID).People.Profile(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := h.Care.Open(t.Context(), stranger, p.PatientID, models.PurposeTreatment)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	log, err := h.Chart(p, p.PatientID).People.AccessLog(t.Context(), "en", "", 50)
	if err != nil {
		t.Fatal(err)
	}
	var looked, stopped bool
	for _, e := range log.Items {
		looked = looked || e.Who == nurse.Name && e.Role == "Nurse" && e.What == "Looked at your name and contact details" && e.Why == "They are on your care team."
		stopped = stopped || e.Who == stranger.Name && e.Outcome == models.OutcomeDenied && e.Why == "They were stopped. They saw nothing."
	}
	if !looked || !stopped {
		t.Errorf("nurse's look %v, stranger's try %v, in %+v", looked, stopped, log.Items)
	}
	_, err = h.Chart(nurse, p.PatientID).People.AccessLog(t.Context(), "en", "", 50)
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
}

func TestConsentOpensAndRevocationClosesAtOnce(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mother := h.Supporter(p)
	_, err := h.Care.Open(t.Context(), mother, p.PatientID, models.PurposeFamily)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	v := h.Share(p, mother, models.ScopeGoalsShared)
	ch := h.Chart(mother, p.PatientID)
	_, err = ch.People.Profile(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	own := h.Chart(p, p.PatientID)
	for range 2 { // twice is as once
		if err := own.People.RevokeConsent(t.Context(), v.ID); err != nil {
			t.Fatal(err)
		}
	}
	_, err = h.Care.Open(t.Context(), mother, p.PatientID, models.PurposeFamily)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	list, err := own.People.Consents(t.Context(), "", 10)
	if err != nil || len(list.Items) != 1 || list.Items[0].Status != "revoked" || list.Items[0].RecipientName != mother.Name {
		t.Errorf("kept as proof: %+v, %v", list.Items, err)
	}
}

func TestConsentEndsByItself(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mother := h.Supporter(p)
	h.Share(p, mother, models.ScopeGoalsShared)
	h.Clock.Move(32 * 24 * time.Hour)
	_, err := h.Care.Open(t.Context(), mother, p.PatientID, models.PurposeFamily)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

func TestSigningTwiceIsOnceAndOtherTermsConflict(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mother := h.Supporter(p)
	terms := models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: mother.AccountID,
		Scopes: []models.Scope{models.ScopeMilestones}, Purposes: []models.Purpose{models.PurposeFamily},
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: "Sam", Method: "typed"}}
	id, own := care.NewID(), h.Chart(p, p.PatientID)
	first, err := own.People.GiveConsent(t.Context(), id, terms)
	if err != nil {
		t.Fatal(err)
	}
	if want := h.Clock.Now().AddDate(0, 0, models.SupporterConsentDays); !first.Expiry.At.Equal(want) {
		t.Errorf("a supporter's consent ends at %v, want %v", first.Expiry.At, want)
	}
	h.Clock.Move(time.Minute)
	if again, err := own.People.GiveConsent(t.Context(), id, terms); err != nil || !again.SignedAt.Equal(first.SignedAt) {
		t.Errorf("the same terms again: %v", err)
	}
	terms.Scopes = []models.Scope{models.ScopeGoalsShared}
	_, err = own.People.GiveConsent(t.Context(), id, terms)
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	other := h.Patient()
	_, err = h.Chart(other, other.PatientID).People.GiveConsent(t.Context(), care.NewID(), terms)
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input") // a mother whom they can't know
}

func TestADenyClosesOneSectionForOnePersonOfTheTeam(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, therapist := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplineTherapy, p)
	_, err := h.Chart(p, p.PatientID).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing,
		Provision: models.Deny, Recipient: nurse.AccountID, Scopes: []models.Scope{models.Scope(models.SectionProfile)},
		Purposes: []models.Purpose{models.PurposeTreatment}, Expiry: models.Expiry{None: true},
		Signature: models.Signature{Name: "Sam", Method: "typed"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Chart(nurse, p.PatientID).People.Profile(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	if _, err = h.Chart(nurse, p.PatientID).People.CareTeam(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err = h.Chart(therapist, p.PatientID).People.Profile(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLeavingTheTeamClosesTheChart(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	h.Chart(nurse, p.PatientID)
	caretest.WantKind(t, h.Chart(p, p.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, nurse.AccountID), models.KindForbidden, "ask-your-clinic")
	if err := h.Chart(h.Admin, p.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, nurse.AccountID); err != nil {
		t.Fatal(err)
	}
	_, err := h.Care.Open(t.Context(), nurse, p.PatientID, models.PurposeTreatment)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

func TestBreakGlass(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	doctor, therapist := h.Clinician(models.DisciplinePsychiatry), h.Clinician(models.DisciplineTherapy)
	full := people.BreakGlassRequest{Affiliation: "Riverside Clinic", Reason: "overdose", Nature: "Found without breath at the door.", NoConsent: true}
	_, err := h.Care.People.BreakGlass(t.Context(), therapist, p.PatientID, care.NewID(), full)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	for name, spoil := range map[string]func(*people.BreakGlassRequest){
		"affiliation": func(r *people.BreakGlassRequest) { r.Affiliation = "" }, "reason": func(r *people.BreakGlassRequest) { r.Reason = "curious" },
		"nature": func(r *people.BreakGlassRequest) { r.Nature = "x" }, "consent could be had": func(r *people.BreakGlassRequest) { r.NoConsent = false },
	} {
		r := full
		spoil(&r)
		if _, err := h.Care.People.BreakGlass(t.Context(), doctor, p.PatientID, care.NewID(), r); models.KindOf(err) != models.KindInvalid {
			t.Errorf("without %s: %v", name, err)
		}
	}
	id := care.NewID()
	g, err := h.Care.People.BreakGlass(t.Context(), doctor, p.PatientID, id, full)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := h.Care.People.BreakGlass(t.Context(), doctor, p.PatientID, id, full); err != nil || again != g {
		t.Errorf("again: %v", err)
	}
	if g.Person != doctor.Name || g.Discloser != caretest.Site.Name || !g.At.Equal(caretest.Start) || g.Nature == "" {
		t.Errorf("the four facts: %+v", g)
	}
	if _, err := h.Chart(doctor, p.PatientID).People.Profile(t.Context()); err != nil {
		t.Error(err)
	}
	if list, err := h.Care.People.BreakGlassReview(t.Context(), h.Admin, "", 10); err != nil || len(list.Items) != 1 {
		t.Errorf("the privacy officer sees %d, %v", len(list.Items), err)
	}
	if list, err := h.Care.People.Patients(t.Context(), doctor, "", 10); err != nil || len(list.Items) != 1 || list.Items[0].Why != models.BasisBreakGlass {
		t.Errorf("who broke it lists %+v, %v", list.Items, err)
	}
	h.Clock.Move(models.BreakGlassMinutes * time.Minute)
	_, err = h.Care.Open(t.Context(), doctor, p.PatientID, models.PurposeTreatment)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	if list, err := h.Care.People.Patients(t.Context(), doctor, "", 10); err != nil || len(list.Items) != 0 {
		t.Errorf("after the hour: %+v, %v", list.Items, err)
	}
}

func TestPatientsListsWhatCanBeOpened(t *testing.T) {
	h := caretest.New(t)
	p, q := h.Patient(), h.Patient()
	nurse, mother := h.Clinician(models.DisciplineNursing, p), h.Supporter(q)
	h.Share(q, mother, models.ScopeGoalsShared)
	for who, want := range map[models.Actor]string{nurse: p.PatientID, mother: q.PatientID, p: p.PatientID} {
		page, err := h.Care.People.Patients(t.Context(), who, "", 10)
		if err != nil || len(page.Items) != 1 || page.Items[0].ID != want {
			t.Errorf("%s sees %+v, %v", who.Role, page.Items, err)
		}
	}
	if page, err := h.Care.People.Patients(t.Context(), h.Admin, "", 1); err != nil || len(page.Items) != 1 || page.Next == "" {
		t.Errorf("the office, page of one: %+v, %v", page, err)
	}
}

func TestErasureEndsEverything(t *testing.T) {
	h := caretest.New(t)
	account := h.NewPatient()
	s := h.SignIn(account.ID)
	if _, err := h.Care.Crisis.PlanBundle(t.Context(), s.AccessToken, account.PatientID); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Upkeep.ErasePatient(t.Context(), h.Store, account.PatientID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Crisis.PlanBundle(t.Context(), s.AccessToken, account.PatientID); err == nil {
		t.Error("the plan is still served")
	}
	_, err := h.Care.Open(t.Context(), h.Admin, account.PatientID, models.PurposeOperations)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	if err := h.Care.Crisis.FollowPlanCopies(t.Context()); err != nil {
		t.Error(err)
	}
	report, err := h.Store.VerifyChain(t.Context())
	if err != nil || len(report.Faults) != 0 {
		t.Errorf("the audit chain after an erasure: %+v, %v", report, err)
	}
	if _, err = h.Store.Get(t.Context(), "patients", account.PatientID); !errors.Is(err, store.ErrErased) {
		t.Errorf("the record: %v", err)
	}
}
