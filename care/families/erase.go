package families

import (
	"context"
	"errors"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// erasure is that somebody of family or friends closed their account for good. It is
// kept after it is done too: an old store tells a restore so who must not come back.
type erasure struct {
	AccountID string     `json:"accountId"`
	AskedAt   time.Time  `json:"askedAt"`
	DoneAt    *time.Time `json:"doneAt,omitempty"`
}

// erasureHead is how long the request that asked has the work to itself.
const erasureHead = time.Minute

// workErasures names this worker where it sets something aside.
const workErasures = "supporter-erasures"

func erasureDoc(e erasure, version int64) (store.Doc, error) {
	keys := store.Keys{}
	if e.DoneAt == nil {
		keys["due"] = chart.Millis(e.AskedAt.Add(erasureHead))
	}
	return chart.Encode(e.AccountID, chart.OwnerSite, version, keys, e)
}

// EraseMine ends every place that the actor has, erases what is theirs and closes their
// account. It can't be taken back. What others keep of them (that they looked, what they
// signed) stays with those people. What is asked is kept before anything is done, so
// that FinishErasures goes on where this was cut off; the same call again does too.
func (c *Service) EraseMine(ctx context.Context, actor models.Actor) error {
	if actor.Role != models.RoleSupporter {
		return c.base.Forbid(ctx, actor, "erasure.asked")
	}
	return c.eraseAccount(ctx, actor)
}

func (c *Service) eraseAccount(ctx context.Context, actor models.Actor) error {
	e := erasure{AccountID: actor.AccountID, AskedAt: c.now().UTC().Truncate(time.Millisecond)}
	doc, err := erasureDoc(e, 0)
	if err != nil {
		return err
	}
	l := c.base.AuditEvent(actor, "erasure.asked")
	l.Ref = actor.AccountID
	if err := c.base.Commit(ctx, l, store.Insert(chart.ColErasures, doc)); err != nil && models.KindOf(err) != models.KindConflict {
		return err
	}
	stands, err := chart.Load[erasure](ctx, c.store, chart.ColErasures, actor.AccountID)
	if err != nil {
		return err
	}
	return c.finish(ctx, stands)
}

// FinishErasures goes on with what somebody asked for and a crash, or a store that did
// not answer, cut off.
func (c *Service) FinishErasures(ctx context.Context) error {
	round, err := c.base.Aside.Round(ctx, workErasures)
	if err != nil {
		return err
	}
	return chart.EachDue(ctx, c.base, chart.ColErasures, round, func(e chart.Versioned[erasure]) error { return c.finish(ctx, e) })
}

// finish does all of an erasure that is not done yet; each step may be repeated. A place
// that can't be left (its record does not open) keeps nothing of theirs from going: it is
// tried again.
func (c *Service) finish(ctx context.Context, e chart.Versioned[erasure]) error {
	actor := models.Actor{AccountID: e.Value.AccountID, Role: models.RoleSupporter}
	staying := c.leaveAll(ctx, actor)
	for _, step := range []func(context.Context, models.Actor) error{c.eraseOwn, c.endSignIns, c.closeAccount, c.eraseKey} {
		if err := step(ctx, actor); err != nil {
			return errors.Join(err, staying)
		}
	}
	if staying != nil || e.Value.DoneAt != nil {
		return staying
	}
	now := c.now().UTC().Truncate(time.Millisecond)
	e.Value.DoneAt = &now
	doc, err := erasureDoc(e.Value, e.Version)
	if err != nil {
		return err
	}
	if err = chart.Refusal(c.store.Replace(ctx, chart.ColErasures, doc)); models.KindOf(err) == models.KindStale {
		return nil // another instance was first
	}
	return err
}

func (c *Service) leaveAll(ctx context.Context, actor models.Actor) error {
	ids, err := c.besideWhom(ctx, actor)
	for _, id := range ids {
		if left := c.Leave(ctx, actor, id); models.KindOf(left) != models.KindNotFound {
			err = errors.Join(err, left)
		}
	}
	return err
}

func (c *Service) endSignIns(ctx context.Context, actor models.Actor) error {
	if err := c.signin.EndAllSessions(ctx, actor, actor.AccountID, models.EndErased); err != nil {
		return err
	}
	return c.signin.RememberErased(ctx, actor.AccountID)
}

func (c *Service) closeAccount(ctx context.Context, actor models.Actor) error {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, actor.AccountID)
	if err != nil {
		return chart.UnlessGone(err)
	}
	codes, err := c.signin.CancelOps(ctx, a.Value)
	if err != nil {
		return err
	}
	l := c.base.AuditEvent(actor, "account.erased")
	l.Ref = actor.AccountID
	return chart.UnlessGone(c.base.Commit(ctx, l, append(codes, store.Delete(chart.ColAccounts, actor.AccountID, a.Version))...))
}

func (c *Service) eraseKey(ctx context.Context, actor models.Actor) error {
	if c.erase == nil {
		return nil
	}
	return chart.Refusal(c.erase(ctx, actor.AccountID))
}

// eraseOwn deletes what the actor keeps for themselves alone.
func (c *Service) eraseOwn(ctx context.Context, actor models.Actor) error {
	return errors.Join(c.eraseAll(ctx, actor, chart.ColCopings), c.eraseAll(ctx, actor, chart.ColOwnGoals))
}

func (c *Service) eraseAll(ctx context.Context, actor models.Actor, collection string) error {
	for {
		page, err := c.store.Query(ctx, collection, store.Query{Index: "account", Equal: []any{actor.AccountID}, Limit: store.MaxBatch / 2, Unopened: true})
		if err != nil {
			return chart.Refusal(err)
		}
		if len(page.Docs) == 0 {
			return nil
		}
		var ops []store.Op
		for _, d := range page.Docs {
			ops = append(ops, store.Delete(collection, d.ID, d.Version))
		}
		if err := c.base.Commit(ctx, c.base.AuditEvent(actor, "own.deleted"), ops...); err != nil && models.KindOf(err) != models.KindStale {
			return chart.UnlessGone(err)
		}
	}
}

// Inside is what the other parts of care ask of families. It asks for nobody's right.
type Inside struct{ service *Service }

// ErasureStands tells whether an account that its owner erased is here (again).
func (i *Inside) ErasureStands(ctx context.Context, accountID string) (bool, error) {
	_, err := chart.Load[models.Account](ctx, i.service.store, chart.ColAccounts, accountID)
	return err == nil, chart.UnlessGone(err)
}

// EraseAgain erases an account that a restore brought back.
func (i *Inside) EraseAgain(ctx context.Context, accountID string) error {
	return i.service.eraseAccount(ctx, models.Actor{AccountID: accountID, Role: models.RoleSupporter})
}

// Erasures tells of every account that a store knows to be erased by its owner.
func Erasures(ctx context.Context, s store.Store, tell func(accountID string, at time.Time)) error {
	return chart.Through(ctx, s, chart.ColErasures, store.Query{Index: store.IDIndex}, func(v chart.Versioned[erasure]) (bool, error) {
		tell(v.Value.AccountID, v.Value.AskedAt)
		return false, nil
	})
}
