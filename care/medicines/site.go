package medicines

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/store"
)

type keptChange = chart.Versioned[medicine.Change]

// RuleBook is what the rules are now, for people of the clinic.
type RuleBook struct {
	Version     string            `json:"version,omitempty"`
	Refused     string            `json:"refused,omitempty"`
	Warning     string            `json:"warning,omitempty"`
	Until       time.Time         `json:"until,omitzero"`
	Licence     string            `json:"licence"`
	Ingredients int               `json:"ingredients"`
	Rules       []medicine.Rule   `json:"rules"`
	Groups      []string          `json:"groups"`
	Changes     []medicine.Change `json:"changes"`
}

// mayRule tells who proposes and signs changes of the rules, and reads their figures:
// prescribers, pharmacists and administrators.
func mayRule(a models.Actor) bool {
	return !a.Outside && (a.Role == models.RoleAdministrator || a.Role == models.RoleClinician && (a.Discipline.Prescribes() || a.Discipline == models.DisciplinePharmacy))
}

func (c *Service) changes(ctx context.Context) ([]keptChange, error) {
	return chart.Every[medicine.Change](ctx, c.store, chart.ColMedicineRules, store.Query{Index: "site", Equal: []any{1}, Desc: true})
}

// RuleBook reads the rules. Everybody who works here may.
func (c *Service) RuleBook(ctx context.Context, actor models.Actor) (RuleBook, error) {
	out := RuleBook{Licence: medicine.Known().Licence, Ingredients: medicine.Known().Size(), Rules: []medicine.Rule{}, Groups: []string{}, Changes: []medicine.Change{}}
	if !actor.Role.Staff() || actor.Outside {
		return out, c.base.Forbid(ctx, actor, "medicine-rules.read")
	}
	found, err := c.changes(ctx)
	if err != nil {
		return out, err
	}
	for _, v := range found {
		out.Changes = append(out.Changes, v.Value)
	}
	checked, err := c.look(ctx, known{}, medicine.Input{At: c.now()})
	if err != nil {
		return out, err
	}
	out.Version, out.Refused, out.Warning, out.Until = checked.Version, checked.Refused, checked.Warning, checked.Until
	if c.rules != nil {
		out.Rules, out.Groups = c.rules.Rules, c.rules.Groups()
	}
	return out, nil
}

// maxChanges is how many changes of the rules may stand at once.
const maxChanges = 500

// Propose is the first signature under a change of the rules. The same again is the same.
func (c *Service) Propose(ctx context.Context, actor models.Actor, id string, change medicine.Change) (medicine.Change, error) {
	if !mayRule(actor) {
		return change, c.base.Forbid(ctx, actor, "medicine-rules.proposed")
	}
	if c.rules == nil {
		return change, models.E(models.KindConflict, RefusedRules, "The rules can't be read. Nothing can be changed in them.")
	}
	change.ID, change.By, change.At = id, models.AuthorOf(actor), c.now().UTC()
	change.SignedBy, change.SignedAt, change.EndedBy, change.EndedAt = nil, nil, nil, nil
	stands, err := chart.Load[medicine.Change](ctx, c.store, chart.ColMedicineRules, id)
	if models.KindOf(err) != models.KindNotFound {
		if err == nil && (stands.Value.By.AccountID != actor.AccountID || stands.Value.Do != change.Do || stands.Value.Rule != change.Rule || !chart.SameJSON(stands.Value.Added, change.Added)) {
			err = chart.Refusal(store.ErrExists)
		}
		return stands.Value, err
	}
	if err := change.Check(c.rules, c.now()); err != nil {
		return change, err
	}
	has, err := c.changes(ctx)
	if err != nil {
		return change, err
	}
	if len(has) >= maxChanges {
		return change, models.E(models.KindConflict, "too-many-changes", "There are too many changes of the rules.")
	}
	return change, c.keep(ctx, actor, keptChange{Value: change}, "medicine-rules.proposed")
}

// Sign is the second signature, of somebody else: from now on the change holds.
func (c *Service) Sign(ctx context.Context, actor models.Actor, id string) (medicine.Change, error) {
	return c.onChange(ctx, actor, id, "medicine-rules.signed", func(v *medicine.Change) error {
		switch {
		case v.EndedAt != nil || !c.now().Before(v.Until):
			return models.E(models.KindConflict, "change-ended", "This change has ended.")
		case v.SignedBy != nil:
			return nil
		case v.By.AccountID == actor.AccountID:
			return models.E(models.KindForbidden, "second-person", "Somebody else signs second.")
		}
		by, now := models.AuthorOf(actor), c.now().UTC()
		v.SignedBy, v.SignedAt = &by, &now
		return nil
	})
}

// EndChange ends a change of the rules: one person can, since then the rules are as they
// ship.
func (c *Service) EndChange(ctx context.Context, actor models.Actor, id string) (medicine.Change, error) {
	return c.onChange(ctx, actor, id, "medicine-rules.ended", func(v *medicine.Change) error {
		if v.EndedAt == nil {
			by, now := models.AuthorOf(actor), c.now().UTC()
			v.EndedBy, v.EndedAt = &by, &now
		}
		return nil
	})
}

func (c *Service) onChange(ctx context.Context, actor models.Actor, id, did string, edit func(*medicine.Change) error) (medicine.Change, error) {
	if !mayRule(actor) {
		return medicine.Change{}, c.base.Forbid(ctx, actor, did)
	}
	for {
		v, err := chart.Load[medicine.Change](ctx, c.store, chart.ColMedicineRules, id)
		if err != nil {
			return v.Value, err
		}
		before := v.Value
		if err := edit(&v.Value); err != nil || chart.SameJSON(before, v.Value) {
			return v.Value, err
		}
		err = c.keep(ctx, actor, v, did)
		if models.KindOf(err) == models.KindStale && ctx.Err() == nil {
			continue
		}
		return v.Value, err
	}
}

func (c *Service) keep(ctx context.Context, actor models.Actor, v keptChange, did string) error {
	doc, err := chart.Encode(v.Value.ID, chart.OwnerSite, v.Version, store.Keys{"site": 1, "at": chart.Millis(v.Value.At)}, v.Value)
	if err != nil {
		return err
	}
	op := store.Replace(chart.ColMedicineRules, doc)
	if v.IsNew() {
		op = store.Insert(chart.ColMedicineRules, doc)
	}
	e := c.base.AuditEvent(actor, did)
	e.Ref = v.Value.ID
	return c.base.Commit(ctx, e, op)
}
