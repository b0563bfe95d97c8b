package care

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// TestDocumentsSayTheLimits that the code has.
func TestDocumentsSayTheLimits(t *testing.T) {
	for file, sentences := range map[string][]string{
		"scheduling.md": {
			fmt.Sprintf("%d visits in a series, %d parts, %d people, %d days in one search, %d days ahead, %d places in line for each patient, %d operations in a\nbatch",
				schedule.MaxSeries, schedule.MaxRoles, schedule.MaxSeats, schedule.MaxWindowDays, schedule.MaxHorizon, maxWaits, store.MaxBatch),
			fmt.Sprintf("a time is kept for %s minutes", small(int(schedule.HoldTime.Minutes()))),
			fmt.Sprintf("until %s hours after their end", small(int(VideoClosesAfter.Hours()))),
		},
		"signaling.md": {fmt.Sprintf("from %d minutes before the\n   visit until %s hours after it", int(VideoOpensBefore.Minutes()), small(int(VideoClosesAfter.Hours())))},
		"calendar.md":  {fmt.Sprintf("from %d days back to %d days ahead", feedBack, feedAhead)},
		"decisions/0010-claims.md": {
			fmt.Sprintf("it has %d since series came", store.MaxBatch), fmt.Sprintf("refused above %d claims", schedule.MaxDayClaims), fmt.Sprintf("up to %d people", schedule.MaxSeats),
		},
		"decisions/0005-the-log-is-the-event.md":      {fmt.Sprintf("(%d lines an answer)", syncLimit)},
		"decisions/0013-breaking-the-glass.md":        {fmt.Sprintf("for %d minutes", models.GlassMinutes)},
		"decisions/0014-one-poisoned-record.md":       {"`models.LoadZone`", "`models.StoredZone`"},
		"decisions/0007-restore.md":                   {"`" + colFacts + "/incarnation`"},
		"decisions/0012-the-plan-in-force.md":         {"`removes-not-said`"},
		"decisions/0004-plan-credential.md":           {"The collection `" + colShelf + "`"},
		"decisions/0021-what-leaves-the-programme.md": {"`tpo`"},
	} {
		text, err := os.ReadFile("../docs/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sentences {
			if !strings.Contains(string(text), s) {
				t.Errorf("docs/%s does not say: %s", file, s)
			}
		}
	}
}

// small is a number in words, as documents have it.
func small(n int) string {
	return [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}[n]
}
