package tasks_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/duty"
	"handrail/models/risk"
	"handrail/models/task"
)

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// always shows a state, whichever it is.
func always(string) error { return nil }

func order(h *caretest.Clinic, patientID string) task.Order {
	return task.Order{Text: "Please call the pharmacy.", PatientID: patientID, Priority: task.Routine, DueAt: h.Clock.Now().Add(48 * time.Hour)}
}

func work(t testing.TB, h *caretest.Clinic, who models.Actor) []alerts.Work {
	t.Helper()
	w := must(h.Care.Alerts.Worklist(t.Context(), who, always, func(all []alerts.Work) ([]alerts.Work, error) { return all, nil }))(t)
	return w.Items
}

// on turns alerts on, day and night, with an administrator as the fail-safe.
func on(t testing.TB, h *caretest.Clinic) {
	t.Helper()
	hours := risk.Hours{Zone: "America/New_York"}
	for day := 1; day <= 7; day++ {
		hours.Windows = append(hours.Windows, risk.Window{Day: day, From: "00:00", To: "24:00"})
	}
	v := must(h.Care.Alerts.Settings(t.Context(), h.Admin))(t)
	must(h.Care.Alerts.Set(t.Context(), h.Admin, v.Version, alerts.Terms{Hours: hours, FailSafe: h.Admin.AccountID, Confirmed: true}))(t)
}

func wantKind(t *testing.T, err error, kind models.Kind) {
	t.Helper()
	if models.KindOf(err) != kind {
		t.Fatalf("%v, want kind %d", err, kind)
	}
}

// TestATaskIsItsProposersUntilAccepted: made for a colleague, refused, handed over,
// accepted, done; each step once, however often it is sent.
func TestATaskIsItsProposersUntilAccepted(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	ana, ben := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	ctx, id := t.Context(), care.NewID()
	o := order(h, p.PatientID)
	o.To = ben.AccountID
	for range 2 {
		v := must(h.Care.Tasks.Make(ctx, ana, id, o))(t)
		if v.Status != task.Requested || v.Owner.AccountID != ana.AccountID || v.Asked == nil || len(v.History) != 2 {
			t.Fatalf("%+v", v)
		}
	}
	other := o
	other.Text = "Something else."
	_, err := h.Care.Tasks.Make(ctx, ana, id, other)
	wantKind(t, err, models.KindConflict)
	for range 2 {
		if v := must(h.Care.Tasks.Reject(ctx, ben, id, "I am away."))(t); v.Status != task.Rejected || v.Owner.AccountID != ana.AccountID || v.Asked != nil {
			t.Fatalf("%+v", v)
		}
	}
	_, err = h.Care.Tasks.Accept(ctx, ben, id)
	wantKind(t, err, models.KindConflict)
	must(h.Care.Tasks.HandOver(ctx, ana, id, ben.AccountID, ""))(t)
	if got := work(t, h, ben); len(got) != 1 || got[0].Task == nil || !got[0].Task.ForMe {
		t.Fatalf("who is asked does not see it: %+v", got)
	}
	for range 2 {
		if v := must(h.Care.Tasks.Accept(ctx, ben, id))(t); v.Status != task.Accepted || v.Owner.AccountID != ben.AccountID {
			t.Fatalf("%+v", v)
		}
	}
	_, err = h.Care.Tasks.Progress(ctx, ana, id, task.Completed, "")
	wantKind(t, err, models.KindConflict)
	must(h.Care.Tasks.Progress(ctx, ben, id, task.InProgress, ""))(t)
	for range 2 {
		if v := must(h.Care.Tasks.Progress(ctx, ben, id, task.Completed, "Called."))(t); v.Status != task.Completed || v.Outcome == nil {
			t.Fatalf("%+v", v)
		}
	}
	if len(work(t, h, ben))+len(work(t, h, ana)) != 0 {
		t.Fatal("it is in a list still")
	}
	h.Clock.Move(72 * time.Hour)
	must(h.Care.Tasks.Make(ctx, ana, id, o))(t) // the same again, also when it would be too late now
}

// TestWhoMayReadATask: the patient, strangers and supporters know of none; who answers
// for it without a right to the chart sees that it is there, and no word of it.
func TestWhoMayReadATask(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	ana, stranger := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplineTherapy)
	ctx, id := t.Context(), care.NewID()
	must(h.Care.Tasks.Make(ctx, ana, id, order(h, p.PatientID)))(t)
	for _, who := range []models.Actor{p, stranger, h.Supporter(p)} {
		_, err := h.Care.Tasks.Task(ctx, who, id, always)
		_, none := h.Care.Tasks.Task(ctx, who, care.NewID(), always)
		if models.KindOf(err) != models.KindNotFound || err.Error() != none.Error() {
			t.Errorf("%s: %v, and %v of none", who.Role, err, none)
		}
	}
	v := must(h.Care.Tasks.Task(ctx, h.Admin, id, always))(t)
	if v.Whole || v.Text != "" || v.History[0].Note != "" {
		t.Fatalf("%+v", v)
	}
	_, err := h.Care.Tasks.Make(ctx, stranger, care.NewID(), order(h, p.PatientID))
	wantKind(t, err, models.KindNotFound)
	o := order(h, p.PatientID)
	o.To = stranger.AccountID
	_, err = h.Care.Tasks.Make(ctx, ana, care.NewID(), o)
	wantKind(t, err, models.KindInvalid)
	_, err = h.Care.Tasks.HandOver(ctx, ana, id, stranger.AccountID, "")
	wantKind(t, err, models.KindInvalid)
}

// TestOneClaims: of many at once, on two instances, one has it.
func TestOneClaims(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	team := []models.Actor{}
	for range 4 {
		team = append(team, h.Clinician(models.DisciplineNursing, p))
	}
	two := []*care.Care{h.Care, h.Instance()}
	for range 5 {
		id := care.NewID()
		o := order(h, p.PatientID)
		o.Pool = task.PoolTeam
		must(h.Care.Tasks.Make(t.Context(), team[0], id, o))(t)
		var wg sync.WaitGroup
		won := make([]bool, len(team))
		for i, who := range team {
			wg.Go(func() {
				v, err := two[i%2].Tasks.Claim(t.Context(), who, id)
				won[i] = err == nil && v.Mine
				if k := models.KindOf(err); err != nil && k != models.KindConflict {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		n := 0
		for _, w := range won {
			if w {
				n++
			}
		}
		if n != 1 {
			t.Fatalf("%d have it", n)
		}
	}
}

// TestOneMatterIsOneLine: the alert, its check-in and a task about it are one line, and
// its outcome closes all of them.
func TestOneMatterIsOneLine(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	ana := h.Clinician(models.DisciplineNursing, p)
	on(t, h)
	ctx := t.Context()
	must(h.Chart(p, p.PatientID).Record.SendCheckIn(ctx, care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(),
		Zone: "America/New_York", Answers: map[string]any{"mood": 3.0, "safety": true}}))(t)
	got := work(t, h, ana)
	if len(got) != 1 || got[0].Kind != "alert" || len(got[0].CheckIns) != 1 || got[0].CheckIn == nil {
		t.Fatalf("%+v", got)
	}
	alert, id := got[0].ID, care.NewID()
	o := order(h, p.PatientID)
	o.Focus = &task.Reference{Type: task.FocusAlert, ID: alert}
	must(h.Care.Tasks.Make(ctx, ana, id, o))(t)
	must(h.Care.Tasks.Make(ctx, ana, care.NewID(), order(h, "")))(t) // another matter
	if got = work(t, h, ana); len(got) != 2 || len(got[0].Tasks) != 1 || got[1].Kind != "task" {
		t.Fatalf("%+v", got)
	}
	must(h.Care.Alerts.Record(ctx, ana, alert, risk.Ending{Status: risk.Resolved, Code: "reached-safe"}))(t)
	if got = work(t, h, ana); len(got) != 1 || got[0].Kind != "task" {
		t.Fatalf("one close leaves %+v", got)
	}
	if v := must(h.Care.Tasks.Task(ctx, ana, id, always))(t); v.Status != task.Completed {
		t.Fatalf("%+v", v)
	}
}

// TestNothingIsOrphaned: who is stopped, leaves the team or loses the consent that let
// them read has no task any more; the team's lead answers for it, then the fail-safe.
func TestNothingIsOrphaned(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	lead, ana, ben := h.Clinician(models.DisciplinePsychiatry), h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplineTherapy, p)
	ctx := t.Context()
	must(h.Chart(h.Admin, p.PatientID).People.JoinTeam(ctx, care.AnyVersion, lead.AccountID, true))(t)
	id, own := care.NewID(), care.NewID()
	must(h.Care.Tasks.Make(ctx, ana, id, order(h, p.PatientID)))(t)
	must(h.Care.Tasks.Make(ctx, ana, own, order(h, "")))(t)
	open := must(h.Care.Tasks.OpenWork(ctx, h.Admin, ana.AccountID))(t)
	if len(open.Tasks) != 2 || open.Tasks[0].Text+open.Tasks[1].Text != "Please call the pharmacy." { // the office reads that about no patient
		t.Fatalf("%+v", open)
	}
	for range 2 {
		if n := must(h.Care.Tasks.HandOverAll(ctx, h.Admin, ana.AccountID, ben.AccountID))(t); n.Tasks != 2 || n.Left != 0 {
			t.Fatalf("%+v", n)
		}
	}
	must(h.Care.People.Suspend(ctx, h.Admin, care.AnyVersion, ana.AccountID, true))(t)
	if err := h.Care.Tasks.RecheckOwner(ctx, ana.AccountID); err != nil {
		t.Fatal(err)
	}
	v := must(h.Care.Tasks.Task(ctx, lead, id, always))(t)
	if v.Owner.AccountID != lead.AccountID || v.Status != task.Requested || v.Asked == nil || v.Asked.AccountID != ben.AccountID {
		t.Fatalf("until it is accepted it is not the lead's: %+v", v)
	}
	if v := must(h.Care.Tasks.Task(ctx, h.Admin, own, always))(t); v.Owner.AccountID != h.Admin.AccountID {
		t.Fatalf("%+v", v)
	}
	must(h.Care.Tasks.Accept(ctx, ben, id))(t)
	if err := h.Chart(h.Admin, p.PatientID).People.LeaveTeam(ctx, care.AnyVersion, ben.AccountID); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Tasks.Recheck(ctx, p.PatientID); err != nil {
		t.Fatal(err)
	}
	if v := must(h.Care.Tasks.Task(ctx, lead, id, always))(t); v.Owner.AccountID != lead.AccountID {
		t.Fatalf("%+v", v)
	}
	must(h.Care.People.Suspend(ctx, h.Admin, care.AnyVersion, ana.AccountID, false))(t)
	back := h.SignIn(ana.AccountID).Session.Actor()
	must(h.Care.Tasks.HandOver(ctx, lead, id, ana.AccountID, ""))(t)
	if v := must(h.Care.Tasks.Accept(ctx, back, id))(t); !v.Mine {
		t.Fatalf("who came back has no work: %+v", v)
	}
}

// TestTheOwnerIsReminded: before it is due, when it is due, and then each day; and an
// owner who can't answer any more is found then at the latest.
func TestTheOwnerIsReminded(t *testing.T) {
	h := caretest.New(t)
	ana := h.Clinician(models.DisciplineNursing)
	ctx, id := t.Context(), care.NewID()
	must(h.Care.Tasks.Make(ctx, ana, id, order(h, "")))(t)
	look := func() task.View {
		if err := h.Care.Tasks.Follow(ctx); err != nil {
			t.Fatal(err)
		}
		return must(h.Care.Tasks.Task(ctx, h.Admin, id, always))(t)
	}
	if v := look(); v.Reminders != 0 {
		t.Fatalf("%+v", v)
	}
	h.Clock.Move(24 * time.Hour)
	if v := look(); v.Reminders != 1 || !v.RemindAt.Equal(v.DueAt) || v.Overdue {
		t.Fatalf("%+v", v)
	}
	h.Clock.Move(24*time.Hour + time.Second)
	if v := look(); v.Reminders != 2 || !v.Overdue || v.RemindAt.IsZero() {
		t.Fatalf("%+v", v)
	}
	must(h.Care.People.Suspend(ctx, h.Admin, care.AnyVersion, ana.AccountID, true))(t)
	h.Clock.Move(25 * time.Hour)
	if v := look(); v.Owner.AccountID != h.Admin.AccountID {
		t.Fatalf("%+v", v)
	}
}

// TestTheLeadSeesWhoHasHowMuch, of the patients whose team they lead.
func TestTheLeadSeesWhoHasHowMuch(t *testing.T) {
	h := caretest.New(t)
	p, other := h.Patient(), h.Patient()
	lead, ana := h.Clinician(models.DisciplinePsychiatry), h.Clinician(models.DisciplineNursing, p, other)
	ctx := t.Context()
	must(h.Chart(h.Admin, p.PatientID).People.JoinTeam(ctx, care.AnyVersion, lead.AccountID, true))(t)
	for _, of := range []string{p.PatientID, p.PatientID, other.PatientID} {
		must(h.Care.Tasks.Make(ctx, ana, care.NewID(), order(h, of)))(t)
	}
	_, _, err := h.Care.Tasks.Caseload(ctx, ana)
	wantKind(t, err, models.KindForbidden)
	h.Clock.Move(49 * time.Hour)
	for who, want := range map[models.Actor]int{lead: 2, h.Admin: 3} {
		got, _, err := h.Care.Tasks.Caseload(ctx, who)
		if err != nil || len(got) != 1 || got[0].Tasks != want || got[0].Overdue != want || got[0].Name != ana.Name {
			t.Fatalf("%+v %v", got, err)
		}
	}
}

var _ = tasks.Lists

// TestWorkOfARotaIsAcceptedByBeingOnDuty: who is on duty has it at once; where nobody is
// who may hold it, who leads the team is asked, and only they.
func TestWorkOfARotaIsAcceptedByBeingOnDuty(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	lead, ben := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
	ctx := t.Context()
	must(h.Chart(h.Admin, p.PatientID).People.JoinTeam(ctx, care.AnyVersion, lead.AccountID, true))(t)
	o := order(h, p.PatientID)
	o.Pool = task.OnDuty
	v := must(h.Care.Tasks.Make(ctx, ben, care.NewID(), o))(t)
	if v.Owner.AccountID != ben.AccountID || v.Asked == nil || v.Asked.AccountID != lead.AccountID || v.Pool != "" {
		t.Fatalf("nobody on duty: %+v", v)
	}
	raised := func(patient models.Actor, key string) task.View {
		t.Helper()
		for range 2 {
			if err := h.Care.Tasks.Raise(ctx, task.CodeNoShow, patient.PatientID, &task.Reference{Type: "appointment", ID: key}, key); err != nil {
				t.Fatal(err)
			}
		}
		page := must(h.Care.Tasks.Tasks(ctx, ben, tasks.Filter{PatientID: patient.PatientID}, "", 100))(t)
		i := slices.IndexFunc(page.Items, func(v task.View) bool { return v.About("appointment", key) })
		return page.Items[i]
	}
	if v = raised(p, care.NewID()); v.Owner.AccountID != lead.AccountID || v.Asked == nil || v.Asked.AccountID != lead.AccountID || v.Status != task.Requested || v.Pool != "" {
		t.Fatalf("the program, nobody on duty: %+v", v)
	}
	other := h.Patient()
	must(h.Chart(h.Admin, other.PatientID).People.JoinTeam(ctx, care.AnyVersion, ben.AccountID, false))(t)
	if v = raised(other, care.NewID()); v.Owner.AccountID != ben.AccountID || v.Asked != nil || v.Status != task.Requested || v.Pool != task.PoolTeam {
		t.Fatalf("the program, nobody on duty and nobody leads: %+v", v)
	}
	rota := duty.Terms{Name: "Days", Zone: "America/New_York", Serves: duty.ServesCover, Shifts: []duty.Shift{{AccountID: ben.AccountID, Days: []int{1, 2, 3, 4, 5, 6, 7}, From: "00:00", To: "24:00"}}}
	must(h.Care.Duty.Create(ctx, h.Admin, care.NewID(), rota))(t)
	id := care.NewID()
	for range 2 {
		v = must(h.Care.Tasks.Make(ctx, lead, id, o))(t)
		if v.Owner.AccountID != ben.AccountID || v.Status != task.Accepted || v.Asked != nil || v.Pool != "" || len(v.History) != 2 {
			t.Fatalf("on duty: %+v", v)
		}
	}
	if v = raised(p, care.NewID()); v.Owner.AccountID != ben.AccountID || v.Asked != nil || v.Status != task.Accepted || v.Pool != "" {
		t.Fatalf("the program, on duty: %+v", v)
	}
	mine := must(h.Care.Tasks.Make(ctx, lead, care.NewID(), order(h, p.PatientID)))(t)
	if v = must(h.Care.Tasks.HandOver(ctx, lead, mine.ID, "", task.OnDuty))(t); v.Owner.AccountID != ben.AccountID || v.Status != task.Accepted {
		t.Fatalf("handed over: %+v", v)
	}
}

// TestWorkFollowsAChangeOfShift: what its owner has by being on duty and has not begun goes
// to who is on duty at the next change, who is told, and the history says why; what was
// begun, accepted or claimed stays. While nobody is on duty it stays with its owner.
func TestWorkFollowsAChangeOfShift(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	day, night := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplineNursing, p)
	ctx, all := t.Context(), []int{1, 2, 3, 4, 5, 6, 7}
	zone := must(time.LoadLocation("America/New_York"))(t)
	y, m, d := h.Clock.Now().In(zone).Date()
	h.Clock.Set(time.Date(y, m, d+1, 9, 0, 0, 0, zone))
	rota := duty.Terms{Name: "Ward", Zone: "America/New_York", Serves: duty.ServesCover, Shifts: []duty.Shift{
		{AccountID: day.AccountID, Days: all, From: "07:00", To: "17:00"}, {AccountID: night.AccountID, Days: all, From: "19:00", To: "07:00"}}}
	rotaID := care.NewID()
	must(h.Care.Duty.Create(ctx, h.Admin, rotaID, rota))(t)
	o := order(h, p.PatientID)
	o.DueAt, o.Pool = h.Clock.Now().AddDate(0, 0, 14), task.OnDuty
	given := func() string {
		t.Helper()
		id := care.NewID()
		if v := must(h.Care.Tasks.Make(ctx, night, id, o))(t); v.Owner.AccountID != day.AccountID || v.ShiftEnds.In(zone).Format("15:04") != "17:00" {
			t.Fatalf("%+v", v)
		}
		return id
	}
	owner := func(id string) string {
		t.Helper()
		if err := h.Care.Tasks.Follow(ctx); err != nil {
			t.Fatal(err)
		}
		return must(h.Care.Tasks.Task(ctx, day, id, always))(t).Owner.AccountID
	}
	open, begun, passed := given(), given(), given()
	must(h.Care.Tasks.Progress(ctx, day, begun, task.InProgress, ""))(t)
	must(h.Care.Tasks.HandOver(ctx, day, passed, night.AccountID, ""))(t)
	must(h.Care.Tasks.Accept(ctx, night, passed))(t)
	h.Clock.Move(9 * time.Hour) // 18:00
	if owner(open) != day.AccountID {
		t.Fatal("nobody is on duty, and it was taken from who answers for it")
	}
	h.Clock.Move(2 * time.Hour) // 20:00
	if owner(open) != night.AccountID || owner(begun) != day.AccountID || owner(passed) != night.AccountID {
		t.Fatal("at night")
	}
	v := must(h.Care.Tasks.Task(ctx, night, open, always))(t)
	if last := v.History[len(v.History)-1]; last.What != task.DidShift || last.By != day.AccountID || last.To != night.Name || v.Status != task.Accepted || v.ShiftEnds.In(zone).Format("15:04") != "07:00" {
		t.Fatalf("%+v", v)
	}
	moved, answered := 0, 0
	for _, e := range must(h.Care.Upkeep.EventsAfter(ctx, "", 1000))(t) {
		if e.Ref == open && e.Action == tasks.LineMoved && e.Whom == night.AccountID {
			moved++
		}
		if e.Ref == open && e.Action == tasks.LineAnswered && e.Whom == day.AccountID {
			answered++
		}
	}
	if moved != 1 || answered != 1 {
		t.Fatalf("who has it now is told %d times, who had it %d", moved, answered)
	}
	h.Clock.Move(12 * time.Hour) // 08:00
	if owner(open) != day.AccountID || owner(passed) != night.AccountID {
		t.Fatal("in the morning")
	}
	rota.Shifts[0].AccountID = night.AccountID // the office changes the rota in the midst of a shift
	must(h.Care.Duty.Edit(ctx, h.Admin, rotaID, care.AnyVersion, rota))(t)
	if err := h.Care.Tasks.RecheckDuty(ctx, day.AccountID); err != nil {
		t.Fatal(err)
	}
	if owner(open) != night.AccountID || owner(begun) != day.AccountID {
		t.Fatal("after the rota was changed")
	}
}
