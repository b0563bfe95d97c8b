package messages

import (
	"context"
	"slices"
	"time"

	"handrail/care/alerts"
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/message"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// workMessages is the worker that brings along what a message could not.
const workMessages = "messages"

// unread is a thread with messages that one person of the team has not read, or a worry, in
// their list. Its text is sealed under the patient's key.
type unread struct {
	ID        string         `json:"id"` // of the thread, or of the worry
	PatientID string         `json:"patientId"`
	Name      string         `json:"patientName"`
	AccountID string         `json:"accountId"`
	Worry     bool           `json:"worry,omitempty"`
	Tier      checkin.Tier   `json:"tier"`
	At        time.Time      `json:"at"`     // of the first one
	Number    int            `json:"number"` // of the last one
	Waiting   alerts.Waiting `json:"waiting"`
}

func unreadID(id, accountID string) string { return id + ":" + accountID }

func unreadOp(u unread, version int64) (store.Op, error) {
	doc, err := chart.Encode(unreadID(u.ID, u.AccountID), u.PatientID, version, store.Keys{"accountId": u.AccountID, "threadId": u.ID,
		"patientId": u.PatientID, "at": chart.Millis(u.At)}, u)
	if version == 0 {
		return store.Insert(chart.ColThreadUnread, doc), err
	}
	return store.Replace(chart.ColThreadUnread, doc), err
}

// bring is what a message brings along, for its own batch: its place in the list of each
// who reads for the patient, who owes an answer, and the alert that its words raise. No
// record that can't be read keeps a message from being taken: it is set aside, and Follow
// comes back to it.
func (c *Service) bring(ctx context.Context, t message.Thread, m message.Message) (out message.Thread, ops []store.Op, late bool, err error) {
	err = aside.Safely(func() error {
		out, ops, err = c.brought(ctx, t, m)
		return err
	})
	if err == nil || ctx.Err() != nil || aside.Stops(err) {
		return out, ops, false, err
	}
	return t, nil, true, c.setAside(ctx, workMessages, m.ID, err)
}

func (c *Service) setAside(ctx context.Context, work, id string, why error) error {
	round, err := c.aside.Round(ctx, work)
	if err != nil {
		return chart.Refusal(err)
	}
	return chart.Refusal(round.Fail(ctx, id, why))
}

func (c *Service) brought(ctx context.Context, t message.Thread, m message.Message) (message.Thread, []store.Op, error) {
	s, err := c.alerts.Standing(ctx, t.PatientID, models.SectionMessages)
	if err != nil {
		return t, nil, err
	}
	readers := s.Now.Chain.Readers()
	if t.Kind == message.InTeam {
		readers = s.Now.Chain.Team
	}
	if t.Kind != message.InTeam && m.By.Role.Staff() {
		t = t.Settled()
		ops, err := c.nothingUnread(ctx, t.ID, "")
		return t, ops, err // who of the team answers answers for all
	}
	if t.Kind != message.InTeam {
		n, err := c.norms(ctx)
		if err != nil {
			return t, nil, err
		}
		t = t.Wait(answersFor(s.Now.Chain), m.Urgency, m.At, n.Value, s.Now.Hours)
	}
	ops, err := c.unreadOps(ctx, t, m, s.Patient.Name, readers)
	if err != nil || len(m.Hits) == 0 {
		return t, ops, err
	}
	fired, err := c.alerts.FiredOps(ctx, t.PatientID, risk.Words(m.Hits, risk.FromMessage, m.ID, s.Now.At)...)
	return t, append(ops, fired...), err
}

// answersFor is who owes the answers about a patient: the first of the team who is there,
// else the first, else the fail-safe.
func answersFor(chain risk.Chain) risk.Person {
	readers := chain.Readers()
	for _, p := range readers {
		if !slices.Contains(chain.Away, p.AccountID) {
			return p
		}
	}
	return readers[0]
}

// unreadOps put a message into the lists of those who read for the patient. A list that has
// the thread keeps the time of its first message.
func (c *Service) unreadOps(ctx context.Context, t message.Thread, m message.Message, name string, readers []risk.Person) ([]store.Op, error) {
	var ops []store.Op
	for _, p := range readers {
		if p.AccountID == m.By.AccountID {
			continue
		}
		u := unread{ID: t.ID, PatientID: t.PatientID, Name: name, AccountID: p.AccountID, Tier: checkin.Routine, At: m.At, Number: m.Number,
			Waiting: alerts.Waiting{Kind: t.Kind, From: m.By.Name, Urgency: m.Urgency, Count: 1}}
		if t.Waits != nil {
			u.Waiting.AnswerBy = t.Waits.By
		}
		was, err := chart.Load[unread](ctx, c.store, chart.ColThreadUnread, unreadID(t.ID, p.AccountID))
		switch {
		case err == nil:
			u.At, u.Waiting.Count = was.Value.At, was.Value.Waiting.Count+1
			if was.Value.Waiting.Urgency == message.Urgent {
				u.Waiting.Urgency = message.Urgent
			}
		case models.KindOf(err) != models.KindNotFound:
			return nil, aside.Unreadable(err)
		}
		if u.Waiting.Urgency == message.Urgent {
			u.Tier = checkin.Elevated
		}
		op, err := unreadOp(u, was.Version)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// nothingUnread takes a thread or a worry out of everybody's list, or out of that of one.
func (c *Service) nothingUnread(ctx context.Context, id, accountID string) ([]store.Op, error) {
	var ops []store.Op
	err := chart.ThroughDocs(ctx, c.store, chart.ColThreadUnread, store.Query{Index: "thread", Equal: []any{id}, Unopened: true}, func(d store.Doc) (bool, error) {
		if of, _ := d.Keys["accountId"].(string); accountID == "" || of == accountID {
			ops = append(ops, store.Delete(chart.ColThreadUnread, d.ID, d.Version))
		}
		return false, nil
	})
	return ops, err
}
