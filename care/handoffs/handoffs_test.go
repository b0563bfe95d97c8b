package handoffs_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	hands "handrail/care/handoffs"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/handoff"
	"handrail/models/task"
)

type clinic struct {
	*caretest.Clinic
	t                         *testing.T
	sam                       models.Actor
	lead, doctor, nurse, peer models.Actor
}

func newClinic(t *testing.T) *clinic {
	h := caretest.New(t)
	c := &clinic{Clinic: h, t: t, sam: h.Patient()}
	c.doctor, c.nurse, c.peer = h.Clinician(models.DisciplinePsychiatry, c.sam), h.Clinician(models.DisciplineNursing, c.sam), h.Clinician(models.DisciplinePeer, c.sam)
	c.lead = h.Clinician(models.DisciplinePsychiatry)
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

func (c *clinic) of(who models.Actor) *hands.Part { return c.Chart(who, c.sam.PatientID).Handoffs }

func (c *clinic) unstable(to models.Actor) handoff.Terms {
	return handoff.Terms{Receiver: to.AccountID, Severity: handoff.Unstable, Summary: "Second night without sleep.", Actions: []string{"Look in each hour"},
		Situation: "Room 4, sister is there.", WhatIf: []handoff.WhatIf{{If: "Tremor", Then: "Call the doctor on duty"}}}
}

func (c *clinic) give(by models.Actor, t handoff.Terms) hands.View {
	c.t.Helper()
	v, err := c.of(by).Give(c.t.Context(), care.NewID(), t)
	c.ok(err)
	return v
}

func codeOf(err error) string {
	e, _ := errors.AsType[*models.Error](err)
	if e == nil {
		return ""
	}
	return e.Code
}

func code(err error) string {
	out := codeOf(err)
	for _, f := range caretest.FieldsOf(err) {
		out += " " + f.Field
	}
	return out
}

const heard = "No sleep for two nights, I look in hourly."

// TestAHandoffThatNobodyTakesReachesTheLead: after a quarter of an hour who leads the team
// is asked, then the fail-safe; the giver answers for the patient until somebody has them,
// and who was asked first may still take it.
func TestAHandoffThatNobodyTakesReachesTheLead(t *testing.T) {
	c := newClinic(t)
	v := c.give(c.doctor, c.unstable(c.nurse))
	asked := func() []string {
		h, err := c.of(c.doctor).Handoff(t.Context(), v.ID)
		c.ok(err)
		var out []string
		for _, p := range h.Asked {
			out = append(out, p.AccountID)
		}
		return out
	}
	for _, step := range []struct {
		wait time.Duration
		want []string
	}{{14 * time.Minute, []string{c.nurse.AccountID}}, {2 * time.Minute, []string{c.nurse.AccountID, c.lead.AccountID}},
		{time.Minute, []string{c.nurse.AccountID, c.lead.AccountID}}, {15 * time.Minute, []string{c.nurse.AccountID, c.lead.AccountID, c.peer.AccountID}},
		{16 * time.Minute, []string{c.nurse.AccountID, c.lead.AccountID, c.peer.AccountID, c.Admin.AccountID}},
		{48 * time.Hour, []string{c.nurse.AccountID, c.lead.AccountID, c.peer.AccountID, c.Admin.AccountID}}} {
		c.Clock.Move(step.wait)
		for range 2 {
			c.ok(c.Care.Tasks.Follow(t.Context()))
		}
		if got := asked(); !slices.Equal(got, step.want) {
			t.Fatalf("after %v: %v, want %v", step.wait, got, step.want)
		}
	}
	open, err := c.Care.Tasks.Task(t.Context(), c.doctor, v.TaskID, func(string) error { return nil })
	c.ok(err)
	if open.Owner.AccountID != c.doctor.AccountID || open.Reminders == 0 {
		t.Errorf("the giver does not answer for it: %+v", open.Task)
	}
	if _, err := c.Care.Tasks.Accept(t.Context(), c.Admin, v.TaskID); codeOf(err) != "take-the-handoff" {
		t.Error("taken without reading it:", err)
	}
	if _, err := c.Care.Tasks.Progress(t.Context(), c.doctor, v.TaskID, task.Completed, "x"); codeOf(err) != "ends-elsewhere" {
		t.Error("the clock was ended by hand:", err)
	}
	v, err = c.of(c.lead).Accept(t.Context(), v.ID, heard)
	c.ok(err)
	if v.AcceptedBy.AccountID != c.lead.AccountID || !v.WentUp() {
		t.Errorf("%+v", v)
	}
	if _, err := c.of(c.nurse).Accept(t.Context(), v.ID, heard); codeOf(err) != "handoff-ended" {
		t.Error("two have the patient:", err)
	}
	r, err := c.Care.Handoffs.Report(t.Context(), c.Admin, c.Clock.Now().Add(-90*24*time.Hour), c.Clock.Now().Add(time.Hour))
	c.ok(err)
	if r.Given != 1 || r.Complete != 1 || r.InTime != 0 || r.WentUp != 1 || r.ReadBack != 1 {
		t.Errorf("%+v", r)
	}
	stranger := c.Clinician(models.DisciplineNursing) // on no team of theirs
	for actor, want := range map[*models.Actor]int{&c.peer: 1, &stranger: 0} {
		r, err := c.Care.Handoffs.Report(t.Context(), *actor, c.Clock.Now().Add(-90*24*time.Hour), c.Clock.Now().Add(time.Hour))
		c.ok(err)
		if r.Given != want {
			t.Errorf("%s is told of %d", actor.Name, r.Given)
		}
	}
}

// TestAReadBackIsInOwnWords: where the patient is unstable; where nothing changes, a tap is
// enough. The same again is the same.
func TestAReadBackIsInOwnWords(t *testing.T) {
	c := newClinic(t)
	v := c.give(c.doctor, c.unstable(c.nurse))
	for text, want := range map[string]string{"": "invalid-input readBack", "Yes.": "invalid-input readBack", "second night, without SLEEP!": "invalid-input readBack"} {
		if _, err := c.of(c.nurse).Accept(t.Context(), v.ID, text); code(err) != want {
			t.Errorf("%q: %v", text, code(err))
		}
	}
	if _, err := c.of(c.peer).Accept(t.Context(), v.ID, heard); codeOf(err) != "not-asked" {
		t.Error("somebody who was not asked:", err)
	}
	for range 2 {
		_, err := c.of(c.nurse).Accept(t.Context(), v.ID, heard)
		c.ok(err)
	}
	calm := c.give(c.nurse, handoff.Terms{Receiver: c.doctor.AccountID, Severity: handoff.Stable, Summary: "Sleeps."})
	done, err := c.of(c.doctor).Accept(t.Context(), calm.ID, "")
	c.ok(err)
	if done.Status != handoff.Accepted || !slices.Equal(done.Missing, []string{"actions", "situation", "what-if"}) {
		t.Errorf("%+v", done)
	}
}

// TestLeadsGoWithAHandoffOnceItIsAccepted: one that is on its way can't go another way too,
// and each has one owner all the time.
func TestLeadsGoWithAHandoffOnceItIsAccepted(t *testing.T) {
	c := newClinic(t)
	plan := c.Chart(c.doctor, c.sam.PatientID).CarePlan
	_, err := plan.Change(t.Context(), careplan.Edit{Base: 1, Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Activity, Activity: new("sleep")},
		{ID: care.NewID(), Kind: careplan.Activity, Activity: new("medicine")}}})
	c.ok(err)
	is, err := plan.Plan(t.Context())
	c.ok(err)
	sleep, medicine := is.Items[0].TaskID, is.Items[1].TaskID
	terms := handoff.Terms{Receiver: c.nurse.AccountID, Severity: handoff.Stable, Summary: "On leave.", Leads: []string{sleep}}
	v := c.give(c.doctor, terms)
	for name, try := range map[string]struct {
		by   models.Actor
		to   models.Actor
		lead string
		want string
	}{"twice": {c.doctor, c.lead, sleep, "invalid-input leads[0]"}, "of another": {c.nurse, c.lead, medicine, "invalid-input leads[0]"},
		"not for them": {c.doctor, c.peer, medicine, "invalid-input leads[0]"}, "made up": {c.doctor, c.lead, care.NewID(), "invalid-input leads[0]"},
		"to themselves": {c.doctor, c.doctor, medicine, "invalid-input to"}} {
		if _, err := c.of(try.by).Give(t.Context(), care.NewID(), handoff.Terms{Receiver: try.to.AccountID, Severity: handoff.Stable, Summary: "x", Leads: []string{try.lead}}); code(err) != try.want {
			t.Errorf("%s: %s", name, code(err))
		}
	}
	back := c.give(c.nurse, handoff.Terms{Receiver: c.doctor.AccountID, Severity: handoff.Stable, Summary: "Round."}) // a circle: each waits for a yes
	owner := func() string {
		p, err := plan.Plan(t.Context())
		c.ok(err)
		return p.Items[0].Lead.AccountID
	}
	if owner() != c.doctor.AccountID {
		t.Error("a lead went before anybody said yes")
	}
	_, err = c.of(c.nurse).Accept(t.Context(), v.ID, "")
	c.ok(err)
	_, err = c.of(c.doctor).Accept(t.Context(), back.ID, "")
	c.ok(err)
	if owner() != c.nurse.AccountID {
		t.Error("the lead did not go with it, or came back without being named")
	}
}

// TestAChangeOfSettingHasItsCalls: who calls on the first and on the seventh day has a task,
// at noon where the patient is; the patient sees who and when, and no assessment.
func TestAChangeOfSettingHasItsCalls(t *testing.T) {
	c := newClinic(t)
	terms := c.unstable(c.nurse)
	terms.Severity, terms.From, terms.To = handoff.Watcher, handoff.Detox, handoff.Community
	if _, err := c.of(c.doctor).Give(t.Context(), care.NewID(), terms); code(err) != "invalid-input nextVisitOn callDay1 callDay7" {
		t.Error(code(err))
	}
	terms.MovesOn, terms.NextVisitOn, terms.CallDay1, terms.CallDay7 = "2026-03-07", "2026-03-12", c.nurse.AccountID, c.peer.AccountID
	id := care.NewID()
	for range 2 { // the answer was lost
		_, err := c.of(c.doctor).Give(t.Context(), id, terms)
		c.ok(err)
	}
	for who, want := range map[string]time.Time{c.nurse.AccountID: time.Date(2026, 3, 8, 16, 0, 0, 0, time.UTC), c.peer.AccountID: time.Date(2026, 3, 14, 16, 0, 0, 0, time.UTC)} { // the clocks go ahead on the 8th
		p, err := c.Care.Tasks.Tasks(t.Context(), map[string]models.Actor{c.nurse.AccountID: c.nurse, c.peer.AccountID: c.peer}[who], tasks.Filter{List: tasks.Asked}, "", 10)
		c.ok(err)
		if i := slices.IndexFunc(p.Items, func(v task.View) bool { return v.Code == task.CodeHandoffCall }); i < 0 || !p.Items[i].DueAt.Equal(want) {
			t.Errorf("%s is to call: %+v", who, p.Items)
		}
	}
	own, err := c.of(c.sam).Handoffs(t.Context(), "", 10)
	c.ok(err)
	if len(own.Items) != 1 || own.Items[0].Severity != "" || own.Items[0].Summary != "" || own.Items[0].WhatIf != nil || own.Items[0].NextVisitOn != "2026-03-12" ||
		own.Items[0].Names[c.peer.AccountID] != c.peer.Name {
		t.Errorf("the patient sees %+v", own.Items)
	}
	_, err = c.of(c.doctor).Cancel(t.Context(), id, "She stays.")
	c.ok(err)
	if p, err := c.Care.Tasks.Tasks(t.Context(), c.peer, tasks.Filter{List: tasks.Asked}, "", 10); err != nil || len(p.Items) != 0 {
		t.Error("a call of a handoff that was called off:", p.Items, err)
	}
	for field, bad := range map[string]func(*handoff.Terms){"movesOn": func(h *handoff.Terms) { h.MovesOn = "2026-03-01" }, "nextVisitOn": func(h *handoff.Terms) { h.NextVisitOn = "9999-12-31" },
		"toSetting": func(h *handoff.Terms) { h.To = "" }, "to": func(h *handoff.Terms) { h.Receiver = c.Clinician(models.DisciplineNursing).AccountID },
		"callDay1": func(h *handoff.Terms) { h.CallDay1 = c.Clinician(models.DisciplineTherapy).AccountID }, "summary": func(h *handoff.Terms) { h.Summary = strings.Repeat("x", 1<<20) },
		"whatIf[0].then": func(h *handoff.Terms) { h.WhatIf = []handoff.WhatIf{{If: "x"}} }} {
		h := terms
		bad(&h)
		if _, err := c.of(c.doctor).Give(t.Context(), care.NewID(), h); code(err) != "invalid-input "+field {
			t.Errorf("%s: %s", field, code(err))
		}
	}
	trainee := c.Clinician(models.DisciplineTrainee, c.sam)
	if _, err := c.of(c.doctor).Give(t.Context(), care.NewID(), c.unstable(trainee)); code(err) != "invalid-input to" {
		t.Error("a trainee has a patient:", err)
	}
	if _, err := c.of(trainee).Give(t.Context(), care.NewID(), c.unstable(c.nurse)); models.KindOf(err) != models.KindForbidden {
		t.Error("a trainee gives:", err)
	}
}
