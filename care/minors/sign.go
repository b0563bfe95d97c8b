package minors

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Proposal is what the first person says.
type Proposal struct {
	Fingerprint string // of the rule that they read
	Counsel     string // who read the law for the clinic, and when
	Second      string // account of the administrator who is asked to sign too
}

// Propose is the first signature under a rule, of an administrator; another one is asked
// for the second and has a task of it. The same again is the same.
//
// Errors: forbidden, step-up-required; not-found; invalid with fields; conflict
// rule-changed (another one ships now), already-proposed.
func (c *Service) Propose(ctx context.Context, actor models.Actor, jurisdiction string, p Proposal) (MinorRuleState, error) {
	rule, err := c.mayChange(ctx, actor, jurisdiction, LineProposed)
	if err != nil {
		return MinorRuleState{}, err
	}
	var checks models.Checks
	checks.Text("counsel", p.Counsel, 1, models.MaxCounsel)
	second, err := c.other(ctx, actor, p.Second)
	if err != nil {
		return MinorRuleState{}, err
	}
	checks.Require(second != nil, "second", "not-a-second", "Choose another administrator whose account is active.")
	if err := checks.Err(); err != nil {
		return MinorRuleState{}, err
	}
	return chart.InTurn(ctx, func() (MinorRuleState, error) {
		v, err := c.signed(ctx, jurisdiction)
		if err != nil {
			return MinorRuleState{}, err
		}
		if s := v.Value.StateOf(rule); s == models.MinorRuleProposed || s == models.MinorRuleInForce {
			if v.Value.By.AccountID == actor.AccountID && v.Value.Counsel == p.Counsel && v.Value.Second.AccountID == p.Second && p.Fingerprint == v.Value.Fingerprint {
				return c.state(rule, v.Value), nil
			}
			return MinorRuleState{}, models.E(models.KindConflict, "already-proposed", "This rule was proposed already. Sign it, or end it first.")
		}
		if p.Fingerprint != rule.Fingerprint() {
			return MinorRuleState{}, changed()
		}
		ops, err := c.endTask(ctx, actor, v.Value)
		if err != nil {
			return MinorRuleState{}, err
		}
		now := c.base.Now().UTC()
		v.Value = models.MinorRuleSigned{Jurisdiction: jurisdiction, Fingerprint: p.Fingerprint, Counsel: p.Counsel, By: models.AuthorOf(actor), At: now, Second: *second, TaskID: chart.NewID()}
		asked, err := c.tasks.SiteOps(actor, v.Value.TaskID, order(jurisdiction, now), *second)
		if err != nil {
			return MinorRuleState{}, err
		}
		return c.state(rule, v.Value), c.keep(ctx, actor, v, LineProposed, second.AccountID, append(ops, asked...)...)
	})
}

// Sign is the second signature, of an administrator who is not the first: from now on the
// rule holds where the operator named its place. Twice is once.
//
// Errors: forbidden, second-person, step-up-required; not-found; conflict rule-changed,
// not-proposed.
func (c *Service) Sign(ctx context.Context, actor models.Actor, jurisdiction, fingerprint string) (MinorRuleState, error) {
	rule, err := c.mayChange(ctx, actor, jurisdiction, LineSigned)
	if err != nil {
		return MinorRuleState{}, err
	}
	return chart.InTurn(ctx, func() (MinorRuleState, error) {
		v, err := c.signed(ctx, jurisdiction)
		if err != nil {
			return MinorRuleState{}, err
		}
		switch state := v.Value.StateOf(rule); {
		case fingerprint != rule.Fingerprint() || state == models.MinorRuleChanged:
			return MinorRuleState{}, changed()
		case state == models.MinorRuleInForce:
			return c.state(rule, v.Value), nil
		case state != models.MinorRuleProposed:
			return MinorRuleState{}, models.E(models.KindConflict, "not-proposed", "Nobody has proposed this rule, or it was ended.")
		case v.Value.By.AccountID == actor.AccountID:
			return MinorRuleState{}, models.E(models.KindForbidden, "second-person", "Somebody else signs second.")
		}
		ops, err := c.endTask(ctx, actor, v.Value)
		if err != nil {
			return MinorRuleState{}, err
		}
		by, now := models.AuthorOf(actor), c.base.Now().UTC()
		v.Value.SignedBy, v.Value.SignedAt = &by, &now
		return c.state(rule, v.Value), c.keep(ctx, actor, v, LineSigned, v.Value.By.AccountID, ops...)
	})
}

// End ends what was signed or proposed: from the next request on no parent sees anything.
// One person of the office can, without a fresh factor. Twice is once.
func (c *Service) End(ctx context.Context, actor models.Actor, jurisdiction string) (MinorRuleState, error) {
	if actor.Outside || actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return MinorRuleState{}, c.base.Forbid(ctx, actor, LineEnded)
	}
	rule, ok := models.MinorRuleOf(jurisdiction)
	if !ok {
		return MinorRuleState{}, models.NotFound()
	}
	return chart.InTurn(ctx, func() (MinorRuleState, error) {
		v, err := c.signed(ctx, jurisdiction)
		if err != nil || v.IsNew() || v.Value.EndedAt != nil {
			return c.state(rule, v.Value), err
		}
		ops, err := c.endTask(ctx, actor, v.Value)
		if err != nil {
			return MinorRuleState{}, err
		}
		by, now := models.AuthorOf(actor), c.base.Now().UTC()
		v.Value.EndedBy, v.Value.EndedAt = &by, &now
		return c.state(rule, v.Value), c.keep(ctx, actor, v, LineEnded, v.Value.By.AccountID, ops...)
	})
}

func changed() error {
	return models.E(models.KindConflict, "rule-changed", "This rule is not the one that you read. Load it again.")
}

// mayChange lets administrators pass, and finds the rule.
func (c *Service) mayChange(ctx context.Context, actor models.Actor, jurisdiction, action string) (models.MinorRule, error) {
	if actor.Role != models.RoleAdministrator || actor.Outside {
		return models.MinorRule{}, c.base.Forbid(ctx, actor, action)
	}
	rule, ok := models.MinorRuleOf(jurisdiction)
	if !ok {
		return rule, models.NotFound()
	}
	return rule, c.fresh(ctx, actor)
}

// other is another administrator who can sign; nil for anybody else.
func (c *Service) other(ctx context.Context, actor models.Actor, accountID string) (*models.Author, error) {
	a, err := chart.Load[models.Account](ctx, c.base.Store, chart.ColAccounts, accountID)
	if models.KindOf(err) == models.KindNotFound || err == nil &&
		(accountID == actor.AccountID || a.Value.Role != models.RoleAdministrator || a.Value.Status != models.AccountActive) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &models.Author{AccountID: a.Value.ID, Name: a.Value.Name, Role: a.Value.Role}, nil
}

func (c *Service) signed(ctx context.Context, jurisdiction string) (kept, error) {
	v, err := chart.Load[models.MinorRuleSigned](ctx, c.base.Store, chart.ColMinorRules, jurisdiction)
	if models.KindOf(err) == models.KindNotFound {
		return kept{}, nil
	}
	return v, err
}

// endTask ends what the second person was asked for; none where nobody was.
func (c *Service) endTask(ctx context.Context, actor models.Actor, s models.MinorRuleSigned) ([]store.Op, error) {
	if s.TaskID == "" {
		return nil, nil
	}
	ops, err := c.tasks.EndOps(ctx, actor, s.TaskID)
	return ops, chart.UnlessGone(err)
}
