package education

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/education"
	"handrail/store"
)

// facts are what leads to suggestions for an actor.
func (c *Service) facts(ctx context.Context, actor models.Actor, typed []education.Situation) ([]education.Fact, error) {
	var out []education.Fact
	for _, s := range typed {
		out = append(out, education.Fact{Situation: s, By: education.KnownTyped})
	}
	var more []education.Fact
	var err error
	switch actor.Role {
	case models.RolePatient:
		more, err = c.recordFacts(ctx, actor.PatientID)
	case models.RoleSupporter:
		more, err = c.scopeFacts(ctx, actor)
	}
	return append(out, more...), err
}

// scopeFacts are those that a consent in force shows to a supporter.
func (c *Service) scopeFacts(ctx context.Context, actor models.Actor) ([]education.Fact, error) {
	var patients []string
	err := chart.Through(ctx, c.store, chart.ColConsents, store.Query{Index: "recipient", Equal: []any{actor.AccountID}},
		func(v chart.Versioned[models.Consent]) (bool, error) {
			if !slices.Contains(patients, v.Value.PatientID) && v.Value.Active(c.now()) {
				patients = append(patients, v.Value.PatientID)
			}
			return false, nil
		})
	if err != nil {
		return nil, err
	}
	for _, id := range patients {
		ch, err := c.base.ChartFor(ctx, actor, id, models.PurposeFamily)
		if err != nil {
			return nil, err
		}
		if ch.Decide(models.SectionCrisisPlan, models.Read).Allowed {
			return []education.Fact{{Situation: education.PlanShared, By: education.KnownScope}}, nil
		}
	}
	return nil, nil
}
