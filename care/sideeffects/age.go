package sideeffects

import (
	"time"

	"handrail/models/sideeffect"
)

// ageOn is somebody's age in years as a side effect began, -1 where the birth date is not
// known.
func ageOn(birth string, r sideeffect.Report) int {
	born, err := time.Parse(time.DateOnly, birth)
	if err != nil {
		return -1
	}
	at, err := time.Parse(time.DateOnly, r.StartedOn)
	if err != nil {
		at = r.At
	}
	age := at.Year() - born.Year()
	if at.Month() < born.Month() || at.Month() == born.Month() && at.Day() < born.Day() {
		age--
	}
	return max(age, -1)
}
