package messages

import (
	"context"
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

// workWorries is the worker that brings along what a worry could not.
const workWorries = "worries"

// WorrySent is the answer to a worry. It is the same whoever it is about: it says nothing of
// a patient, not even that there is one who can be told of.
type WorrySent struct {
	ID      string                  `json:"id"`
	At      time.Time               `json:"at"`
	Danger  bool                    `json:"dangerNow"`
	Numbers models.EmergencyNumbers `json:"numbers"`
	Reading Reading                 `json:"reading"`
}

// SendWorry takes what a supporter tells the team. To receive it needs no consent of the
// patient (privacy reference, section 6); to answer would. The supporter is of the patient's
// circle, as the office wrote it down. The same again is one worry.
func (c *Service) SendWorry(ctx context.Context, actor models.Actor, id string, w message.Concern) (WorrySent, error) {
	if actor.Role != models.RoleSupporter {
		return WorrySent{}, c.base.Forbid(ctx, actor, "worry.send")
	}
	if err := w.Check(); err != nil {
		return WorrySent{}, err
	}
	first, err := chart.Load[message.Worry](ctx, c.store, chart.ColWorries, id)
	if models.KindOf(err) != models.KindNotFound {
		return c.sameWorry(ctx, actor, first.Value, w, err)
	}
	circle, err := c.circleOf(ctx, actor, w.PatientID)
	if err != nil {
		return WorrySent{}, err
	}
	if err := c.notTooWorried(ctx, actor); err != nil {
		return WorrySent{}, err
	}
	kept := message.Worry{ID: id, PatientID: circle.PatientID, By: party(actor), Relationship: circle.Relationship,
		Danger: *w.Danger, Tier: w.Tier(), Text: w.Text, At: c.now().UTC()}
	for {
		err := c.keepWorry(ctx, actor, kept)
		if err == nil {
			return c.worrySent(ctx, actor, kept), nil
		}
		if !again(ctx, err) {
			return WorrySent{}, err
		}
		first, looked := chart.Load[message.Worry](ctx, c.store, chart.ColWorries, id)
		if models.KindOf(looked) != models.KindNotFound {
			return c.sameWorry(ctx, actor, first.Value, w, looked)
		}
	}
}

func (c *Service) sameWorry(ctx context.Context, actor models.Actor, first message.Worry, w message.Concern, err error) (WorrySent, error) {
	if err != nil {
		return WorrySent{}, err
	}
	if first.By.AccountID != actor.AccountID || first.Text != w.Text || first.Danger != *w.Danger || w.PatientID != "" && w.PatientID != first.PatientID {
		return WorrySent{}, chart.Refusal(store.ErrExists)
	}
	return c.worrySent(ctx, actor, first), nil
}

func (c *Service) worrySent(ctx context.Context, actor models.Actor, w message.Worry) WorrySent {
	return WorrySent{w.ID, w.At, w.Danger, models.NumbersFor(c.site.Country), c.reading(ctx, actor)}
}

// keepWorry stores a worry with what it brings along. Its line is the supporter's own.
func (c *Service) keepWorry(ctx context.Context, actor models.Actor, w message.Worry) error {
	var ops []store.Op
	err := aside.Safely(func() (err error) {
		ops, err = c.worryOps(ctx, w)
		return err
	})
	if err != nil {
		if ctx.Err() != nil || aside.Stops(err) {
			return err
		}
		if err := c.setAside(ctx, workWorries, w.ID, err); err != nil {
			return err
		}
		w.Late = true
	}
	doc, err := worryDoc(w, 0)
	if err != nil {
		return err
	}
	e := c.base.AuditEvent(actor, "worry.sent")
	e.Ref, e.Purpose = w.ID, models.PurposeFamily
	return c.base.Commit(ctx, e, append(ops, store.Insert(chart.ColWorries, doc))...)
}

func worryDoc(w message.Worry, version int64) (store.Doc, error) {
	return chart.Encode(w.ID, w.PatientID, version, store.Keys{"patientId": w.PatientID, "sender": w.By.AccountID, "at": chart.Millis(w.At)}, w)
}

// worryOps are the alert of a worry, or while alerts are off its place in the list of each
// who reads for the patient.
func (c *Service) worryOps(ctx context.Context, w message.Worry) ([]store.Op, error) {
	s, err := c.alerts.Standing(ctx, w.PatientID, models.SectionMessages)
	if err != nil {
		return nil, err
	}
	if s.On {
		return c.alerts.FiredOps(ctx, w.PatientID, risk.Evidence{At: s.Now.At, Rule: risk.WorryRule, Version: "1", Tier: w.Tier,
			Inputs: map[string]any{"dangerNow": w.Danger, "from": w.By.Name, "relationship": w.Relationship}, Source: risk.FromWorry, Ref: w.ID, Words: w.Text})
	}
	var ops []store.Op
	for _, p := range s.Now.Chain.Readers() {
		op, err := unreadOp(unread{ID: w.ID, PatientID: w.PatientID, Name: s.Patient.Name, AccountID: p.AccountID, Worry: true, Tier: w.Tier, At: w.At, Number: 1,
			Waiting: alerts.Waiting{From: w.By.Name, Text: w.Text, Count: 1, Urgency: urgencyOf(w.Tier)}}, 0)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

func urgencyOf(t checkin.Tier) message.Urgency {
	if t == checkin.Urgent {
		return message.Urgent
	}
	return message.Routine
}

func (c *Service) lateWorry(ctx context.Context, id string) error {
	for {
		w, err := chart.Load[message.Worry](ctx, c.store, chart.ColWorries, id)
		if models.KindOf(err) == models.KindNotFound || err == nil && !w.Value.Late {
			return nil
		}
		if err != nil {
			return aside.Unreadable(err)
		}
		ops, err := c.worryOps(ctx, w.Value)
		if err != nil {
			return err
		}
		w.Value.Late = false
		doc, err := worryDoc(w.Value, w.Version)
		if err != nil {
			return err
		}
		if err = chart.Refusal(c.store.Batch(ctx, append(ops, store.Replace(chart.ColWorries, doc))...)); !again(ctx, err) {
			return err
		}
	}
}

// Worries lists those about the patient, newest first, for clinicians of their team. No
// line of it is in the patient's log.
func (c *Service) Worries(ctx context.Context, actor models.Actor, patientID, cursor string, limit int) (chart.Page[message.Worry], error) {
	var out chart.Page[message.Worry]
	ch, d, err := c.team(ctx, actor, patientID, "worries.list")
	if err != nil {
		return out, err
	}
	page, err := chart.List[message.Worry](ctx, c.store, chart.ColWorries, store.Query{Index: "patient", Equal: []any{patientID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out = chart.Values(page)
	e := c.event(ch, d, message.InTeam, "worries.read", "", false)
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}

// MarkWorryRead takes a worry out of everybody's list. Read already is read.
func (c *Service) MarkWorryRead(ctx context.Context, actor models.Actor, id string) error {
	w, err := chart.Load[message.Worry](ctx, c.store, chart.ColWorries, id)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	ch, d, err := c.team(ctx, actor, w.Value.PatientID, "worry.mark-read")
	if err != nil {
		return err
	}
	for {
		ops, err := c.nothingUnread(ctx, id, "")
		if err != nil || len(ops) == 0 {
			return err
		}
		if err = c.base.Commit(ctx, c.event(ch, d, message.InTeam, "worry.marked-read", id, false), ops...); !again(ctx, err) {
			return err
		}
	}
}

// team lets clinicians of a patient's team in, and says to everybody else what they would
// hear of nobody: no line of it is in a patient's log.
func (c *Service) team(ctx context.Context, actor models.Actor, patientID, action string) (*chart.Chart, models.Decision, error) {
	if actor.Role != models.RoleClinician {
		return nil, models.Decision{}, c.base.Forbid(ctx, actor, action)
	}
	ch, err := c.base.ChartFor(ctx, actor, patientID, models.PurposeOf(actor.Role))
	if err != nil {
		return nil, models.Decision{}, err
	}
	d := ch.Decide(models.SectionMessages, models.Read)
	if !d.Allowed || d.Basis != models.BasisTeam {
		return nil, d, c.base.Unopened(actor, "", models.PurposeOf(actor.Role)).TurnAway(ctx, false)
	}
	return ch, d, nil
}
