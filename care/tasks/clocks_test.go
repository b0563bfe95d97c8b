package tasks_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/duty"
	"handrail/models/task"
)

// TestClocksThatAreOff: of instances whose clocks are minutes ahead and behind, one reminds,
// one passes on what a shift leaves, and none takes it back; time that goes back neither.
func TestClocksThatAreOff(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	day, night := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplineNursing, p)
	zone := must(time.LoadLocation("America/New_York"))(t)
	y, m, d := h.Clock.Now().In(zone).Date()
	h.Clock.Set(time.Date(y, m, d+1, 9, 0, 0, 0, zone))
	off := func(by time.Duration) *care.Care {
		return h.InstanceWith(func(c *care.Config) { c.Now = func() time.Time { return h.Clock.Now().Add(by) } })
	}
	ahead, behind := off(7*time.Minute), off(-7*time.Minute)
	look := func(id string, instances ...*care.Care) task.View {
		t.Helper()
		for range 3 {
			for _, c := range instances {
				if err := c.Tasks.Follow(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		return must(h.Care.Tasks.Task(t.Context(), h.Admin, id, always))(t)
	}
	all := []int{1, 2, 3, 4, 5, 6, 7}
	must(h.Care.Duty.Create(t.Context(), h.Admin, care.NewID(), duty.Terms{Name: "Ward", Zone: "America/New_York", Serves: duty.ServesCover, Shifts: []duty.Shift{
		{AccountID: day.AccountID, Days: all, From: "07:00", To: "19:00"}, {AccountID: night.AccountID, Days: all, From: "19:00", To: "07:00"}}}))(t)
	o := order(h, p.PatientID)
	o.Pool = task.OnDuty
	id := care.NewID()
	must(h.Care.Tasks.Make(t.Context(), day, id, o))(t)
	h.Clock.Move(10*time.Hour - 5*time.Minute) // 18:55: it is 19:02 at the one that is ahead
	if v := look(id, behind, ahead, h.Care); v.Owner.AccountID != night.AccountID {
		t.Fatalf("%+v", v.Task)
	}
	h.Clock.Move(-2 * time.Hour)
	if v := look(id, behind, h.Care, ahead); v.Owner.AccountID != night.AccountID || len(v.History) != 3 {
		t.Fatalf("it goes to and fro: %+v", v.Task)
	}
	must(h.Care.Tasks.Progress(t.Context(), night, id, task.InProgress, ""))(t)
	v := look(id, h.Care)
	h.Clock.Set(v.RemindAt.Add(-3 * time.Minute))
	if v = look(id, behind, ahead, h.Care); v.Reminders != 1 {
		t.Fatalf("reminded %d times", v.Reminders)
	}
	h.Clock.Move(-30 * time.Hour)
	if v = look(id, behind, ahead, h.Care); v.Reminders != 1 || v.Owner.AccountID != night.AccountID {
		t.Fatalf("time went back: %+v", v.Task)
	}
}
