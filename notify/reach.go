package notify

import (
	"context"
	"time"

	"handrail/models/reminder"
	"handrail/store"
)

// What is known of a person having got something.
const (
	ReachOpened    = "opened"    // they looked at it
	ReachDelivered = "delivered" // a device showed it
	ReachHanded    = "handed"    // a provider took it; nothing came back
	ReachNot       = "not"       // nobody took it
	ReachPlanned   = "planned"   // its time has not come, or a try is under way
	ReachSilent    = "silent"    // nothing was to be said: it lies in the inbox
)

func (e *entry) reach() string {
	switch {
	case !e.OpenedAt.IsZero():
		return ReachOpened
	case !e.DeliveredAt.IsZero():
		return ReachDelivered
	case e.Silent != reminder.Loud:
		return ReachSilent
	case !e.State.ended():
		return ReachPlanned
	case e.Handed:
		return ReachHanded
	}
	return ReachNot
}

// Trail is an entry with everything that happened to it, as its person may see it.
type Trail struct {
	Item
	State State  `json:"state"`
	Marks []Mark `json:"marks"`
}

// TrailOf gives the trail of one of the account's own entries.
func (n *Notifier) TrailOf(ctx context.Context, accountID, id string) (Trail, error) {
	e, err := n.own(ctx, accountID, id)
	if err != nil {
		return Trail{}, err
	}
	return Trail{n.item(e), e.State, e.Trail}, nil
}

// Contacted is what the team may see: that something was said, when, and whether it
// reached the person. No channel, no device.
type Contacted struct {
	ID    string        `json:"id"`
	Kind  reminder.Kind `json:"kind"`
	Ref   string        `json:"ref,omitempty"`
	Due   time.Time     `json:"due"`
	Reach string        `json:"reach"`
}

// Delivery lists what was due for an account in [from, to), the oldest first, and
// whether it reached them. What was only in the inbox is left out.
func (n *Notifier) Delivery(ctx context.Context, accountID string, from, to time.Time) ([]Contacted, error) {
	out := []Contacted{}
	q := store.Query{Index: ixAccount, Equal: []any{accountID}, From: from.Add(-heldBack).UnixMilli(), To: to.UnixMilli()}
	err := n.each(ctx, colDue, q, func(d store.Doc) bool {
		e, err := queueEntry(d)
		if err != nil || e.Why == whyUnreadable {
			n.skipped(colDue, d.ID, err)
		} else if e.Silent == reminder.Loud && !e.Due.Before(from) && e.Due.Before(to) {
			out = append(out, Contacted{e.ID, e.Kind, e.Ref, e.Due, e.reach()})
		}
		return true
	})
	if err != nil {
		return nil, refusal(err)
	}
	return out, nil
}
