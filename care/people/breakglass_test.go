package people_test

import (
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/record"
	"handrail/models"
)

var overdose = people.BreakGlassRequest{Affiliation: "Riverside Clinic", Reason: "overdose", Nature: "Found without breath at the door.", NoConsent: true}

func emergencies(entries []people.AccessEntry) (n int) {
	for _, e := range entries {
		if strings.Contains(e.What, "in an emergency") || strings.Contains(e.Why, "emergency") {
			n++
		}
	}
	return n
}

// TestTellingThePatientWaitsForARecordedRisk: the wait is a document with its owner and
// end; until then the patient's log shows nothing of it, and afterwards all of it.
func TestTellingThePatientWaitsForARecordedRisk(t *testing.T) {
	h := caretest.New(t)
	p, medic := h.Patient(), h.Clinician(models.DisciplineNursing)
	for name, risk := range map[string]string{"a code that is none": "curious", "words": "he would be angry"} {
		r := overdose
		r.TellRisk = risk
		if _, err := h.Care.People.BreakGlass(t.Context(), medic, p.PatientID, care.NewID(), r); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := overdose
	r.TellRisk = "harm-from-others"
	g, err := h.Care.People.BreakGlass(t.Context(), medic, p.PatientID, care.NewID(), r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Chart(medic, p.PatientID).Crisis.CrisisPlan(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := emergencies(logOf(t, h, p)); n != 0 {
		t.Fatalf("the log shows %d lines of it", n)
	}
	if f, err := h.Chart(p, p.PatientID).Record.Feed(t.Context(), ""); err != nil || strings.Contains(kinds(f), "glass") {
		t.Errorf("the phone's feed tells %s, %v", kinds(f), err)
	}
	page, err := h.Care.People.BreakGlassReview(t.Context(), h.Admin, "", 10)
	if err != nil || len(page.Items) != 1 {
		t.Fatal(page, err)
	}
	v := page.Items[0]
	if v.Tell == nil || v.Tell.Owner != "privacy-officer" || v.Tell.Risk != r.TellRisk || !v.Tell.Due.Equal(g.At.Add(72*time.Hour)) || !v.Review.Due.Equal(g.At.Add(72*time.Hour)) {
		t.Fatalf("what waits: %+v, %+v", v.Tell, v.Review)
	}
	_, err = h.Care.People.DelayBreakGlass(t.Context(), h.Admin, g.ID, "harm-to-self", h.Clock.Now().AddDate(0, 2, 0))
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	if v, err = h.Care.People.DelayBreakGlass(t.Context(), h.Admin, g.ID, "harm-to-self", h.Clock.Now().AddDate(0, 0, 5)); err != nil || v.Tell.RiskBy != h.Admin.Name {
		t.Fatal(v, err)
	}
	h.Clock.Move(73 * time.Hour)
	follow(t, h)
	if n := emergencies(logOf(t, h, p)); n != 0 {
		t.Errorf("put off to the fifth day, told on the fourth: %d", n)
	}
	h.Clock.Move(48 * time.Hour)
	follow(t, h)
	if n := emergencies(logOf(t, h, p)); n < 2 {
		t.Errorf("the log shows %d lines of it once it is told", n)
	}
	for range 2 {
		if _, err = h.Care.People.TellBreakGlass(t.Context(), h.Admin, g.ID); err != nil {
			t.Fatal(err)
		}
	}
	_, err = h.Care.People.DelayBreakGlass(t.Context(), h.Admin, g.ID, "harm-to-self", h.Clock.Now().Add(time.Hour))
	caretest.WantKind(t, err, models.KindConflict, "told-already")
}

func follow(t *testing.T, h *caretest.Clinic) {
	t.Helper()
	for range 2 { // another instance, or again
		if err := h.Care.People.FollowBreakGlass(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func kinds(f record.Feed) string {
	var all []string
	for _, c := range f.Changes {
		all = append(all, c.Kind)
	}
	return strings.Join(all, " ")
}

// TestThePrivacyOfficerReviews: every administrator where nobody is named, then those
// who are; nobody else.
func TestThePrivacyOfficerReviews(t *testing.T) {
	h := caretest.New(t)
	p, medic := h.Patient(), h.Clinician(models.DisciplinePsychiatry)
	g, err := h.Care.People.BreakGlass(t.Context(), medic, p.PatientID, care.NewID(), overdose)
	if err != nil {
		t.Fatal(err)
	}
	officer := h.First(models.RoleAdministrator, "")
	if _, err := h.Care.People.BreakGlassReview(t.Context(), h.Admin, "", 10); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.People.SetPrivacyOfficer(t.Context(), h.Admin, officer.AccountID, true); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.People.SetPrivacyOfficer(t.Context(), h.Admin, medic.AccountID, true)
	caretest.WantKind(t, err, models.KindConflict, "not-an-administrator")
	for _, who := range []models.Actor{h.Admin, medic, p} {
		_, err = h.Care.People.BreakGlassReview(t.Context(), who, "", 10)
		caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
		_, err = h.Care.People.JudgeBreakGlass(t.Context(), who, g.ID, "justified", "")
		caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	}
	_, err = h.Care.People.JudgeBreakGlass(t.Context(), officer, g.ID, "fine", "")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	for range 2 {
		v, err := h.Care.People.JudgeBreakGlass(t.Context(), officer, g.ID, "justified", "The ambulance called.")
		if err != nil || v.Review.DoneAt == nil || v.Review.Outcome != "justified" || v.Tell != nil {
			t.Fatalf("%+v, %v", v.Review, err)
		}
	}
	_, err = h.Care.People.JudgeBreakGlass(t.Context(), officer, g.ID, "not-justified", "")
	caretest.WantKind(t, err, models.KindConflict, "reviewed-already")
	_, err = h.Care.People.TellBreakGlass(t.Context(), officer, g.ID)
	caretest.WantKind(t, err, models.KindConflict, "told-already")
	h.Clock.Move(100 * time.Hour)
	follow(t, h)
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, officer.AccountID, true); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.People.BreakGlassReview(t.Context(), h.Admin, "", 10); err != nil {
		t.Errorf("the officer is gone, and nobody reviews: %v", err)
	}
}

// TestAnEmergencyByNameAndBirthDate finds one patient and nobody else; who is not
// medical personnel learns nothing.
func TestAnEmergencyByNameAndBirthDate(t *testing.T) {
	h := caretest.New(t)
	medic, therapist := h.Clinician(models.DisciplineNursing), h.Clinician(models.DisciplineTherapy)
	var ids []string
	for _, n := range []people.NewAccount{{Name: "Sam  Reed", BirthDate: "1981-09-02"}, {Name: "Kim Lee", BirthDate: "1990-01-01"}, {Name: "Kim Lee", BirthDate: "1990-01-01"}, {Name: "No Date"}} {
		n.Role = models.RolePatient
		a, err := h.Care.People.CreateAccount(t.Context(), h.Admin, n)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.PatientID)
	}
	ask := func(who models.Actor, name, born string) (models.BreakGlass, error) {
		return h.Care.People.BreakGlassFor(t.Context(), who, name, born, care.NewID(), overdose)
	}
	if g, err := ask(medic, "sam reed", "1981-09-02"); err != nil || g.PatientID != ids[0] {
		t.Fatalf("%+v, %v", g, err)
	}
	for _, try := range [][2]string{{"Sam Reed", "1981-09-03"}, {"Sam", "1981-09-02"}, {"Kim Lee", "1990-01-01"}} {
		_, err := ask(medic, try[0], try[1])
		caretest.WantKind(t, err, models.KindNotFound, "not-found")
	}
	_, err := ask(medic, "No Date", "")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = ask(therapist, "Sam Reed", "1981-09-02")
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}
