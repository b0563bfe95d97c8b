package education

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/crisisplan"
	"handrail/models/education"
	"handrail/store"
)

// recent is how long a check-in leads to a suggestion.
const recent = 7 * 24 * time.Hour

// What a patient told of a day that leads to a suggestion. [P]
const (
	strongCraving = 7.0 // of 10
	shortSleep    = 5.0 // hours
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

// recordFacts are those that a patient's own record shows to the patient.
func (c *Service) recordFacts(ctx context.Context, patientID string) (out []education.Fact, err error) {
	add := func(is bool, s education.Situation) {
		if is {
			out = append(out, education.Fact{Situation: s, By: education.KnownRecord})
		}
	}
	found, err := chart.List[checkin.CheckIn](ctx, c.store, chart.ColCheckIns, store.Query{Index: "patient", Equal: []any{patientID},
		From: chart.Millis(c.now().Add(-recent)), Desc: true, Limit: 1})
	if err != nil {
		return nil, err
	}
	for _, v := range found.Items {
		use, told := v.Value.Answers["use"].(string)
		add(told && use != "none" && use != "", education.AfterUse)
		craving, told := v.Value.Answers["craving"].(float64)
		add(told && craving >= strongCraving, education.StrongCraving)
		sleep, told := v.Value.Answers["sleep"].(float64)
		add(told && sleep < shortSleep, education.PoorSleep)
	}
	plan, err := chart.Load[crisisplan.Plan](ctx, c.store, chart.ColPlans, patientID)
	switch models.KindOf(err) {
	case 0:
		add(plan.Value.Active > 0, education.PlanMade)
	case models.KindNotFound:
		err = nil
	}
	return out, err
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
