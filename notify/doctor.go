package notify

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"handrail/store"
)

// Diagnosis says of one part whether it works, and if not, why and what to do.
type Diagnosis struct {
	Part  string // a channel, or "queue", "dead letters"
	Works bool
	Says  string
	Open  bool // neither shown to work nor to fail
}

// checkTime is how long one channel may take to be looked at.
const checkTime = 10 * time.Second

// offSays tells why a channel that was not given is off.
var offSays = map[string]string{
	ChannelFCM:     "No Firebase project is set. Phones get no pushes; they ring by themselves from the 14 days that they fetch.",
	ChannelWebPush: "Web Push is off. Browsers get no pushes.",
	ChannelEmail:   "No mail server is set. No e-mail is sent.",
	ChannelSMS:     "No SMS gateway is set. No SMS is sent.",
}

// worksSays tells what was looked at, where "works" would say more than is known.
var worksSays = map[string]string{ChannelWebPush: "The key and the contact that go with each push are right."}

// Doctor looks at every channel and at the queue. It sends nothing to anybody.
func (n *Notifier) Doctor(ctx context.Context) []Diagnosis {
	out := []Diagnosis{{Part: "inbox", Works: true, Says: "The inbox works: it needs nothing but the store."}}
	kept, _, err := n.keptVerdicts(ctx)
	if err != nil {
		kept = nil // the queue says that the store does not answer
	}
	for _, name := range []string{ChannelFCM, ChannelWebPush, ChannelEmail, ChannelSMS} {
		d := Diagnosis{Part: name, Says: offSays[name]}
		if ch := n.channels[name]; ch != nil {
			looks, cancel := context.WithTimeout(ctx, checkTime)
			if err := ch.Check(looks); err != nil {
				d.Says = err.Error()
			} else {
				v := Verdict{Works: true, Says: cmp.Or(worksSays[name], "Works.")}.despite(kept[name].Refused)
				d.Works, d.Says = v.Works, v.Says
			}
			cancel()
		}
		out = append(out, d)
	}
	return append(out, n.queueDiagnosis(ctx), n.deadDiagnosis(ctx), n.asideDiagnosis(ctx))
}

// queueDiagnosis tells when what is due is not taken.
func (n *Notifier) queueDiagnosis(ctx context.Context) Diagnosis {
	const late = 5 * time.Minute
	for s := range shards {
		overdue, err := n.overdue(ctx, s, n.now().Add(-late))
		switch {
		case err != nil:
			return Diagnosis{Part: "queue", Says: "The store does not answer. Look at the store first."}
		case overdue:
			return Diagnosis{Part: "queue", Says: "Something has been due for more than five minutes and nobody has taken it. Is `handrail serve` running?"}
		}
	}
	return Diagnosis{Part: "queue", Works: true, Says: "Nothing is overdue."}
}

// overdue tells whether something of a shard was due before a time and no worker took it, or
// has been with one whose lease had ended by then.
func (n *Notifier) overdue(ctx context.Context, shard int, since time.Time) (bool, error) {
	var h *holds
	q := store.Query{Index: ixNext, Equal: []any{int64(shard)}, To: since.UnixMilli(), Limit: 100, Unopened: true}
	for {
		page, err := n.store.Query(ctx, colDue, q)
		if err == nil && h == nil && len(page.Docs) > 0 {
			h, err = n.readHolds(ctx, shard)
		}
		if err != nil {
			return false, err
		}
		for _, d := range page.Docs {
			if o, held := h.has(d.ID); held && !o.Until.Before(since) {
				continue
			}
			if e, err := queueEntry(d); err != nil || e.NextAt.Before(since) { // a call stands before its time
				return true, nil
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" { // those that are in hands hide none behind them
			return false, nil
		}
	}
}

func (n *Notifier) asideDiagnosis(ctx context.Context) Diagnosis {
	marks, err := n.aside.Marks(ctx)
	switch {
	case err != nil:
		return Diagnosis{Part: "set aside", Says: "The store does not answer. Look at the store first."}
	case len(marks) > 0:
		return Diagnosis{Part: "set aside", Says: fmt.Sprintf("The workers of reminders go on without %d things that they can't do. See handrail aside.", len(marks))}
	}
	return Diagnosis{Part: "set aside", Works: true, Says: "The workers of reminders have set nothing aside."}
}

func (n *Notifier) deadDiagnosis(ctx context.Context) Diagnosis {
	page, err := n.store.Query(ctx, colDue, store.Query{Index: ixDead, From: n.now().AddDate(0, 0, -1).UnixMilli(), Limit: 1, Unopened: true})
	switch {
	case err != nil:
		return Diagnosis{Part: "dead letters", Says: "The store does not answer. Look at the store first."}
	case len(page.Docs) > 0:
		return Diagnosis{Part: "dead letters", Says: "Within the last day some reminders could not be handed over by any step. Look at their trails and queue them again when the cause is gone."}
	}
	return Diagnosis{Part: "dead letters", Works: true, Says: "There are none of the last day."}
}
