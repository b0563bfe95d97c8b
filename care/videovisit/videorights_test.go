package videovisit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"handrail/care"
	"handrail/models"
)

// TestRightsInARunningVisitAreAskedForWhenSomethingHappened: at this instance and at
// another, and when a consent runs out; never without cause.
func TestRightsInARunningVisitAreAskedForWhenSomethingHappened(t *testing.T) {
	c := openVideoClinic(t)
	c.Clock.Set(c.visit.Start)
	other := c.Instance()
	watch := c.Care.Video.VideoRights()
	asked := 0
	var refused error
	turn := func() (n int) {
		t.Helper()
		asked = 0
		err := watch.Turn(t.Context(), []string{c.visit.ID}, func(context.Context, string) error { asked++; return refused })
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		return asked
	}
	if turn() != 1 || turn() != 0 || turn() != 0 {
		t.Error("a visit is asked for once, and not again while nothing happens")
	}
	chart, err := other.Open(t.Context(), c.patient, c.patient.PatientID, models.PurposeSelf)
	if err != nil {
		t.Fatal(err)
	}
	if err := chart.People.RevokeConsent(t.Context(), c.consent.ID); err != nil {
		t.Fatal(err)
	}
	refused = errors.New("the store hangs")
	for range 2 {
		if turn() != 1 {
			t.Error("what could not be asked is not asked again")
		}
	}
	refused = nil
	if turn() != 1 || turn() != 0 {
		t.Error("a consent that was taken back at another instance is noticed once")
	}
	c.Share(c.patient, c.supporter, models.ScopeAppointmentTimes)
	if turn() != 1 {
		t.Error("a new consent is noticed")
	}
	c.Clock.Move(32 * 24 * time.Hour)
	if turn() != 1 || turn() != 0 {
		t.Error("the end of a consent by its date is noticed once")
	}
}

// TestAConsentThatRunsOutPartsNoClinicianFromTheirPatient: a clinician who left the
// team is in the visit by a consent that ends in the middle of it, a supporter too.
func TestAConsentThatRunsOutPartsNoClinicianFromTheirPatient(t *testing.T) {
	c := openVideoClinic(t)
	own := c.Chart(c.patient, c.patient.PatientID)
	if err := c.Chart(c.Admin, c.patient.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, c.first.AccountID); err != nil {
		t.Fatal(err)
	}
	if err := own.People.RevokeConsent(t.Context(), c.consent.ID); err != nil {
		t.Fatal(err)
	}
	c.Clock.Set(c.visit.Start.Add(-time.Hour))
	middle := c.visit.Start.Add(20 * time.Minute)
	give := func(to models.Actor, scope models.Scope) string {
		t.Helper()
		v, err := own.People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit,
			Recipient: to.AccountID, Scopes: []models.Scope{scope}, Purposes: []models.Purpose{models.PurposeOf(to.Role)},
			Expiry: models.Expiry{At: &middle}, Statements: []models.Statement{models.StatementRevocation},
			Signature: models.Signature{Name: c.patient.Name, Method: "typed"}})
		if err != nil {
			t.Fatal(err)
		}
		return v.ID
	}
	doctors := give(c.first, models.Scope(models.SectionAppointments))
	give(c.supporter, models.ScopeAppointmentTimes)
	for _, x := range []struct {
		at                time.Time
		doctor, supporter bool
	}{{c.visit.Start, true, true}, {middle, true, false}, {c.visit.End, true, false}} {
		c.Clock.Set(x.at)
		if a, b := c.comes(t, c.first) != "", c.comes(t, c.supporter) != ""; a != x.doctor || b != x.supporter {
			t.Errorf("at %v the clinician may be there: %v, the supporter: %v", x.at, a, b)
		}
	}
	if err := own.People.RevokeConsent(t.Context(), doctors); err != nil {
		t.Fatal(err)
	}
	if c.comes(t, c.first) != "" {
		t.Error("a consent that was taken back holds on because it had run out")
	}
}

// TestAConsentThatRanOutBeforeTheVisitOpensNothing: neither does it open another one.
func TestAConsentThatRanOutBeforeTheVisitOpensNothing(t *testing.T) {
	c := openVideoClinic(t)
	if err := c.Chart(c.Admin, c.patient.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, c.first.AccountID); err != nil {
		t.Fatal(err)
	}
	c.Share(c.patient, c.first, models.Scope(models.SectionAppointments))
	c.Clock.Set(c.visit.Start)
	if c.comes(t, c.first) == "" {
		t.Fatal("by the consent they may come")
	}
	if _, err := c.Care.People.Suspend(t.Context(), c.Admin, care.AnyVersion, c.first.AccountID, true); err != nil {
		t.Fatal(err)
	}
	if c.comes(t, c.first) != "" {
		t.Error("a suspended account comes by a consent")
	}
	c.Clock.Move(32 * 24 * time.Hour)
	if c.comes(t, c.first) != "" {
		t.Error("the consent ran out before the door opened")
	}
}
