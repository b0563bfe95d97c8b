package families_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/families"
	"handrail/care/messages"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/family"
	"handrail/models/message"
)

const address = "203.0.113.9"

func terms(scopes ...models.Scope) family.InvitationTerms {
	return family.InvitationTerms{From: "Sam", Name: "Mum", Relationship: "parent", Boundaries: []string{"Call before you come."}, Scopes: scopes,
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: "Sam Reed", Method: models.SignatureTyped}}
}

// An invitation says to whoever holds it nothing of a clinic, a patient or what is
// treated; it is taken once, and makes an account, the consent and the place in one step.
func TestAnInvitationIsTakenOnce(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	own := h.Chart(p, p.PatientID).Family
	id := care.NewID()
	in, err := own.Invite(t.Context(), id, terms(models.ScopeGoalsShared))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := own.Invite(t.Context(), id, terms(models.ScopeGoalsShared)); err != nil || again.Code != in.Code {
		t.Errorf("the same invitation again: %q and %q, %v", again.Code, in.Code, err)
	}
	_, err = own.Invite(t.Context(), id, terms())
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	offer, err := h.Care.Family.Offer(t.Context(), address, strings.ToLower(in.Code))
	if err != nil {
		t.Fatal(err)
	}
	said, _ := json.Marshal(offer)
	for _, told := range []string{p.PatientID, p.AccountID, p.Name, caretest.Site.Name, "Sam Reed", "addiction", "recovery"} {
		if strings.Contains(string(said)+in.Link, told) {
			t.Errorf("a stranger reads %q in %s", told, said)
		}
	}
	phone := caretest.Phone()
	arrival := families.Arrival{Code: in.Code, Agreed: true, Name: "Rosa", Device: phone}
	s, err := h.Care.Family.Arrive(t.Context(), address, arrival)
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Care.Family.Arrive(t.Context(), address, arrival)
	if err != nil || again.Session.ID != s.Session.ID {
		t.Errorf("an answer that was lost: %v", err)
	}
	arrival.Device = caretest.Phone()
	_, err = h.Care.Family.Arrive(t.Context(), address, arrival)
	caretest.WantKind(t, err, models.KindInvalid, "invitation-not-valid")
	_, err = h.Care.Family.Offer(t.Context(), address, in.Code)
	caretest.WantKind(t, err, models.KindInvalid, "invitation-not-valid")
	mum := s.Session.Actor()
	if _, err := h.Chart(mum, p.PatientID).Record.Goals(t.Context(), "", 10); err != nil {
		t.Error(err)
	}
	circle, err := own.Supporters(t.Context())
	if err != nil || len(circle) != 1 || !circle[0].Agreement.Holds() || circle[0].Looks[0].Until.Sub(h.Clock.Now()) != 180*24*time.Hour {
		t.Errorf("%+v, %v", circle, err)
	}
	mine, err := h.Care.Family.Supporting(t.Context(), mum)
	if err != nil || len(mine) != 1 || mine[0].Name != "Sam" {
		t.Errorf("%+v, %v", mine, err)
	}
}

// Five wrong tries end an invitation, as it ends by time and by being taken back; to
// whoever tries all look like a code that there never was.
func TestAnInvitationThatIsOverLooksLikeNone(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	own := h.Chart(p, p.PatientID).Family
	invite := func() families.Invited {
		in, err := own.Invite(t.Context(), care.NewID(), terms())
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	over := func(why, code string) {
		t.Helper()
		_, err := h.Care.Family.Offer(t.Context(), address, code)
		if _, never := h.Care.Family.Offer(t.Context(), address, "0000-000-000"); err == nil || never == nil || err.Error() != never.Error() {
			t.Errorf("%s: %v and %v", why, err, never)
		}
	}
	guessed := invite()
	for n := range family.MaxGuesses {
		wrong := guessed.Code[:5] + fmt.Sprintf("%03d-%03d", n, n)
		if _, err := h.Care.Family.Offer(t.Context(), address, wrong); err == nil {
			t.Error("a wrong code opened it")
		}
	}
	over("guessed", guessed.Code)
	back := invite()
	for range 2 {
		if err := own.CancelInvitation(t.Context(), back.ID); err != nil {
			t.Error(err)
		}
	}
	over("taken back", back.Code)
	late := invite()
	h.Clock.Move(family.InvitationLife)
	over("late", late.Code)
	mum := h.Supporter(p)
	if _, err := h.Care.Family.Join(t.Context(), mum, address, late.Code, true); err == nil {
		t.Error("a late one was taken")
	}
}

// A supporter with an account joins; the patient removes them in silence; they are then a
// stranger, and nothing of theirs tells that anything happened.
func TestRemovalIsSilent(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	other := h.Patient()
	mum := h.Supporter(other)
	own := h.Chart(p, p.PatientID).Family
	in, err := own.Invite(t.Context(), care.NewID(), terms(models.ScopeMilestones, models.ScopeAppointmentTimes))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Family.Join(t.Context(), mum, address, in.Code, false); caretest.FieldsOf(err)[0].Field != "agreed" {
		t.Error(err)
	}
	place, err := h.Care.Family.Join(t.Context(), mum, address, in.Code, true)
	if err != nil || place.PatientID != p.PatientID {
		t.Fatalf("%+v, %v", place, err)
	}
	if _, err := h.Care.Family.SetPromise(t.Context(), mum, p.PatientID, family.Promise{Do: []string{"I answer at night."}, Not: []string{"I give no money."}}); err != nil {
		t.Fatal(err)
	}
	if circle, err := own.Supporters(t.Context()); err != nil || circle[0].Promise == nil || circle[0].Promise.Do[0] != "I answer at night." {
		t.Errorf("%+v, %v", circle, err)
	}
	for range 2 {
		if err := own.Remove(t.Context(), mum.AccountID); err != nil {
			t.Fatal(err)
		}
	}
	_, gone := h.Care.Open(t.Context(), mum, p.PatientID, models.PurposeFamily)
	_, nobody := h.Care.Open(t.Context(), mum, care.NewID(), models.PurposeFamily)
	if gone == nil || gone.Error() != nobody.Error() {
		t.Errorf("%v and %v", gone, nobody)
	}
	_, err = h.Care.Family.SetPromise(t.Context(), mum, p.PatientID, family.Promise{})
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	if in, err = own.Invite(t.Context(), care.NewID(), terms()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.Family.Join(t.Context(), mum, address, in.Code, true); err != nil {
		t.Fatal(err)
	}
	if circle, err := own.Supporters(t.Context()); err != nil || len(circle) != 1 || circle[0].Promise != nil {
		t.Errorf("who comes back finds what they wrote before: %+v, %v", circle, err)
	}
	if err := own.Remove(t.Context(), mum.AccountID); err != nil {
		t.Fatal(err)
	}
	if left, err := h.Care.Family.Supporting(t.Context(), mum); err != nil || len(left) != 1 || left[0].PatientID != other.PatientID {
		t.Errorf("%+v, %v", left, err)
	}
}

// Words hold when both have said yes to the same ones.
func TestWordsHoldWhenBothSayYes(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mum := h.Supporter(p)
	own := h.Chart(p, p.PatientID).Family
	a, err := own.ProposeWords(t.Context(), mum.AccountID, 0, []string{"We talk on Sundays."})
	if err != nil || a.Holds() {
		t.Fatalf("%+v, %v", a, err)
	}
	b, err := h.Care.Family.ProposeMyWords(t.Context(), mum, p.PatientID, a.Number, []string{"We talk on Mondays."})
	if err != nil || b.Holds() || b.Number != 2 {
		t.Fatalf("%+v, %v", b, err)
	}
	_, err = own.AgreeWords(t.Context(), mum.AccountID, 1)
	caretest.WantKind(t, err, models.KindConflict, "words-changed")
	if c, err := own.AgreeWords(t.Context(), mum.AccountID, 2); err != nil || !c.Holds() {
		t.Errorf("%+v, %v", c, err)
	}
	_, err = h.Care.Family.AgreeToWords(t.Context(), h.Supporter(h.Patient()), p.PatientID, 2)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

// The patient is told before what somebody sees ends, once; renewing it says no more.
func TestAnEndIsToldBefore(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mum, aunt := h.Supporter(p), h.Supporter(p)
	renewed, ends := h.Share(p, mum, models.ScopeCrisisPlanShared), h.Share(p, aunt, models.ScopeMilestones)
	lines := func(action string) (refs []string) {
		t.Helper()
		for range 2 {
			if err := h.Care.People.TellConsentEnds(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		events, err := h.Care.Upkeep.EventsAfter(t.Context(), "", 500)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Action == action && e.PatientID == p.PatientID {
				refs = append(refs, e.Ref)
			}
		}
		slices.Sort(refs)
		return refs
	}
	if told := lines("consent.ending"); len(told) != 0 {
		t.Error(told)
	}
	h.Clock.Move(17 * 24 * time.Hour) // the consents of a test last a month
	want := []string{renewed.ID, ends.ID}
	slices.Sort(want)
	if told := lines("consent.ending"); !slices.Equal(told, want) {
		t.Errorf("told of %v, want %v", told, want)
	}
	circle, err := h.Chart(p, p.PatientID).Family.Supporters(t.Context())
	if err != nil || !circle[0].Looks[0].EndsSoon {
		t.Errorf("%+v, %v", circle, err)
	}
	next := care.NewID()
	for range 2 {
		v, err := h.Chart(p, p.PatientID).People.RenewConsent(t.Context(), renewed.ID, next, []models.Statement{models.StatementRevocation}, models.Signature{Name: "Sam", Method: "typed"}, nil)
		if err != nil || v.ID != next || v.Expiry.At.Sub(h.Clock.Now()) != 180*24*time.Hour {
			t.Fatalf("%+v, %v", v, err)
		}
	}
	h.Clock.Move(15 * 24 * time.Hour)
	if told := lines("consent.ended"); !slices.Equal(told, []string{ends.ID}) {
		t.Errorf("ended: %v", told)
	}
	if _, err := h.Chart(mum, p.PatientID).Crisis.CrisisPlan(t.Context()); err != nil {
		t.Error(err)
	}
	h.Clock.Move(152 * 24 * time.Hour)
	if told := lines("consent.ending"); !slices.Contains(told, next) {
		t.Errorf("told of %v", told)
	}
}

// What a supporter tells about themselves is theirs alone, and an unsafe answer opens
// their own help. Leaving erases it.
func TestASupportersOwnIsTheirs(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mum, aunt := h.Supporter(p), h.Supporter(p)
	h.Share(p, mum, models.ScopeMilestones)
	yes := true
	v := family.Coping{ID: care.NewID(), Coping: "too-much", Harm: &yes, Note: "I can't sleep."}
	for range 2 {
		if told, err := h.Care.Family.Tell(t.Context(), mum, v); err != nil || told.Help != "crisis" {
			t.Fatalf("%+v, %v", told, err)
		}
	}
	_, err := h.Care.Family.Tell(t.Context(), aunt, v)
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	if err := h.Care.Family.Forget(t.Context(), aunt, v.ID); err != nil {
		t.Error(err)
	}
	for _, a := range []models.Actor{p, h.Admin, h.Clinician(models.DisciplinePsychiatry, p)} {
		_, err := h.Care.Family.Told(t.Context(), a, "", 10)
		caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	}
	if page, err := h.Care.Family.Told(t.Context(), mum, "", 10); err != nil || len(page.Items) != 1 {
		t.Errorf("%+v, %v", page, err)
	}
	if page, err := h.Care.Family.Told(t.Context(), aunt, "", 10); err != nil || len(page.Items) != 0 {
		t.Errorf("%+v, %v", page, err)
	}
	if err := h.Care.Family.EraseMine(t.Context(), mum); err != nil {
		t.Fatal(err)
	}
	if page, err := h.Care.Family.Told(t.Context(), mum, "", 10); err != nil || len(page.Items) != 0 {
		t.Errorf("after the erasure: %+v, %v", page, err)
	}
	if err := h.Care.Signin.SignedIn(t.Context(), mum.SessionID); err == nil {
		t.Error("the session lives")
	}
	_, err = h.Care.People.Me(t.Context(), mum)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	if circle, err := h.Chart(p, p.PatientID).Family.Supporters(t.Context()); err != nil || len(circle) != 1 {
		t.Errorf("%+v, %v", circle, err)
	}
	if _, err := h.Care.People.Accounts(t.Context(), h.Admin, models.RoleSupporter, "", 10); err != nil {
		t.Error(err)
	}
}

// What the preview shows is what the API answers, over random consents and choices: as
// things are, and for what is signed next.
func TestThePreviewIsWhatTheyAreAnswered(t *testing.T) {
	rounds := 40
	if n, err := strconv.Atoi(os.Getenv("HANDRAIL_ROUNDS")); err == nil {
		rounds = n
	}
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	h.Offer(caretest.Talk)
	h.Opens(nurse)
	own := h.Chart(p, p.PatientID)
	book(t, h, p, nurse)
	plan(t, h, p)
	newer(t, h, p)
	random := rand.New(rand.NewPCG(16, 1))
	some := func(n int) bool { return random.IntN(n) == 0 }
	var goals []string
	for round := range rounds {
		mum := h.Supporter(p)
		if some(3) || len(goals) == 0 {
			id := care.NewID()
			g, err := own.Record.ProposeGoal(t.Context(), id, models.GoalTerms{Title: "Walk", Why: "My girl", Domain: "health", Barriers: []string{"Rain"}, Shared: some(2)})
			if err == nil {
				_, err = own.Record.SetMilestone(t.Context(), id, g.Version, care.NewID(), models.MilestoneTerms{Title: "One mile", Status: []string{"open", "done"}[random.IntN(2)]})
			}
			if err != nil {
				t.Fatal(err)
			}
			goals = append(goals, id)
		}
		idea := care.NewID()
		if _, err := h.Care.Family.ProposeGoal(t.Context(), mum, p.PatientID, idea, "Fish on Sundays", ""); err != nil {
			t.Fatal(err)
		}
		if answer := []string{"", family.ProposalLeft, family.ProposalTaken}[random.IntN(3)]; answer != "" {
			if _, err := own.Family.AnswerProposal(t.Context(), idea, answer, "health"); err != nil {
				t.Fatal(err)
			}
		}
		var sections []crisisplan.Section
		for _, s := range crisisplan.Sections {
			if some(3) {
				sections = append(sections, s)
			}
		}
		if _, err := own.Crisis.SharePlan(t.Context(), "*", mum.AccountID, sections); err != nil {
			t.Fatal(err)
		}
		if some(2) {
			write(t, h, p, nurse, mum)
		}
		for range random.IntN(3) {
			sign(t, h, p, mum, random, some(4))
		}
		if some(4) {
			h.Clock.Move(time.Duration(random.IntN(40)) * 24 * time.Hour)
		}
		seen, err := own.Family.Preview(t.Context(), families.PreviewAsk{AccountID: mum.AccountID})
		if err != nil {
			t.Fatal(err)
		}
		same(t, round, "as things are", seen, answered(t, h, mum, p.PatientID))
		ask := families.PreviewAsk{AccountID: mum.AccountID, Scopes: pick(random), PlanSections: []crisisplan.Section{crisisplan.Sections[random.IntN(len(crisisplan.Sections))]}}
		if seen, err = own.Family.Preview(t.Context(), ask); err != nil {
			t.Fatal(err)
		}
		if _, err := own.Crisis.SharePlan(t.Context(), "*", mum.AccountID, ask.PlanSections); err != nil {
			t.Fatal(err)
		}
		h.Share(p, mum, ask.Scopes...)
		same(t, round, "what is signed next", seen, answered(t, h, mum, p.PatientID))
		if err := own.Family.Remove(t.Context(), mum.AccountID); err != nil {
			t.Fatal(err)
		}
		same(t, round, "after the removal", families.SharingPreview{}, answered(t, h, mum, p.PatientID))
	}
	events, err := h.Care.Upkeep.EventsAfter(t.Context(), "", 500)
	for _, e := range events {
		if e.AccountID == "" || e.Role == models.RoleSupporter && e.Name == "" {
			t.Fatalf("a look left a line in somebody's name: %+v, %v", e, err)
		}
	}
}

// write begins a conversation with somebody, by a consent that is taken back then: what
// stands in it is closed again, until the next one.
func write(t *testing.T, h *caretest.Clinic, p, nurse, mum models.Actor) {
	t.Helper()
	consent := h.Share(p, mum, models.ScopeMessagesShared)
	_, err := h.Chart(nurse, p.PatientID).Messages.Begin(t.Context(), care.NewID(), message.Opening{Kind: message.WithFamily, Supporter: mum.AccountID,
		Subject: "The weekend", First: message.Draft{ID: care.NewID(), Text: "How was it?", Urgency: message.Routine}})
	if err == nil {
		err = h.Chart(p, p.PatientID).People.RevokeConsent(t.Context(), consent.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func pick(random *rand.Rand) []models.Scope {
	all := slices.Clone(models.SupporterScopes)
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:1+random.IntN(len(all))]
}

func sign(t *testing.T, h *caretest.Clinic, p, to models.Actor, random *rand.Rand, deny bool) {
	t.Helper()
	end := h.Clock.Now().Add(time.Duration(1+random.IntN(60)) * 24 * time.Hour)
	terms := models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: to.AccountID, Scopes: pick(random),
		Purposes: []models.Purpose{models.PurposeFamily}, Expiry: models.Expiry{At: &end},
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: "Sam", Method: "typed"}}
	if deny {
		terms.Provision = models.Deny
	}
	v, err := h.Chart(p, p.PatientID).People.GiveConsent(t.Context(), care.NewID(), terms)
	if err == nil && random.IntN(4) == 0 {
		err = h.Chart(p, p.PatientID).People.RevokeConsent(t.Context(), v.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// answered asks all that a supporter can, as the API does.
func answered(t *testing.T, h *caretest.Clinic, a models.Actor, patientID string) (out families.SharingPreview) {
	t.Helper()
	listed, err := h.Care.People.Patients(t.Context(), a, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range listed.Items {
		if s.ID == patientID {
			out.Patient = &s
		}
	}
	ch, err := h.Care.Open(t.Context(), a, patientID, models.PurposeFamily)
	if models.KindOf(err) == models.KindNotFound {
		return out
	}
	if err != nil {
		t.Fatal(err)
	}
	closed(t, h, ch, a, patientID)
	if page, err := ch.Visits.Visits(t.Context(), visits.VisitList{Latest: true, Limit: 50}); err == nil {
		list := []visits.VisitView{}
		for _, v := range page.Items {
			list = append(list, v.Value)
		}
		out.Visits, out.MoreVisits = &list, page.Next != ""
	}
	if page, err := ch.Record.Goals(t.Context(), "", 50); err == nil {
		list := goalViews(page)
		out.Goals, out.MoreGoals = &list, page.Next != ""
	}
	if page, err := ch.Messages.Threads(t.Context(), "", 50, func(string) error { return nil }); err == nil {
		list := append([]messages.ThreadView{}, page.Items...)
		out.Threads, out.MoreThreads = &list, page.Next != ""
	}
	if v, err := ch.Crisis.CrisisPlan(t.Context()); err == nil {
		out.Plan = v.Shared
	}
	return out
}

func same(t *testing.T, round int, what string, seen, got families.SharingPreview) {
	t.Helper()
	a, _ := json.MarshalIndent(seen, "", " ")
	if strings.Contains(string(a), needsNote) || strings.Contains(string(a), lentLabel) {
		t.Fatalf("round %d, %s: the preview tells what is needed or lent: %s", round, what, a)
	}
	b, _ := json.MarshalIndent(got, "", " ")
	if string(a) != string(b) {
		t.Fatalf("round %d, %s: the preview is\n%s\nthe answers are\n%s", round, what, a, b)
	}
}
