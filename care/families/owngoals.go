package families

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/family"
	"handrail/store"
)

// errTooMany: somebody keeps as much as there is room for.
func errTooMany() error {
	return models.E(models.KindConflict, "too-many", "That is too many. Please delete some that are done first.")
}

// KeepGoal keeps a goal or a task of the actor's own, for them alone. The same under the
// same id is one, also at once.
func (c *Service) KeepGoal(ctx context.Context, actor models.Actor, id string, t family.OwnGoalTerms) (chart.Versioned[family.OwnGoal], error) {
	if actor.Role != models.RoleSupporter {
		return chart.Versioned[family.OwnGoal]{}, c.base.Forbid(ctx, actor, "own.kept")
	}
	if err := t.Check(); err != nil {
		return chart.Versioned[family.OwnGoal]{}, err
	}
	return chart.InTurn(ctx, func() (chart.Versioned[family.OwnGoal], error) { return c.keepGoal(ctx, actor, id, t) })
}

func (c *Service) keepGoal(ctx context.Context, actor models.Actor, id string, t family.OwnGoalTerms) (chart.Versioned[family.OwnGoal], error) {
	none := chart.Versioned[family.OwnGoal]{}
	now := c.now().UTC().Truncate(time.Millisecond)
	g := family.OwnGoal{ID: id, MadeAt: now}.Write(t, now)
	stands, err := c.ownGoal(ctx, actor, id)
	if err == nil {
		if stands.Value.OwnGoalTerms != t {
			err = chart.Refusal(store.ErrExists)
		}
		return stands, err
	}
	if models.KindOf(err) != models.KindNotFound {
		return none, err
	}
	turn, err := c.base.Turn(ctx, "own-goals:"+actor.AccountID, actor.AccountID)
	if err != nil {
		return none, err
	}
	has, err := c.store.Query(ctx, chart.ColOwnGoals, store.Query{Index: "account", Equal: []any{actor.AccountID}, Limit: family.MaxOwn, Unopened: true})
	if err != nil {
		return none, chart.Refusal(err)
	}
	if len(has.Docs) >= family.MaxOwn {
		return none, errTooMany()
	}
	doc, err := ownGoalDoc(actor, g, 0)
	if err != nil {
		return none, err
	}
	err = c.base.Commit(ctx, c.base.AuditEvent(actor, "own.kept"), turn, store.Insert(chart.ColOwnGoals, doc))
	return chart.Versioned[family.OwnGoal]{Value: g, Version: 1}, err
}

func ownGoalDoc(actor models.Actor, g family.OwnGoal, version int64) (store.Doc, error) {
	return chart.Encode(g.ID, actor.AccountID, version, store.Keys{"accountId": actor.AccountID, "madeAt": chart.Millis(g.MadeAt)}, g)
}

// ownGoal is one of the actor's own; anybody else's is not there.
func (c *Service) ownGoal(ctx context.Context, actor models.Actor, id string) (chart.Versioned[family.OwnGoal], error) {
	d, err := c.store.Get(ctx, chart.ColOwnGoals, id)
	if err != nil {
		return chart.Versioned[family.OwnGoal]{}, chart.Refusal(err)
	}
	if d.Owner != actor.AccountID {
		return chart.Versioned[family.OwnGoal]{}, models.NotFound()
	}
	return chart.Decode[family.OwnGoal](d)
}

// ChangeGoal writes one of the actor's own anew, if version is still its newest.
func (c *Service) ChangeGoal(ctx context.Context, actor models.Actor, id string, version int64, t family.OwnGoalTerms) (chart.Versioned[family.OwnGoal], error) {
	none := chart.Versioned[family.OwnGoal]{}
	if actor.Role != models.RoleSupporter {
		return none, c.base.Forbid(ctx, actor, "own.kept")
	}
	if err := t.Check(); err != nil {
		return none, err
	}
	g, err := c.ownGoal(ctx, actor, id)
	if err != nil || g.Value.OwnGoalTerms == t {
		return g, err // the same again: its answer was lost
	}
	if g.Version != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	g.Value = g.Value.Write(t, c.now())
	doc, err := ownGoalDoc(actor, g.Value, g.Version)
	if err != nil {
		return none, err
	}
	g.Version++
	return g, c.base.Commit(ctx, c.base.AuditEvent(actor, "own.kept"), store.Replace(chart.ColOwnGoals, doc))
}

// OwnGoals lists the actor's own goals and tasks, the newest first.
func (c *Service) OwnGoals(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[chart.Versioned[family.OwnGoal]], error) {
	if actor.Role != models.RoleSupporter {
		return chart.Page[chart.Versioned[family.OwnGoal]]{}, c.base.Forbid(ctx, actor, "own.read")
	}
	page, err := chart.List[family.OwnGoal](ctx, c.store, chart.ColOwnGoals, store.Query{Index: "account",
		Equal: []any{actor.AccountID}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return page, err
	}
	return page, c.base.Note(ctx, c.base.AuditEvent(actor, "own.read"))
}

// DropGoal deletes one of the actor's own. Twice is once.
func (c *Service) DropGoal(ctx context.Context, actor models.Actor, id string) error {
	g, err := c.ownGoal(ctx, actor, id)
	if err != nil {
		return chart.UnlessGone(err)
	}
	return chart.UnlessGone(c.base.Commit(ctx, c.base.AuditEvent(actor, "own.deleted"), store.Delete(chart.ColOwnGoals, id, g.Version)))
}
