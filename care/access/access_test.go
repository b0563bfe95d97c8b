package access_test

import (
	"slices"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/access"
	"handrail/models/schedule"
)

// Who can't come is offered a visit that comes to them; those who book read it, family
// and strangers don't.
func TestNeedsAreForWhoBooksVisits(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	own := h.Chart(p, p.PatientID).Access
	mum := h.Supporter(p)
	h.Share(p, mum, models.ScopeAppointmentTimes)
	want := access.Needs{Interpreter: "so", Transport: "no-ride", Help: []string{"captions"}}
	for range 2 {
		v, err := own.SetNeeds(t.Context(), 1, want)
		if err != nil || v.Version != 2 || !slices.Equal(v.Value.Offers, []schedule.Modality{schedule.Video, schedule.HomeVisit}) {
			t.Fatalf("%+v, %v", v, err)
		}
	}
	_, err := own.SetNeeds(t.Context(), 1, access.Needs{Transport: "fine"})
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	_, err = own.SetNeeds(t.Context(), 2, access.Needs{Transport: "rocket"})
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	nurse := h.Clinician(models.DisciplineNursing, p)
	if v, err := h.Chart(nurse, p.PatientID).Access.Needs(t.Context()); err != nil || v.Value.Interpreter != "so" {
		t.Errorf("%+v, %v", v, err)
	}
	for _, who := range []models.Actor{h.Admin, h.First(models.RoleCoordinator, "")} { // neither is on the team
		v, err := h.Chart(who, p.PatientID).Access.Needs(t.Context())
		if err != nil || v.Value.Interpreter != "so" {
			t.Errorf("the office, not on the team: %+v, %v", v, err)
		}
	}
	office := h.First(models.RoleCoordinator, "")
	if _, err := h.Chart(p, p.PatientID).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Deny, Recipient: office.AccountID,
		Scopes: []models.Scope{models.Scope(models.SectionAppointments)}, Expiry: models.Expiry{None: true}, Purposes: []models.Purpose{models.PurposeTreatment}, Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: "P", Method: "typed"}}); err != nil {
		t.Fatal(err)
	}
	_, err = h.Chart(office, p.PatientID).Access.Needs(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	_, err = h.Chart(mum, p.PatientID).Access.Needs(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	if n := (access.Needs{Transport: "far", Phone: "none"}).Offered(); !slices.Equal(n.Offers, []schedule.Modality{schedule.HomeVisit}) {
		t.Errorf("without a phone: %v", n.Offers)
	}
}

// A lent device that comes back, is lost or is wiped forgets its person: each of its
// sessions ends on purpose, and the patient's own phone keeps its own.
func TestALentDeviceThatComesBackForgetsItsPerson(t *testing.T) {
	for state, why := range map[string]string{access.LoanReturned: models.EndGivenBack, access.LoanLost: models.EndReportedLost, access.LoanWiped: models.EndGivenBack} {
		h := caretest.New(t)
		p := h.Patient()
		lent := h.SignIn(p.AccountID).Session
		office := h.Chart(h.First(models.RoleCoordinator, ""), p.PatientID).Access
		id, terms := care.NewID(), access.LoanTerms{Kind: "phone", Label: "No. 7"}
		for range 2 {
			if _, err := office.Lend(t.Context(), id, terms); err != nil {
				t.Fatal(err)
			}
			if l, err := h.Chart(lent.Actor(), p.PatientID).Access.Tie(t.Context(), id, ""); err != nil || len(l.Devices) != 1 {
				t.Fatalf("%+v, %v", l, err)
			}
		}
		_, err := h.Chart(p, p.PatientID).Access.EndLoan(t.Context(), id, state)
		caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
		code, err := h.Care.Signin.NewEnrolmentCode(t.Context(), care.System(), h.Supporter(p).AccountID, signin.CodeRequest{})
		if err != nil {
			t.Fatal(err)
		}
		other, err := h.Care.Signin.Enrol(t.Context(), "203.0.113.7", code.Code, lent.Device) // somebody else, on the lent device too
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if l, err := office.EndLoan(t.Context(), id, state); err != nil || l.State != state || l.EndedAt == nil {
				t.Fatalf("%+v, %v", l, err)
			}
		}
		left, err := h.Care.Signin.Sessions(t.Context(), p)
		if err != nil || slices.ContainsFunc(left, func(s models.Session) bool { return s.ID == lent.ID }) || !slices.ContainsFunc(left, func(s models.Session) bool { return s.ID == p.SessionID }) {
			t.Errorf("%s: %+v, %v", state, left, err)
		}
		err = h.Care.Signin.SignedIn(t.Context(), lent.ID)
		if word, wipes := models.WipesDevice(why); err == nil || !wipes || word != why {
			t.Errorf("%s: %v, %s", state, err, word)
		}
		if err := h.Care.Signin.SignedIn(t.Context(), other.Session.ID); err == nil {
			t.Errorf("%s: somebody else is still signed in on it", state)
		}
		if all, err := h.Chart(p, p.PatientID).Access.Loans(t.Context()); err != nil || len(all) != 1 || all[0].State != state {
			t.Errorf("%+v, %v", all, err)
		}
	}
}
