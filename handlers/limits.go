package handlers

import (
	"time"

	"handrail/handlers/edge"
)

// limits are how the document tells what the domain checks, and what its fields mean: the
// types of models and care know no schema. Those of a resource are in one file.
var limits = edge.Together(goalLimits, planLimits, checkInLimits, reminderLimits, visitLimits, visitViewLimits, peopleLimits)

// Forms that many fields have.
var (
	date    = edge.Text(0, len(time.DateOnly)).Doc("YYYY-MM-DD")
	inUTC   = edge.Doc("UTC")
	onClock = len("15:04")
)
