package record_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

// TestANoteInTheWrongChartIsStruck: by who wrote it, with a reason that the patient is not
// shown; its words are gone for everybody, and that there was one stays.
func TestANoteInTheWrongChartIsStruck(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	p := h.Patient()
	therapist, nurse := h.Clinician(models.DisciplineTherapy, p), h.Clinician(models.DisciplineNursing, p)
	of := func(who models.Actor) *care.Chart { return h.Chart(who, p.PatientID) }
	goal, elsewhere, note := care.NewID(), care.NewID(), care.NewID()
	for _, id := range []string{goal, elsewhere} {
		if _, err := of(p).Record.ProposeGoal(ctx, id, models.GoalTerms{Title: "Sleep", Domain: "health"}); err != nil {
			t.Fatal(err)
		}
	}
	add := func() (models.GoalNote, error) {
		return of(therapist).Record.AddGoalNote(ctx, goal, note, "Ms Other relapsed.")
	}
	if _, err := add(); err != nil {
		t.Fatal(err)
	}
	_, err := of(nurse).Record.StrikeGoalNote(ctx, goal, note, "Not hers.")
	caretest.WantKind(t, err, models.KindForbidden, "not-the-author")
	_, err = of(therapist).Record.StrikeGoalNote(ctx, elsewhere, note, "Not hers.")
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	_, err = of(therapist).Record.StrikeGoalNote(ctx, goal, note, "")
	if got := caretest.FieldsOf(err); len(got) != 1 {
		t.Errorf("no reason: %v", got)
	}
	for i, why := range []string{"Ms Other's.", "Again."} { // twice is once, and the first reason stands
		n, err := of(therapist).Record.StrikeGoalNote(ctx, goal, note, why)
		if err != nil || n.Text != "" || n.Struck == nil || n.Struck.Why != "Ms Other's." {
			t.Fatalf("%d: %+v, %v", i, n, err)
		}
		h.Clock.Move(time.Minute)
	}
	for who, why := range map[models.Role]string{models.RolePatient: "", models.RoleClinician: "Ms Other's."} {
		reader := p
		if who == models.RoleClinician {
			reader = nurse
		}
		page, err := of(reader).Record.GoalNotes(ctx, goal, "", 10)
		if err != nil || len(page.Items) != 1 || page.Items[0].Text != "" || page.Items[0].Struck == nil || page.Items[0].Struck.Why != why {
			t.Errorf("%s reads %+v, %v", who, page.Items, err)
		}
	}
	if n, err := add(); err != nil || n.Text != "" {
		t.Errorf("the note sent again, whose answer was lost: %+v, %v", n, err)
	}
}
