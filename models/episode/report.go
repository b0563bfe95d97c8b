package episode

import (
	"cmp"
	"slices"
	"time"
)

// Fewest is from how many people on a row of a report has numbers: of fewer somebody could
// tell who they are.
const Fewest = 5

// FollowUps is how those who left a programme were followed up on one of the days. It
// names nobody. It is counted from what the clinic wrote down and is no HEDIS measure: no
// diagnosis, age or claim is looked at, and in time means that it was written down by then.
type FollowUps struct {
	Programme string          `json:"programme,omitempty"` // "": in none
	Name      string          `json:"name,omitempty"`
	Day       int             `json:"day"`
	Few       bool            `json:"few"` // fewer than five left: no numbers
	Counts    *FollowUpCounts `json:"counts,omitempty"`
}

// FollowUpCounts are of one row; all but Left are parts of it.
type FollowUpCounts struct {
	Left    int `json:"left"`    // people who left
	InTime  int `json:"inTime"`  // seen by the day
	Late    int `json:"late"`    // seen after it
	Reached int `json:"reached"` // spoken with, and not seen
	Missed  int `json:"missed"`
	Open    int `json:"open"`    // the day is ahead
	Overdue int `json:"overdue"` // it went by, and nobody wrote what came of it
}

// FollowUpsOf counts the episodes that ended with a discharge. in is the programme of a
// patient, names those of programmes.
func FollowUpsOf(all []Episode, in, names map[string]string, now time.Time) []FollowUps {
	type key struct {
		programme string
		day       int
	}
	rows := map[key]*FollowUpCounts{}
	for _, e := range all {
		if e.Discharge == nil {
			continue
		}
		for _, f := range e.Discharge.FollowUps {
			k := key{in[e.PatientID], f.Day}
			if rows[k] == nil {
				rows[k] = &FollowUpCounts{}
			}
			rows[k].add(f, now)
		}
	}
	out := []FollowUps{}
	for k, c := range rows {
		row := FollowUps{Programme: k.programme, Name: names[k.programme], Day: k.day, Few: c.Left < Fewest}
		if !row.Few {
			row.Counts = c
		}
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b FollowUps) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Programme, b.Programme), cmp.Compare(a.Day, b.Day))
	})
	return out
}

func (c *FollowUpCounts) add(f FollowUp, now time.Time) {
	c.Left++
	switch {
	case f.Outcome == Seen && f.By != nil && !f.By.At.After(f.DueAt):
		c.InTime++
	case f.Outcome == Seen:
		c.Late++
	case f.Outcome == Reached:
		c.Reached++
	case f.Outcome == Missed:
		c.Missed++
	case now.After(f.DueAt):
		c.Overdue++
	default:
		c.Open++
	}
}
