package handoffs_test

import (
	"context"
	"testing"
	"time"

	"handrail/care"
	"handrail/models/duty"
	"handrail/models/task"
)

// TestWhoHandsOverReadsThatSomebodyIsNotReached: a patient, who goes up after a third of the
// time; a task and a duty. Who is asked is not told, and nothing is refused.
func TestWhoHandsOverReadsThatSomebodyIsNotReached(t *testing.T) {
	c := newClinic(t)
	reaches := func(_ context.Context, id string) (bool, error) { return id != c.nurse.AccountID, nil }
	c.Care.Alerts.ReachedBy(reaches)
	c.Care.Duty.ReachedBy(reaches)
	if v := c.give(c.doctor, c.unstable(c.peer)); v.Unreachable {
		t.Error("who is reached is not")
	}
	v := c.give(c.doctor, c.unstable(c.nurse))
	if !v.Unreachable {
		t.Error("the giver was not told")
	}
	if v, err := c.of(c.lead).Handoff(t.Context(), v.ID); err != nil || !v.Unreachable {
		t.Error("others of the team do not read it", err)
	}
	if v, err := c.of(c.nurse).Handoff(t.Context(), v.ID); err != nil || v.Unreachable {
		t.Error("who reads it is told that they can't be", err)
	}
	c.Clock.Move(4 * time.Minute)
	c.ok(c.Care.Tasks.Follow(t.Context()))
	if v, _ := c.of(c.doctor).Handoff(t.Context(), v.ID); len(v.Asked) != 1 {
		t.Errorf("too soon: %+v", v.Asked)
	}
	c.Clock.Move(2 * time.Minute)
	c.ok(c.Care.Tasks.Follow(t.Context()))
	if v, _ := c.of(c.doctor).Handoff(t.Context(), v.ID); len(v.Asked) != 2 || v.Asked[1].AccountID != c.lead.AccountID || v.Unreachable {
		t.Errorf("after a third of the time: %+v", v)
	}

	o, err := c.Care.Tasks.Make(t.Context(), c.doctor, care.NewID(), task.Order{Text: "Call.", PatientID: c.sam.PatientID, Priority: task.Routine, DueAt: c.Clock.Now().Add(24 * time.Hour), To: c.doctor.AccountID})
	c.ok(err)
	if o, err = c.Care.Tasks.HandOver(t.Context(), c.doctor, o.ID, c.nurse.AccountID, ""); err != nil || !o.Unreachable {
		t.Errorf("a task: %+v %v", o, err)
	}
	r, err := c.Care.Duty.Create(t.Context(), c.Admin, care.NewID(), duty.Terms{Name: "Days", Zone: "UTC", Serves: duty.ServesCover, Shifts: []duty.Shift{{AccountID: c.doctor.AccountID, Days: []int{1, 2, 3, 4, 5, 6, 7}, From: "09:00", To: "17:00"}}})
	c.ok(err)
	day := c.Clock.Now().AddDate(0, 0, 2).Format(time.DateOnly)
	for who, want := range map[string]int{c.nurse.AccountID: 1, c.peer.AccountID: 0} {
		got, err := c.Care.Duty.Propose(t.Context(), c.doctor, r.Value.ID, duty.Swap{ID: care.NewID(), TakenBy: who, From: day + "T09:00:00", To: day + "T12:00:00"})
		c.ok(err)
		if len(got.Value.Unreachable) != want {
			t.Errorf("a duty: %+v", got.Value.Unreachable)
		}
	}
}
