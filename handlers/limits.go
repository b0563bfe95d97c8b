package handlers

import (
	"reflect"
	"time"

	"handrail/handlers/access"
	"handrail/handlers/careplan"
	"handrail/handlers/comments"
	"handrail/handlers/disagreements"
	"handrail/handlers/duty"
	"handrail/handlers/edge"
	"handrail/handlers/episodes"
	"handrail/handlers/families"
	"handrail/handlers/guardians"
	"handrail/handlers/handoffs"
	"handrail/handlers/learn"
	"handrail/handlers/medicines"
	"handrail/handlers/meetings"
	"handrail/handlers/messages"
	"handrail/handlers/news"
	"handrail/handlers/peers"
	"handrail/handlers/prescribing"
	"handrail/handlers/referrals"
	"handrail/handlers/sideeffects"
	"handrail/handlers/signon"
	"handrail/handlers/tapers"
	"handrail/handlers/tasks"
	"handrail/models"
)

// Limits are how the document tells what the domain checks, and what its fields mean: the
// types of models and care know no schema. Those of a resource are in one file.
var Limits = edge.Together(goalLimits, planLimits, checkInLimits, reminderLimits, visitLimits, visitViewLimits, peopleLimits, importLimits, waysLimits, learn.Limits, signon.Limits, messages.Limits, alertLimits, duty.Limits, tasks.Limits, careplan.Limits, comments.Limits, handoffs.Limits, disagreements.Limits, meetings.Limits, families.Limits, access.Limits, medicines.Limits, tapers.Limits, prescribing.Limits, sideeffects.Limits, referrals.Limits, episodes.Limits, peers.Limits, news.Limits, guardians.Limits)

// Forms that many fields have.
var (
	date     = edge.Text(0, len(time.DateOnly)).Doc("YYYY-MM-DD")
	inUTC    = edge.Doc("UTC")
	onClock  = len("15:04")
	weekdays = edge.Count(0, len(models.Weekdays)).And(edge.OneOf(models.Weekdays...))
)

// body is the type of what an input of ours holds, where it has no name.
func body[I any]() reflect.Type {
	field, _ := reflect.TypeFor[I]().FieldByName("Body")
	return field.Type
}
