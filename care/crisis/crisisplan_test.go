package crisis_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/crisis"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/crisisplan"
)

// open checks a bundle's signature against the public keys and reads it.
func open(t *testing.T, h *caretest.Clinic, b crisis.Bundle) crisisplan.Bundle {
	t.Helper()
	jws, err := jose.ParseSignedCompact(b.JWS, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		t.Fatal(err)
	}
	var keys jose.JSONWebKeySet
	if err := json.Unmarshal(h.Care.Signin.JWKS(), &keys); err != nil {
		t.Fatal(err)
	}
	payload, err := jws.Verify(keys.Key(jws.Signatures[0].Header.KeyID)[0])
	if err != nil {
		t.Fatal(err)
	}
	var plan crisisplan.Bundle
	if err := json.Unmarshal(payload, &plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestAPlanFromDraftToPhone(t *testing.T) {
	h := caretest.New(t)
	account := h.NewPatient()
	phone := h.SignIn(account.ID)
	p := phone.Session.Actor()
	therapist := h.Clinician(models.DisciplineTherapy, p)
	own, team := h.Chart(p, p.PatientID), h.Chart(therapist, p.PatientID)
	empty, err := h.Care.Crisis.PlanBundle(t.Context(), phone.AccessToken, p.PatientID)
	if err != nil || len(empty.JWS) > crisis.MaxBundle {
		t.Fatal(err)
	}
	if b := open(t, h, empty); b.Version != 0 || b.Empty == nil || len(b.Emergency) == 0 {
		t.Errorf("before a plan is written: %+v", b)
	}
	v, err := team.Crisis.SavePlan(t.Context(), 0, caretest.Signs("I stop eating"), "first talk")
	if err != nil || v.Newest != 1 || v.Active != nil {
		t.Fatalf("%+v, %v", v, err)
	}
	for range 2 { // the second is a call whose answer was lost
		if v, err = own.Crisis.ActivatePlan(t.Context(), 1, crisisplan.Assent{}); err != nil || v.Active.Version != 1 {
			t.Fatal(err)
		}
	}
	b, err := h.Care.Crisis.PlanBundle(t.Context(), phone.AccessToken, p.PatientID)
	if err != nil || b.ETag == empty.ETag || open(t, h, b).Sections[0].Items[0].Text != "I stop eating" {
		t.Fatalf("after it: %v", err)
	}
	if err := own.Crisis.ReceivePlan(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if v, err = own.Crisis.SavePlan(t.Context(), 1, caretest.Signs("I stop eating", "I hide"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err = team.Crisis.ActivatePlan(t.Context(), v.Newest, crisisplan.Assent{How: crisisplan.AssentPaper, On: "2026-03-02"}); err != nil {
		t.Fatal(err)
	}
	phones, err := team.Crisis.PlanPhones(t.Context())
	if err != nil || len(phones) != 1 || phones[0].Holds != 1 || phones[0].Newest != 2 || phones[0].StaleSince == nil {
		t.Errorf("the phone holds %+v, %v", phones, err)
	}
	pin, err := own.Crisis.PlanPin(t.Context())
	if err != nil || pin.Version != 2 {
		t.Errorf("the pin says %+v, %v", pin, err)
	}
	if page, err := own.Crisis.PlanVersions(t.Context(), "", 10); err != nil || len(page.Items) != 2 {
		t.Errorf("%d versions are kept, %v", len(page.Items), err)
	}
}

func TestTwoHandsOnOnePlan(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	therapist := h.Clinician(models.DisciplineTherapy, p)
	own, team := h.Chart(p, p.PatientID), h.Chart(therapist, p.PatientID)
	if _, err := own.Crisis.SavePlan(t.Context(), 0, caretest.Signs("I hide"), ""); err != nil {
		t.Fatal(err)
	}
	mine, theirs := caretest.Signs("I hide"), caretest.Signs("I hide")
	mine.ReasonForLiving = "Leo"
	theirs.InternalCoping = []crisisplan.Coping{{Text: "Cold water"}}
	if _, err := own.Crisis.SavePlan(t.Context(), 1, mine, ""); err != nil {
		t.Fatal(err)
	}
	v, err := team.Crisis.SavePlan(t.Context(), 1, theirs, "")
	if err != nil || v.Draft.Content.ReasonForLiving != "Leo" || len(v.Draft.Content.InternalCoping) != 1 {
		t.Errorf("two sections: %+v, %v", v.Draft, err)
	}
	_, err = team.Crisis.SavePlan(t.Context(), 1, caretest.Signs("They isolate"), "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = own.Crisis.SavePlan(t.Context(), 1, caretest.Signs("I go quiet"), "")
	caretest.WantKind(t, err, models.KindConflict, "plan-edited-by-both")
	if e, _ := errors.AsType[*models.Error](err); len(e.Fields) != 1 || e.Fields[0].Field != "content.warningSigns" {
		t.Errorf("the section is not named: %+v", e.Fields)
	}
}

func TestSixteenHandsLoseNothing(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	errs := make(chan error)
	sections := []func(*crisisplan.Content){
		func(c *crisisplan.Content) { c.ReasonForLiving = "Leo" },
		func(c *crisisplan.Content) { c.InternalCoping = []crisisplan.Coping{{Text: "Cold water"}} },
		func(c *crisisplan.Content) { c.SocialDistraction = []crisisplan.Company{{Name: "Library"}} },
		func(c *crisisplan.Content) { c.LethalMeansSafety = []crisisplan.MeansStep{{Text: "Lock box"}} },
	}
	for i := range 16 {
		go func() {
			c := crisisplan.Content{}
			sections[i%len(sections)](&c)
			_, err := h.Chart(p, p.PatientID).Crisis.SavePlan(context.Background(), 0, c, "")
			errs <- err
		}()
	}
	for range 16 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	v, err := h.Chart(p, p.PatientID).Crisis.CrisisPlan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := v.Draft.Content
	if c.ReasonForLiving == "" || len(c.InternalCoping) != 1 || len(c.SocialDistraction) != 1 || len(c.LethalMeansSafety) != 1 {
		t.Errorf("lost: %+v", c)
	}
}

func TestASupporterSeesTheSharedPartOnly(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mother := h.Supporter(p)
	own := h.Chart(p, p.PatientID)
	c := caretest.Signs("I hide")
	c.LethalMeansSafety = []crisisplan.MeansStep{{Text: "Lock box"}}
	if _, err := own.Crisis.SavePlan(t.Context(), 0, c, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := own.Crisis.ActivatePlan(t.Context(), 1, crisisplan.Assent{}); err != nil {
		t.Fatal(err)
	}
	h.Share(p, mother, models.ScopeCrisisPlanShared)
	v, err := h.Chart(mother, p.PatientID).Crisis.CrisisPlan(t.Context())
	if err != nil || len(v.Shared.Sections) != 0 {
		t.Errorf("by default: %+v, %v", v.Shared, err)
	}
	if _, err := own.Crisis.SharePlan(t.Context(), crisis.AnyPlan, mother.AccountID, []crisisplan.Section{crisisplan.SectionWarningSigns}); err != nil {
		t.Fatal(err)
	}
	v, err = h.Chart(mother, p.PatientID).Crisis.CrisisPlan(t.Context())
	b, _ := json.Marshal(v)
	if err != nil || !bytes.Contains(b, []byte("I hide")) || bytes.Contains(b, []byte("Lock box")) || v.Active != nil || v.Newest != 0 {
		t.Errorf("%s, %v", b, err)
	}
	_, err = h.Chart(mother, p.PatientID).Crisis.PlanVersions(t.Context(), "", 10)
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	_, err = own.Crisis.SharePlan(t.Context(), crisis.AnyPlan, h.Supporter(h.Patient()).AccountID, []crisisplan.Section{crisisplan.SectionWarningSigns})
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

func TestTheBundleOpensWhenNothingElseDoes(t *testing.T) {
	h := caretest.New(t)
	account := h.NewPatient()
	phone, lost := h.SignIn(account.ID), h.SignIn(account.ID)
	for _, s := range []signin.SignedIn{phone, lost} {
		if _, err := h.Care.Crisis.PlanBundle(t.Context(), s.AccessToken, account.PatientID); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Care.Signin.EndSession(t.Context(), phone.Session.Actor(), lost.Session.ID); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(30 * 24 * time.Hour) // the access token ran out long ago
	_, err := h.Care.Signin.Authenticate(t.Context(), phone.AccessToken)
	caretest.WantKind(t, err, models.KindUnsigned, "token-expired")
	stranger := h.SignIn(h.NewPatient().ID)
	if err := h.Store.Close(); err != nil { // the database is gone
		t.Fatal(err)
	}
	if _, err := h.Care.Crisis.PlanBundle(t.Context(), phone.AccessToken, account.PatientID); err != nil {
		t.Errorf("the patient's own phone: %v", err)
	}
	if _, err := h.Care.Crisis.PlanBundle(t.Context(), lost.AccessToken, account.PatientID); err == nil {
		t.Error("a session that was ended opens the plan")
	}
	if _, err := h.Care.Crisis.PlanBundle(t.Context(), stranger.AccessToken, account.PatientID); err == nil {
		t.Error("a stranger opens the plan")
	}
	if _, err := h.Care.Crisis.PlanBundle(t.Context(), "x.y.z", account.PatientID); models.KindOf(err) != models.KindUnsigned {
		t.Errorf("noise: %v", err)
	}
	h.Clock.Move(200 * 24 * time.Hour)
	if _, err := h.Care.Crisis.PlanBundle(t.Context(), phone.AccessToken, account.PatientID); err == nil {
		t.Error("a session past its end opens the plan")
	}
}

// TestInstancesFollowEachOther: what one instance changes, another serves after its
// next look, also when the database is gone by then.
func TestInstancesFollowEachOther(t *testing.T) {
	h := caretest.New(t)
	other := h.Instance()
	account := h.NewPatient()
	phone, lost := h.SignIn(account.ID), h.SignIn(account.ID)
	p := phone.Session.Actor()
	for _, s := range []signin.SignedIn{phone, lost} {
		if _, err := h.Care.Crisis.PlanBundle(t.Context(), s.AccessToken, p.PatientID); err != nil {
			t.Fatal(err)
		}
	}
	own := h.Chart(p, p.PatientID)
	if _, err := own.Crisis.SavePlan(t.Context(), 0, caretest.Signs("I hide"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := own.Crisis.ActivatePlan(t.Context(), 1, crisisplan.Assent{}); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Signin.EndSession(t.Context(), p, lost.Session.ID); err != nil {
		t.Fatal(err)
	}
	if err := other.Crisis.FollowPlanCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.Store.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := other.Crisis.PlanBundle(t.Context(), phone.AccessToken, p.PatientID)
	if err != nil || b.Version != 1 {
		t.Errorf("version %d, %v", b.Version, err)
	}
	if _, err := other.Crisis.PlanBundle(t.Context(), lost.AccessToken, p.PatientID); err == nil {
		t.Error("a session that was ended on one instance opens the plan on the other")
	}
}

func TestAccessesAreCountedIntoTheAccessLog(t *testing.T) {
	h := caretest.New(t)
	account := h.NewPatient()
	phone := h.SignIn(account.ID)
	for range 3 {
		if _, err := h.Care.Crisis.PlanBundle(t.Context(), phone.AccessToken, account.PatientID); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Care.Crisis.FlushAccessCounts(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := phone.Session.Actor()
	log, err := h.Chart(p, p.PatientID).People.AccessLog(t.Context(), "en", "", 5)
	if err != nil || log.Items[0].What != "Opened your crisis plan on a phone" {
		t.Errorf("%+v, %v", log.Items, err)
	}
}

func TestReviewsAndPractice(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	own := h.Chart(p, p.PatientID)
	_, err := own.Crisis.RehearsePlan(t.Context(), care.NewID(), crisisplan.RehearsalTerms{Opened: true})
	caretest.WantKind(t, err, models.KindConflict, "no-active-plan")
	if _, err := own.Crisis.SavePlan(t.Context(), 0, caretest.Signs("I hide"), ""); err != nil {
		t.Fatal(err)
	}
	v, err := own.Crisis.ActivatePlan(t.Context(), 1, crisisplan.Assent{})
	if err != nil || v.Next != "2026-03-02" {
		t.Fatalf("the first practice is on %s, %v", v.Next, err)
	}
	id := care.NewID()
	for range 2 {
		if v, err = own.Crisis.RehearsePlan(t.Context(), id, crisisplan.RehearsalTerms{Opened: true, TookMillis: 400}); err != nil || v.Next != "2026-03-09" {
			t.Errorf("the second practice is on %s, %v", v.Next, err)
		}
	}
	if v, err = own.Crisis.NotePlanTrigger(t.Context(), crisisplan.TriggerDischarge, ""); err != nil || v.Due[0].On != "2026-03-03" {
		t.Errorf("after a discharge: %+v, %v", v.Due, err)
	}
}
