package planning_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	tasklist "handrail/care/tasks"
	"handrail/models/checkin"
	"handrail/models/reminder"
	"handrail/models/risk"
	"handrail/models/task"
)

// TestARuleThatAsksForReviewTellsSomebody: sixty times nothing was done about a rule; who
// confirmed the alerts gets one task and one note of it, and the next a month later.
func TestARuleThatAsksForReviewTellsSomebody(t *testing.T) {
	w := newPlannedClinic(t)
	w.on()
	again := func(n int) {
		t.Helper()
		for range n {
			v, err := w.Chart(w.doctor, w.sam.PatientID).Alerts.Raise(t.Context(), care.NewID(), alerts.ByHand{Tier: checkin.Elevated, Words: "Please look."})
			w.ok(err)
			_, err = w.Care.Alerts.Record(t.Context(), w.doctor, v.ID, risk.Ending{Status: risk.Resolved, Code: "no-action-needed"})
			w.ok(err)
			w.Clock.Move(time.Minute)
		}
	}
	asked := func() (tasks, notes int) {
		t.Helper()
		w.wall += 7 * time.Hour
		w.turn()
		w.turn()
		p, err := w.Care.Tasks.Tasks(t.Context(), w.Admin, tasklist.Filter{List: tasklist.Asked}, "", 50)
		w.ok(err)
		for _, v := range p.Items {
			if v.Code == task.CodeRuleReview && v.Focus.ID == risk.HandRule && v.Owner.AccountID == w.Admin.AccountID {
				tasks++
			}
		}
		for _, i := range w.coming(w.Admin, reminder.News) {
			if i.Ref == "task:"+p.Items[0].ID {
				notes++
			}
		}
		return tasks, notes
	}
	again(59)
	if n, _ := asked(); n != 0 {
		t.Fatalf("after 59: %d tasks", n)
	}
	again(1)
	if n, notes := asked(); n != 1 || notes != 1 {
		t.Fatalf("after 60: %d tasks, %d notes", n, notes)
	}
	w.Clock.Move(29 * 24 * time.Hour)
	again(1)
	if n, _ := asked(); n != 1 {
		t.Fatalf("within a month: %d tasks", n)
	}
	w.Clock.Move(24 * time.Hour)
	again(60)
	if n, _ := asked(); n != 2 {
		t.Fatalf("a month later: %d tasks", n)
	}
}
