package messages

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/message"
)

// Close says that a conversation has done what it was for, or opens it again: for who of the
// team writes in it. It takes nothing out of anybody's list. One in which an answer is owed
// stays open, and a message that comes later, of a phone without a network too, opens it
// again. What is so already is done.
//
// Errors: answer-is-owed (conflict).
func (c *Service) Close(ctx context.Context, actor models.Actor, threadID string, closed bool) (ThreadView, error) {
	ch, t, err := c.open(ctx, actor, threadID)
	if err != nil {
		return ThreadView{}, err
	}
	d := may(ch, t.Value, models.Write)
	if !d.Allowed || d.Basis != models.BasisTeam {
		d.Rule = "role"
		return ThreadView{}, ch.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	did := "message.thread-closed"
	if !closed {
		did = "message.thread-reopened"
	}
	for {
		if (t.Value.Closed != nil) == closed {
			return c.view(ctx, ch, t, c.consentOnce(ctx))
		}
		next := kept{Value: t.Value, Version: t.Version}
		if next.Value.Closed = nil; closed {
			if t.Value.Waits != nil {
				return ThreadView{}, models.E(models.KindConflict, "answer-is-owed", "Somebody waits for an answer here. Answer first, or say that none is needed.")
			}
			next.Value.Closed = &message.Closed{By: party(actor), At: c.now().UTC()}
		}
		op, err := threadOp(next)
		if err != nil {
			return ThreadView{}, err
		}
		err = c.base.Commit(ctx, c.event(ch, d, t.Value.Kind, did, threadID, true), op)
		if err == nil {
			next.Version++
			return c.view(ctx, ch, next, c.consentOnce(ctx))
		}
		if !again(ctx, err) {
			return ThreadView{}, err
		}
		if t, err = chart.Load[message.Thread](ctx, c.store, chart.ColThreads, threadID); err != nil {
			return ThreadView{}, err
		}
	}
}
