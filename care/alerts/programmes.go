package alerts

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// maxProgrammes is how many a clinic has room for.
const maxProgrammes = 50

type keptProgramme = chart.Versioned[risk.Programme]

// programme reads one; the clinic's own stands where nobody wrote it down, with every
// level, as it was before there were programmes.
func (c *Service) programme(ctx context.Context, id string) (keptProgramme, error) {
	v, err := chart.Load[risk.Programme](ctx, c.store, chart.ColProgrammes, id)
	if models.KindOf(err) == models.KindNotFound && id == risk.ClinicProgramme {
		return keptProgramme{Value: risk.Programme{ID: id, Policy: risk.Policy{Name: c.base.Site.Name, Levels: risk.Levels}}}, nil
	}
	return v, err
}

// Programmes lists those that patients can be in, the clinic's own first; with ended also
// those that were. It is for who works at the clinic.
func (c *Service) Programmes(ctx context.Context, actor models.Actor, ended bool) ([]keptProgramme, error) {
	if !actor.Role.Staff() || actor.Outside {
		return nil, c.base.Forbid(ctx, actor, "programmes.read")
	}
	return c.programmes(ctx, ended)
}

func (c *Service) programmes(ctx context.Context, ended bool) ([]keptProgramme, error) {
	own, err := c.programme(ctx, risk.ClinicProgramme)
	if err != nil && aside.Stops(err) {
		return nil, err
	}
	own.Version++
	found, _, err := chart.ReadableOnes[risk.Programme](ctx, c.store, chart.ColProgrammes, store.Query{Index: "site", Equal: []any{chart.OwnerSite}}, 0)
	out := []keptProgramme{own}
	for _, v := range found {
		if v.Value.ID != risk.ClinicProgramme && (ended || v.Value.EndedAt.IsZero()) {
			v.Version++
			out = append(out, v)
		}
	}
	return out, err
}

func (c *Service) checkPolicy(ctx context.Context, id string, p risk.Policy) error {
	if err := risk.CheckPolicy(p); err != nil {
		return err
	}
	var checks models.Checks
	checks.Require(id != risk.ClinicProgramme || p.Hours == nil, "hours", "set-elsewhere", "The clinic's own hours stand in the settings of alerts.")
	if p.FailSafe == "" {
		return checks.Err()
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, p.FailSafe)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	r := a.Value.Role
	checks.Require(err == nil && a.Value.Status == models.AccountActive && (r == models.RoleAdministrator || r == models.RoleClinician),
		"failSafe", "cannot-own-alert", "Choose an administrator or a clinician whose account is active.")
	checks.Require(id != risk.ClinicProgramme, "failSafe", "set-elsewhere", "The clinic's own fail-safe stands in the settings of alerts.")
	return checks.Err()
}

// MakeProgramme makes one. The same id and policy again are the same.
func (c *Service) MakeProgramme(ctx context.Context, actor models.Actor, id string, p risk.Policy) (keptProgramme, error) {
	all, err := c.programmesFor(ctx, actor)
	if err != nil {
		return keptProgramme{}, err
	}
	if i := slices.IndexFunc(all, func(v keptProgramme) bool { return v.Value.ID == id }); i >= 0 {
		if chart.SameJSON(all[i].Value.Policy, p) {
			return all[i], nil
		}
		return keptProgramme{}, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
	}
	if err := c.checkPolicy(ctx, id, p); err != nil {
		return keptProgramme{}, err
	}
	if len(all) >= maxProgrammes {
		return keptProgramme{}, models.E(models.KindTooMany, "too-many-programmes", "There are 50 programmes already.")
	}
	return c.saveProgramme(ctx, actor, "programme.created", keptProgramme{Value: risk.Programme{ID: id, Policy: p, Untried: !c.untried}})
}

// BeginProgramme lets its own policy hold: once its hours, fail-safe, rota and one drill
// that was answered are recorded. Until then its patients follow the clinic's.
func (c *Service) BeginProgramme(ctx context.Context, actor models.Actor, id string, version int64) (keptProgramme, error) {
	return c.changeProgramme(ctx, actor, id, version, "programme.begun", func(now risk.Programme) (risk.Programme, error) {
		if !now.Untried {
			return now, nil
		}
		s, err := c.settings(ctx)
		if err != nil {
			return now, err
		}
		ready, err := c.readiness(ctx, s.Value.Terms, now)
		if err == nil && !ready.Ready() {
			err = models.E(models.KindConflict, "not-ready", "It begins once hours, fail-safe, a rota and one drill that was answered are recorded. See /v1/alert-readiness.")
		}
		now.Untried = false
		return now, err
	})
}

// EditProgramme replaces a policy. version is that of Programmes; the same again is done.
func (c *Service) EditProgramme(ctx context.Context, actor models.Actor, id string, version int64, p risk.Policy) (keptProgramme, error) {
	return c.changeProgramme(ctx, actor, id, version, "programme.changed", func(now risk.Programme) (risk.Programme, error) {
		now.Policy = p
		return now, c.checkPolicy(ctx, id, p)
	})
}

// EndProgramme takes one out of use: its patients follow the clinic's policy from then on.
func (c *Service) EndProgramme(ctx context.Context, actor models.Actor, id string, version int64) (keptProgramme, error) {
	return c.changeProgramme(ctx, actor, id, version, "programme.ended", func(now risk.Programme) (risk.Programme, error) {
		if id == risk.ClinicProgramme {
			return now, models.E(models.KindConflict, "always-there", "The clinic's own programme can't end.")
		}
		if now.EndedAt.IsZero() {
			now.EndedAt = c.now().UTC()
		}
		return now, nil
	})
}

func (c *Service) programmesFor(ctx context.Context, actor models.Actor) ([]keptProgramme, error) {
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return nil, c.base.Forbid(ctx, actor, "programme.change")
	}
	return c.programmes(ctx, true)
}

func (c *Service) changeProgramme(ctx context.Context, actor models.Actor, id string, version int64, did string, edit func(risk.Programme) (risk.Programme, error)) (keptProgramme, error) {
	all, err := c.programmesFor(ctx, actor)
	if err != nil {
		return keptProgramme{}, err
	}
	i := slices.IndexFunc(all, func(v keptProgramme) bool { return v.Value.ID == id })
	if i < 0 {
		return keptProgramme{}, chart.Refusal(store.ErrNotFound)
	}
	next, err := edit(all[i].Value)
	if err != nil || chart.SameJSON(all[i].Value, next) {
		return all[i], err
	}
	if version != chart.AnyVersion && version != all[i].Version {
		return keptProgramme{}, chart.Refusal(store.ErrConflict)
	}
	if !all[i].Value.EndedAt.IsZero() {
		return keptProgramme{}, models.E(models.KindConflict, "programme-ended", "This programme has ended. Make a new one.")
	}
	return c.saveProgramme(ctx, actor, did, keptProgramme{Value: next, Version: all[i].Version - 1})
}

func (c *Service) saveProgramme(ctx context.Context, actor models.Actor, did string, v keptProgramme) (keptProgramme, error) {
	p := v.Value
	p.ChangedBy, p.ChangedAt = models.AuthorOf(actor), c.now().UTC()
	doc, err := chart.Encode(p.ID, chart.OwnerSite, v.Version, store.Keys{"site": chart.OwnerSite, "programmeId": p.ID}, p)
	if err != nil {
		return v, err
	}
	op := store.Replace(chart.ColProgrammes, doc)
	if v.Version == 0 {
		op = store.Insert(chart.ColProgrammes, doc)
	}
	e := c.base.AuditEvent(actor, did)
	e.Ref = p.ID
	err = c.base.Commit(ctx, e, op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	return keptProgramme{Value: p, Version: v.Version + 2}, err
}
