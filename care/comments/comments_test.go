package comments_test

import (
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/checkin"
	"handrail/models/comment"
	"handrail/models/handoff"
	"handrail/models/risk"
)

// TestAPatientCommentsOnWhatIsWritten: it stands beside the note for the team, is one when
// sent twice, nobody else writes one, and words of danger raise an alert.
func TestAPatientCommentsOnWhatIsWritten(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	sam, other := h.Patient(), h.Patient()
	doctor, nurse, mother := h.Clinician(models.DisciplinePsychiatry, sam), h.Clinician(models.DisciplineNursing, sam), h.Supporter(sam)
	h.Share(sam, mother, models.ScopeGoalsShared)
	of := func(who models.Actor) *care.Chart { return h.Chart(who, sam.PatientID) }
	goal, note := care.NewID(), care.NewID()
	_, err := of(sam).Record.ProposeGoal(ctx, goal, models.GoalTerms{Title: "Sleep", Domain: "health", Shared: true})
	ok(t, err)
	_, err = of(doctor).Record.AddGoalNote(ctx, goal, note, "Does not want to sleep.")
	ok(t, err)
	about := comment.About{Kind: comment.GoalNote, ID: note}

	id := care.NewID()
	first, err := of(sam).Comment.Add(ctx, id, about, "I do want to. I can't.")
	ok(t, err)
	if first.Author.AccountID != doctor.AccountID || first.Within != goal {
		t.Errorf("it is about %+v in %s", first.Author, first.Within)
	}
	h.Clock.Move(time.Minute)
	if again, err := of(sam).Comment.Add(ctx, id, about, "I do want to. I can't."); err != nil || again != first {
		t.Errorf("the same again: %+v, %v", again, err)
	}
	_, err = of(sam).Comment.Add(ctx, id, about, "Other words.")
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	if page, err := of(nurse).Comment.List(ctx, comment.GoalNote, "", 10); err != nil || len(page.Items) != 1 || page.Items[0] != first {
		t.Errorf("a colleague reads %+v, %v", page.Items, err)
	}
	if page, err := of(nurse).Comment.List(ctx, comment.Discharge, "", 10); err != nil || len(page.Items) != 0 {
		t.Errorf("of another kind: %+v, %v", page.Items, err)
	}
	_, err = of(mother).Comment.List(ctx, comment.GoalNote, "", 10)
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	_, err = of(doctor).Comment.Add(ctx, care.NewID(), about, "In their name.")
	caretest.WantKind(t, err, models.KindForbidden, "only-the-patient")
	_, err = h.Chart(other, other.PatientID).Comment.Add(ctx, care.NewID(), about, "Not mine.")
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	_, err = of(sam).Comment.Add(ctx, care.NewID(), comment.About{Kind: "diary", ID: note}, strings.Repeat("x", comment.MaxText+1))
	if got := caretest.FieldsOf(err); len(got) != 2 {
		t.Errorf("both are wrong: %v", got)
	}
	own := care.NewID()
	_, err = of(sam).Record.AddGoalNote(ctx, goal, own, "Slept.")
	ok(t, err)
	_, err = of(sam).Comment.Add(ctx, care.NewID(), comment.About{Kind: comment.GoalNote, ID: own}, "Yes.")
	caretest.WantKind(t, err, models.KindConflict, "your-own-words")

	s, err := h.Care.Alerts.Settings(ctx, h.Admin)
	ok(t, err)
	_, err = h.Care.Alerts.Set(ctx, h.Admin, s.Version, alerts.Terms{Hours: risk.Hours{Zone: "America/New_York", Windows: []risk.Window{{Day: 1, From: "00:00", To: "24:00"}}}, FailSafe: h.Admin.AccountID, Confirmed: true})
	ok(t, err)
	before := len(alertsOf(t, of(doctor)))
	_, err = of(sam).Comment.Add(ctx, care.NewID(), about, "I want to kill myself")
	ok(t, err)
	if after := len(alertsOf(t, of(doctor))); after != before+1 {
		t.Errorf("%d alerts, then %d", before, after)
	}
	for range comment.MaxEach - 2 {
		_, err = of(sam).Comment.Add(ctx, care.NewID(), about, "More.")
		ok(t, err)
	}
	_, err = of(sam).Comment.Add(ctx, care.NewID(), about, "More.")
	caretest.WantKind(t, err, models.KindConflict, "too-many")
}

func alertsOf(t *testing.T, c *care.Chart) []string {
	t.Helper()
	open, err := c.Alerts.Open(t.Context())
	ok(t, err)
	out := []string{}
	for _, a := range open {
		out = append(out, a.ID)
	}
	return out
}

// TestWhoChangedAThingLastHears of a comment on a thing of the care plan.
func TestWhoChangedAThingLastHears(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	sam := h.Patient()
	doctor, nurse := h.Clinician(models.DisciplinePsychiatry, sam), h.Clinician(models.DisciplineNursing, sam)
	of := func(who models.Actor) *care.Chart { return h.Chart(who, sam.PatientID) }
	item, why, title := care.NewID(), "Nights", "Walks"
	kind := "mood-care"
	v, err := of(doctor).CarePlan.Change(ctx, careplan.Edit{Base: 1, Items: []careplan.ItemEdit{{ID: item, Kind: careplan.Activity, Activity: &kind, Title: &title}}})
	ok(t, err)
	_, err = of(nurse).CarePlan.Change(ctx, careplan.Edit{Base: v.Version, Reason: "Said so", Items: []careplan.ItemEdit{{ID: item, Why: &why}}})
	ok(t, err)
	c, err := of(sam).Comment.Add(ctx, care.NewID(), comment.About{Kind: comment.CarePlanItem, ID: item}, "Days are worse.")
	ok(t, err)
	if c.Author.AccountID != nurse.AccountID || c.Within != item {
		t.Errorf("who hears: %+v", c)
	}
}

// TestCommentsOnWhatIsShownOfACheckInAHandoffAndAGoal: beside one that somebody wrote down,
// a change of setting, and a goal that others wrote; not beside what the patient told
// themself, nor what they are not shown.
func TestCommentsOnWhatIsShownOfACheckInAHandoffAndAGoal(t *testing.T) {
	h := caretest.New(t)
	ctx := t.Context()
	sam, other := h.Patient(), h.Patient()
	doctor, nurse := h.Clinician(models.DisciplinePsychiatry, sam), h.Clinician(models.DisciplineNursing, sam)
	mother, outside := h.Supporter(sam), h.Clinician(models.DisciplineTherapy)
	h.Share(sam, mother, models.ScopeGoalsShared)
	h.Share(sam, outside, models.Scope(models.SectionCheckIns))
	of := func(who models.Actor) *care.Chart { return h.Chart(who, sam.PatientID) }
	down, own, goal, ownGoal, moves, quiet := care.NewID(), care.NewID(), care.NewID(), care.NewID(), care.NewID(), care.NewID()
	_, err := of(nurse).Record.WriteDown(ctx, down, checkin.ByPhone, h.MoodToday())
	ok(t, err)
	_, err = of(sam).Record.SendCheckIn(ctx, own, h.MoodToday())
	ok(t, err)
	_, err = of(doctor).Record.ProposeGoal(ctx, goal, models.GoalTerms{Title: "Walk", Domain: "health"})
	ok(t, err)
	_, err = of(sam).Record.ProposeGoal(ctx, ownGoal, models.GoalTerms{Title: "Sleep", Domain: "health"})
	ok(t, err)
	told := handoff.Terms{Receiver: nurse.AccountID, Severity: handoff.Watcher, Summary: "Stable.", Actions: []string{"Call."}, Situation: "At home.", WhatIf: []handoff.WhatIf{{If: "Worse", Then: "Call"}}}
	_, err = of(doctor).Handoffs.Give(ctx, quiet, told)
	ok(t, err)
	told.From, told.To, told.NextVisitOn, told.CallDay1, told.CallDay7 = handoff.Detox, handoff.Community, h.Day(9), nurse.AccountID, doctor.AccountID
	_, err = of(doctor).Handoffs.Give(ctx, moves, told)
	ok(t, err)

	for _, tt := range []struct {
		kind comment.Kind
		id   string
		by   models.Actor
	}{{comment.CheckIn, down, nurse}, {comment.Goal, goal, doctor}, {comment.Handoff, moves, doctor}} {
		about := comment.About{Kind: tt.kind, ID: tt.id}
		c, err := of(sam).Comment.Add(ctx, care.NewID(), about, "I see it in another way.")
		ok(t, err)
		if c.Author.AccountID != tt.by.AccountID || c.Author.Role != models.RoleClinician || c.Within != tt.id {
			t.Errorf("%s: %+v", tt.kind, c)
		}
		for _, who := range []models.Actor{sam, nurse} {
			if page, err := of(who).Comment.List(ctx, tt.kind, "", 10); err != nil || len(page.Items) != 1 || page.Items[0] != c {
				t.Errorf("%s reads of %s %+v, %v", who.Role, tt.kind, page.Items, err)
			}
		}
		_, err = of(mother).Comment.List(ctx, tt.kind, "", 10)
		caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
		_, err = h.Chart(other, other.PatientID).Comment.Add(ctx, care.NewID(), about, "Not mine.")
		caretest.WantKind(t, err, models.KindNotFound, "not-found")
		_, err = of(nurse).Comment.Add(ctx, care.NewID(), about, "In their name.")
		if models.KindOf(err) != models.KindForbidden {
			t.Errorf("staff comments on %s: %v", tt.kind, err)
		}
	}
	if page, err := of(outside).Comment.List(ctx, comment.CheckIn, "", 10); err != nil || len(page.Items) != 1 {
		t.Errorf("who was shown all check-ins reads %+v, %v", page.Items, err)
	}
	for _, about := range []comment.About{{Kind: comment.CheckIn, ID: own}, {Kind: comment.Goal, ID: ownGoal}} {
		_, err = of(sam).Comment.Add(ctx, care.NewID(), about, "Yes.")
		caretest.WantKind(t, err, models.KindConflict, "your-own-words")
	}
	for _, about := range []comment.About{{Kind: comment.Handoff, ID: quiet}, {Kind: comment.CheckIn, ID: goal}, {Kind: comment.Goal, ID: down}} {
		_, err = of(sam).Comment.Add(ctx, care.NewID(), about, "Hm.")
		caretest.WantKind(t, err, models.KindNotFound, "not-found")
	}
	_, err = of(nurse).Record.EditGoal(ctx, ownGoal, 1, models.GoalTerms{Title: "Sleep", Domain: "health", Barriers: []string{"Noise"}})
	ok(t, err)
	c, err := of(sam).Comment.Add(ctx, care.NewID(), comment.About{Kind: comment.Goal, ID: ownGoal}, "Days are bad too.")
	ok(t, err)
	if c.Author.AccountID != nurse.AccountID {
		t.Errorf("who changed it hears: %+v", c.Author)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err, caretest.FieldsOf(err))
	}
}
