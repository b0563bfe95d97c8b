package tasks

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

type kept = chart.Versioned[task.Task]

// The lines that a worker follows to tell people of a task, or to stop telling them.
// They are the clinic's own business and stand in no patient's log.
const (
	LineAsked    = "task.asked"    // Whom was asked to take it
	LineMoved    = "task.moved"    // Whom answers for it now: its owner left, or may not see it
	LineReminded = "task.reminded" // Whom owns it, and is reminded
	LineAnswered = "task.answered" // Whom need not be told any more
)

// ops write a task with the lines that tell whom it concerns now. before is the zero
// Task for a new one; did is what actor did, "" for nothing but time.
func (c *Service) ops(v kept, before task.Task, actor models.Actor, did string) ([]store.Op, error) {
	t := v.Value
	keys := store.Keys{"requesterId": t.Requester.AccountID, "ownerId": t.Owner.AccountID, "authoredAt": chart.Millis(t.AuthoredAt), "dueAt": chart.Millis(t.DueAt)}
	if !t.Status.Ended() {
		keys["openOwner"], keys["due"] = t.Owner.AccountID, chart.Millis(t.Due())
		if t.Asked != nil {
			keys["openAsked"] = t.Asked.AccountID
		}
		if t.Pool != "" {
			keys["openPool"] = string(t.Pool)
		}
		if t.PatientID != "" {
			keys["openOf"] = t.PatientID
		}
		if t.Focus != nil {
			keys["openFocus"] = focusKey(t.Focus.Type, t.Focus.ID)
		}
	}
	owner := t.PatientID // sealed under the patient's key, and gone with it
	if owner == "" {
		owner = chart.OwnerSite
	}
	doc, err := chart.Encode(t.ID, owner, v.Version, keys, t)
	if err != nil {
		return nil, err
	}
	out := []store.Op{store.Replace(chart.ColTasks, doc)}
	if v.IsNew() {
		out[0] = store.Insert(chart.ColTasks, doc)
	}
	for _, e := range c.lines(t, before, actor, did) {
		op, err := chart.AuditOp(e)
		if err != nil {
			return nil, err
		}
		out = append(out, op)
	}
	return out, nil
}

func focusKey(kind, id string) string { return kind + ":" + id }

func (c *Service) lines(t, before task.Task, actor models.Actor, did string) []models.AuditEvent {
	var out []models.AuditEvent
	if did != "" {
		e := c.base.AuditEvent(actor, did)
		e.PatientID, e.Ref, e.Whom = t.PatientID, t.ID, t.Owner.AccountID
		if t.PatientID != "" {
			e.Section, e.Basis = t.Section(), models.BasisTeam
		}
		out = append(out, e)
	}
	tell := func(action, whom string) {
		e := c.base.AuditEvent(chart.SystemActor, action)
		e.Ref, e.Whom = t.ID, whom
		out = append(out, e)
	}
	was, is := "", ""
	if before.Asked != nil {
		was = before.Asked.AccountID
	}
	if t.Asked != nil {
		is = t.Asked.AccountID
	}
	if was != "" && was != is && was != t.Owner.AccountID {
		tell(LineAnswered, was)
	}
	if is != "" && is != was {
		tell(LineAsked, is)
	}
	switch last := t.History[len(t.History)-1]; {
	case before.ID != "" && t.Status.Ended(), before.ID != "" && t.Owner.AccountID != before.Owner.AccountID:
		tell(LineAnswered, before.Owner.AccountID)
		if t.Owner.AccountID != before.Owner.AccountID && (last.What == task.DidMove || last.What == task.DidDuty || last.What == task.DidShift) {
			tell(LineMoved, t.Owner.AccountID)
		}
	case before.ID == "" && last.What == task.DidDuty && t.Owner.AccountID != actor.AccountID:
		tell(LineMoved, t.Owner.AccountID)
	case t.Reminders > before.Reminders:
		tell(LineReminded, t.Owner.AccountID)
	}
	return out
}

// change loads a task and changes it until nobody came between. Nothing changed is
// nothing written.
func (c *Service) change(ctx context.Context, id string, actor models.Actor, did string, edit func(task.Task) (task.Task, error)) (task.Task, error) {
	for {
		v, err := chart.Load[task.Task](ctx, c.store, chart.ColTasks, id)
		if err != nil {
			return v.Value, err
		}
		next, err := edit(v.Value)
		if err != nil || chart.SameJSON(v.Value, next) {
			return next, err
		}
		err = c.write(ctx, kept{Value: next, Version: v.Version}, v.Value, actor, did)
		if models.KindOf(err) == models.KindStale && ctx.Err() == nil {
			continue // another instance or person was faster
		}
		return next, err
	}
}

func (c *Service) write(ctx context.Context, v kept, before task.Task, actor models.Actor, did string) error {
	ops, err := c.ops(v, before, actor, did)
	if err != nil {
		return err
	}
	return chart.Refusal(c.store.Batch(ctx, ops...))
}
