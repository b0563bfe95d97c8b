package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/models/reminder"
)

// Proving is a Channel that can tell more of its providers than whether it is set
// right.
type Proving interface {
	// Reach asks each known provider whether it can be reached.
	Reach(ctx context.Context) []ProviderCheck
	// KnownService names the provider of an address where it is a known one.
	KnownService(a Address) string
}

// ProviderCheck tells whether a provider answered.
type ProviderCheck struct {
	Service string
	Err     error         // nil: it did
	Ahead   time.Duration // our clock before the provider's
}

// clockOff is how wrong our clock may be: the word that goes with a push names its end
// 12 hours ahead, and a service takes one that is neither over nor more than 24 hours
// away (RFC 8292 section 2).
const clockOff = 11 * time.Hour

// DoctorReach tells whether pushes can leave for the known push services. It sends
// nothing to anybody: that a push arrives is shown by TryPush alone.
func (n *Notifier) DoctorReach(ctx context.Context, part string) Diagnosis {
	ch, ok := n.channels[ChannelWebPush].(Proving)
	if !ok {
		return Diagnosis{Part: part, Says: offSays[ChannelWebPush]}
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	var good, bad []string
	for _, r := range ch.Reach(ctx) {
		switch {
		case r.Err != nil:
			bad = append(bad, fmt.Sprintf("%s is not reached: %v", r.Service, r.Err))
		case r.Ahead.Abs() > clockOff:
			bad = append(bad, fmt.Sprintf("%s refuses pushes: the clock here is off by %s", r.Service, r.Ahead.Abs().Truncate(time.Minute)))
		default:
			good = append(good, r.Service)
		}
	}
	if len(bad) > 0 {
		return Diagnosis{Part: part, Says: strings.Join(bad, "; ") + ". Pushes go straight to port 443, through no proxy: let this machine connect there"}
	}
	return Diagnosis{Part: part, Works: true, Says: "those of " + strings.Join(good, ", ") + " answer, so a push can leave. That one arrives is not shown by this: see --push-to"}
}

// RefPushTest is what a test push is about, in the inbox.
const RefPushTest = "push-test"

// testUseful is how long a test push is kept by a service for a device that is off.
const testUseful = 10 * time.Minute

// Tried is what became of a test push to one device.
type Tried struct {
	ID      string // of its page in the ledger, on which a receipt is noted
	Device  Device
	Service string // the maker's name; "" when it is not a known one
	Result         // without an outcome where nothing was sent to the device
}

// TryPush sends a test to each device of an account, each with an id of its own, by
// the way that reminders go, and notes in the ledger what was answered. It says
// nothing but that there is something to see. What it learns of a device counts.
func (n *Notifier) TryPush(ctx context.Context, accountID string) ([]Tried, error) {
	devices, err := n.devices(ctx, accountID)
	if err != nil {
		return nil, refusal(err)
	}
	ctx, cancel := context.WithTimeout(ctx, n.limits.SendTimeout)
	defer cancel()
	out := make([]Tried, 0, len(devices))
	for _, d := range devices {
		t, err := n.tryOne(ctx, d)
		if err != nil {
			return out, refusal(err)
		}
		out = append(out, t)
	}
	return out, nil
}

func (n *Notifier) tryOne(ctx context.Context, d *device) (Tried, error) {
	out := Tried{Device: d.view()}
	if ch, ok := n.channels[d.Channel].(Proving); ok {
		out.Service = ch.KnownService(d.Address)
	}
	if n.channels[d.Channel] == nil || !d.usable(n.now()) {
		return out, nil
	}
	e, err := n.testEntry(ctx, d)
	if err != nil {
		return out, err
	}
	out.ID = e.ID
	m := n.message(e)
	m.To, m.Urgent = d.Address, true
	jobs := map[string][]job{d.Channel: {{e, reminder.StepPush, d, m}}}
	results := n.sendAll(ctx, jobs)
	out.Result = results[d.Channel][0]
	// What was sent must be written down, also when the operator stops.
	writes, cancel := context.WithTimeout(context.WithoutCancel(ctx), n.limits.SendTimeout)
	defer cancel()
	return out, errors.Join(n.edit(writes, e.ID, func(e *entry) bool {
		e.take(n.now(), answer{reminder.StepPush, d.SessionID, d.Channel, out.Result})
		e.Handed, e.Failed = out.Outcome == Accepted, out.Outcome != Accepted
		return true
	}), n.strikes(writes, jobs, results))
}

// testEntry makes the page in the ledger. It is no work for anybody: no worker sends
// it again, and no other step follows.
func (n *Notifier) testEntry(ctx context.Context, d *device) (*entry, error) {
	now := n.now().UTC()
	e := &entry{ID: uuid.NewString(), AccountID: d.AccountID, Owner: d.Owner, Language: n.site.Language}
	p, err := n.person(ctx, d.AccountID)
	switch {
	case err == nil:
		e.Owner, e.Language, e.Epoch = p.Owner, p.language(), p.Epoch
	case models.KindOf(err) != models.KindNotFound:
		return nil, err
	}
	e.Occurrence = reminder.Occurrence{Name: RefPushTest + "|" + e.ID, Rule: RefPushTest, Date: now.Format(time.DateOnly), Kind: reminder.News, Ref: RefPushTest,
		Due: now, Until: now.Add(testUseful), Steps: []reminder.Step{reminder.StepPush}}
	e.mark(now, MarkPlanned, "", "")
	e.end(now, StateDone, RefPushTest)
	doc, err := e.doc()
	if err != nil {
		return nil, err
	}
	return e, n.store.Insert(ctx, colDue, doc)
}

// Received tells whether a device said that it showed an entry of an account.
func (n *Notifier) Received(ctx context.Context, accountID, id string) (bool, error) {
	e, err := n.own(ctx, accountID, id)
	return err == nil && e.received(), err
}
