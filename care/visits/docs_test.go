package visits_test

import (
	"fmt"
	"testing"

	"handrail/care/caretest/documents"
	"handrail/care/visits"
	"handrail/models/schedule"
	"handrail/store"
)

func TestDocumentsSayTheLimits(t *testing.T) {
	closes := documents.Small(int(visits.VideoClosesAfter.Hours()))
	documents.Say(t, "../..", map[string][]string{
		"scheduling.md": {
			fmt.Sprintf("%d visits in a series, %d parts, %d people, %d days in one search, %d days ahead, %d places in line for each patient, %d operations in a\nbatch",
				schedule.MaxSeries, schedule.MaxRoles, schedule.MaxSeats, schedule.MaxWindowDays, schedule.MaxHorizon, visits.MaxWaits, store.MaxBatch),
			fmt.Sprintf("a time is kept for %s minutes", documents.Small(int(schedule.HoldTime.Minutes()))),
			fmt.Sprintf("until %s hours after their end", closes),
		},
		"signaling.md": {fmt.Sprintf("from %d minutes before the\n   visit until %s hours after it", int(visits.VideoOpensBefore.Minutes()), closes)},
		"calendar.md":  {fmt.Sprintf("from %d days back to %d days ahead", visits.FeedBack, visits.FeedAhead)},
		"decisions/0010-claims.md": {
			fmt.Sprintf("it has %d since series came", store.MaxBatch), fmt.Sprintf("refused above %d claims", schedule.MaxDayClaims), fmt.Sprintf("up to %d people", schedule.MaxSeats),
		},
	})
}
