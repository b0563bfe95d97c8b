package alerts_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

// no has a patient say no to somebody of the team.
func no(t *testing.T, h *caretest.Clinic, p, to models.Actor) {
	t.Helper()
	end := h.Clock.Now().AddDate(0, 1, 0)
	must(h.Chart(p, p.PatientID).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{
		Kind: models.ConsentSharing, Provision: models.Deny, Recipient: to.AccountID, Scopes: []models.Scope{models.Scope(models.SectionCheckIns)},
		Purposes: []models.Purpose{models.PurposeOf(to.Role)}, Expiry: models.Expiry{At: &end},
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: p.Name, Method: "typed"}}))(t)
	if err := h.Care.Alerts.Recheck(t.Context(), p.PatientID); err != nil {
		t.Fatal(err)
	}
}

// TestNobodyMaySeeIt: an alert whose owner may not see it any more goes to the next who
// may, and where nobody may it stays with the fail-safe, who sees that somebody needs
// attention, and not why, and must break the glass for more.
func TestNobodyMaySeeIt(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	on(t, h)
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	id := work(t, h, nurse)[0].ID
	must(h.Care.Alerts.Acknowledge(t.Context(), nurse, id))(t)
	no(t, h, p, nurse)
	if v := must(h.Care.Alerts.Alert(t.Context(), doctor, id, always))(t); v.Owner != doctor.AccountID || !v.Whole || len(v.Evidence) != 1 {
		t.Fatalf("the next who may see it: %+v", v)
	}
	if v, err := h.Care.Alerts.Alert(t.Context(), nurse, id, always); err == nil && (v.Whole || len(v.Evidence) > 0 || v.Rule != "") {
		t.Fatalf("who was told no reads why: %+v", v)
	}
	no(t, h, p, doctor)
	got := work(t, h, h.Admin)
	if len(got) == 0 || got[0].Kind != "alert" || got[0].Alert.Owner != h.Admin.AccountID || got[0].Alert.Whole || len(got[0].Alert.Evidence) > 0 {
		t.Fatalf("with nobody who may see it: %+v", got)
	}
	if v := must(h.Care.Alerts.Alert(t.Context(), h.Admin, id, always))(t); v.Whole || v.Rule != "" || len(v.Mistakes) > 0 {
		t.Fatalf("%+v", v)
	}
	if _, err := h.Care.Open(t.Context(), h.Admin, p.PatientID, models.PurposeEmergency); err == nil {
		ch := h.Chart(h.Admin, p.PatientID)
		if _, err := ch.Record.CheckIns(t.Context(), "", 10); models.KindOf(err) != models.KindForbidden && models.KindOf(err) != models.KindNotFound {
			t.Fatalf("the fail-safe reads check-ins without breaking the glass: %v", err)
		}
	}
}

// TestAMistakeEndsNothing: an own answer that is marked is kept, the team sees the mark on
// the alert, and the alert stands; the patient reads who calls by when, while it is true.
func TestAMistakeEndsNothing(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	on(t, h)
	in := sends(t, h, p, map[string]any{"safety": true})
	id := work(t, h, nurse)[0].ID
	own := h.Chart(p, p.PatientID).Record
	for range 2 {
		if c := must(own.MarkMistake(t.Context(), in, []string{"safety"}))(t); c.Mistake == nil || len(c.Mistake.Questions) != 1 || c.Answers["safety"] != true {
			t.Fatalf("%+v", c)
		}
	}
	if _, err := own.MarkMistake(t.Context(), in, []string{"mood"}); models.KindOf(err) != models.KindInvalid {
		t.Errorf("an answer that is not there: %v", err)
	}
	if _, err := h.Chart(nurse, p.PatientID).Record.MarkMistake(t.Context(), in, []string{"safety"}); models.KindOf(err) != models.KindForbidden {
		t.Errorf("somebody else: %v", err)
	}
	v := must(h.Care.Alerts.Acknowledge(t.Context(), nurse, id))(t)
	if v = must(h.Care.Alerts.Alert(t.Context(), nurse, id, always))(t); len(v.Mistakes) != 1 || v.Status != "acknowledged" || len(v.Evidence) != 1 {
		t.Fatalf("%+v", v)
	}
	list := must(own.CheckIns(t.Context(), "", 10))(t)
	if r := list.Items[0].Read; r == nil || r.Name != nurse.Name || r.ContactName != nurse.Name || !r.ContactBy.Equal(v.ContactBy) || list.Items[0].Mistake == nil {
		t.Fatalf("the patient reads %+v", list.Items[0].Read)
	}
	h.Clock.Set(v.ContactBy)
	if r := must(own.CheckIns(t.Context(), "", 10))(t).Items[0].Read; !r.ContactBy.IsZero() {
		t.Fatalf("a promise that is over stands: %+v", r)
	}
}
