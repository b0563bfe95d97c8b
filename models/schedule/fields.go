package schedule

import (
	"slices"
	"time"

	"handrail/models"
)

// Valid tells whether m is one of Modalities.
func (m Modality) Valid() bool { return slices.Contains(Modalities, m) }

// zoneField reads a zone's name. After a refusal it gives UTC, so that the other
// fields can be looked at too.
func zoneField(c *models.Checks, field, name string) *Zone {
	z, err := LoadZone(name)
	if err != nil {
		c.Fail(field, "unknown-zone", "This is no IANA time zone, such as Europe/Paris.")
		return greenwich
	}
	return z
}

var greenwich = layOut("UTC", time.UTC)

func wallField(c *models.Checks, field, text string) (Wall, bool) {
	w, ok := ParseWall(text)
	c.Require(ok, field, "bad-date-time", "Write the date and time as YYYY-MM-DDTHH:MM:00, in the years 1970 to 2099.")
	return w, ok
}

func tooMany(c *models.Checks, field string, n, max int) {
	c.Require(n <= max, field, "too-many", "There are too many of these.")
}

// inRange checks a number of minutes, days or people.
func inRange(c *models.Checks, field string, n, min, max int) {
	c.Require(n >= min && n <= max, field, "out-of-range", "This number is too small or too large.")
}

// upTo is the part of a list that is looked at: what is too long has been refused.
func upTo[T any](list []T, max int) []T { return list[:min(len(list), max)] }
