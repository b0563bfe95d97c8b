package careplan

import (
	"context"
	"errors"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/guideline"
	"handrail/models/medicine"
	"handrail/store"
)

type keptGuideline = chart.Versioned[guideline.Guideline]

func knownToUs() guideline.Known {
	return guideline.Known{
		Activity: func(code string) bool { _, ok := careplan.CatalogueEntry(code); return ok && code != "other" },
		Medicine: func(name string) bool { return slices.Contains(medicine.Known().All(), name) },
	}
}

// Guidelines lists those of the site, the oldest first, for those who work here.
func (c *Service) Guidelines(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[guideline.Guideline], error) {
	if !actor.Role.Staff() {
		return chart.Page[guideline.Guideline]{}, c.base.Forbid(ctx, actor, "guidelines.list")
	}
	page, err := chart.List[guideline.Guideline](ctx, c.store, chart.ColGuidelines, store.Query{Index: "site", Equal: []any{chart.OwnerSite}, Limit: limit, Cursor: cursor})
	return chart.Values(page), err
}

// Guideline reads one, for those who work here.
func (c *Service) Guideline(ctx context.Context, actor models.Actor, id string) (keptGuideline, error) {
	if !actor.Role.Staff() {
		return keptGuideline{}, c.base.Forbid(ctx, actor, "guidelines.list")
	}
	return chart.Load[guideline.Guideline](ctx, c.store, chart.ColGuidelines, id)
}

// AddGuideline keeps a new one: the office. The same under the same id is one.
func (c *Service) AddGuideline(ctx context.Context, actor models.Actor, id string, t guideline.Terms) (keptGuideline, error) {
	if err := c.mayKeep(ctx, actor, id, t); err != nil {
		return keptGuideline{}, err
	}
	now := c.now().UTC()
	g := guideline.Guideline{ID: id, Terms: t, Since: now, ChangedAt: now, By: models.AuthorOf(actor)}
	err := c.writeGuideline(ctx, actor, keptGuideline{Value: g})
	if models.KindOf(err) == models.KindConflict {
		stands, first := chart.First[guideline.Guideline](ctx, c.store, chart.ColGuidelines, id, err)
		if first != nil || !chart.SameJSON(stands.Value.Terms, t) {
			return keptGuideline{}, errors.Join(first, err)
		}
		return stands, nil
	}
	if err != nil {
		return keptGuideline{}, err
	}
	return c.Guideline(ctx, actor, id)
}

// SetGuideline changes one if version is still the newest, or ends it: the office. Plans
// keep the edition that they took; their team reads that there is a newer one.
func (c *Service) SetGuideline(ctx context.Context, actor models.Actor, version int64, id string, t guideline.Terms, ended bool) (keptGuideline, error) {
	if err := c.mayKeep(ctx, actor, id, t); err != nil {
		return keptGuideline{}, err
	}
	v, err := chart.Load[guideline.Guideline](ctx, c.store, chart.ColGuidelines, id)
	if err != nil {
		return v, err
	}
	next := v.Value
	next.Terms = t
	now := c.now().UTC()
	if ended && next.EndedAt == nil {
		next.EndedAt = &now
	} else if !ended {
		next.EndedAt = nil
	}
	if chart.SameJSON(next, v.Value) {
		return v, nil
	}
	if v.Version != version {
		return keptGuideline{}, chart.Refusal(store.ErrConflict)
	}
	next.ChangedAt, next.By = now, models.AuthorOf(actor)
	if err := c.writeGuideline(ctx, actor, keptGuideline{Value: next, Version: version}); err != nil {
		return keptGuideline{}, err
	}
	return c.Guideline(ctx, actor, id)
}

func (c *Service) mayKeep(ctx context.Context, actor models.Actor, id string, t guideline.Terms) error {
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return c.base.Forbid(ctx, actor, "guideline.change")
	}
	if err := t.Check(id, models.LocalDay(c.now(), c.base.Location("", c.base.Site.Zone)), knownToUs()); err != nil {
		return err
	}
	var checks models.Checks
	ctx, ahead := chart.NewAhead(ctx)
	ids := make([]string, 0, len(t.Contrary))
	for _, o := range t.Contrary {
		ids = append(ids, o.Guideline)
	}
	if err := ahead.Read(ctx, c.store, chart.ColGuidelines, ids...); err != nil {
		return err
	}
	for n, o := range t.Contrary {
		other, err := chart.Load[guideline.Guideline](ctx, c.store, chart.ColGuidelines, o.Guideline)
		if k := models.KindOf(err); err != nil && k != models.KindNotFound {
			return err
		}
		_, there := other.Value.Point(o.OtherPoint)
		checks.Require(err == nil && there, models.Indexed("contrary", n)+".otherPoint", "not-there", "Name a point of that guideline.")
	}
	return checks.Err()
}

func (c *Service) writeGuideline(ctx context.Context, actor models.Actor, v keptGuideline) error {
	doc, err := chart.Encode(v.Value.ID, chart.OwnerSite, v.Version, store.Keys{"site": chart.OwnerSite, "since": chart.Millis(v.Value.Since)}, v.Value)
	if err != nil {
		return err
	}
	op := store.Replace(chart.ColGuidelines, doc)
	if v.IsNew() {
		op = store.Insert(chart.ColGuidelines, doc)
	}
	e := c.base.AuditEvent(actor, "guideline.changed")
	e.Ref, e.Changed = v.Value.ID, true
	return c.base.Commit(ctx, e, op)
}

// library reads the guidelines that a plan's open items follow, with one query. One that
// can't be read stops no plan.
func (c *Service) library(ctx context.Context, p careplan.Plan) (map[string]guideline.Guideline, error) {
	ids := []string{}
	for _, i := range p.Items {
		if i.Guideline != "" && i.Open() {
			ids = append(ids, i.Guideline)
		}
	}
	out := map[string]guideline.Guideline{}
	if len(ids) == 0 {
		return out, nil
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, c.store, chart.ColGuidelines, ids...); err != nil {
		return nil, err
	}
	for _, id := range ids {
		if v, err := chart.Load[guideline.Guideline](ctx, c.store, chart.ColGuidelines, id); err == nil {
			out[id] = v.Value
		}
	}
	return out, nil
}

// fromLibrary fills what an edit takes from a guideline of the site: its name, source,
// edition, advice, and its points to be ticked. What the edit says itself stays.
func (c *Service) fromLibrary(ctx context.Context, p careplan.Plan, items []careplan.ItemEdit) ([]careplan.ItemEdit, error) {
	out := slices.Clone(items)
	var checks models.Checks
	for n, e := range out {
		if e.Guideline == nil || *e.Guideline == "" {
			continue
		}
		v, err := chart.Load[guideline.Guideline](ctx, c.store, chart.ColGuidelines, *e.Guideline)
		if k := models.KindOf(err); err != nil && k != models.KindNotFound {
			return nil, err
		}
		was, _ := p.Item(e.ID)
		if err != nil || v.Value.EndedAt != nil && was.Guideline != *e.Guideline {
			checks.Fail(models.Indexed("items", n)+".guideline", "not-there", "Name a guideline of this clinic.")
			continue
		}
		out[n] = careplan.Take(e, v.Value, was.Checks)
	}
	return out, checks.Err()
}
