// Package minors is where a clinic takes the rule of its place for minors: two people sign
// it, and without both no parent sees anything.
package minors

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// Service is the use cases of the rules for minors.
type Service struct {
	base  *chart.Base
	tasks *tasks.Inside
	fresh func(context.Context, models.Actor) error // a factor of just now
}

// New makes them.
func New(base *chart.Base, t *tasks.Inside, fresh func(context.Context, models.Actor) error) *Service {
	return &Service{base, t, fresh}
}

// The lines of the log.
const (
	LineProposed = "minor-rule.proposed"
	LineSigned   = "minor-rule.signed"
	LineEnded    = "minor-rule.ended"
)

// MinorRuleState is a rule as it ships and how it stands here.
type MinorRuleState struct {
	models.MinorRule
	Fingerprint string                  `json:"fingerprint"`
	State       string                  `json:"state"`
	Chosen      bool                    `json:"chosen"` // it is of the place that the operator named
	Signed      *models.MinorRuleSigned `json:"signed,omitempty"`
}

type kept = chart.Versioned[models.MinorRuleSigned]

// List tells people who work here of every rule that ships, and how it stands. One whose
// record can't be read is shown as that, and hides no other.
func (c *Service) List(ctx context.Context, actor models.Actor) ([]MinorRuleState, error) {
	if !actor.Role.Staff() || actor.Outside {
		return nil, c.base.Forbid(ctx, actor, "minor-rules.read")
	}
	rules := models.MinorRules()
	ids := make([]string, len(rules))
	for i, r := range rules {
		ids[i] = r.Jurisdiction
	}
	docs, err := c.base.Store.GetMany(ctx, chart.ColMinorRules, ids)
	if err != nil {
		return nil, chart.Refusal(err)
	}
	signed, lost := map[string]models.MinorRuleSigned{}, map[string]bool{}
	for _, d := range docs {
		v, err := chart.Readable[models.MinorRuleSigned](d)
		signed[d.ID], lost[d.ID] = v.Value, err != nil
	}
	out := make([]MinorRuleState, len(rules))
	for i, r := range rules {
		if lost[r.Jurisdiction] {
			out[i] = c.state(r, models.MinorRuleSigned{})
			out[i].State = models.MinorRuleUnreadable
			continue
		}
		out[i] = c.state(r, signed[r.Jurisdiction])
	}
	return out, nil
}

func (c *Service) state(r models.MinorRule, s models.MinorRuleSigned) MinorRuleState {
	out := MinorRuleState{MinorRule: r, Fingerprint: r.Fingerprint(), State: s.StateOf(r), Chosen: c.base.Site.Jurisdiction == r.Jurisdiction}
	if s.By.AccountID != "" {
		out.Signed = &s
	}
	return out
}

func (c *Service) keep(ctx context.Context, actor models.Actor, v kept, action, whom string, ops ...store.Op) error {
	doc, err := chart.Encode(v.Value.Jurisdiction, chart.OwnerSite, v.Version, nil, v.Value)
	if err != nil {
		return err
	}
	op := store.Replace(chart.ColMinorRules, doc)
	if v.IsNew() {
		op = store.Insert(chart.ColMinorRules, doc)
	}
	e := c.base.AuditEvent(actor, action)
	e.Ref, e.Whom = v.Value.Jurisdiction, whom
	return c.base.Commit(ctx, e, append(ops, op)...)
}

// order is what the second person is asked for.
func order(jurisdiction string, now time.Time) task.Order {
	return task.Order{Code: task.CodeMinorRule, Priority: task.Routine, DueAt: now.AddDate(0, 0, models.MinorRuleSignDays),
		Focus: &task.Reference{Type: task.FocusMinorRule, ID: jurisdiction}}
}

// Signers are the accounts that signed a rule, for a worker that tells them what became of
// it.
func (c *Service) Signers(ctx context.Context, jurisdiction string) ([]string, error) {
	v, err := c.signed(ctx, jurisdiction)
	if err != nil || v.IsNew() {
		return nil, err
	}
	out := []string{v.Value.By.AccountID}
	if v.Value.SignedBy != nil {
		out = append(out, v.Value.SignedBy.AccountID)
	}
	return out, nil
}
