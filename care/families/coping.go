package families

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/family"
	"handrail/store"
)

// CopingTold is a check-in of the actor's own, and which help of their own it opens.
type CopingTold struct {
	family.Coping
	Help string `json:"help,omitempty"` // crisis, safety; "": none
}

// Tell keeps how the actor is coping, for them alone: it is in nobody's record, no
// clinic reads it, and no worker follows it. The same answer under the same id is one.
func (c *Service) Tell(ctx context.Context, actor models.Actor, v family.Coping) (CopingTold, error) {
	none := CopingTold{}
	if actor.Role != models.RoleSupporter {
		return none, c.base.Forbid(ctx, actor, "own.kept")
	}
	if err := v.Check(); err != nil {
		return none, err
	}
	v.AnsweredAt = v.AnsweredAt.UTC().Truncate(time.Millisecond)
	now := c.now().UTC().Truncate(time.Millisecond)
	if v.AnsweredAt.IsZero() || v.AnsweredAt.After(now) {
		v.AnsweredAt = now
	}
	doc, err := chart.Encode(v.ID, actor.AccountID, 0, store.Keys{"accountId": actor.AccountID, "answeredAt": chart.Millis(v.AnsweredAt)}, v)
	if err != nil {
		return none, err
	}
	err = c.base.Commit(ctx, c.base.AuditEvent(actor, "own.kept"), store.Insert(chart.ColCopings, doc))
	if models.KindOf(err) == models.KindConflict {
		return c.sameCoping(ctx, actor, v, err)
	}
	return CopingTold{v, v.Help()}, err
}

func (c *Service) sameCoping(ctx context.Context, actor models.Actor, again family.Coping, conflict error) (CopingTold, error) {
	d, err := c.store.Get(ctx, chart.ColCopings, again.ID)
	if err != nil || d.Owner != actor.AccountID {
		return CopingTold{}, conflict
	}
	stands, err := chart.Decode[family.Coping](d)
	if err != nil {
		return CopingTold{}, err
	}
	again.AnsweredAt = stands.Value.AnsweredAt
	if !chart.SameJSON(stands.Value, again) {
		return CopingTold{}, conflict
	}
	return CopingTold{again, again.Help()}, nil
}

// Told lists the actor's own check-ins, the newest first.
func (c *Service) Told(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[CopingTold], error) {
	var out chart.Page[CopingTold]
	if actor.Role != models.RoleSupporter {
		return out, c.base.Forbid(ctx, actor, "own.read")
	}
	page, err := chart.List[family.Coping](ctx, c.store, chart.ColCopings, store.Query{Index: "account",
		Equal: []any{actor.AccountID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, v := range page.Items {
		out.Items = append(out.Items, CopingTold{v.Value, v.Value.Help()})
	}
	return out, c.base.Note(ctx, c.base.AuditEvent(actor, "own.read"))
}

// Forget deletes one of the actor's own check-ins. Twice is once.
func (c *Service) Forget(ctx context.Context, actor models.Actor, id string) error {
	d, err := c.store.Get(ctx, chart.ColCopings, id)
	if err != nil {
		return chart.UnlessGone(chart.Refusal(err))
	}
	if d.Owner != actor.AccountID {
		return nil
	}
	return chart.UnlessGone(c.base.Commit(ctx, c.base.AuditEvent(actor, "own.deleted"), store.Delete(chart.ColCopings, id, d.Version)))
}
