package duty

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/duty"
	"handrail/store"
	"handrail/store/aside"
)

// Named is somebody whom a rota names.
type Named struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
	Active    bool   `json:"active"`
}

// View is a rota with the names of its people.
type View struct {
	duty.Rota
	People []Named `json:"people"`
	// Unreachable are those who were just asked to take a duty, and whom no channel reaches.
	Unreachable []Named `json:"unreachable,omitempty"`
}

// Rotas lists those that are asked, or all that ever were.
func (c *Service) Rotas(ctx context.Context, actor models.Actor, ended bool) ([]chart.Versioned[View], error) {
	if err := c.reads(ctx, actor); err != nil {
		return nil, err
	}
	found, err := c.live(ctx)
	if ended {
		found, _, err = chart.ReadableOnes[duty.Rota](ctx, c.store, chart.ColRotas, store.Query{Index: "all", Equal: []any{chart.OwnerSite}}, 0)
	}
	if err != nil {
		return nil, err
	}
	ctx, ahead := chart.NewAhead(ctx) // the names of all, at once
	var people []string
	for _, v := range found {
		people = append(people, named(v.Value)...)
	}
	err = ahead.Read(ctx, c.store, chart.ColAccounts, people...)
	out := make([]chart.Versioned[View], 0, len(found))
	for _, v := range found {
		if err == nil {
			var one chart.Versioned[View]
			one, err = c.view(ctx, v)
			out = append(out, one)
		}
	}
	return out, err
}

// Rota reads one.
func (c *Service) Rota(ctx context.Context, actor models.Actor, id string) (chart.Versioned[View], error) {
	if err := c.reads(ctx, actor); err != nil {
		return chart.Versioned[View]{}, err
	}
	v, err := chart.Load[duty.Rota](ctx, c.store, chart.ColRotas, id)
	if err != nil {
		return chart.Versioned[View]{}, err
	}
	return c.view(ctx, v)
}

// PeopleOf are the accounts that a rota names, for a worker; none of one that is not there.
func (c *Service) PeopleOf(ctx context.Context, id string) ([]string, error) {
	v, err := chart.Load[duty.Rota](ctx, c.store, chart.ColRotas, id)
	if models.KindOf(err) == models.KindNotFound {
		return nil, nil
	}
	return named(v.Value), err
}

// named are the accounts that a rota names.
func named(r duty.Rota) []string {
	ids := r.People()
	for _, l := range r.Leave {
		if !slices.Contains(ids, l.AccountID) {
			ids = append(ids, l.AccountID)
		}
	}
	for _, w := range r.Swaps {
		if !slices.Contains(ids, w.TakenBy) {
			ids = append(ids, w.TakenBy)
		}
	}
	return ids
}

func (c *Service) view(ctx context.Context, v keptRota) (chart.Versioned[View], error) {
	out := View{Rota: v.Value, People: []Named{}}
	for _, id := range named(v.Value) {
		n, err := c.named(ctx, id)
		if err != nil {
			return chart.Versioned[View]{}, err
		}
		out.People = append(out.People, n)
	}
	return chart.Versioned[View]{Value: out, Version: v.Version}, nil
}

// named is who an account is; one that is gone, or can't be read, has no name and is not active.
func (c *Service) named(ctx context.Context, id string) (Named, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, id)
	if err != nil && !aside.Stops(err) {
		return Named{AccountID: id}, nil
	}
	return Named{id, a.Value.Name, a.Value.Status == models.AccountActive}, err
}
