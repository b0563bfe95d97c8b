package duty

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/duty"
)

// LineSwap is the line of a swap that somebody is asked for, or that was answered.
const (
	LineSwapAsked    = "rota.swap-proposed"
	LineSwapAnswered = "rota.swap-answered"
)

// Propose asks somebody to take duties over. Who gives them is the actor, or anybody for
// the office. It holds once the other one accepts. The same id again is the same swap.
func (c *Service) Propose(ctx context.Context, actor models.Actor, rotaID string, w duty.Swap) (chart.Versioned[View], error) {
	none := chart.Versioned[View]{}
	if err := c.reads(ctx, actor); err != nil {
		return none, err
	}
	if w.GivenBy == "" {
		w.GivenBy = actor.AccountID
	}
	if w.GivenBy != actor.AccountID {
		if err := c.keeps(ctx, actor); err != nil {
			return none, err
		}
	}
	out, err := c.swap(ctx, actor, rotaID, LineSwapAsked, w.TakenBy, func(r duty.Rota) (duty.Rota, error) {
		if i := slices.IndexFunc(r.Swaps, func(s duty.Swap) bool { return s.ID == w.ID }); i >= 0 {
			s := r.Swaps[i]
			if s.GivenBy == w.GivenBy && s.TakenBy == w.TakenBy && s.From == w.From && s.To == w.To {
				return r, nil
			}
			return r, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
		}
		if err := duty.CheckSwap(r, w); err != nil {
			return r, err
		}
		var checks models.Checks
		who, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, w.TakenBy)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return r, err
		}
		checks.Require(err == nil && who.Value.Status == models.AccountActive && who.Value.Role == models.RoleClinician, "takenBy", "cannot-be-on-duty", "Choose a clinician whose account is active.")
		checks.Require(slices.Contains(r.People(), w.GivenBy), "givenBy", "not-on-rota", "This person is not on this rota.")
		if err := checks.Err(); err != nil {
			return r, err
		}
		if len(r.Swaps) >= duty.MaxSwaps {
			return r, models.E(models.KindTooMany, "too-many-swaps", "This rota has 100 swaps. Please ask the office to change its shifts.")
		}
		w.Status, w.ProposedAt = duty.SwapProposed, c.now().UTC()
		r.Swaps = append(slices.Clip(r.Swaps), w)
		return r, nil
	})
	if err != nil {
		return none, err
	}
	who, ok, err := c.reached(ctx, w.TakenBy)
	if err == nil && !ok {
		out.Value.Unreachable = []Named{who}
	}
	return out, err
}

// Answer accepts or declines a swap. Only who was asked answers. The same again is done.
func (c *Service) Answer(ctx context.Context, actor models.Actor, rotaID, swapID string, accept bool) (chart.Versioned[View], error) {
	none := chart.Versioned[View]{}
	if err := c.reads(ctx, actor); err != nil {
		return none, err
	}
	v, err := chart.Load[duty.Rota](ctx, c.store, chart.ColRotas, rotaID)
	if err != nil {
		return none, err
	}
	i := slices.IndexFunc(v.Value.Swaps, func(s duty.Swap) bool { return s.ID == swapID })
	if i < 0 {
		return none, models.NotFound()
	}
	if v.Value.Swaps[i].TakenBy != actor.AccountID {
		return none, c.base.Forbid(ctx, actor, "rota.swap-answer")
	}
	status := duty.SwapDeclined
	if accept {
		status = duty.SwapAccepted
	}
	return c.swap(ctx, actor, rotaID, LineSwapAnswered, v.Value.Swaps[i].GivenBy, func(r duty.Rota) (duty.Rota, error) {
		i := slices.IndexFunc(r.Swaps, func(s duty.Swap) bool { return s.ID == swapID })
		if i < 0 {
			return r, models.NotFound()
		}
		switch s := r.Swaps[i].Status; {
		case s == status:
			return r, nil
		case s == duty.SwapDeclined, s == duty.SwapAccepted:
			return r, models.E(models.KindConflict, "swap-answered", "This swap was answered already. Propose a new one.")
		}
		r.Swaps = slices.Clone(r.Swaps)
		r.Swaps[i].Status, r.Swaps[i].AnsweredAt = status, c.now().UTC()
		return r, nil
	})
}

// swap changes a rota until nobody came between, and tells whom.
func (c *Service) swap(ctx context.Context, actor models.Actor, id, line, whom string, edit func(duty.Rota) (duty.Rota, error)) (chart.Versioned[View], error) {
	for {
		v, err := chart.Load[duty.Rota](ctx, c.store, chart.ColRotas, id)
		if err != nil {
			return chart.Versioned[View]{}, err
		}
		if !v.Value.EndedAt.IsZero() {
			return chart.Versioned[View]{}, models.E(models.KindConflict, "rota-ended", "This rota has ended. Make a new one.")
		}
		next, err := edit(v.Value)
		if err != nil {
			return chart.Versioned[View]{}, err
		}
		if chart.SameJSON(v.Value, next) {
			return c.view(ctx, v)
		}
		err = c.saveAnd(ctx, actor, line, keptRota{Value: next, Version: v.Version}, whom)
		if models.KindOf(err) == models.KindStale && ctx.Err() == nil {
			continue
		}
		if err != nil {
			return chart.Versioned[View]{}, err
		}
		return c.view(ctx, keptRota{Value: next, Version: v.Version + 1})
	}
}
