package task

import "time"

// DueBy sets when an open task is due, and reminds of it again from the beginning.
func (t Task) DueBy(due, now time.Time) Task {
	if t.Status.Ended() || due.Equal(t.DueAt) {
		return t
	}
	t.DueAt, t.Reminders = due.UTC(), 0
	t.RemindAt = t.DueAt.Add(-min(24*time.Hour, max(t.DueAt.Sub(now)/2, 0))).Truncate(time.Second)
	return t
}

// remindersFast is after how many reminders they come once a week and not each day.
const remindersFast = 5

// Remind notes that the owner is reminded, and sets when next: when it is due, then
// each day, then each week. ok is false while no reminder is due.
func (t Task) Remind(now time.Time) (out Task, ok bool) {
	if t.Status.Ended() || now.Before(t.RemindAt) {
		return t, false
	}
	next := 24 * time.Hour
	if t.Reminders++; t.Reminders >= remindersFast {
		next *= 7
	}
	if t.RemindAt = now.Add(next); now.Before(t.DueAt) {
		t.RemindAt = t.DueAt
	}
	return t, true
}

// Due is when something happens to a task by itself. Only an ended one has none.
func (t Task) Due() time.Time {
	switch {
	case t.Status.Ended():
		return time.Time{}
	case !t.ShiftEnds.IsZero() && t.ShiftEnds.Before(t.RemindAt):
		return t.ShiftEnds
	}
	return t.RemindAt
}
