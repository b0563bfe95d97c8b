package record_test

import (
	"encoding/json"
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

func TestAGoalFromProposalToNote(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	therapist, mother := h.Clinician(models.DisciplineTherapy, p), h.Supporter(p)
	h.Share(p, mother, models.ScopeGoalsShared)
	team, own := h.Chart(therapist, p.PatientID), h.Chart(p, p.PatientID)
	terms, id := models.GoalTerms{Title: "Sleep by eleven", Domain: "health"}, care.NewID()
	g, err := team.Record.ProposeGoal(t.Context(), id, terms)
	if err != nil || g.Value.Status != models.GoalProposed {
		t.Fatal(err)
	}
	if again, err := team.Record.ProposeGoal(t.Context(), id, terms); err != nil || again.Version != 1 {
		t.Errorf("the same proposal again: %v", err)
	}
	terms.Title = "Sleep by ten"
	_, err = team.Record.ProposeGoal(t.Context(), id, terms)
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	_, err = team.Record.MoveGoal(t.Context(), id, 1, models.GoalAccepted, "")
	caretest.WantKind(t, err, models.KindForbidden, "not-yours-to-decide")
	g, err = own.Record.MoveGoal(t.Context(), id, 1, models.GoalAccepted, "")
	if err != nil || g.Version != 2 {
		t.Fatal(err)
	}
	if again, err := own.Record.MoveGoal(t.Context(), id, 1, models.GoalAccepted, ""); err != nil || again.Version != 2 {
		t.Errorf("a yes whose answer was lost: %v", err)
	}
	_, err = team.Record.EditGoal(t.Context(), id, 1, models.GoalTerms{Title: "Sleep by eleven", Domain: "health", Barriers: []string{"Late shifts"}})
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	_, err = h.Chart(mother, p.PatientID).Record.Goal(t.Context(), id)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	if _, err = own.Record.EditGoal(t.Context(), id, 2, models.GoalTerms{Title: "Sleep by eleven", Domain: "health", Shared: true}); err != nil {
		t.Fatal(err)
	}
	if page, err := h.Chart(mother, p.PatientID).Record.Goals(t.Context(), "", 10); err != nil || len(page.Items) != 1 || len(page.Items[0].Value.Moves) != 0 {
		t.Errorf("the mother sees %+v, %v", page.Items, err)
	}
	_, err = h.Chart(mother, p.PatientID).Record.GoalNotes(t.Context(), id, "", 10)
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	note := care.NewID()
	for range 2 {
		if _, err := team.Record.AddGoalNote(t.Context(), id, note, "Two good nights."); err != nil {
			t.Fatal(err)
		}
	}
	if page, err := own.Record.GoalNotes(t.Context(), id, "", 10); err != nil || len(page.Items) != 1 {
		t.Errorf("%d notes, %v", len(page.Items), err)
	}
	history, err := own.Record.GoalHistory(t.Context(), id, "", 10)
	if err != nil || len(history.Items) != 3 || history.Items[0].Fields[0] != "shared" || history.Items[2].By.AccountID != therapist.AccountID {
		t.Errorf("%+v, %v", history.Items, err)
	}
}

func TestSyncTellsWhatChanged(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	own := h.Chart(p, p.PatientID)
	if _, err := own.Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "Walk", Domain: "health"}); err != nil {
		t.Fatal(err)
	}
	first, err := own.Record.Feed(t.Context(), "")
	if err != nil || len(first.Goals) != 1 || first.More || first.Reset {
		t.Fatalf("%+v, %v", first, err)
	}
	if same, err := own.Record.Feed(t.Context(), first.Next); err != nil || len(same.Changes) != 0 {
		t.Errorf("nothing new: %+v, %v", same, err)
	}
	if _, err := own.Record.SendCheckIn(t.Context(), care.NewID(), h.MoodToday()); err != nil {
		t.Fatal(err)
	}
	next, err := own.Record.Feed(t.Context(), first.Next)
	if err != nil || len(next.CheckIns) != 1 || len(next.Goals) != 0 {
		t.Errorf("%+v, %v", next, err)
	}
	if strange, err := own.Record.Feed(t.Context(), "not one of ours"); err != nil || !strange.Reset || len(strange.Changes) != 2 {
		t.Errorf("%+v, %v", strange, err)
	}
	nurse := h.Clinician(models.DisciplineNursing, p)
	mother := h.Supporter(p)
	h.Share(p, mother, models.ScopeGoalsShared)
	if team, err := h.Chart(nurse, p.PatientID).Record.Feed(t.Context(), ""); err != nil || len(team.Goals) != 1 {
		t.Errorf("%+v, %v", team, err)
	}
	if part, err := h.Chart(mother, p.PatientID).Record.Feed(t.Context(), ""); err != nil || len(part.Changes) != 0 {
		t.Errorf("who sees a part learns of %+v, %v", part.Changes, err)
	}
}

// TestStepsThatYouReachAreStepsOnly: who may see the steps reads no word of the goal
// that is not a step that was reached.
func TestStepsThatYouReachAreStepsOnly(t *testing.T) {
	h := caretest.New(t)
	patient := h.Patient()
	aunt := h.Supporter(patient)
	own := h.Chart(patient, patient.PatientID)
	value := 3.0
	g, err := own.Record.ProposeGoal(t.Context(), care.NewID(), models.GoalTerms{Title: "secret-title", Why: "secret-why", Domain: "substance-use", Barriers: []string{"secret-barrier"},
		Strengths: []string{"secret-strength"}, Target: &models.GoalTarget{Measure: "secret-target", Comparator: ">=", Value: &value}, Shared: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []models.MilestoneTerms{{Title: "Called a friend", Status: "done", Evidence: "secret-evidence"}, {Title: "secret-open"}} {
		if g, err = own.Record.SetMilestone(t.Context(), g.Value.ID, g.Version, care.NewID(), m); err != nil {
			t.Fatal(err)
		}
	}
	h.Share(patient, aunt, models.ScopeMilestones)
	ch := h.Chart(aunt, patient.PatientID)
	list, err := ch.Record.Goals(t.Context(), "", 10)
	if err != nil || len(list.Items) != 1 {
		t.Fatal(list, err)
	}
	one, err := ch.Record.Goal(t.Context(), g.Value.ID)
	if err != nil {
		t.Fatal(err)
	}
	feed, err := ch.Record.Feed(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]any{"list": list, "one": one, "sync": feed} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "secret") || strings.Contains(string(text), "substance") || strings.Contains(string(text), patient.Name) {
			t.Errorf("%s: %s", name, text)
		}
		if name != "sync" && !strings.Contains(string(text), "Called a friend") {
			t.Errorf("%s has no step: %s", name, text)
		}
	}
	if _, err := ch.Record.GoalHistory(t.Context(), g.Value.ID, "", 10); models.KindOf(err) != models.KindForbidden {
		t.Errorf("the history: %v", err)
	}
	h.Share(patient, aunt, models.ScopeGoalsShared) // and with the goal itself shared, all of it
	if whole, err := h.Chart(aunt, patient.PatientID).Record.Goal(t.Context(), g.Value.ID); err != nil || whole.Value.Why != "secret-why" {
		t.Errorf("with both scopes: %+v %v", whole.Value, err)
	}
}
