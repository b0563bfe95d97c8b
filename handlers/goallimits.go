package handlers

import (
	"reflect"

	"handrail/handlers/edge"
	"handrail/models"
)

// goalLimits are of goals and their steps.
var goalLimits = edge.Rules{
	reflect.TypeFor[models.GoalTerms](): {
		"Title":     edge.Text(1, models.MaxGoalTitle).Doc("In the patient's own words."),
		"Why":       edge.Text(0, models.MaxGoalWhy).Prose().Doc("Why it matters, in the patient's own words."),
		"Domain":    edge.OneOf(models.GoalDomains...),
		"Barriers":  edge.Count(0, models.MaxGoalEntries).Prose().Doc("What may get in the way."),
		"Strengths": edge.Count(0, models.MaxGoalEntries).Prose().Doc("What helps."),
		"Shared":    edge.Doc("Family and friends with the scope goals.shared may see it. Only the patient sets it."),
	},
	reflect.TypeFor[models.GoalTarget](): {
		"Measure":    edge.Text(1, models.MaxGoalTitle).Prose(),
		"Comparator": edge.OneOf(models.GoalComparators...).Doc("How the value is meant."),
		"Value":      edge.Between(-models.MaxGoalValue, models.MaxGoalValue),
		"Unit":       edge.Text(0, models.MaxGoalUnit),
		"DueOn":      date,
	},
	reflect.TypeFor[models.GoalNote](): {
		"Text":   edge.Doc("Empty once it was struck."),
		"Struck": edge.Doc("It was entered in error. Who wrote it said so."),
	},
	reflect.TypeFor[models.Struck](): {
		"Why": edge.Doc("For the team alone."),
	},
	body[moveGoalInput](): {
		"To":     edge.OneOf(models.GoalStatuses...),
		"Reason": edge.Text(0, models.MaxGoalReason),
	},
	body[achieveGoalInput](): {
		"Code": edge.OneOf(append([]string{""}, models.GoalAchievements...)...),
	},
	reflect.TypeFor[models.MilestoneTerms](): {
		"Title":    edge.Text(1, models.MaxGoalTitle),
		"DueOn":    date,
		"Status":   edge.OneOf(models.MilestoneStates...).Default(models.MilestoneStates[0]),
		"Evidence": edge.Text(0, models.MaxEvidence).Prose().Doc("What shows that it is done."),
	},
}
