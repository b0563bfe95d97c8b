package checkin

import (
	"fmt"
	"slices"
	"time"

	"handrail/models"
)

// Times is a patient's own schedule of check-ins.
type Times struct {
	Times []string `json:"times"`
	Days  []string `json:"days"`
}

// MaxTimes is how many check-ins a day can have.
const MaxTimes = 4

// gapMinutes is the least time between two check-ins of a day, in minutes.
const gapMinutes = 60

// CheckTimes checks a schedule. The error is an invalid-input Error.
func CheckTimes(t Times) error {
	var c models.Checks
	c.Require(len(t.Times) <= MaxTimes, "times", "too-many", "There can be four check-ins a day.")
	last := -gapMinutes
	for i, text := range t.Times {
		at, err := time.Parse("15:04", text)
		field := fmt.Sprintf("times[%d]", i)
		if err != nil || len(text) != 5 {
			c.Fail(field, "bad-time", "Write a time of day such as 09:00.")
			continue
		}
		minutes := at.Hour()*60 + at.Minute()
		c.Require(minutes-last >= gapMinutes, field, "too-close", "Write the times in order, an hour apart at least.")
		last = minutes
	}
	for i, d := range t.Days {
		c.Require(slices.Contains(models.Weekdays, d) && slices.Index(t.Days, d) == i, fmt.Sprintf("days[%d]", i), "bad-day", "Days are MO to SU, each once.")
	}
	return c.Err()
}
