package referrals_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/record"
	"handrail/care/tasks"
	"handrail/models/referral"
	"handrail/models/task"
)

// What a check-in tells of needs is proposed to the team: in their needs, and as one task.
// Nobody outside is asked by it, and who is in danger is met with help.
func TestACheckInTellsNeeds(t *testing.T) {
	c := newClinic(t, 5)
	ctx := t.Context()
	send := func(answers map[string]any, declined ...string) record.CheckInAnswer {
		t.Helper()
		s := c.MoodToday()
		s.Answers, s.Declined, s.AnsweredAt = answers, declined, c.Clock.Now()
		out, err := c.Chart(c.sam, c.sam.PatientID).Record.SendCheckIn(ctx, care.NewID(), s)
		if err != nil {
			t.Fatal(err)
		}
		c.Clock.Move(time.Hour)
		return out
	}
	if out := send(map[string]any{"safety": false, "need-food": "help", "need-work": "later"}, "need-legal"); out.Help != nil {
		t.Errorf("help beside a wish for food: %+v", out.Help)
	}
	n, err := c.part(c.nurse).Needs(ctx)
	if err != nil || len(n.Value.Needs) != 2 || n.Value.Needs[0].Need != "food" || n.Value.Needs[0].CheckInID == "" {
		t.Fatalf("%+v, %v", n.Value, err)
	}
	a, err := c.part(c.nurse).Around(ctx)
	if err != nil || len(a.Open) != 1 || a.Open[0] != "food" || len(a.Referrals) != 0 {
		t.Errorf("%+v, %v", a, err)
	}
	pool := func() (n int) {
		page, err := c.Care.Tasks.Tasks(ctx, c.nurse, tasks.Filter{PatientID: c.sam.PatientID}, "", 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range page.Items {
			if one.Code == task.CodeNeed {
				n++
			}
		}
		return n
	}
	if pool() != 1 {
		t.Errorf("%d tasks", pool())
	}
	if out := send(map[string]any{"safety": false, "need-safety": "danger"}); out.Help == nil || out.Help.Needs[0] != "danger" || len(out.Help.Numbers.Emergency) == 0 {
		t.Errorf("who is in danger is met with %+v", out.Help)
	}
	if n, _ = c.part(c.nurse).Needs(ctx); len(n.Value.Needs) != 3 || n.Value.Needs[2] != (referral.Asked{Need: "safety", Wants: "help", CheckInID: n.Value.Needs[2].CheckInID}) {
		t.Errorf("%+v", n.Value)
	}
	// The team writes them anew; what was said in a check-in is still known to be.
	next := n.Value
	next.Needs = append([]referral.Asked{}, next.Needs...)
	next.Needs[0].CheckInID, next.Needs[1] = "", referral.Asked{Need: "work", Wants: "help", CheckInID: "made-up"}
	after, err := c.part(c.nurse).SetNeeds(ctx, n.Version, next)
	if err != nil || after.Value.Needs[0].CheckInID == "" || after.Value.Needs[1].CheckInID != "" {
		t.Errorf("%+v, %v", after.Value, err)
	}
}
