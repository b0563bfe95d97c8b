package risk

import "handrail/models/checkin"

// MissedDoses asks R-MO-1 to R-MO-3 (methadone) of days in a row, true where the dose was
// taken. What counts is the longest run that was missed: a dose that was taken ends one.
// Nobody tells the program of named doses yet, so that the catalogue says "not evaluated".
func MissedDoses(taken []bool) (rule string, tier checkin.Tier) {
	longest, run := 0, 0
	for _, t := range taken {
		if run++; t {
			run = 0
		}
		longest = max(longest, run)
	}
	switch {
	case longest >= 3:
		return "R-MO-3", checkin.Urgent
	case longest == 2:
		return "R-MO-2", checkin.Elevated
	case longest == 1:
		return "R-MO-1", checkin.Routine
	}
	return "", ""
}
