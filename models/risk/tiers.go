package risk

import (
	"time"

	"handrail/models/checkin"
)

// Targets are the times of a tier (risk reference, section 2 [P]), counted in staffed
// hours' wall time from the moment that an alert is asked about.
type Targets struct {
	Acknowledge time.Duration // until somebody says that they handle it; then one level up
	Contact     time.Duration // until an outcome is written; then one level up
}

var targets = map[checkin.Tier]Targets{
	checkin.Emergent: {5 * time.Minute, 15 * time.Minute},
	checkin.Urgent:   {30 * time.Minute, 4 * time.Hour},
	checkin.Elevated: {24 * time.Hour, 72 * time.Hour},
	checkin.Routine:  {7 * 24 * time.Hour, 7 * 24 * time.Hour},
}

var ranks = map[checkin.Tier]int{checkin.Routine: 1, checkin.Elevated: 2, checkin.Urgent: 3, checkin.Emergent: 4}

// Rank orders tiers, the most urgent highest; 0 for none.
func Rank(t checkin.Tier) int { return ranks[t] }

// Pages tells whether a tier calls people at once, past their quiet hours. The others
// wait in the list.
func Pages(t checkin.Tier) bool { return Rank(t) >= Rank(checkin.Urgent) }
