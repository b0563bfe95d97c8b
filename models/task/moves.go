package task

import (
	"slices"
	"time"

	"handrail/models"
)

func (t *Task) step(s Step, by Person) {
	s.By, s.Name = by.AccountID, by.Name
	t.ModifiedAt = s.At
	t.History = append(slices.Clip(t.History), s)
	if over := len(t.History) - maxHistory; over > 0 { // the first step says who made it
		t.History = append(slices.Clone(t.History[:1]), t.History[1+over:]...)
	}
}

func (t *Task) ask(who, by Person, now time.Time) {
	t.Asked = &who
	t.step(Step{At: now, What: DidAsk, To: who.Name}, by)
}

func ended() error {
	return models.E(models.KindConflict, "task-ended", "This task is done or was called off already.")
}

func notYours() error {
	return models.E(models.KindConflict, "not-the-owner", "Somebody else answers for this task. Load it again.")
}

// Accept makes who was asked the owner. The owner of what nobody accepted accepts it for
// themselves. The same person again is no change.
func (t Task) Accept(who Person, now time.Time) (Task, error) {
	mine, asked := t.Owner.AccountID == who.AccountID, t.Asked != nil && t.Asked.AccountID == who.AccountID
	open := t.Status == Requested || t.Status == Rejected
	switch {
	case t.Status.Ended():
		return t, ended()
	case mine && !asked && !open && t.Asked == nil:
		return t, nil
	case !mine && !asked:
		return t, models.E(models.KindConflict, "not-asked", "You were not asked to do this, or not any more. Load it again.")
	}
	if t.Code == CodeHandoff {
		return t, models.E(models.KindConflict, "take-the-handoff", "Take over in the handoff itself: there you read what was told.")
	}
	if !asked && t.Asked != nil {
		t.step(Step{At: now, What: DidWithdraw, To: t.Asked.Name}, who)
	}
	t.Asked, t.Pool = nil, ""
	if t.Owner, t.Status = who, Accepted; !mine || open {
		t.ShiftEnds = time.Time{}
		t.step(Step{At: now, What: DidAccept}, who)
	}
	return t, nil
}

// Claim takes a task out of its pool: the first one has it. The same person again is no
// change.
func (t Task) Claim(who Person, now time.Time) (Task, error) {
	last := t.History[len(t.History)-1]
	switch {
	case t.Status.Ended():
		return t, ended()
	case t.Pool == "" && t.Owner.AccountID == who.AccountID && last.What == DidClaim:
		return t, nil
	case t.Pool == "":
		return t, models.E(models.KindConflict, "claimed", "Somebody has taken this already.")
	}
	t.Owner, t.Status, t.Pool, t.Asked, t.ShiftEnds = who, Accepted, "", nil, time.Time{}
	t.step(Step{At: now, What: DidClaim}, who)
	return t, nil
}

// Reject says no of who was asked: the task stays its owner's. What was not accepted
// before is rejected; a hand-over that is refused changes nothing else.
func (t Task) Reject(who Person, note string, now time.Time) (Task, error) {
	last := t.History[len(t.History)-1]
	switch {
	case t.Asked == nil && last.What == DidReject && last.By == who.AccountID && last.Note == note:
		return t, nil
	case t.Status.Ended():
		return t, ended()
	case t.Asked == nil || t.Asked.AccountID != who.AccountID:
		return t, models.E(models.KindConflict, "not-asked", "You were not asked to do this, or not any more. Load it again.")
	}
	t.Asked = nil
	if t.Status == Requested {
		t.Status = Rejected
	}
	t.step(Step{At: now, What: DidReject, Note: note}, who)
	return t, nil
}

// HandOver asks somebody to take a task. Until they accept, it stays its owner's. The
// same again is no change. by is the owner, or who hands over for them.
func (t Task) HandOver(by, to Person, now time.Time) (Task, error) {
	switch {
	case t.Status.Ended():
		return t, ended()
	case t.Code == CodePeerAsked:
		return t, asked()
	case to.AccountID == t.Owner.AccountID:
		return t, models.E(models.KindInvalid, "is-the-owner", "This person has it already.")
	case t.Asked != nil && t.Asked.AccountID == to.AccountID:
		return t, nil
	}
	if t.Status == Rejected {
		t.Status = Requested
	}
	t.Pool = ""
	t.ask(to, by, now)
	return t, nil
}

// asked refuses to pass on what a patient asks of one peer: nobody else can answer.
func asked() error {
	return models.E(models.KindConflict, "asked-of-you", "This is asked of you alone. Say yes or no.")
}

// ToPool lays a task into a pool. Until somebody claims it, it stays its owner's.
func (t Task) ToPool(by Person, p Pool, now time.Time) (Task, error) {
	switch {
	case t.Status.Ended():
		return t, ended()
	case t.Code == CodePeerAsked:
		return t, asked()
	case !slices.Contains(Pools, p) || p == PoolTeam && t.PatientID == "":
		return t, models.E(models.KindInvalid, "not-a-choice", "Choose one of the groups that are offered.")
	case t.Pool == p:
		return t, nil
	}
	t.Asked, t.Pool, t.ShiftEnds = nil, p, time.Time{}
	if t.Status == Rejected {
		t.Status = Requested
	}
	t.step(Step{At: now, What: DidPool, Note: string(p)}, by)
	return t, nil
}

// Progress is what its owner says of a task: begun, done, or called off. Who begins or
// ends what nobody accepted has accepted it. The same again is no change.
func (t Task) Progress(who Person, to Status, note string, now time.Time) (Task, error) {
	switch {
	case t.Status == to && t.Status.Ended() && t.Outcome != nil && t.Outcome.By.AccountID == who.AccountID && t.Outcome.Note == note:
		return t, nil
	case t.Status.Ended():
		return t, ended()
	case t.Owner.AccountID != who.AccountID && (to != Cancelled || t.Requester.AccountID != who.AccountID || t.Status != Requested):
		return t, notYours() // who asked may take back what nobody accepted
	case t.Status == InProgress && to == InProgress:
		return t, nil
	}
	if elsewhere := endsElsewhere[t.Code]; elsewhere != nil && to.Ended() {
		return t, elsewhere
	}
	what := map[Status]string{InProgress: DidStart, Completed: DidComplete, Cancelled: DidCancel}[to]
	if what == "" || !MayMove(t.Status, to) {
		return t, models.E(models.KindConflict, "task-move-not-allowed", "This can't be said of the task now. Load it again.")
	}
	t.Status, t.Pool, t.ShiftEnds = to, "", time.Time{}
	if to.Ended() {
		t.Asked, t.Outcome = nil, &Outcome{Note: note, At: now, By: who}
	}
	t.step(Step{At: now, What: what, Note: note}, who)
	return t, nil
}

// CheckProgress says what is wrong. Errors: KindInvalid with fields.
func CheckProgress(to Status, note string) error {
	var c models.Checks
	c.Require(to == InProgress || to.Ended(), "status", "not-a-choice", "Choose one of those that are offered.")
	c.Text("note", note, 0, MaxNote)
	c.Require(to != Cancelled || note != "", "note", "required", "Say why.")
	return c.Err()
}

// EndedWith completes a task with the matter that it is about.
func (t Task) EndedWith(who Person, now time.Time) (Task, error) {
	if t.Status.Ended() {
		return t, ended()
	}
	t.Status, t.Pool, t.Asked, t.Outcome, t.ShiftEnds = Completed, "", nil, &Outcome{At: now, By: who}, time.Time{}
	t.step(Step{At: now, What: DidComplete}, who)
	return t, nil
}

// CalledOff cancels a task with the matter that it is about, and says why.
func (t Task) CalledOff(who Person, note string, now time.Time) Task {
	if t.Status.Ended() {
		return t
	}
	t.Status, t.Pool, t.Asked, t.Outcome, t.ShiftEnds = Cancelled, "", nil, &Outcome{Note: note, At: now, By: who}, time.Time{}
	t.step(Step{At: now, What: DidCancel, Note: note}, who)
	return t
}
