package episode

import (
	"fmt"
	"testing"
	"time"

	"handrail/models"
)

// TestFollowUpsAreCountedAndFewAreNot: each outcome is one part of those who left, and a
// row of four has no numbers.
func TestFollowUpsAreCountedAndFewAreNot(t *testing.T) {
	due := time.Date(2026, 3, 10, 17, 0, 0, 0, time.UTC)
	told := func(outcome string, after time.Duration) FollowUp {
		return FollowUp{Day: 7, DueAt: due, Outcome: outcome, By: &Mark{models.Author{}, due.Add(after)}}
	}
	follows := []FollowUp{told(Seen, 0), told(Seen, time.Second), told(Reached, 0), told(Missed, 0), {Day: 7, DueAt: due}, {Day: 7, DueAt: due.Add(2 * time.Hour)}}
	in, names := map[string]string{}, map[string]string{"p": "Detox", "q": "Small"}
	all := []Episode{{PatientID: "still here"}}
	for n, f := range follows {
		id := fmt.Sprint(n)
		in[id] = "p"
		all = append(all, Episode{PatientID: id, Discharge: &Discharge{FollowUps: []FollowUp{f}}})
		if n < 4 {
			in["q"+id] = "q"
			all = append(all, Episode{PatientID: "q" + id, Discharge: &Discharge{FollowUps: []FollowUp{f}}})
		}
	}
	rows := FollowUpsOf(all, in, names, due.Add(time.Hour))
	if len(rows) != 2 || rows[0].Few || *rows[0].Counts != (FollowUpCounts{6, 1, 1, 1, 1, 1, 1}) || !rows[1].Few || rows[1].Counts != nil || rows[1].Name != "Small" {
		t.Errorf("%+v", rows)
	}
}
