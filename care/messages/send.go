package messages

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/record"
	"handrail/models"
	"handrail/models/message"
	"handrail/models/phrases"
	"handrail/store"
)

// Sent is the answer to a message: what is stored, help where its words ask for it, and
// who reads it when.
type Sent struct {
	Message message.Message `json:"message"`
	Thread  ThreadView      `json:"thread"`
	Help    *record.Help    `json:"help,omitempty"`
	Reading Reading         `json:"reading"`
}

// MessageSent is the change that a message leaves.
const MessageSent = "message.sent"

// Begin opens a thread with its first message. The same again is the same thread.
func (ch *Part) Begin(ctx context.Context, id string, o message.Opening) (Sent, error) {
	t := message.Thread{ID: id, PatientID: ch.patient, Kind: o.Kind, Supporter: o.Supporter, Subject: o.Subject, Started: o.First.ID}
	d := may(ch.chart, t, models.Write)
	if !d.Allowed {
		return Sent{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-you", "You can't begin this conversation."))
	}
	if err := o.Check(); err != nil {
		return Sent{}, err
	}
	c := ch.care
	stands, err := chart.Load[message.Thread](ctx, c.store, chart.ColThreads, id)
	if err == nil {
		return c.begun(ctx, ch.chart, stands, o)
	}
	if models.KindOf(err) != models.KindNotFound {
		return Sent{}, err
	}
	if o.Kind == message.WithFamily {
		if err := ch.supporter(ctx, &t); err != nil {
			return Sent{}, err
		}
	}
	t.OpenedBy, t.OpenedAt = party(ch.actor), c.now().UTC()
	out, err := c.send(ctx, ch.chart, kept{Value: t}, o.First)
	if models.KindOf(err) == models.KindConflict {
		if stands, err := chart.Load[message.Thread](ctx, c.store, chart.ColThreads, id); err == nil {
			return c.begun(ctx, ch.chart, stands, o)
		}
	}
	return out, err
}

// begun answers an opening that is sent again.
func (c *Service) begun(ctx context.Context, ch *chart.Chart, t kept, o message.Opening) (Sent, error) {
	if !t.Value.Same(o, ch.PatientID(), ch.Actor().AccountID) {
		return Sent{}, chart.Refusal(store.ErrExists)
	}
	return c.send(ctx, ch, t, o.First)
}

// supporter finds out who takes part beside the patient: somebody whose consent is in force.
func (ch *Part) supporter(ctx context.Context, t *message.Thread) error {
	if _, err := ch.care.nobodyElse(ctx, *t); err != nil {
		return err
	}
	a, err := chart.Load[models.Account](ctx, ch.care.store, chart.ColAccounts, t.Supporter)
	t.Name = a.Value.Name
	return err
}

// Send writes into a thread. The same message again is one message.
func (c *Service) Send(ctx context.Context, actor models.Actor, threadID string, d message.Draft) (Sent, error) {
	ch, t, err := c.open(ctx, actor, threadID)
	if err != nil {
		return Sent{}, err
	}
	var checks models.Checks
	if d.Check(&checks, ""); checks.Err() != nil {
		return Sent{}, checks.Err()
	}
	return c.send(ctx, ch, t, d)
}

func (c *Service) send(ctx context.Context, ch *chart.Chart, t kept, draft message.Draft) (Sent, error) {
	for {
		d := may(ch, t.Value, models.Write)
		if !d.Allowed {
			return Sent{}, ch.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-you", "You can read this conversation, and not write in it."))
		}
		stands, err := chart.Load[message.Message](ctx, c.store, chart.ColMessages, draft.ID)
		if err == nil {
			if !stands.Value.Same(draft, t.Value.ID, ch.Actor().AccountID) {
				return Sent{}, chart.Refusal(store.ErrExists)
			}
			return c.sent(ctx, ch, t, stands.Value)
		}
		if models.KindOf(err) != models.KindNotFound {
			return Sent{}, err
		}
		consent, err := c.nobodyElse(ctx, t.Value)
		if err == nil {
			err = c.notTooMany(ctx, ch, t)
		}
		if err != nil {
			return Sent{}, err
		}
		next, m, ops, err := c.ops(ctx, ch.Actor(), t, draft)
		if err != nil {
			return Sent{}, err
		}
		e := c.event(ch, d, t.Value.Kind, MessageSent, t.Value.ID, true)
		if e.ConsentID == "" && consent != "" {
			e.ConsentID, e.Notice = consent, chart.NoticeVersion
		}
		err = c.base.Commit(ctx, e, ops...)
		if err == nil {
			return c.sent(ctx, ch, next, m)
		}
		if !again(ctx, err) {
			return Sent{}, err
		}
		was := t
		if t, err = chart.Load[message.Thread](ctx, c.store, chart.ColThreads, t.Value.ID); models.KindOf(err) == models.KindNotFound && was.IsNew() {
			t, err = was, nil
		}
		if err != nil {
			return Sent{}, err
		}
		if was.IsNew() && !t.IsNew() && (t.Value.OpenedBy.AccountID != ch.Actor().AccountID || t.Value.Started != draft.ID || t.Value.PatientID != ch.PatientID()) {
			return Sent{}, chart.Refusal(store.ErrExists)
		}
	}
}

// ops are the message, its thread, and what it brings along.
func (c *Service) ops(ctx context.Context, actor models.Actor, t kept, draft message.Draft) (kept, message.Message, []store.Op, error) {
	at := c.now().UTC()
	m := message.Message{ID: draft.ID, ThreadID: t.Value.ID, PatientID: t.Value.PatientID, Number: t.Value.Count + 1,
		By: party(actor), At: at, Urgency: draft.Urgency, Text: draft.Text}
	if !actor.Role.Staff() {
		m.Hits = phrases.Find(draft.Text)
	}
	next := t
	next.Value = t.Value.Wrote(m)
	brought, more, late, err := c.bring(ctx, next.Value, m)
	if err != nil {
		return next, m, nil, err
	}
	next.Value, m.Late = brought, late
	op, err := threadOp(next)
	next.Version++
	if err != nil {
		return next, m, nil, err
	}
	doc, err := messageDoc(m, 0)
	return next, m, append(more, op, store.Insert(chart.ColMessages, doc)), err
}

func messageDoc(m message.Message, version int64) (store.Doc, error) {
	return chart.Encode(m.ID, m.PatientID, version, store.Keys{"threadId": m.ThreadID, "number": int64(m.Number),
		"sender": supporterKey(m.PatientID, m.By.AccountID), "at": chart.Millis(m.At)}, m)
}

// notTooMany holds back who floods a patient's team: what waits on a phone is sent later.
func (c *Service) notTooMany(ctx context.Context, ch *chart.Chart, t kept) error {
	now := c.now()
	hour, day, threads := 0, 0, 0
	q := store.Query{Index: "sender", Equal: []any{supporterKey(t.Value.PatientID, ch.Actor().AccountID)}, From: chart.Millis(now.Add(-24 * time.Hour)), Unopened: true}
	err := chart.ThroughDocs(ctx, c.store, chart.ColMessages, q, func(d store.Doc) (bool, error) {
		day++
		if at, _ := d.Keys["at"].(int64); at > chart.Millis(now.Add(-time.Hour)) {
			hour++
		}
		if n, _ := d.Keys["number"].(int64); n == 1 {
			threads++
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	if hour >= message.MaxPerHour || day >= message.MaxPerDay || t.IsNew() && threads >= message.MaxThreads {
		return models.E(models.KindTooMany, "too-many-messages", "These are many messages in a short time. Please call if you need somebody now, or write again in an hour.")
	}
	return nil
}

// sent is the answer to a message that is stored.
func (c *Service) sent(ctx context.Context, ch *chart.Chart, t kept, m message.Message) (Sent, error) {
	out := Sent{Message: m.Shown(ch.Actor().Role)}
	var err error
	if out.Thread, err = c.view(ctx, ch, t, c.consentOnce(ctx)); err != nil {
		return out, err
	}
	out.Reading = c.reading(ctx, ch.Actor())
	if len(m.Hits) > 0 {
		out.Help = c.help(ctx, ch, m)
	}
	return out, nil
}

func party(a models.Actor) message.Party {
	return message.Party{AccountID: a.AccountID, Name: a.Name, Role: a.Role}
}
