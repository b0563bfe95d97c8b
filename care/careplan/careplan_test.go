package careplan_test

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"handrail/care"
	plans "handrail/care/careplan"
	"handrail/care/caretest"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/task"
)

type clinic struct {
	*caretest.Clinic
	t                   *testing.T
	sam                 models.Actor
	doctor, nurse, peer models.Actor
	sleep               string // the item that Dr. leads
}

func ok[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err, caretest.FieldsOf(err))
		}
		return v
	}
}

func newClinic(t *testing.T) *clinic {
	h := caretest.New(t)
	c := &clinic{Clinic: h, t: t, sam: h.Patient()}
	c.doctor, c.nurse = h.Clinician(models.DisciplinePsychiatry, c.sam), h.Clinician(models.DisciplineNursing, c.sam)
	c.peer, c.sleep = h.Clinician(models.DisciplinePeer, c.sam), care.NewID()
	c.change(c.doctor, 1, careplan.ItemEdit{ID: c.sleep, Kind: careplan.Activity, Activity: new("sleep"), Why: new("I want my mornings back.")})
	return c
}

func (c *clinic) plan(who models.Actor) *plans.Part { return c.Chart(who, c.sam.PatientID).CarePlan }

func (c *clinic) change(by models.Actor, base int64, items ...careplan.ItemEdit) plans.View {
	c.t.Helper()
	return ok(c.plan(by).Change(c.t.Context(), careplan.Edit{Base: base, Reason: "We spoke about it.", Items: items}))(c.t)
}

func (c *clinic) item(id string) plans.ItemView {
	c.t.Helper()
	v := ok(c.plan(c.doctor).Plan(c.t.Context()))(c.t)
	return v.Items[slices.IndexFunc(v.Items, func(i plans.ItemView) bool { return i.ID == id })]
}

// TestSixteenWritersLoseNothing: each changes another field of what all of them loaded;
// of those who change the same one, the first has it and the others are told which.
func TestSixteenWritersLoseNothing(t *testing.T) {
	c := newClinic(t)
	var adds []careplan.ItemEdit
	for range 16 {
		adds = append(adds, careplan.ItemEdit{ID: care.NewID(), Kind: careplan.Step, Title: new("Call somebody")})
	}
	base := c.change(c.doctor, 2, adds...).Version
	var all sync.WaitGroup
	errs, clashes := make([]error, 16), make([]error, 16)
	for n := range 16 {
		by := []models.Actor{c.doctor, c.nurse, c.peer}[n%3]
		part := c.plan(by)
		all.Go(func() {
			_, errs[n] = part.Change(t.Context(), careplan.Edit{Base: base, Reason: "x", Items: []careplan.ItemEdit{{ID: adds[n].ID, DoneWhen: new("done " + strconv.Itoa(n))}}})
			_, clashes[n] = part.Change(t.Context(), careplan.Edit{Base: base, Reason: "x", Items: []careplan.ItemEdit{{ID: c.sleep, DoneWhen: new("slept " + strconv.Itoa(n))}}})
		})
	}
	all.Wait()
	v := ok(c.plan(c.doctor).Plan(t.Context()))(t)
	won := 0
	for n := range 16 {
		at := slices.IndexFunc(v.Items, func(i plans.ItemView) bool { return i.ID == adds[n].ID })
		if errs[n] != nil || v.Items[at].DoneWhen != "done "+strconv.Itoa(n) {
			t.Errorf("writer %d: %v, %q", n, errs[n], v.Items[at].DoneWhen)
		}
		if clashes[n] == nil {
			won++
		} else if f := caretest.FieldsOf(clashes[n]); models.KindOf(clashes[n]) != models.KindConflict || len(f) != 1 || f[0].Field != "items[0].doneWhen" {
			t.Errorf("writer %d: %v %v", n, clashes[n], f)
		}
	}
	if won != 1 || v.Version != base+17 {
		t.Errorf("%d wrote the same field; version %d after %d", won, v.Version, base)
	}
}

// TestWhoLeadsIsWhoAccepted: until then it is the proposer's; who may not lead it can't be
// asked; after somebody left it is the team's lead's.
func TestWhoLeadsIsWhoAccepted(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	if i := c.item(c.sleep); i.Lead.AccountID != c.doctor.AccountID || !i.Accepted {
		t.Errorf("own: %+v", i)
	}
	pills := care.NewID()
	_, err := c.plan(c.doctor).Change(ctx, careplan.Edit{Base: 2, Reason: "x", Items: []careplan.ItemEdit{{ID: pills, Kind: careplan.Activity, Activity: new("medicine"), To: c.peer.AccountID}}})
	if f := caretest.FieldsOf(err); len(f) != 1 || f[0].Field != "items[0].to" {
		t.Fatalf("a peer was asked to lead the medicine: %v %v", err, f)
	}
	c.change(c.doctor, 2, careplan.ItemEdit{ID: pills, Kind: careplan.Activity, Activity: new("medicine"), To: c.nurse.AccountID})
	if i := c.item(pills); i.Lead.AccountID != c.doctor.AccountID || i.Accepted || i.Asked.AccountID != c.nurse.AccountID {
		t.Errorf("asked: %+v", i)
	}
	_, err = c.Care.Tasks.Accept(ctx, c.nurse, c.item(pills).TaskID)
	if i := c.item(pills); err != nil || i.Lead.AccountID != c.nurse.AccountID || !i.Accepted {
		t.Errorf("accepted: %v %+v", err, i)
	}
	_, err = c.Care.Tasks.Progress(ctx, c.nurse, c.item(pills).TaskID, task.Completed, "")
	caretest.WantKind(t, err, models.KindConflict, "ends-with-the-plan")
	ok(c.Chart(c.Admin, c.sam.PatientID).People.JoinTeam(ctx, care.AnyVersion, c.doctor.AccountID, true))(t)
	ok(c.Care.People.Suspend(ctx, c.Admin, care.AnyVersion, c.nurse.AccountID, true))(t)
	if i := c.item(pills); i.Lead.AccountID != c.doctor.AccountID || i.Accepted {
		t.Errorf("after the nurse left: %+v", i)
	}
	c.change(c.doctor, 3, careplan.ItemEdit{ID: pills, Status: new(careplan.Completed)})
	if i := c.item(pills); i.Lead != nil {
		t.Errorf("of what is done somebody is the owner: %+v", i)
	}
	c.change(c.doctor, 4, careplan.ItemEdit{ID: pills, Status: new(careplan.Active)})
	if i := c.item(pills); i.Lead == nil || !i.Accepted {
		t.Errorf("begun again: %+v", i)
	}
	step := care.NewID()
	c.change(c.sam, 5, careplan.ItemEdit{ID: step, Kind: careplan.Step, Title: new("Call my sister"), To: c.peer.AccountID})
	if i := c.item(step); i.Lead.AccountID != c.doctor.AccountID || i.Accepted || i.Asked != nil {
		t.Errorf("what the patient brought: %+v", i)
	}
}

// TestThePlanIsOpenToPatientAndTeam: a stranger can't tell it from nothing, the office and
// supporters do not see it, and the patient's no holds at once.
func TestThePlanIsOpenToPatientAndTeam(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	office, supporter := c.First(models.RoleCoordinator, ""), c.Supporter(c.sam)
	c.Share(c.sam, supporter, models.ScopeGoalsShared)
	for _, who := range []models.Actor{office, c.Admin, supporter} {
		if _, err := c.plan(who).Plan(ctx); models.KindOf(err) != models.KindForbidden {
			t.Errorf("%s: %v", who.Role, err)
		}
	}
	if _, err := c.Care.Open(ctx, c.Clinician(models.DisciplineTherapy), c.sam.PatientID, models.PurposeTreatment); models.KindOf(err) != models.KindNotFound {
		t.Errorf("a stranger: %v", err)
	}
	trainee := c.Clinician(models.DisciplineTrainee, c.sam)
	_, err := c.plan(trainee).Change(ctx, careplan.Edit{Base: 2, Items: []careplan.ItemEdit{{ID: c.sleep, Title: new("x")}}})
	if models.KindOf(err) != models.KindForbidden {
		t.Errorf("a trainee wrote: %v", err)
	}
}

// TestThePatientReadsItInTheirLanguage: what it says, why, what is not agreed yet, and what
// changed.
func TestThePatientReadsItInTheirLanguage(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	s := ok(c.plan(c.sam).Summary(ctx, "es"))(t)
	line := s.Sections[0].Lines[0]
	if words := strings.Join(line.Sentences, " "); line.Name != "Dormir mejor" || line.Agreed || !strings.Contains(words, "Por qué: I want my mornings back.") || !strings.Contains(words, "Todavía no está acordado.") {
		t.Errorf("%+v", line)
	}
	for _, who := range []models.Actor{c.sam, c.nurse} {
		ok(c.plan(who).Say(ctx, 2, true, ""))(t)
	}
	if s = ok(c.plan(c.sam).Summary(ctx, ""))(t); s.Language != "en" || !s.Sections[0].Lines[0].Agreed {
		t.Errorf("agreed: %+v", s)
	}
	c.change(c.doctor, 2, careplan.ItemEdit{ID: c.sleep, Status: new(careplan.OnHold)})
	then := ok(c.plan(c.sam).Version(ctx, 3, 0, "es"))(t)
	if len(then.Differences) != 1 || then.Differences[0].Words != "En pausa: Dormir mejor." || !slices.Equal(then.Reasons, []string{"We spoke about it."}) {
		t.Errorf("%+v", then)
	}
	if old := ok(c.plan(c.sam).Version(ctx, 2, 1, "en"))(t); old.Items[0].Status != careplan.Active {
		t.Errorf("%+v", old)
	}
	for _, v := range [][2]int64{{4, 0}, {0, 0}, {2, 3}, {-1, 0}, {1 << 60, 0}} {
		if _, err := c.plan(c.sam).Version(ctx, v[0], v[1], "en"); models.KindOf(err) != models.KindNotFound {
			t.Errorf("version %v: %v", v, err)
		}
	}
}

// TestNotHelpfulThreeTimesMakesATask: one, for the team, once.
func TestNotHelpfulThreeTimesMakesATask(t *testing.T) {
	c := newClinic(t)
	for range 7 {
		ok(c.plan(c.sam).Rate(t.Context(), c.sleep, care.NewID(), careplan.NotYet))(t)
	}
	page := ok(c.Care.Tasks.Tasks(t.Context(), c.doctor, tasks.Filter{PatientID: c.sam.PatientID}, "", 100))(t)
	looks := 0
	for _, v := range page.Items {
		if v.Code == task.CodePlanLook {
			looks++
		}
	}
	if looks != 1 {
		t.Errorf("%d tasks", looks)
	}
}
