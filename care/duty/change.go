package duty

import (
	"context"
	"fmt"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/duty"
	"handrail/models/risk"
	"handrail/store"
)

// maxRotas is how many rotas are asked at one clinic.
const maxRotas = 50

// check says what is wrong with terms and with whom they name.
func (c *Service) check(ctx context.Context, t duty.Terms) error {
	if err := duty.Check(t); err != nil {
		return err
	}
	var checks models.Checks
	if t.Programme != "" {
		_, err := chart.Load[risk.Programme](ctx, c.store, chart.ColProgrammes, t.Programme)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return err
		}
		checks.Require(err == nil || t.Programme == risk.ClinicProgramme, "programme", "not-a-choice", "Choose one of those that are offered.")
	}
	known := map[string]bool{}
	one := func(field, id string) error {
		ok, seen := known[id]
		if !seen {
			a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, id)
			if err != nil && models.KindOf(err) != models.KindNotFound {
				return err
			}
			r := a.Value.Role
			ok = err == nil && a.Value.Status == models.AccountActive && (r == models.RoleClinician || r == models.RoleAdministrator && t.Serves == duty.ServesSupervisor)
			known[id] = ok
		}
		checks.Require(ok, field, "cannot-be-on-duty", "Choose a clinician whose account is active.")
		return nil
	}
	for i, s := range t.Shifts {
		if err := one(fmt.Sprintf("shifts[%d].accountId", i), s.AccountID); err != nil {
			return err
		}
	}
	for i, o := range t.Overrides {
		if err := one(fmt.Sprintf("overrides[%d].accountId", i), o.AccountID); err != nil {
			return err
		}
	}
	for i, l := range t.Leave {
		if l.Cover == "" {
			continue
		}
		if err := one(fmt.Sprintf("leave[%d].cover", i), l.Cover); err != nil {
			return err
		}
	}
	return checks.Err()
}

// Create makes a rota. The same id and terms again are the same rota.
func (c *Service) Create(ctx context.Context, actor models.Actor, id string, t duty.Terms) (chart.Versioned[View], error) {
	none := chart.Versioned[View]{}
	if err := c.keeps(ctx, actor); err != nil {
		return none, err
	}
	if err := c.check(ctx, t); err != nil {
		return none, err
	}
	stand, err := c.live(ctx)
	if err != nil {
		return none, err
	}
	if len(stand) >= maxRotas && !slices.ContainsFunc(stand, func(v keptRota) bool { return v.Value.ID == id }) {
		return none, models.E(models.KindTooMany, "too-many-rotas", "There are 50 rotas already. End one that is not needed.")
	}
	r := duty.Rota{ID: id, Terms: t, ChangedBy: models.AuthorOf(actor), ChangedAt: c.now().UTC()}
	err = c.save(ctx, actor, LineCreated, keptRota{Value: r}, nil)
	if models.KindOf(err) == models.KindConflict {
		stands, err := chart.First[duty.Rota](ctx, c.store, chart.ColRotas, id, err)
		if err != nil {
			return none, err
		}
		if !chart.SameJSON(stands.Value.Terms, t) {
			return none, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
		}
		return c.view(ctx, stands)
	}
	if err != nil {
		return none, err
	}
	return c.view(ctx, keptRota{Value: r, Version: 1})
}

// Edit replaces the terms; swaps stay. The same again is done.
func (c *Service) Edit(ctx context.Context, actor models.Actor, id string, version int64, t duty.Terms) (chart.Versioned[View], error) {
	return c.change(ctx, actor, id, version, LineChanged, func(r duty.Rota) (duty.Rota, error) {
		if chart.SameJSON(r.Terms, t) {
			return r, nil
		}
		r.Terms = t
		return r, c.check(ctx, t)
	})
}

// End takes a rota out of use; it stays to be read.
func (c *Service) End(ctx context.Context, actor models.Actor, id string, version int64) (chart.Versioned[View], error) {
	return c.change(ctx, actor, id, version, LineEnded, func(r duty.Rota) (duty.Rota, error) {
		if r.EndedAt.IsZero() {
			r.EndedAt = c.now().UTC()
		}
		return r, nil
	})
}

func (c *Service) change(ctx context.Context, actor models.Actor, id string, version int64, did string, edit func(duty.Rota) (duty.Rota, error)) (chart.Versioned[View], error) {
	none := chart.Versioned[View]{}
	if err := c.keeps(ctx, actor); err != nil {
		return none, err
	}
	v, err := chart.Load[duty.Rota](ctx, c.store, chart.ColRotas, id)
	if err != nil {
		return none, err
	}
	next, err := edit(v.Value)
	if err != nil {
		return none, err
	}
	if chart.SameJSON(v.Value, next) {
		return c.view(ctx, v)
	}
	if version != chart.AnyVersion && version != v.Version {
		return none, chart.Refusal(store.ErrConflict)
	}
	if !v.Value.EndedAt.IsZero() {
		return none, models.E(models.KindConflict, "rota-ended", "This rota has ended. Make a new one.")
	}
	next.ChangedBy, next.ChangedAt = models.AuthorOf(actor), c.now().UTC()
	next = duty.Prune(next, c.now().AddDate(-1, 0, 0))
	was := v.Value.People()
	if err := c.save(ctx, actor, did, keptRota{Value: next, Version: v.Version}, was); err != nil {
		return none, err
	}
	return c.view(ctx, keptRota{Value: next, Version: v.Version + 1})
}
