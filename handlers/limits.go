package handlers

import (
	"reflect"

	"handrail/handlers/edge"
	"handrail/models"
)

// limits are how the document tells what the domain checks.
var limits = edge.Rules{
	reflect.TypeFor[models.GoalTerms](): {
		"Title": edge.Text(1, models.MaxGoalTitle), "Why": edge.Text(0, models.MaxGoalWhy), "Domain": edge.OneOf(models.GoalDomains...),
		"Barriers": edge.Count(0, models.MaxGoalEntries), "Strengths": edge.Count(0, models.MaxGoalEntries),
	},
	reflect.TypeFor[models.GoalTarget](): {
		"Measure": edge.Text(1, models.MaxGoalTitle), "Comparator": edge.OneOf(models.GoalComparators...), "Unit": edge.Text(0, models.MaxGoalUnit),
		"Value": edge.Between(-models.MaxGoalValue, models.MaxGoalValue), "DueOn": date,
	},
	reflect.TypeFor[models.MilestoneTerms](): {
		"Title": edge.Text(1, models.MaxGoalTitle), "DueOn": date, "Status": edge.OneOf(models.MilestoneStates...), "Evidence": edge.Text(0, models.MaxEvidence),
	},
}

// date is a day as YYYY-MM-DD.
var date = edge.Text(0, len("2006-01-02"))
