package disagreements_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	settling "handrail/care/disagreements"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/disagreement"
	"handrail/models/task"
)

type clinic struct {
	*caretest.Clinic
	t                           *testing.T
	sam                         models.Actor
	lead, doctor, nurse, novice models.Actor
}

func newClinic(t *testing.T) *clinic {
	h := caretest.New(t)
	c := &clinic{Clinic: h, t: t, sam: h.Patient()}
	c.doctor, c.nurse, c.novice = h.Clinician(models.DisciplinePsychiatry, c.sam), h.Clinician(models.DisciplineNursing, c.sam), h.Clinician(models.DisciplineTrainee, c.sam)
	c.lead = h.Clinician(models.DisciplineTherapy)
	_, err := h.Chart(h.Admin, c.sam.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, c.lead.AccountID, true)
	c.ok(err)
	return c
}

func (c *clinic) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err, caretest.FieldsOf(err))
	}
}

func (c *clinic) of(who models.Actor) *settling.Part {
	return c.Chart(who, c.sam.PatientID).Disagreed
}

func (c *clinic) terms() disagreement.Terms {
	return disagreement.Terms{Subject: disagreement.Care, Question: "Ward or home?", ForPatient: "Where do you want to be?", To: c.nurse.AccountID, DueAt: c.Clock.Now().Add(72 * time.Hour)}
}

func (c *clinic) raise() settling.View {
	c.t.Helper()
	v, err := c.of(c.doctor).Raise(c.t.Context(), care.NewID(), c.terms())
	c.ok(err)
	return v
}

func code(err error) string {
	e, _ := errors.AsType[*models.Error](err)
	if e == nil {
		return ""
	}
	out := e.Code
	for _, f := range caretest.FieldsOf(err) {
		out += " " + f.Field
	}
	return out
}

func (c *clinic) wants(got error, want string) {
	c.t.Helper()
	if code(got) != want {
		c.t.Errorf("%q, want %q", code(got), want)
	}
}

// TestADisagreementFromPositionsToWhatChanged: each has one position, the patient's words are
// a part of the outcome, who was asked ends it, the care plan says that it comes from it, and
// the patient reads none of who thinks what.
func TestADisagreementFromPositionsToWhatChanged(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	id := care.NewID()
	var v settling.View
	var err error
	for range 2 { // the answer was lost
		v, err = c.of(c.doctor).Raise(ctx, id, c.terms())
		c.ok(err)
	}
	if v.Owner.AccountID != c.doctor.AccountID || v.Asked == nil || v.Asked.AccountID != c.nurse.AccountID || !v.MaySettle {
		t.Errorf("%+v", v)
	}
	for _, text := range []string{"Ward.", "Home, with a visit each day."} {
		_, err = c.of(c.doctor).Say(ctx, id, text)
		c.ok(err)
	}
	_, err = c.of(c.lead).Say(ctx, id, "Home.")
	c.ok(err)
	settle := disagreement.Settling{Outcome: "Home.", ForPatient: "You stay at home.", Preference: disagreement.NotSaid}
	_, err = c.of(c.nurse).Settle(ctx, id, settle)
	c.wants(err, "invalid-input why")
	_, err = c.of(c.lead).Settle(ctx, id, settle)
	c.wants(err, "not-the-facilitator")
	_, err = c.of(c.nurse).Prefer(ctx, id, "He said: at home.")
	c.ok(err)
	_, err = c.of(c.sam).Prefer(ctx, id, "At home with my cat.")
	c.ok(err)
	_, err = c.of(c.nurse).Prefer(ctx, id, "He said: the ward.")
	c.wants(err, "own-words-stand")
	_, err = c.of(c.nurse).Settle(ctx, id, settle)
	c.wants(err, "invalid-input preference why")
	settle.Preference = disagreement.AsTheyWant
	settle.Changed = []task.Reference{{Type: "task", ID: care.NewID()}}
	_, err = c.of(c.nurse).Settle(ctx, id, settle)
	c.wants(err, "invalid-input changed[0]")
	settle.Changed = nil
	for range 2 {
		v, err = c.of(c.nurse).Settle(ctx, id, settle)
		c.ok(err)
	}
	work, err := c.Care.Tasks.Task(ctx, c.nurse, v.TaskID, func(string) error { return nil })
	c.ok(err)
	if v.Status != disagreement.Settled || len(v.Positions) != 2 || v.Positions[0].Text != "Home, with a visit each day." || work.Status != task.Completed {
		t.Errorf("%+v %s", v, work.Status)
	}
	_, err = c.of(c.doctor).Say(ctx, id, "I think again.")
	c.wants(err, "disagreement-ended")
	_, err = c.Chart(c.nurse, c.sam.PatientID).CarePlan.Change(ctx, careplan.Edit{Base: 1, Decision: &task.Reference{Type: task.FocusDisagreement, ID: id},
		Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Step, Title: new("A visit each day")}}})
	c.ok(err)
	if v, err = c.of(c.doctor).Disagreement(ctx, id); err != nil || !slices.Equal(v.PlanVersions, []int64{2}) {
		t.Errorf("%v %v", v.PlanVersions, err)
	}
	own, err := c.of(c.sam).Disagreements(ctx, "", 10)
	c.ok(err)
	it := own.Items[0]
	if len(own.Items) != 1 || it.Question != "" || len(it.Positions) != 0 || it.Ending.Outcome != "" || it.Ending.ForPatient != "You stay at home." || it.Preference.Words != "At home with my cat." {
		t.Errorf("the patient reads %+v", it.Case)
	}
}

// TestWhatNobodyEndsReachesTheLead: once its time went by it is overdue for everybody of the
// team, and who leads the team is asked; what they accept is theirs to end.
func TestWhatNobodyEndsReachesTheLead(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	v := c.raise()
	follow := func(wait time.Duration) settling.View {
		c.Clock.Move(wait)
		for range 2 {
			c.ok(c.Care.Tasks.Follow(ctx))
		}
		v, err := c.of(c.doctor).Disagreement(ctx, v.ID)
		c.ok(err)
		return v
	}
	if now := follow(71 * time.Hour); now.Overdue || len(now.WentTo) > 0 {
		t.Errorf("before its time: %+v", now)
	}
	now := follow(2 * time.Hour)
	if !now.Overdue || len(now.WentTo) != 1 || now.WentTo[0].AccountID != c.lead.AccountID || now.Asked == nil || now.Asked.AccountID != c.lead.AccountID || now.Owner.AccountID != c.doctor.AccountID {
		t.Fatalf("%+v", now)
	}
	if now = follow(time.Hour); len(now.WentTo) != 1 {
		t.Errorf("asked again at once: %+v", now.WentTo)
	}
	_, err := c.of(c.lead).Settle(ctx, v.ID, disagreement.Settling{Outcome: "Home.", ForPatient: "You stay at home.", Preference: disagreement.NotSaid, Why: "It can't wait."})
	c.ok(err)
	if now = follow(100 * time.Hour); now.Overdue || len(now.WentTo) != 1 {
		t.Errorf("what was settled goes on: %+v", now)
	}
}

// TestADisagreementIsOfTheTeam: a stranger learns nothing, a trainee reads, the patient
// raises and settles none, and odd things are refused by their name.
func TestADisagreementIsOfTheTeam(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	v := c.raise()
	kim := c.Patient()
	other := c.Clinician(models.DisciplinePsychiatry, kim)
	_, err := c.Chart(other, kim.PatientID).Disagreed.Disagreement(ctx, v.ID)
	c.wants(err, "not-found")
	_, err = c.of(c.novice).Disagreement(ctx, v.ID)
	c.ok(err)
	_, err = c.of(c.novice).Say(ctx, v.ID, "Home.")
	c.wants(err, "not-shared-with-you")
	_, err = c.of(c.sam).Raise(ctx, care.NewID(), c.terms())
	c.wants(err, "not-for-your-role")
	_, err = c.of(c.lead).Withdraw(ctx, v.ID, "We agree.")
	c.wants(err, "not-the-facilitator")
	for _, bad := range []struct {
		want string
		set  func(*disagreement.Terms)
	}{
		{"invalid-input question", func(t *disagreement.Terms) { t.Question = strings.Repeat("x", 1<<20) }},
		{"invalid-input forPatient", func(t *disagreement.Terms) { t.ForPatient = "" }},
		{"invalid-input facilitator", func(t *disagreement.Terms) { t.To = other.AccountID }},
		{"invalid-input facilitator", func(t *disagreement.Terms) { t.To = c.novice.AccountID }},
		{"invalid-input dueAt", func(t *disagreement.Terms) { t.DueAt = c.Clock.Now().Add(-time.Hour) }},
		{"invalid-input dueAt", func(t *disagreement.Terms) { t.DueAt = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }},
		{"invalid-input items", func(t *disagreement.Terms) { t.Subject = disagreement.Protocols }},
		{"invalid-input items[0]", func(t *disagreement.Terms) { t.Items = []string{care.NewID()} }},
		{"invalid-input items", func(t *disagreement.Terms) {
			for range 1000 {
				t.Items = append(t.Items, care.NewID())
			}
		}},
	} {
		terms := c.terms()
		bad.set(&terms)
		_, err := c.of(c.doctor).Raise(ctx, care.NewID(), terms)
		c.wants(err, bad.want)
	}
	for range 2 {
		_, err = c.of(c.doctor).Withdraw(ctx, v.ID, "We agree.")
		c.ok(err)
	}
	_, err = c.of(c.sam).Prefer(ctx, v.ID, "At home.")
	c.wants(err, "disagreement-ended")
}
