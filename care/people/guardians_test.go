package people_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/minors"
	"handrail/care/people"
	"handrail/models"
)

// TestAGuardianActsAsFarAsTheDocumentGoes: what is not named stays shut, until its date
// and from the next request after an end; and another patient's chart is nobody's.
func TestAGuardianActsAsFarAsTheDocumentGoes(t *testing.T) {
	h := caretest.New(t)
	sam, other := h.Patient(), h.Patient()
	a, err := h.Care.People.CreateAccount(t.Context(), h.Admin, people.NewAccount{Role: models.RoleGuardian, Name: "Rosa Diaz"})
	if err != nil {
		t.Fatal(err)
	}
	rosa := h.SignIn(a.ID).Session.Actor()
	open := func(p models.Actor) (*care.Chart, error) {
		return h.Care.Open(t.Context(), rosa, p.PatientID, models.PurposeOf(rosa.Role))
	}
	if _, err := open(sam); models.KindOf(err) != models.KindNotFound {
		t.Fatalf("without a document: %v", err)
	}
	now := h.Clock.Now()
	terms := people.GuardianTerms{Basis: models.BasisCourtOrder, Document: "County court, 26-PR-118",
		GuardianSpan: models.GuardianSpan{From: now.Add(time.Hour), Until: now.AddDate(1, 0, 0)}, Sections: []models.Section{models.SectionAppointments}, Signs: true}
	record := func(by models.Actor, terms people.GuardianTerms) error {
		_, err := h.Chart(by, sam.PatientID).People.RecordGuardian(t.Context(), rosa.AccountID, terms)
		return err
	}
	caretest.WantKind(t, record(sam, terms), models.KindForbidden, "not-for-your-role")
	caretest.WantKind(t, record(h.Clinician(models.DisciplineNursing, sam), terms), models.KindForbidden, "not-shared-with-you")
	for range 2 { // twice is once
		if err := record(h.Admin, terms); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := open(sam); models.KindOf(err) != models.KindNotFound {
		t.Errorf("before it begins: %v", err)
	}
	h.Clock.Move(2 * time.Hour)
	ch, err := open(sam)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(other); models.KindOf(err) != models.KindNotFound {
		t.Errorf("somebody else's chart: %v", err)
	}
	if _, err := ch.People.Profile(t.Context()); models.KindOf(err) != models.KindForbidden {
		t.Errorf("what the document does not name: %v", err)
	}
	if _, err := ch.Family.Supporters(t.Context()); models.KindOf(err) != models.KindForbidden { // that the document lets them sign gives no place away
		t.Errorf("who stands beside the patient: %v", err)
	}
	if list, err := h.Care.People.Patients(t.Context(), rosa, "", 10); err != nil || len(list.Items) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	friend := h.Supporter(sam)
	end := h.Clock.Now().AddDate(0, 1, 0)
	consent := models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: friend.AccountID, Scopes: []models.Scope{models.ScopeAppointmentTimes},
		Purposes: []models.Purpose{models.PurposeFamily}, Expiry: models.Expiry{At: &end}, Statements: []models.Statement{models.StatementRevocation},
		Signature: models.Signature{Name: "Rosa Diaz", Method: "typed"}}
	given, err := ch.People.GiveConsent(t.Context(), care.NewID(), consent)
	if err != nil || given.SignedBy != rosa.AccountID {
		t.Fatalf("%+v, %v", given, err)
	}
	for what, change := range map[string]func(*models.ConsentTerms){
		"for herself":       func(c *models.ConsentTerms) { c.Recipient = rosa.AccountID },
		"a no":              func(c *models.ConsentTerms) { c.Provision = models.Deny },
		"counselling notes": func(c *models.ConsentTerms) { c.Kind = models.ConsentCounsellingNotes },
		"for a court":       func(c *models.ConsentTerms) { c.Kind = models.ConsentLegal },
	} {
		bad := consent
		change(&bad)
		if _, err := ch.People.GiveConsent(t.Context(), care.NewID(), bad); models.KindOf(err) != models.KindForbidden {
			t.Errorf("%s: %v", what, err)
		}
	}
	if seen, err := h.Chart(sam, sam.PatientID).People.Guardians(t.Context()); err != nil || len(seen) != 1 || seen[0].CheckedByName != h.Admin.Name {
		t.Errorf("the patient reads %+v, %v", seen, err)
	}
	if own, err := ch.People.Guardians(t.Context()); err != nil || len(own) != 1 || own[0].AccountID != rosa.AccountID || len(own[0].Sections) != 1 {
		t.Errorf("the guardian reads of herself %+v, %v", own, err)
	}
	if seen := logOf(t, h, sam); !slices.ContainsFunc(seen, func(e people.AccessEntry) bool {
		return e.Who == rosa.Name && e.Role == "Legal guardian" && e.Why != ""
	}) {
		t.Errorf("the patient's log does not say who acts for them: %+v", seen)
	}
	if err := h.Chart(h.Admin, sam.PatientID).People.EndGuardian(t.Context(), rosa.AccountID); err != nil {
		t.Fatal(err)
	}
	if _, err := open(sam); models.KindOf(err) != models.KindNotFound {
		t.Errorf("after it was ended: %v", err)
	}
	if err := record(h.Admin, terms); err != nil {
		t.Fatal(err)
	}
	h.Clock.Set(terms.Until)
	if _, err := open(sam); models.KindOf(err) != models.KindNotFound {
		t.Errorf("after its date: %v", err)
	}
}

// TestNoGuardianOfAMinor: what a parent may see is for the law of the place.
func TestNoGuardianOfAMinor(t *testing.T) {
	h := caretest.New(t)
	now := h.Clock.Now()
	kid, err := h.Care.People.CreateAccount(t.Context(), h.Admin, people.NewAccount{Role: models.RolePatient, Name: "Kim", BirthDate: now.AddDate(-18, 0, 1).Format(time.DateOnly)})
	if err != nil {
		t.Fatal(err)
	}
	a, err := h.Care.People.CreateAccount(t.Context(), h.Admin, people.NewAccount{Role: models.RoleGuardian, Name: "Rosa Diaz"})
	if err != nil {
		t.Fatal(err)
	}
	terms := people.GuardianTerms{Basis: models.BasisCourtOrder, Document: "County court, 26-PR-118",
		GuardianSpan: models.GuardianSpan{From: now, Until: now.AddDate(1, 0, 0)}, Sections: []models.Section{models.SectionGoals}}
	_, err = h.Chart(h.Admin, kid.PatientID).People.RecordGuardian(t.Context(), a.ID, terms)
	caretest.WantKind(t, err, models.KindInvalid, "a-minor")
	h.Clock.Move(72 * time.Hour)
	if _, err = h.Chart(h.Admin, kid.PatientID).People.RecordGuardian(t.Context(), a.ID, terms); err != nil {
		t.Error(err)
	}
}

// A parent of a child reads at most what the rule of the clinic's place names, and never
// signs; without a rule, nothing; and from the age at which the child consents alone,
// nothing, with no step by anybody.
func TestAParentReadsOfAChildWhatTheRuleOfThePlaceNames(t *testing.T) {
	h := caretest.New(t)
	now := h.Clock.Now()
	kid, err := h.Care.People.CreateAccount(t.Context(), h.Admin, people.NewAccount{Role: models.RolePatient, Name: "Kim", BirthDate: now.AddDate(-12, 0, 3).Format(time.DateOnly)})
	if err != nil {
		t.Fatal(err)
	}
	a, err := h.Care.People.CreateAccount(t.Context(), h.Admin, people.NewAccount{Role: models.RoleGuardian, Name: "Rosa Diaz"})
	if err != nil {
		t.Fatal(err)
	}
	rosa := h.SignIn(a.ID).Session.Actor()
	california := h.InstanceWith(func(c *care.Config) { c.Site.Jurisdiction = "US-CA" })
	terms := people.GuardianTerms{Basis: models.BasisParent, Document: "Birth certificate 118",
		GuardianSpan: models.GuardianSpan{From: now, Until: now.AddDate(1, 0, 0)}, Sections: []models.Section{models.SectionCareTeam}}
	record := func(c *care.Care, change func(*people.GuardianTerms)) error {
		t.Helper()
		asked := terms
		change(&asked)
		ch, err := c.Open(t.Context(), h.Admin, kid.PatientID, models.PurposeOf(h.Admin.Role))
		if err != nil {
			t.Fatal(err)
		}
		_, err = ch.People.RecordGuardian(t.Context(), rosa.AccountID, asked)
		return err
	}
	same := func(*people.GuardianTerms) {}
	caretest.WantKind(t, record(h.Care, same), models.KindInvalid, "a-minor")     // no jurisdiction
	caretest.WantKind(t, record(california, same), models.KindInvalid, "a-minor") // nobody has signed its rule
	rule, _ := models.MinorRuleOf("US-CA")
	second := h.First(models.RoleAdministrator, "")
	propose := func(by, other models.Actor) {
		t.Helper()
		if _, err := california.Minors.Propose(t.Context(), by, "US-CA", minors.Proposal{Fingerprint: rule.Fingerprint(), Counsel: "Lee & Park, 2 March", Second: other.AccountID}); err != nil {
			t.Fatal(err)
		}
	}
	sign := func(by models.Actor) {
		t.Helper()
		if _, err := california.Minors.Sign(t.Context(), by, "US-CA", rule.Fingerprint()); err != nil {
			t.Fatal(err)
		}
	}
	propose(h.Admin, second)
	caretest.WantKind(t, record(california, same), models.KindInvalid, "a-minor") // one person has
	sign(second)
	for name, change := range map[string]func(*people.GuardianTerms){
		"signs": func(t *people.GuardianTerms) { t.Signs = true },
		"goals": func(t *people.GuardianTerms) {
			t.Sections = append([]models.Section{models.SectionGoals}, t.Sections...)
		},
		"a court's word": func(t *people.GuardianTerms) { t.Basis = models.BasisCourtOrder },
	} {
		if err := record(california, change); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := record(california, same); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Open(t.Context(), rosa, kid.PatientID, models.PurposeOf(rosa.Role)); models.KindOf(err) != models.KindNotFound {
		t.Errorf("where no place is named, a parent opens the chart: %v", err)
	}
	ch, err := california.Open(t.Context(), rosa, kid.PatientID, models.PurposeOf(rosa.Role))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ch.People.CareTeam(t.Context()); err != nil {
		t.Errorf("the care team: %v", err)
	}
	if _, err := ch.People.Consents(t.Context(), "", 10); models.KindOf(err) != models.KindForbidden {
		t.Errorf("the consents: %v", err)
	}
	closed := func(why string) {
		t.Helper()
		if _, err := california.Open(t.Context(), rosa, kid.PatientID, models.PurposeOf(rosa.Role)); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%s: a parent opens the chart: %v", why, err)
		}
	}
	if _, err := california.Minors.End(t.Context(), second, "US-CA"); err != nil {
		t.Fatal(err)
	}
	closed("the rule was ended")
	propose(second, h.Admin)
	closed("one person has signed anew")
	sign(h.Admin)
	if _, err := california.Open(t.Context(), rosa, kid.PatientID, models.PurposeOf(rosa.Role)); err != nil {
		t.Error(err)
	}
	h.Spoil("minor_rules", "US-CA", "{")
	closed("nobody can read what was signed")
	h.Clock.Move(72 * time.Hour)
	if _, err := california.Open(t.Context(), rosa, kid.PatientID, models.PurposeOf(rosa.Role)); models.KindOf(err) != models.KindNotFound {
		t.Errorf("a child who consents alone is open to a parent: %v", err)
	}
}
