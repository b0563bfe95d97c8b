package reminder

import (
	"fmt"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// Medicine is when one medicine is taken: at times of day on a clock (Here or Home),
// or every so many hours from a first time (Every). It has no name and no amount: those
// are the prescriber's, and a reminder needs neither.
type Medicine struct {
	ID         string     `json:"id"`
	Policy     Policy     `json:"clock"`
	Times      []string   `json:"times,omitempty"`
	Days       []string   `json:"days,omitempty"`
	EveryHours int        `json:"everyHours,omitempty"`
	First      *time.Time `json:"first,omitempty"`
}

// Medicines are all medicines of a person.
type Medicines struct {
	Items []Medicine `json:"items"`
}

// What a person's medicines may take of MaxRules, and the least minutes between two
// times of one medicine: how long a reminder of it may wait for its push.
const (
	MaxMedicines     = 4
	MaxMedicineTimes = 4
	medicineGap      = 30
)

// MedicineClocks are the policies that a medicine can have.
var MedicineClocks = []Policy{Here, Home, Every}

// Check checks what a person set. The error is an invalid-input models.Error.
func (ms Medicines) Check() error {
	var c models.Checks
	c.Require(len(ms.Items) <= MaxMedicines, "items", "too-many", "There can be four medicines.")
	seen := map[string]bool{}
	for i, m := range ms.Items {
		field := fmt.Sprintf("items[%d]", i)
		c.Require(ruleID.MatchString(m.ID) && len(m.ID) <= 36 && !seen[m.ID], field+".id", "used-twice", "Each medicine has an id of its own.")
		seen[m.ID] = true
		if m.Policy == Every {
			m.checkEvery(&c, field)
		} else {
			m.checkTimes(&c, field)
		}
	}
	return c.Err()
}

func (m Medicine) checkEvery(c *models.Checks, field string) {
	c.Require(m.EveryHours >= MinEveryHours && m.EveryHours <= MaxEveryHours, field+".everyHours", "out-of-range", "Give 24 to 8784 hours. For more often give times of day.")
	c.Require(m.First != nil && !m.First.IsZero(), field+".first", "required", "Give the first time.")
	c.Require(len(m.Times) == 0 && len(m.Days) == 0, field+".times", "not-with-clock", "An interval has no times of day.")
}

func (m Medicine) checkTimes(c *models.Checks, field string) {
	c.Require(m.Policy != Every && slices.Contains(MedicineClocks, m.Policy), field+".clock", "unknown-clock", "Say here, home or every.")
	c.Require(m.EveryHours == 0 && m.First == nil, field+".everyHours", "not-with-clock", "Times of day have no interval.")
	c.Require(len(m.Times) > 0, field+".times", "required", "Give one time of day at least.")
	c.Require(len(m.Times) <= MaxMedicineTimes, field+".times", "too-many", "There can be four times a day.")
	last := int64(-medicineGap * 60)
	for i, text := range m.Times {
		at, ok := schedule.ParseClock(text)
		if !ok || at >= daySeconds || len(text) != 5 {
			c.Fail(fmt.Sprintf("%s.times[%d]", field, i), "bad-time", "Write a time of day such as 09:00.")
			continue
		}
		c.Require(at-last >= medicineGap*60, fmt.Sprintf("%s.times[%d]", field, i), "too-close", "Write the times in order, half an hour apart at least.")
		last = at
	}
	for i, d := range m.Days {
		_, ok := weekdays[d]
		c.Require(ok && !slices.Contains(m.Days[:i], d), fmt.Sprintf("%s.days[%d]", field, i), "bad-day", "Days are MO to SU, each once.")
	}
}

// ForMedicine makes the rules of one medicine that was checked.
func ForMedicine(m Medicine) []Rule {
	id := "medicine:" + m.ID
	if m.Policy == Every {
		first := m.First.UTC()
		return []Rule{{ID: id, Kind: MedicineTime, Ref: m.ID, Policy: Every, At: &first, EveryHours: m.EveryHours}}
	}
	return daily(id, MedicineTime, m.ID, m.Policy, m.Times, m.Days)
}
