package planning_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/reminder"
	"handrail/notify"
)

// refs lists what the news in somebody's inbox are about.
func (w *plannedClinic) refs(who string) []string {
	w.t.Helper()
	p, err := w.notify.Inbox(w.t.Context(), who, notify.Paging{Limit: 100})
	w.ok(err)
	var out []string
	for _, i := range p.Items {
		if i.Kind == reminder.News || i.Kind == reminder.TeamAlarm {
			part, _, _ := strings.Cut(i.Ref, ":")
			out = append(out, part)
		}
	}
	slices.Sort(out)
	return out
}

// TestANewWayInIsTold: a code of the office for somebody's account, the sign-in by it
// and the end of a device are told to its owner, whoever they are; a first code is not,
// however long its sign-in takes.
func TestANewWayInIsTold(t *testing.T) {
	w := newPlannedClinic(t)
	slow := w.InstanceWith(func(set *care.Config) {
		set.Now = func() time.Time { w.Clock.Move(5 * time.Millisecond); return w.Clock.Now() }
	})
	late, err := slow.People.CreateAccount(t.Context(), w.Admin, people.NewAccount{Role: models.RolePatient, Name: "Kim"})
	w.ok(err)
	first, err := slow.Signin.NewEnrolmentCode(t.Context(), w.Admin, late.ID, signin.CodeRequest{})
	w.ok(err)
	_, err = slow.Signin.Enrol(t.Context(), "a", first.Code, models.Device{ID: care.NewID(), Name: "Own"})
	w.ok(err)
	w.turn()
	for _, account := range []string{w.sam.AccountID, late.ID} {
		if got := w.refs(account); len(got) > 0 {
			t.Fatalf("the first sign-in is told: %v", got)
		}
	}
	w.Clock.Move(time.Minute)
	for _, who := range []models.Actor{w.sam, w.doctor} {
		code, err := w.Care.Signin.NewEnrolmentCode(t.Context(), w.Admin, who.AccountID, signin.CodeRequest{Identity: []string{"photo-id"}})
		w.ok(err)
		in, err := w.Care.Signin.Enrol(t.Context(), "a", code.Code, models.Device{ID: care.NewID(), Name: "Spare"})
		w.ok(err)
		w.ok(w.Care.Signin.EndSessionOf(t.Context(), w.Admin, who.AccountID, in.Session.ID, models.EndReportedLost))
		w.turn()
		if got := w.refs(who.AccountID); !slices.Equal(got, []string{"device", "way-in", "way-in"}) {
			t.Errorf("%s is told of %v", who.Role, got)
		}
	}
}

// TestACopiedSignInIsTold: who used an old token again, the sign-in ends and its owner
// finds it in the inbox.
func TestACopiedSignInIsTold(t *testing.T) {
	w := newPlannedClinic(t)
	for _, who := range []models.Actor{w.sam, w.doctor} {
		in := w.SignIn(who.AccountID)
		for token := in.RefreshToken; ; {
			next, err := w.Care.Signin.Refresh(t.Context(), token)
			w.ok(err)
			if token != in.RefreshToken {
				break
			}
			token = next.RefreshToken
		}
		w.turn()
		before := len(w.refs(who.AccountID))
		if _, err := w.Care.Signin.Refresh(t.Context(), in.RefreshToken); models.KindOf(err) != models.KindUnsigned {
			t.Fatal(err)
		}
		w.turn()
		if got := w.refs(who.AccountID); len(got) != before+1 || !slices.Contains(got, "device") {
			t.Errorf("%s is told of %v", who.Role, got)
		}
	}
}

// TestBothSidesHearOfAPlan: a proposal and its confirmation at the clinic are told to
// the patient, the patient's yes and no to the team. One's own edit is no news.
func TestBothSidesHearOfAPlan(t *testing.T) {
	w := newPlannedClinic(t)
	team, own := w.Chart(w.doctor, w.sam.PatientID), w.own()
	sign := func(text string) crisisplan.Content {
		return crisisplan.Content{WarningSigns: []crisisplan.Sign{{Text: text}}}
	}
	_, err := team.Crisis.SavePlan(t.Context(), 0, sign("a"), "")
	w.ok(err)
	w.turn()
	want := func(who models.Actor, want ...string) {
		t.Helper()
		if got := w.refs(who.AccountID); !slices.Equal(got, want) {
			t.Errorf("%s is told of %v", who.Role, got)
		}
	}
	want(w.sam, "plan-draft")
	want(w.doctor)
	_, err = own.Crisis.DeclinePlan(t.Context(), 1)
	w.ok(err)
	w.turn()
	want(w.doctor, "plan-declined")
	_, err = own.Crisis.SavePlan(t.Context(), 1, sign("b"), "")
	w.ok(err)
	_, err = own.Crisis.ActivatePlan(t.Context(), 2, crisisplan.Assent{})
	w.ok(err)
	w.turn()
	want(w.sam, "plan-draft")
	want(w.doctor, "plan-confirmed", "plan-declined")
	_, err = team.Crisis.SavePlan(t.Context(), 2, sign("c"), "")
	w.ok(err)
	_, err = team.Crisis.ActivatePlan(t.Context(), 3, crisisplan.Assent{How: crisisplan.AssentPaper, On: w.today()})
	w.ok(err)
	w.turn()
	want(w.sam, "crisis-plan", "plan-draft", "plan-draft")
}

// TestBreakGlassIsTold: the privacy officer at once, also at night; the patient the
// same day, or when a recorded risk has passed; who broke it, what the review found.
func TestBreakGlassIsTold(t *testing.T) {
	w := newPlannedClinic(t)
	medic := w.Clinician(models.DisciplineNursing)
	r := people.BreakGlassRequest{Affiliation: "Ambulance", Reason: "overdose", Nature: "Found without breath.", NoConsent: true}
	g, err := w.Care.People.BreakGlass(t.Context(), medic, w.sam.PatientID, care.NewID(), r)
	w.ok(err)
	w.turn()
	if got := w.refs(w.Admin.AccountID); !slices.Equal(got, []string{"glass"}) {
		t.Errorf("the privacy officer is told of %v", got)
	}
	if got := w.refs(w.sam.AccountID); !slices.Equal(got, []string{"access-log"}) {
		t.Errorf("the patient is told of %v", got)
	}
	_, err = w.Care.People.JudgeBreakGlass(t.Context(), w.Admin, g.ID, "justified", "")
	w.ok(err)
	r.TellRisk = "harm-from-others"
	_, err = w.Care.People.BreakGlass(t.Context(), medic, w.other.PatientID, care.NewID(), r)
	w.ok(err)
	w.turn()
	if got := w.refs(medic.AccountID); !slices.Equal(got, []string{"glass-reviewed"}) {
		t.Errorf("who broke it is told of %v", got)
	}
	if got := w.refs(w.other.AccountID); len(got) > 0 {
		t.Errorf("in spite of the risk the patient is told of %v", got)
	}
	w.Clock.Move(models.BreakGlassReviewHours*time.Hour + time.Minute)
	w.ok(w.Care.People.FollowBreakGlass(t.Context()))
	w.turn()
	if got := w.refs(w.other.AccountID); !slices.Equal(got, []string{"access-log"}) {
		t.Errorf("after the delay the patient is told of %v", got)
	}
	if got := w.refs(w.Admin.AccountID); !slices.Equal(got, []string{"glass", "glass", "glass"}) {
		t.Errorf("a review that is late: %v", got)
	}
}

// TestAGuardianIsNewsToTheirPatient: that somebody acts for them, that it ended, and what
// they sign meanwhile. The guardian and the office hear nothing.
func TestAGuardianIsNewsToTheirPatient(t *testing.T) {
	w := newPlannedClinic(t)
	a, err := w.Care.People.CreateAccount(t.Context(), w.Admin, people.NewAccount{Role: models.RoleGuardian, Name: "Rosa Diaz"})
	w.ok(err)
	rosa := w.SignIn(a.ID).Session.Actor()
	office := w.Chart(w.Admin, w.sam.PatientID).People
	_, err = office.RecordGuardian(t.Context(), a.ID, people.GuardianTerms{Basis: models.BasisCourtOrder, Document: "County court, 26-PR-118",
		GuardianSpan: models.GuardianSpan{From: w.Clock.Now(), Until: w.Clock.Now().AddDate(1, 0, 0)}, Signs: true})
	w.ok(err)
	w.turn()
	told := func(want ...string) {
		t.Helper()
		if got := w.refs(w.sam.AccountID); !slices.Equal(got, want) {
			t.Errorf("the patient is told of %v, want %v", got, want)
		}
	}
	told("guardian")
	end := w.Clock.Now().AddDate(0, 1, 0)
	given, err := w.Chart(rosa, w.sam.PatientID).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit,
		Recipient: w.doctor.AccountID, Scopes: models.ShareableScopes[:1], Purposes: []models.Purpose{models.PurposeTreatment}, Expiry: models.Expiry{At: &end},
		Statements: []models.Statement{models.StatementRevocation, models.StatementRedisclosure, models.StatementRefusal}, Signature: models.Signature{Name: "Rosa Diaz", Method: "typed"}})
	w.ok(err)
	w.turn()
	told("guardian", "sharing")
	w.ok(w.Chart(rosa, w.sam.PatientID).People.RevokeConsent(t.Context(), given.ID))
	w.ok(office.EndGuardian(t.Context(), a.ID))
	w.turn()
	told("guardian", "guardian", "sharing", "sharing")
	for _, who := range []models.Actor{rosa, w.Admin, w.doctor} {
		if got := w.refs(who.AccountID); len(got) > 0 {
			t.Errorf("%s is told of %v", who.Role, got)
		}
	}
}
