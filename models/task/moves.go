package task

import (
	"slices"
	"time"

	"handrail/models"
)

// Limits of a task.
const (
	MaxText    = 2000
	MaxNote    = 2000
	MaxBasedOn = 10
	maxAhead   = 2 * 366 * 24 * time.Hour
	maxHistory = 200
)

// Order is what somebody asks for who makes a task. To, or Pool, or neither: then the
// maker does it.
type Order struct {
	Code      string
	Text      string
	PatientID string
	Focus     *Reference
	BasedOn   []Reference
	Priority  Priority
	DueAt     time.Time
	RemindAt  time.Time // zero: a day before, or half-way where that is sooner
	To        string
	Pool      Pool
}

// Check says what is wrong with an order. Errors: KindInvalid with fields.
func (o Order) Check(now time.Time) error {
	var c models.Checks
	least := 1
	if o.Code != "" && o.Code != CodeOther {
		least = 0
	}
	c.Text("text", o.Text, least, MaxText)
	c.Require(o.Code == "" || slices.Contains(Codes, o.Code), "code", "not-a-choice", "Choose one of those that are offered.")
	c.Require(slices.Contains(Priorities, o.Priority), "priority", "not-a-choice", "Choose one of those that are offered.")
	c.Require(o.DueAt.After(now), "dueAt", "in-the-past", "Give a time that is still to come.")
	c.Require(o.DueAt.Sub(now) <= maxAhead, "dueAt", "too-far", "Give a time within two years.")
	c.Require(o.RemindAt.IsZero() || o.RemindAt.After(now) && !o.RemindAt.After(o.DueAt), "remindAt", "out-of-range", "Give a time between now and when it is due.")
	c.Require(o.Pool == "" || slices.Contains(Pools, o.Pool), "pool", "not-a-choice", "Choose one of those that are offered.")
	c.Require(o.Pool == "" || o.To == "", "pool", "one-of-two", "Ask one person, or a group.")
	c.Require(o.Pool != PoolTeam || o.PatientID != "", "pool", "needs-patient", "A care team is that of a patient.")
	if o.Focus != nil {
		checkReference(&c, "focus", *o.Focus)
	}
	c.Require(len(o.BasedOn) <= MaxBasedOn, "basedOn", "too-many", "Name at most ten.")
	for i, r := range o.BasedOn {
		checkReference(&c, models.Indexed("basedOn", i), r)
	}
	return c.Err()
}

func checkReference(c *models.Checks, field string, r Reference) {
	word := func(text string, most int) bool {
		for _, b := range []byte(text) {
			if b != '-' && b != '.' && (b < '0' || b > '9') && (b < 'A' || b > 'Z') && (b < 'a' || b > 'z') {
				return false
			}
		}
		return text != "" && len(text) <= most
	}
	c.Require(word(r.Type, 40), field+".type", "not-a-name", "Use letters, digits, - and .")
	c.Require(word(r.ID, 64), field+".id", "not-a-name", "Use letters, digits, - and .")
}

// Begin makes a task. asked is the person whom Order.To names; the zero Person for
// nobody.
func Begin(id string, o Order, maker, asked Person, patientName string, now time.Time) Task {
	now = now.UTC()
	code := o.Code
	if code == "" {
		code = CodeOther
	}
	t := Task{ID: id, Code: code, Text: o.Text, PatientID: o.PatientID, PatientName: patientName, Focus: o.Focus, BasedOn: o.BasedOn,
		Priority: o.Priority, Status: Requested, Requester: maker, Owner: maker, AuthoredAt: now, DueAt: o.DueAt.UTC(), RemindAt: o.RemindAt.UTC()}
	if o.RemindAt.IsZero() {
		t.RemindAt = t.DueAt.Add(-min(24*time.Hour, t.DueAt.Sub(now)/2)).Truncate(time.Second)
	}
	t.step(Step{At: now, What: DidMake}, maker)
	switch {
	case o.Pool != "":
		t.Pool = o.Pool
		t.step(Step{At: now, What: DidPool, Note: string(o.Pool)}, maker)
	case asked.AccountID == "" || asked.AccountID == maker.AccountID:
		t.Status = Accepted
	default:
		t.ask(asked, maker, now)
	}
	return t
}

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
	t.Owner, t.Status, t.Pool, t.Asked = who, Accepted, "", nil
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

// ToPool lays a task into a pool. Until somebody claims it, it stays its owner's.
func (t Task) ToPool(by Person, p Pool, now time.Time) (Task, error) {
	switch {
	case t.Status.Ended():
		return t, ended()
	case !slices.Contains(Pools, p) || p == PoolTeam && t.PatientID == "":
		return t, models.E(models.KindInvalid, "not-a-choice", "Choose one of the groups that are offered.")
	case t.Pool == p:
		return t, nil
	}
	t.Asked, t.Pool = nil, p
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
	if t.EndsElsewhere() && to.Ended() {
		return t, models.E(models.KindConflict, "ends-elsewhere", "This ends with what it is about. Open that.")
	}
	what := map[Status]string{InProgress: DidStart, Completed: DidComplete, Cancelled: DidCancel}[to]
	if what == "" || !MayMove(t.Status, to) {
		return t, models.E(models.KindConflict, "task-move-not-allowed", "This can't be said of the task now. Load it again.")
	}
	t.Status, t.Pool = to, ""
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

// Moved gives an open task to somebody else when its owner can't answer for it any more.
// Nobody has accepted it then, and it is open to whom it was handed over.
func (t Task) Moved(to Person, now time.Time) Task {
	t.step(Step{At: now, What: DidMove, To: to.Name}, t.Owner)
	t.Owner, t.Status = to, Requested
	if t.Asked != nil && t.Asked.AccountID == to.AccountID {
		t.Asked = nil
	}
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

// DueBy sets when an open task is due, and reminds of it again from the beginning.
func (t Task) DueBy(due, now time.Time) Task {
	if t.Status.Ended() || due.Equal(t.DueAt) {
		return t
	}
	t.DueAt, t.Reminders = due.UTC(), 0
	t.RemindAt = t.DueAt.Add(-min(24*time.Hour, max(t.DueAt.Sub(now)/2, 0))).Truncate(time.Second)
	return t
}

// Again asks somebody else to take a task, and sets when to look at it next: whoever was
// asked has not answered in time. When it should have been done stays.
func (t Task) Again(by, to Person, next, now time.Time) Task {
	t.Pool = ""
	if t.Status == Rejected {
		t.Status = Requested
	}
	t.ask(to, by, now)
	t.RemindAt = next.UTC()
	return t
}

// Given makes somebody the owner who has said yes elsewhere: in the handoff that it was
// part of.
func (t Task) Given(to Person, now time.Time) Task {
	if t.Status.Ended() || t.Owner.AccountID == to.AccountID {
		return t
	}
	t.Owner, t.Status, t.Asked, t.Pool = to, Accepted, nil, ""
	t.step(Step{At: now, What: DidAccept}, to)
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
	if t.Status.Ended() {
		return time.Time{}
	}
	return t.RemindAt
}

// EndedWith completes a task with the matter that it is about.
func (t Task) EndedWith(who Person, now time.Time) (Task, error) {
	if t.Status.Ended() {
		return t, ended()
	}
	t.Status, t.Pool, t.Asked, t.Outcome = Completed, "", nil, &Outcome{At: now, By: who}
	t.step(Step{At: now, What: DidComplete}, who)
	return t, nil
}

// CalledOff cancels a task with the matter that it is about, and says why.
func (t Task) CalledOff(who Person, note string, now time.Time) Task {
	if t.Status.Ended() {
		return t
	}
	t.Status, t.Pool, t.Asked, t.Outcome = Cancelled, "", nil, &Outcome{Note: note, At: now, By: who}
	t.step(Step{At: now, What: DidCancel, Note: note}, who)
	return t
}
