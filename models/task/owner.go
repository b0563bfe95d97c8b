package task

import "time"

// Moved gives an open task to somebody else when its owner can't answer for it any more.
// Nobody has accepted it then, and it is open to whom it was handed over.
func (t Task) Moved(to Person, now time.Time) Task {
	t.step(Step{At: now, What: DidMove, To: to.Name}, t.Owner)
	t.Owner, t.Status, t.ShiftEnds = to, Requested, time.Time{}
	if t.Asked != nil && t.Asked.AccountID == to.AccountID {
		t.Asked = nil
	}
	return t
}

// OnDuty gives an open task to who is on duty: being so is their yes. until is when who is
// on duty may change. The same again is no change.
func (t Task) OnDuty(by, who Person, until, now time.Time) (Task, error) {
	last := t.History[len(t.History)-1]
	switch {
	case t.Status.Ended():
		return t, ended()
	case t.Owner.AccountID == who.AccountID && last.What == DidDuty:
		return t, nil
	}
	t.Owner, t.Status, t.Pool, t.Asked, t.ShiftEnds = who, Accepted, "", nil, until.UTC()
	t.step(Step{At: now, What: DidDuty, To: who.Name}, by)
	return t, nil
}

// ByDuty tells whether somebody has a task by being on duty and has not begun it: it goes
// on with the duty. An older store does not say when that ends.
func (t Task) ByDuty() bool {
	return t.Status == Accepted && (!t.ShiftEnds.IsZero() || t.History[len(t.History)-1].What == DidDuty)
}

// ShiftChanged gives what nobody has begun to who is on duty now; the owner themselves, or
// nobody, leaves it with its owner until the next change. What somebody was asked to take
// stays asked of them.
func (t Task) ShiftChanged(who *Person, until, now time.Time) Task {
	if !t.ByDuty() {
		return t
	}
	t.ShiftEnds = until.UTC()
	if who == nil || who.AccountID == t.Owner.AccountID {
		return t
	}
	was := t.Owner
	t.Owner = *who
	if t.Asked != nil && t.Asked.AccountID == who.AccountID {
		t.Asked = nil
	}
	t.step(Step{At: now, What: DidShift, To: who.Name}, was)
	return t
}

// Unasked takes a request back from somebody who may not hold the task any more.
func (t Task) Unasked(now time.Time) Task {
	t.step(Step{At: now, What: DidWithdraw, To: t.Asked.Name}, *t.Asked)
	t.Asked = nil
	return t
}

// Settled is a task as it has to stand when what people may do has changed: with an owner
// who can answer for it, else next's, and asked of nobody who could not.
func (t Task) Settled(answers func(accountID string) (bool, error), next func(Task) (Person, error), now time.Time) (Task, error) {
	if t.Status.Ended() {
		return t, nil
	}
	if t.Asked != nil {
		ok, err := answers(t.Asked.AccountID)
		if err != nil {
			return t, err
		}
		if !ok {
			t = t.Unasked(now)
		}
	}
	ok, err := answers(t.Owner.AccountID)
	if err != nil || ok {
		return t, err
	}
	to, err := next(t)
	if err != nil || to.AccountID == t.Owner.AccountID {
		return t, err
	}
	return t.Moved(to, now), nil
}

// Again asks somebody else to take a task, and sets when to look at it next: whoever was
// asked has not answered in time. When it should have been done stays.
func (t Task) Again(by, to Person, next, now time.Time) Task {
	t.Pool = ""
	if t.Status == Rejected {
		t.Status = Requested
	}
	if t.ask(to, by, now); to.AccountID == t.Owner.AccountID {
		t.Asked = nil // they answer for it already, as who leads the team of a giver who left
	}
	t.RemindAt = next.UTC()
	return t
}

// Given makes somebody the owner who has said yes elsewhere: in the handoff that it was
// part of.
func (t Task) Given(to Person, now time.Time) Task {
	if t.Status.Ended() || t.Owner.AccountID == to.AccountID {
		return t
	}
	t.Owner, t.Status, t.Asked, t.Pool, t.ShiftEnds = to, Accepted, nil, "", time.Time{}
	t.step(Step{At: now, What: DidAccept}, to)
	return t
}
