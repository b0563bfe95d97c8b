package crisis_test

import (
	"reflect"
	"strings"
	"testing"

	"handrail/care/caretest"
	"handrail/care/crisis"
	"handrail/models"
	"handrail/models/crisisplan"
)

// TestATeamsProposalWaitsForThePatient: a peer puts one sign in the place of nine
// sections. Nobody of the team makes it hold alone, and the phone keeps what holds
// until the patient says yes, knowing what is taken away.
func TestATeamsProposalWaitsForThePatient(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	phone := h.SignIn(p.AccountID)
	peer := h.Clinician(models.DisciplinePeer, p)
	own, team := h.Chart(p, p.PatientID), h.Chart(peer, p.PatientID)
	v, err := own.Crisis.SavePlan(t.Context(), 0, crisisplan.Content{WarningSigns: []crisisplan.Sign{{Text: "I hide"}}, ReasonForLiving: "My son",
		InternalCoping: []crisisplan.Coping{{Text: "Walk"}}}, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = own.Crisis.ActivatePlan(t.Context(), v.Newest, crisisplan.Assent{}); err != nil {
		t.Fatal(err)
	}
	before, err := h.Care.Crisis.PlanBundle(t.Context(), phone.AccessToken, p.PatientID)
	if err != nil {
		t.Fatal(err)
	}
	v, err = team.Crisis.SavePlan(t.Context(), 1, caretest.Signs("One sign"), "")
	if err != nil {
		t.Fatal(err)
	}
	gone := []crisisplan.Section{crisisplan.SectionInternalCoping, crisisplan.SectionReasonForLiving}
	if v.Change == nil || !reflect.DeepEqual(v.Change.Removes, gone) || v.Active.Version != 1 || v.Draft.Version != 2 {
		t.Fatalf("beside the plan waits %+v, %+v", v.Draft, v.Change)
	}
	for name, try := range map[string]struct {
		said crisisplan.Assent
		kind models.Kind
		code string
	}{
		"without a word":       {crisisplan.Assent{Removes: gone}, models.KindForbidden, "patient-confirms"},
		"nothing said":         {crisisplan.Assent{}, models.KindInvalid, "removes-not-said"},
		"half said":            {crisisplan.Assent{Removes: gone[:1], How: crisisplan.AssentPaper, On: "2026-03-02"}, models.KindInvalid, "removes-not-said"},
		"in person, no one":    {crisisplan.Assent{Removes: gone, How: crisisplan.AssentInPerson, On: "2026-03-02"}, models.KindInvalid, "invalid-input"},
		"in person, oneself":   {crisisplan.Assent{Removes: gone, How: crisisplan.AssentInPerson, On: "2026-03-02", Witness: strings.ToUpper(peer.Name)}, models.KindInvalid, "invalid-input"},
		"on paper, no day":     {crisisplan.Assent{Removes: gone, How: crisisplan.AssentPaper}, models.KindInvalid, "invalid-input"},
		"on paper, tomorrow":   {crisisplan.Assent{Removes: gone, How: crisisplan.AssentPaper, On: "2026-03-03"}, models.KindInvalid, "invalid-input"},
		"on paper, long ago":   {crisisplan.Assent{Removes: gone, How: crisisplan.AssentPaper, On: "2026-01-01"}, models.KindInvalid, "invalid-input"},
		"in a way of its own":  {crisisplan.Assent{Removes: gone, How: "by heart", On: "2026-03-02"}, models.KindInvalid, "invalid-input"},
		"with another's words": {crisisplan.Assent{Removes: []crisisplan.Section{crisisplan.SectionNaloxone}}, models.KindInvalid, "removes-not-said"},
	} {
		_, err := team.Crisis.ActivatePlan(t.Context(), 2, try.said)
		if models.KindOf(err) != try.kind || err.Error() != try.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := team.Crisis.ConfirmPlan(t.Context(), 2, crisisplan.Assent{}); err != nil { // that the peer stands by it changes nothing
		t.Fatal(err)
	}
	_, err = team.Crisis.ActivatePlan(t.Context(), 2, crisisplan.Assent{Removes: gone})
	caretest.WantKind(t, err, models.KindForbidden, "patient-confirms")
	_, err = team.Crisis.DeclinePlan(t.Context(), 2)
	caretest.WantKind(t, err, models.KindForbidden, "patient-confirms")
	now, err := h.Care.Crisis.PlanBundle(t.Context(), phone.AccessToken, p.PatientID)
	if err != nil || now.ETag != before.ETag {
		t.Errorf("the phone's plan changed: %v", err)
	}
	_, err = own.Crisis.ActivatePlan(t.Context(), 2, crisisplan.Assent{})
	caretest.WantKind(t, err, models.KindInvalid, "removes-not-said")
	_, err = own.Crisis.ConfirmPlan(t.Context(), 2, crisisplan.Assent{})
	caretest.WantKind(t, err, models.KindInvalid, "removes-not-said")

	for range 2 {
		if v, err = own.Crisis.DeclinePlan(t.Context(), 2); err != nil || v.Draft != nil || v.Active.Version != 1 {
			t.Fatalf("declined: %+v, %v", v, err)
		}
	}
	next := v.Active.Content
	next.InternalCoping = append(next.InternalCoping, crisisplan.Coping{Text: "Breathe"})
	if v, err = team.Crisis.SavePlan(t.Context(), v.Newest, next, ""); err != nil || len(v.Change.Removes) > 0 || !reflect.DeepEqual(v.Change.Changes, gone[:1]) {
		t.Fatalf("what was declined came back: %+v, %v", v.Change, err)
	}
	if v, err = team.Crisis.ActivatePlan(t.Context(), 3, crisisplan.Assent{How: crisisplan.AssentInPerson, On: "2026-03-02", Witness: "Nurse Lee"}); err != nil {
		t.Fatal(err)
	}
	if c := v.Active.Confirmed[0]; v.Active.Version != 3 || c.How != crisisplan.AssentInPerson || c.Witness != "Nurse Lee" || c.By.AccountID != peer.AccountID {
		t.Errorf("it holds by %+v", v.Active.Confirmed)
	}
	if v.Active.Hands(crisisplan.SectionInternalCoping) != crisisplan.PatientAndTeam {
		t.Error("the patient's word is not seen")
	}
}

// TestThePatientsYesMayBeGivenAhead: what the patient confirmed, the team may put to
// use.
func TestThePatientsYesMayBeGivenAhead(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	team, own := h.Chart(h.Clinician(models.DisciplineTherapy, p), p.PatientID), h.Chart(p, p.PatientID)
	if _, err := team.Crisis.SavePlan(t.Context(), 0, caretest.Signs("I hide"), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := own.Crisis.ConfirmPlan(t.Context(), 1, crisisplan.Assent{}); err != nil {
		t.Fatal(err)
	}
	if v, err := team.Crisis.ActivatePlan(t.Context(), 1, crisisplan.Assent{}); err != nil || v.Active == nil {
		t.Fatal(err)
	}
}

// TestTheClinicRenewsItsOwnNumber: at once, marked and dated, and no other number. What
// the patient confirmed stays, an edit of the page that shows it brings nothing in.
func TestTheClinicRenewsItsOwnNumber(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	phone := h.SignIn(p.AccountID)
	team, own := h.Chart(h.Clinician(models.DisciplineTherapy, p), p.PatientID), h.Chart(p, p.PatientID)
	number := func(n string) crisisplan.Phone { return crisisplan.Phone{Number: n} }
	content := caretest.Signs("I hide")
	content.CrisisSupport = []crisisplan.Helper{{Name: "Mom", Phone: number("+12025550110"), Agreed: true}}
	content.ProfessionalSupport = &crisisplan.Professionals{Contacts: []crisisplan.Professional{
		{Name: "Front desk", Agency: caretest.Site.Name, Phone: number("+12025550120")}, {Name: "Dr. Away", Agency: "Elsewhere", Phone: number("+12025550130")}}}
	if _, err := own.Crisis.SavePlan(t.Context(), 0, content, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := own.Crisis.ActivatePlan(t.Context(), 1, crisisplan.Assent{}); err != nil {
		t.Fatal(err)
	}
	for _, not := range []string{"+12025550110", "+12025550130", "+12025550199"} {
		_, err := team.Crisis.RenewClinicNumber(t.Context(), crisisplan.RenewalTerms{Was: not, Phone: number("+12025550121")})
		caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	}
	_, err := own.Crisis.RenewClinicNumber(t.Context(), crisisplan.RenewalTerms{Was: "+12025550120", Phone: number("+12025550121")})
	caretest.WantKind(t, err, models.KindForbidden, "team-renews")
	was := "+12025550120"
	var v crisis.PlanView
	for _, next := range []string{"+12025550121", "+12025550122"} {
		for range 2 {
			if v, err = team.Crisis.RenewClinicNumber(t.Context(), crisisplan.RenewalTerms{Was: was, Phone: number(next)}); err != nil {
				t.Fatal(err)
			}
			was = next
		}
	}
	desk := v.Active.Content.ProfessionalSupport.Contacts[0]
	if v.Newest != 1 || v.Draft != nil || desk.Phone.Number != was || desk.RenewedOn != "2026-03-02" || v.Numbers[was] != crisisplan.NumberVerified {
		t.Errorf("%+v, %+v", desk, v.Numbers)
	}
	b, err := h.Care.Crisis.PlanBundle(t.Context(), phone.AccessToken, p.PatientID)
	if err != nil {
		t.Fatal(err)
	}
	if item := professional(open(t, h, b)); item.Calls[0].Href != "tel:"+was || item.Details[len(item.Details)-1].Day != "2026-03-02" {
		t.Errorf("the phone has %+v", item)
	}
	sent := v.Active.Content
	sent.WarningSigns = append(sent.WarningSigns, crisisplan.Sign{Text: "I stop eating"})
	if v, err = own.Crisis.SavePlan(t.Context(), 1, sent, ""); err != nil || len(v.Change.Changes) != 1 || v.Change.Changes[0] != crisisplan.SectionWarningSigns {
		t.Fatalf("an edit of what is shown: %+v, %v", v.Change, err)
	}
	if v, err = own.Crisis.ActivatePlan(t.Context(), 2, crisisplan.Assent{}); err != nil || v.Active.Content.ProfessionalSupport.Contacts[0].Phone.Number != was {
		t.Errorf("after the next version: %+v, %v", v.Active, err)
	}
	kept, err := own.Crisis.PlanVersion(t.Context(), 2)
	if err != nil || kept.Content.ProfessionalSupport.Contacts[0].Phone.Number != "+12025550120" {
		t.Errorf("what was confirmed: %+v, %v", kept.Content.ProfessionalSupport, err)
	}
}

func professional(b crisisplan.Bundle) crisisplan.BundleItem {
	for _, s := range b.Sections {
		if s.Key == crisisplan.SectionProfessionalSupport {
			return s.Items[0]
		}
	}
	return crisisplan.BundleItem{}
}
