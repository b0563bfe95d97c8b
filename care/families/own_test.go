package families_test

import (
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/family"
)

// What a supporter wants to do is theirs: another supporter finds nothing, nobody else has
// such a list, and it goes with the account.
func TestOwnGoalsAreTheirsAlone(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mum, dad := h.Supporter(p), h.Supporter(p)
	id, want := care.NewID(), family.OwnGoalTerms{Kind: "task", Title: "Call my sister"}
	for range 2 {
		if _, err := h.Care.Family.KeepGoal(t.Context(), mum, id, want); err != nil {
			t.Fatal(err)
		}
	}
	done := want
	done.Done = true
	_, err := h.Care.Family.ChangeGoal(t.Context(), dad, id, 1, done)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	_, err = h.Care.Family.ChangeGoal(t.Context(), mum, id, 7, done)
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	got, err := h.Care.Family.ChangeGoal(t.Context(), mum, id, 1, done)
	if err != nil || got.Value.DoneAt == nil || got.Version != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	if page, err := h.Care.Family.OwnGoals(t.Context(), dad, "", 10); err != nil || len(page.Items) != 0 {
		t.Errorf("%+v, %v", page, err)
	}
	for _, other := range []models.Actor{p, h.Clinician(models.DisciplineNursing), h.First(models.RoleCoordinator, "")} {
		_, err := h.Care.Family.OwnGoals(t.Context(), other, "", 10)
		caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	}
	if err := h.Care.Family.EraseMine(t.Context(), mum); err != nil {
		t.Fatal(err)
	}
	if page, err := h.Care.Family.OwnGoals(t.Context(), mum, "", 10); err != nil || len(page.Items) != 0 {
		t.Errorf("after the erasure: %+v, %v", page, err)
	}
}

// A proposal of a supporter is no goal until the patient makes one of it; a no is not
// told, and a stranger proposes nothing.
func TestAProposalIsThePatientsToTake(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mum, stranger := h.Supporter(p), h.Supporter(h.Patient())
	own := h.Chart(p, p.PatientID)
	propose := func(title string) string {
		id := care.NewID()
		for range 2 {
			if _, err := h.Care.Family.ProposeGoal(t.Context(), mum, p.PatientID, id, title, "It did you good."); err != nil {
				t.Fatal(err)
			}
		}
		return id
	}
	yes, no := propose("Walk with me"), propose("Ring me")
	_, err := h.Care.Family.ProposeGoal(t.Context(), stranger, p.PatientID, care.NewID(), "Pay me", "")
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	if goals, err := own.Record.Goals(t.Context(), "", 10); err != nil || len(goals.Items) != 0 {
		t.Errorf("%+v, %v", goals, err)
	}
	if found, err := own.Family.Proposals(t.Context()); err != nil || len(found) != 2 {
		t.Errorf("%+v, %v", found, err)
	}
	nurse := h.Clinician(models.DisciplineNursing, p)
	_, err = h.Chart(nurse, p.PatientID).Family.Proposals(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	for range 2 {
		if _, err := own.Family.AnswerProposal(t.Context(), yes, family.ProposalTaken, "health"); err != nil {
			t.Fatal(err)
		}
		if _, err := own.Family.AnswerProposal(t.Context(), no, family.ProposalLeft, ""); err != nil {
			t.Fatal(err)
		}
	}
	_, err = own.Family.AnswerProposal(t.Context(), no, family.ProposalTaken, "health")
	caretest.WantKind(t, err, models.KindConflict, "answered")
	if goals, err := own.Record.Goals(t.Context(), "", 10); err != nil || len(goals.Items) != 1 || goals.Items[0].Value.Title != "Walk with me" || goals.Items[0].Value.Shared {
		t.Errorf("%+v, %v", goals, err)
	}
	mine, err := h.Care.Family.MyProposals(t.Context(), mum, p.PatientID)
	if err != nil || len(mine) != 2 || mine[0].Answer != "" || mine[1].Answer != family.ProposalTaken || mine[1].GoalID != "" {
		t.Errorf("%+v, %v", mine, err)
	}
	for range family.MaxProposals - 2 {
		propose("More")
	}
	_, err = h.Care.Family.ProposeGoal(t.Context(), mum, p.PatientID, care.NewID(), "Too much", "")
	caretest.WantKind(t, err, models.KindConflict, "too-many-proposals")
	if err := own.Family.Remove(t.Context(), mum.AccountID); err != nil {
		t.Fatal(err)
	}
	if found, err := own.Family.Proposals(t.Context()); err != nil || len(found) != 0 {
		t.Errorf("of somebody who was removed: %+v, %v", found, err)
	}
}

// A practice that was done together is kept once, both read its day, and the date of the
// next one follows; with a stranger nobody practises.
func TestPractisingThePlanTogether(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	mum := h.Supporter(p)
	plan(t, h, p)
	own := h.Chart(p, p.PatientID)
	_, err := own.Crisis.RehearsePlan(t.Context(), care.NewID(), crisisplan.RehearsalTerms{Opened: true, With: care.NewID()})
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	id := care.NewID()
	for range 2 {
		if _, err := own.Crisis.RehearsePlan(t.Context(), id, crisisplan.RehearsalTerms{Opened: true, TookMillis: 200, With: mum.AccountID}); err != nil {
			t.Fatal(err)
		}
	}
	mine, err := h.Care.Family.Supporting(t.Context(), mum)
	if err != nil || len(mine) != 1 || mine[0].RehearsedOn == "" {
		t.Errorf("%+v, %v", mine, err)
	}
	if circle, err := own.Family.Supporters(t.Context()); err != nil || circle[0].RehearsedOn != mine[0].RehearsedOn {
		t.Errorf("%+v, %v", circle, err)
	}
	if done, err := own.Crisis.PlanRehearsals(t.Context(), "", 10); err != nil || len(done.Items) != 1 || done.Items[0].With != mum.AccountID {
		t.Errorf("%+v, %v", done, err)
	}
}
