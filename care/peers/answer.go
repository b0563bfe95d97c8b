package peers

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/peer"
	"handrail/models/task"
	"handrail/store"
)

// Matches lists who asked the actor, or goes with them, the newest first: for peers alone.
func (c *Service) Matches(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[peer.Match], error) {
	if !isPeer(actor) {
		return chart.Page[peer.Match]{}, c.base.Forbid(ctx, actor, "peer.matches")
	}
	page, err := chart.List[peer.Match](ctx, c.store, chart.ColPeerMatches, store.Query{Index: "peer", Equal: []any{actor.AccountID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return chart.Page[peer.Match]{}, err
	}
	out := chart.Values(page)
	for i, m := range out.Items {
		if !m.Open() { // what was said is gone with it
			out.Items[i].Words = ""
		}
	}
	e := c.base.AuditEvent(actor, "peer.listed")
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}

// unanswered ends a match whose peer has not answered in time, also one who has left, and
// its task with it: the patient hears that there is an answer, and can ask another.
func (c *Service) unanswered(ctx context.Context, t task.Task) (task.Task, []store.Op, error) {
	now := c.now().UTC()
	if now.Before(t.DueAt) {
		return t, nil, nil
	}
	v, err := chart.Load[peer.Match](ctx, c.store, chart.ColPeerMatches, t.Focus.ID)
	if err != nil || v.Value.Status != peer.Asked {
		return t, nil, chart.UnlessGone(err)
	}
	next := v.Value.End(now)
	op, err := matchOp(match{Value: next, Version: v.Version})
	if err != nil {
		return t, nil, err
	}
	line, err := chart.AuditOp(c.line(chart.SystemActor, next.PatientID, "peer.ended", next.ID, ""))
	system := task.Person{AccountID: chart.SystemActor.AccountID, Name: chart.SystemActor.Name}
	return t.CalledOff(system, "", now), []store.Op{op, line}, err
}

// Answer is a peer's yes or no.
//
// Errors: those of Match.Answer.
func (c *Service) Answer(ctx context.Context, actor models.Actor, id string, yes bool) (peer.Match, error) {
	return c.asPeer(ctx, actor, id, "peer.answered", func(m peer.Match) (peer.Match, error) { return m.Answer(yes, c.now()) })
}

// EndAsPeer ends a match in one tap, without a reason: the peer.
func (c *Service) EndAsPeer(ctx context.Context, actor models.Actor, id string) (peer.Match, error) {
	return c.asPeer(ctx, actor, id, "peer.ended", func(m peer.Match) (peer.Match, error) { return m.End(c.now()), nil })
}

func (c *Service) asPeer(ctx context.Context, actor models.Actor, id, action string, edit func(peer.Match) (peer.Match, error)) (peer.Match, error) {
	if !isPeer(actor) {
		return peer.Match{}, c.base.Forbid(ctx, actor, action)
	}
	return c.changeMatch(ctx, id, func(m peer.Match) bool { return m.PeerID == actor.AccountID }, func(m peer.Match) (peer.Match, models.AuditEvent, error) {
		next, err := edit(m)
		return next, c.line(actor, m.PatientID, action, id, m.PeerID), err
	}, actor)
}

// changeMatch edits a match of whoever it is theirs to edit, and ends its task with it.
func (c *Service) changeMatch(ctx context.Context, id string, theirs func(peer.Match) bool, edit func(peer.Match) (peer.Match, models.AuditEvent, error), actor models.Actor) (peer.Match, error) {
	return again(ctx, func() (peer.Match, error) {
		v, err := chart.Load[peer.Match](ctx, c.store, chart.ColPeerMatches, id)
		if err == nil && !theirs(v.Value) {
			err = models.NotFound()
		}
		if err != nil {
			return peer.Match{}, err
		}
		next, e, err := edit(v.Value)
		if err != nil || chart.SameJSON(next, v.Value) {
			return next, err
		}
		ops, err := c.tasks.EndOps(ctx, actor, v.Value.TaskID)
		if err != nil {
			return next, err
		}
		op, err := matchOp(match{Value: next, Version: v.Version})
		if err != nil {
			return next, err
		}
		return next, c.base.Commit(ctx, e, append(ops, op)...)
	})
}
