package fhir

import (
	"testing"
	"time"
)

// TestAnEpisode: each status has its period, and what has ended an end.
func TestAnEpisode(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 9, 0, 0, 0, time.UTC) }
	golden(t, "episode.json", EpisodeOf(Episode{ID: "01950000-0000-7000-8000-0000000000e1", PatientID: "01950000-0000-7000-8000-0000000000a1",
		Steps: []EpisodeStep{{"planned", day(4)}, {"active", day(9)}, {"finished", day(30)}}}))
}
