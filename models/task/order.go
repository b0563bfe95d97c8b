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
	c.Require(o.Pool == "" || o.Pool == OnDuty || slices.Contains(Pools, o.Pool), "pool", "not-a-choice", "Choose one of those that are offered.")
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
	case o.Pool == OnDuty: // who that is, is said next
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
