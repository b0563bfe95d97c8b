package people_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/models"
)

// restrict closes a chart to all but some.
func restrict(t *testing.T, h *caretest.Clinic, by, patient models.Actor, readers ...models.Actor) {
	t.Helper()
	now, err := h.Care.People.Restriction(t.Context(), by, patient.PatientID)
	if err != nil {
		t.Fatal(err)
	}
	terms := people.RestrictionTerms{Reason: models.RestrictedAsked}
	for _, r := range readers {
		terms.Readers = append(terms.Readers, r.AccountID)
	}
	if _, err := h.Care.People.Restrict(t.Context(), by, patient.PatientID, now.Version, terms); err != nil {
		t.Fatal(err)
	}
}

// TestAClosedChartHoldsAtOnce, for who has it open now too; what is sent again is one change;
// who reads must be of the team and one of them treat; an older version changes nothing.
func TestAClosedChartHoldsAtOnce(t *testing.T) {
	h := caretest.New(t)
	sam := h.Patient()
	kim, lee := h.Clinician(models.DisciplineTherapy, sam), h.Clinician(models.DisciplineNursing, sam)
	stranger := h.Clinician(models.DisciplineTherapy)
	if _, err := h.Chart(lee, sam.PatientID).People.Profile(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, readers := range [][]string{{}, {stranger.AccountID}, {kim.AccountID, kim.AccountID}} {
		_, err := h.Care.People.Restrict(t.Context(), sam, sam.PatientID, 1, people.RestrictionTerms{Reason: models.RestrictedAsked, Readers: readers})
		if models.KindOf(err) != models.KindInvalid {
			t.Errorf("readers %v: %v", readers, err)
		}
	}
	restrict(t, h, sam, sam, kim)
	if _, err := h.Care.Open(t.Context(), lee, sam.PatientID, models.PurposeTreatment); models.KindOf(err) != models.KindNotFound {
		t.Errorf("a colleague: %v", err)
	}
	if v, err := h.Care.People.Restriction(t.Context(), kim, sam.PatientID); err != nil || !v.Value.On || v.Value.MayChange {
		t.Errorf("who is on the list sees %+v %v", v.Value, err)
	}
	terms := people.RestrictionTerms{Reason: models.RestrictedAsked, Readers: []string{kim.AccountID}}
	if v, err := h.Care.People.Restrict(t.Context(), sam, sam.PatientID, 1, terms); err != nil || v.Version != 2 {
		t.Errorf("again: %d %v", v.Version, err)
	}
	terms.Readers = append(terms.Readers, lee.AccountID)
	if _, err := h.Care.People.Restrict(t.Context(), sam, sam.PatientID, 1, terms); models.KindOf(err) != models.KindStale {
		t.Errorf("an older version: %v", err)
	}
	if _, err := h.Care.People.Restrict(t.Context(), kim, sam.PatientID, 2, terms); models.KindOf(err) != models.KindForbidden {
		t.Errorf("a clinician changes it: %v", err)
	}
}

// TestAnEmergencyInAClosedChart opens the small part, is told at once though a risk was
// noted, and is reviewed within a day.
func TestAnEmergencyInAClosedChart(t *testing.T) {
	h := caretest.New(t)
	sam := h.Patient()
	kim, doctor := h.Clinician(models.DisciplineTherapy, sam), h.Clinician(models.DisciplinePsychiatry)
	restrict(t, h, sam, sam, kim)
	g, err := h.Care.People.BreakGlass(t.Context(), doctor, sam.PatientID, care.NewID(), people.BreakGlassRequest{Affiliation: "Riverside", Reason: "overdose",
		Nature: "Found without breath.", NoConsent: true, TellRisk: models.BreakGlassRisks[0]})
	if err != nil || !g.Restricted {
		t.Fatalf("%+v %v", g, err)
	}
	if _, err := h.Chart(doctor, sam.PatientID).People.Profile(t.Context()); err != nil {
		t.Errorf("the small part: %v", err)
	}
	all, err := h.Care.People.BreakGlassReview(t.Context(), h.Admin, "", 10)
	if err != nil || len(all.Items) != 1 {
		t.Fatalf("%+v %v", all, err)
	}
	if v := all.Items[0]; v.Tell != nil || v.Review == nil || v.Review.Due.Sub(g.At) != 24*time.Hour {
		t.Errorf("what waits: %+v", v)
	}
}

// TestTheOfficeIsLedToWhoMayWorkHere by names that are the same, until somebody has looked.
func TestTheOfficeIsLedToWhoMayWorkHere(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	for _, a := range []people.NewAccount{{Role: models.RoleClinician, Discipline: models.DisciplineNursing, Name: "Ada  Park"}, {Role: models.RolePatient, Name: "ada park"},
		{Role: models.RolePatient, Name: "Somebody Else"}} {
		if _, err := h.Care.People.CreateAccount(ctx, h.Admin, a); err != nil {
			t.Fatal(err)
		}
	}
	hints, err := h.Care.People.RestrictionHints(ctx, h.Admin)
	if err != nil || len(hints) != 1 || hints[0].Why != people.HintSameName {
		t.Fatalf("%+v %v", hints, err)
	}
	mum, err := h.Care.People.CreateAccount(ctx, h.Admin, people.NewAccount{Role: models.RoleSupporter, Name: "Ada Park"})
	if err == nil {
		_, err = h.Chart(h.Admin, h.Patient().PatientID).People.AddRelated(ctx, mum.ID, "parent")
	}
	if err != nil {
		t.Fatal(err)
	}
	if hints, err = h.Care.People.RestrictionHints(ctx, h.Admin); err != nil || len(hints) != 2 || hints[1].Why != people.HintRelativeName || hints[1].Relation != "parent" {
		t.Fatalf("%+v %v", hints, err)
	}
	if _, err := h.Care.People.RestrictionHints(ctx, h.First(models.RoleCoordinator, "")); models.KindOf(err) != models.KindForbidden {
		t.Errorf("a coordinator: %v", err)
	}
}

// TestARestoreClosesAChartAgain that was closed after its backup: who was named is not known,
// so nobody of the clinic reads it. An erasure leaves nothing of who could.
func TestARestoreClosesAChartAgain(t *testing.T) {
	h := caretest.New(t)
	sam := h.Patient()
	kim := h.Clinician(models.DisciplineTherapy, sam)
	h.Clock.Move(time.Hour)
	end := care.Ended{Kind: care.EndedOpen, ID: sam.PatientID, At: h.Clock.Now()}
	for range 2 { // again is once
		if err := h.Care.Upkeep.EndAgain(t.Context(), end); err != nil {
			t.Fatal(err)
		}
	}
	v, err := h.Care.People.Restriction(t.Context(), sam, sam.PatientID)
	if err != nil || !v.Value.On || len(v.Value.Readers) != 0 || v.Version != 2 {
		t.Errorf("%+v %v", v, err)
	}
	if _, err := h.Care.Open(t.Context(), kim, sam.PatientID, models.PurposeTreatment); models.KindOf(err) != models.KindNotFound {
		t.Errorf("the team: %v", err)
	}
	restrict(t, h, sam, sam, kim)
	h.Chart(kim, sam.PatientID)
	if err := h.Care.Upkeep.ErasePatient(t.Context(), h.Store, sam.PatientID); err != nil {
		t.Fatal(err)
	}
	if page, err := h.Care.People.RestrictedCharts(t.Context(), h.Admin, "", 10); err != nil || len(page.Items) != 0 {
		t.Errorf("after the erasure: %+v %v", page.Items, err)
	}
	if d, err := h.Store.Get(t.Context(), "chart_restrictions", sam.PatientID); err == nil {
		t.Errorf("the list of who could read outlives the person: %s", d.ID)
	}
}
