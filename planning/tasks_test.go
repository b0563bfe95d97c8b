package planning_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	tasklist "handrail/care/tasks"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/duty"
	"handrail/models/schedule"
	"handrail/models/task"
	"handrail/notify"
	"handrail/planning"
)

// taskNews are the notes about a task in somebody's inbox; fresh are those not read.
func (w *plannedClinic) taskNews(who models.Actor, id string) (all, fresh int) {
	w.t.Helper()
	w.turn()
	w.turn() // each is said once, however often the log is read
	w.Clock.Move(untilMorning)
	w.drain()
	p, err := w.notify.Inbox(w.t.Context(), who.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	for _, i := range p.Items {
		if i.Ref == "task:"+id {
			if all++; !i.Read {
				fresh++
			}
		}
	}
	return all, fresh
}

// TestPeopleHearOfTheirTasks: who is asked, who is reminded, who answers for it since
// the owner was stopped; and with the task the inbox is done with it.
func TestPeopleHearOfTheirTasks(t *testing.T) {
	w := newPlannedClinic(t)
	nurse := w.Clinician(models.DisciplineNursing, w.sam)
	id := care.NewID()
	_, err := w.Care.Tasks.Make(t.Context(), nurse, id, task.Order{Text: "Call.", PatientID: w.sam.PatientID, Priority: task.Routine,
		DueAt: w.Clock.Now().Add(10 * 24 * time.Hour), To: w.doctor.AccountID})
	w.ok(err)
	if all, _ := w.taskNews(w.doctor, id); all != 1 {
		t.Errorf("who is asked was told %d times", all)
	}
	_, err = w.Care.Tasks.Accept(t.Context(), w.doctor, id)
	w.ok(err)
	w.Clock.Move(9 * 24 * time.Hour)
	w.ok(w.Care.Tasks.Follow(t.Context()))
	if all, fresh := w.taskNews(w.doctor, id); all != 2 || fresh == 0 {
		t.Errorf("the owner has %d notes, %d new", all, fresh)
	}
	_, err = w.Care.People.Suspend(t.Context(), w.Admin, care.AnyVersion, w.doctor.AccountID, true)
	w.ok(err)
	if all, _ := w.taskNews(nurse, id); all != 1 {
		t.Errorf("who answers for it now was told %d times", all)
	}
	_, err = w.Care.Tasks.Progress(t.Context(), nurse, id, task.Completed, "")
	w.ok(err)
	if _, fresh := w.taskNews(nurse, id); fresh != 0 {
		t.Errorf("%d notes about what is done are new", fresh)
	}
}

// TestTheTeamIsAskedOnce: a missed visit and a reminder that reached nobody are a task
// in the team's pool each, however often the log is read.
func TestTheTeamIsAskedOnce(t *testing.T) {
	w := newPlannedClinic(t)
	v := w.book(caretest.At(5, 10, 0))
	w.turn()
	w.Clock.Set(v.Value.End.Add(time.Minute))
	doctor := w.Chart(w.doctor, w.sam.PatientID)
	_, err := doctor.Visits.MoveVisit(t.Context(), v.Value.ID, v.Version, schedule.NoShow)
	w.ok(err)
	for range 2 {
		w.turn()
		w.ok(planning.AskTeam(t.Context(), w.Care, w.notify, notify.Undelivered{ID: care.NewID(), AccountID: w.sam.AccountID}))
	}
	p, err := w.Care.Tasks.Tasks(t.Context(), w.doctor, tasklist.Filter{List: tasklist.Pooled}, "", 10)
	w.ok(err)
	codes := map[string]int{}
	for _, v := range p.Items {
		codes[v.Code]++
	}
	if len(p.Items) != 2 || codes[task.CodeNoShow] != 1 || codes[task.CodeUnreached] != 1 {
		t.Errorf("%v", codes)
	}
}

// TestARefusalAndAnOldPlanAreTasks: a clinician's no to a visit is a task of the team; a
// phone that has not fetched the newest plan for three days too, once for each version.
func TestARefusalAndAnOldPlanAreTasks(t *testing.T) {
	w := newPlannedClinic(t)
	codes := func() map[string]int {
		t.Helper()
		w.turn()
		w.turn()
		p, err := w.Care.Tasks.Tasks(t.Context(), w.doctor, tasklist.Filter{List: tasklist.Pooled}, "", 10)
		w.ok(err)
		out := map[string]int{}
		for _, v := range p.Items {
			out[v.Code]++
		}
		return out
	}
	v := w.book(caretest.At(9, 10, 0))
	_, err := w.Chart(w.doctor, w.sam.PatientID).Visits.AnswerVisit(t.Context(), v.Value.ID, schedule.Declined)
	w.ok(err)
	if got := codes(); got[task.CodeDeclined] != 1 || len(got) != 1 {
		t.Fatalf("after a no: %v", got)
	}
	phone := w.SignIn(w.sam.AccountID).Session
	sam := w.sam
	sam.SessionID = phone.ID
	own := w.Chart(sam, sam.PatientID).Crisis
	sign := func(text string, from int64) int64 {
		t.Helper()
		plan, err := own.SavePlan(t.Context(), from, caretest.Signs(text), "")
		w.ok(err)
		_, err = own.ActivatePlan(t.Context(), plan.Newest, crisisplan.Assent{})
		w.ok(err)
		return plan.Newest
	}
	first := sign("I stop answering", 0)
	w.ok(own.ReceivePlan(t.Context(), first))
	sign("I sleep badly", first)
	w.Clock.Move(71 * time.Hour)
	w.checksIn()
	if got := codes(); got[task.CodePlanOld] != 0 {
		t.Fatalf("before three days: %v", got)
	}
	w.Clock.Move(2 * time.Hour)
	w.checksIn()
	if got := codes(); got[task.CodePlanOld] != 1 || got[task.CodeDeclined] != 1 {
		t.Fatalf("after three days: %v", got)
	}
}

// TestWorkFollowsAChangedRota: a rota that is changed takes what nobody has begun to who is
// on duty now, at once, and tells them.
func TestWorkFollowsAChangedRota(t *testing.T) {
	w := newPlannedClinic(t)
	nurse := w.Clinician(models.DisciplineNursing, w.sam)
	rota := duty.Terms{Name: "Ward", Zone: "UTC", Serves: duty.ServesCover, Shifts: []duty.Shift{{AccountID: w.doctor.AccountID, Days: []int{1, 2, 3, 4, 5, 6, 7}, From: "00:00", To: "24:00"}}}
	rotaID, id := care.NewID(), care.NewID()
	_, err := w.Care.Duty.Create(t.Context(), w.Admin, rotaID, rota)
	w.ok(err)
	_, err = w.Care.Tasks.Make(t.Context(), nurse, id, task.Order{Text: "Call.", PatientID: w.sam.PatientID, Priority: task.Routine, DueAt: w.Clock.Now().Add(10 * 24 * time.Hour), Pool: task.OnDuty})
	w.ok(err)
	if all, _ := w.taskNews(w.doctor, id); all != 1 {
		t.Errorf("who is on duty was told %d times", all)
	}
	rota.Shifts[0].AccountID = nurse.AccountID
	_, err = w.Care.Duty.Edit(t.Context(), w.Admin, rotaID, care.AnyVersion, rota)
	w.ok(err)
	if all, _ := w.taskNews(nurse, id); all != 1 {
		t.Errorf("who is on duty now was told %d times", all)
	}
	if _, fresh := w.taskNews(w.doctor, id); fresh != 0 {
		t.Error("who is not on duty any more still has it among the news")
	}
}
