package chart

import (
	"time"

	"handrail/models"
)

// MaxReportDays bounds the time that one report looks at.
const MaxReportDays = 92

// CheckWindow refuses a time that a report can't look at. Errors: KindInvalid with "to".
func CheckWindow(from, to time.Time) error {
	var c models.Checks
	c.Require(from.Before(to), "to", "before-start", "The end is not after the start.")
	c.Require(to.Sub(from) <= MaxReportDays*24*time.Hour, "to", "too-long", "Look at 92 days at most.")
	return c.Err()
}
