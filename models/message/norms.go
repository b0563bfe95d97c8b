package message

import (
	"time"

	"handrail/models/risk"
)

// MaxDays is the longest time to answer that a team can agree, in working days.
const MaxDays = 10

// maxReminders bounds how often the owner is reminded of one thread. It stays in the list.
const maxReminders = 10

// Norms are what a team agreed about answers. 0 days: nothing, and nobody is reminded.
type Norms struct {
	AnswerWithinDays int `json:"answerWithinDays"`
}

// AnswerBy is the end of the last working day within which something is to be answered; nil
// where nothing was agreed. What is urgent is due on the next working day.
func (n Norms) AnswerBy(since time.Time, u Urgency, h risk.Hours) *time.Time {
	days := n.AnswerWithinDays
	if days > 0 && u == Urgent {
		days = 1
	}
	return workingDays(since, days, h)
}

// workingDays is the end of the staffed hours of the n-th working day after the day of since,
// by the clinic's own clock; nil for none, and where nobody is ever there.
func workingDays(since time.Time, n int, h risk.Hours) *time.Time {
	if n <= 0 {
		return nil
	}
	for day := 1; day <= 8*n; day++ {
		if end, ok := h.EndOfDay(since, day); ok {
			if n--; n == 0 {
				return &end
			}
		}
	}
	return nil
}

// Wait gives the thread to an owner who answers for it by then. A thread that waits already
// keeps its time, or gets an earlier one.
func (t Thread) Wait(owner risk.Person, u Urgency, at time.Time, n Norms, h risk.Hours) Thread {
	w := Waits{Since: at, Urgency: u, Owner: owner.AccountID, Name: owner.Name, By: n.AnswerBy(at, u, h)}
	w.RemindAt = w.By
	if was := t.Waits; was != nil {
		w.Since, w.Owner, w.Name, w.Reminded = was.Since, was.Owner, was.Name, was.Reminded
		if was.Urgency == Urgent {
			w.Urgency = Urgent
		}
		if was.By != nil && (w.By == nil || was.By.Before(*w.By)) {
			w.By, w.RemindAt = was.By, was.RemindAt
		}
	}
	t.Waits = &w
	return t
}

// Remind notes that the owner is reminded now, and when next: on the next working day. ok is
// false when nothing is due.
func (t Thread) Remind(at time.Time, h risk.Hours) (out Thread, ok bool) {
	if t.Waits == nil || t.Waits.RemindAt == nil || at.Before(*t.Waits.RemindAt) {
		return t, false
	}
	w := *t.Waits
	w.Reminded++
	if w.RemindAt = workingDays(at, 1, h); w.Reminded >= maxReminders {
		w.RemindAt = nil
	}
	t.Waits = &w
	return t, true
}

// Settled is the thread once the team has answered, or said that nothing is to be answered.
func (t Thread) Settled() Thread {
	t.Waits = nil
	return t
}

// Due is when the owner is to be reminded; zero for never.
func (t Thread) Due() time.Time {
	if t.Waits == nil || t.Waits.RemindAt == nil {
		return time.Time{}
	}
	return *t.Waits.RemindAt
}
