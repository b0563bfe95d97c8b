package visits

import (
	"fmt"
	"testing"

	"handrail/care/caretest/documents"
	"handrail/models/schedule"
	"handrail/store"
)

func TestDocumentsSayTheLimits(t *testing.T) {
	closes := documents.Small(int(VideoClosesAfter.Hours()))
	documents.Say(t, "../..", map[string][]string{
		"scheduling.md": {
			fmt.Sprintf("%d visits in a series, %d parts, %d people, %d days in one search, %d days ahead, %d places in line for each patient, %d operations in a\nbatch",
				schedule.MaxSeries, schedule.MaxRoles, schedule.MaxSeats, schedule.MaxWindowDays, schedule.MaxHorizon, maxWaits, store.MaxBatch),
			fmt.Sprintf("a time is kept for %s minutes", documents.Small(int(schedule.HoldTime.Minutes()))),
			fmt.Sprintf("until %s hours after their end", closes),
		},
		"signaling.md": {fmt.Sprintf("from %d minutes before the\n   visit until %s hours after it", int(VideoOpensBefore.Minutes()), closes)},
		"calendar.md":  {fmt.Sprintf("from %d days back to %d days ahead", feedBack, feedAhead)},
		"decisions/0010-claims.md": {
			fmt.Sprintf("it has %d since series came", store.MaxBatch), fmt.Sprintf("refused above %d claims", schedule.MaxDayClaims), fmt.Sprintf("up to %d people", schedule.MaxSeats),
		},
	})
}
