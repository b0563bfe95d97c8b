package education

import (
	"context"
	"maps"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/crisisplan"
	"handrail/models/education"
	"handrail/models/medicine"
	"handrail/models/risk"
	"handrail/store"
)

// How long something leads to a suggestion. [P]
const (
	recentDay   = 7 * 24 * time.Hour  // a check-in
	recentBreak = 30 * 24 * time.Hour // coming out of a hospital or a jail
	recentStart = 30 * 24 * time.Hour // a medicine for opioid use disorder
)

// What a patient told of a day that leads to a suggestion. [P]
const (
	strongCraving = 7.0 // of 10
	shortSleep    = 5.0 // hours
)

// recordFacts are those that a patient's own record shows to the patient, what may save a
// life first.
func (c *Service) recordFacts(ctx context.Context, patientID string) ([]education.Fact, error) {
	var out []education.Fact
	for _, of := range []func(context.Context, string) ([]education.Situation, error){c.afterBreak, c.lastDay, c.newMedicine, c.planMade, c.workGoal} {
		found, err := of(ctx, patientID)
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			out = append(out, education.Fact{Situation: s, By: education.KnownRecord})
		}
	}
	return out, nil
}

// only gives a situation where it is.
func only(is bool, s education.Situation) []education.Situation {
	if is {
		return []education.Situation{s}
	}
	return nil
}

// orEmpty reads a document that may not be there.
func orEmpty[T any](ctx context.Context, c *Service, collection, id string) (T, error) {
	v, err := chart.Load[T](ctx, c.store, collection, id)
	if models.KindOf(err) == models.KindNotFound {
		err = nil
	}
	return v.Value, err
}

func (c *Service) afterBreak(ctx context.Context, patientID string) ([]education.Situation, error) {
	state, err := orEmpty[risk.ContactState](ctx, c, chart.ColContactStates, patientID)
	if err != nil {
		return nil, err
	}
	p, err := orEmpty[models.Patient](ctx, c, chart.ColPatients, patientID)
	now := c.now()
	back := state.BackSince(c.base.Location(patientID, p.Zone), now)
	return only(!back.IsZero() && now.Sub(back) < recentBreak, education.AfterBreak), err
}

func (c *Service) lastDay(ctx context.Context, patientID string) (out []education.Situation, err error) {
	found, err := chart.List[checkin.CheckIn](ctx, c.store, chart.ColCheckIns, store.Query{Index: "patient", Equal: []any{patientID},
		From: chart.Millis(c.now().Add(-recentDay)), Desc: true, Limit: 1})
	for _, v := range found.Items {
		answers := maps.Clone(v.Value.Answers)
		if m := v.Value.Mistake; m != nil {
			for _, question := range m.Questions {
				delete(answers, question)
			}
		}
		use, told := answers["use"].(string)
		out = append(out, only(told && use != "none" && use != "", education.AfterUse)...)
		craving, told := answers["craving"].(float64)
		out = append(out, only(told && craving >= strongCraving, education.StrongCraving)...)
		sleep, told := answers["sleep"].(float64)
		out = append(out, only(told && sleep < shortSleep, education.PoorSleep)...)
	}
	return out, err
}

// forOpioidUse are the ingredients of medicines for opioid use disorder.
var forOpioidUse = []string{"buprenorphine", "methadone", "naltrexone"}

func (c *Service) newMedicine(ctx context.Context, patientID string) ([]education.Situation, error) {
	lines, err := chart.Every[medicine.Medicine](ctx, c.store, chart.ColMedicines, store.Query{Index: "over", Equal: []any{patientID}, Lacking: true}) // what is taken
	return only(slices.ContainsFunc(lines, func(v chart.Versioned[medicine.Medicine]) bool {
		return v.Value.Status == medicine.Taken && v.Value.Replaces == "" && c.now().Sub(v.Value.AddedAt) < recentStart &&
			slices.ContainsFunc(v.Value.Ingredients, func(i medicine.Ingredient) bool { return slices.Contains(forOpioidUse, i.Name) })
	}), education.NewMedicine), err
}

func (c *Service) planMade(ctx context.Context, patientID string) ([]education.Situation, error) {
	plan, err := orEmpty[crisisplan.Plan](ctx, c, chart.ColPlans, patientID)
	return only(plan.Active > 0, education.PlanMade), err
}

// wanted are the statuses of a goal that its patient wants and has not reached.
var wanted = []models.GoalStatus{models.GoalAccepted, models.GoalPlanned, models.GoalActive}

func (c *Service) workGoal(ctx context.Context, patientID string) ([]education.Situation, error) {
	goals, err := chart.Every[models.Goal](ctx, c.store, chart.ColGoals, store.Query{Index: "patient", Equal: []any{patientID}})
	return only(slices.ContainsFunc(goals, func(v chart.Versioned[models.Goal]) bool {
		return slices.Contains(wanted, v.Value.Status) && v.Value.Domain == "work"
	}), education.WorkGoal), err
}
