package schedule

import (
	"slices"

	"handrail/models"
)

// Valid tells whether m is one of Modalities.
func (m Modality) Valid() bool { return slices.Contains(Modalities, m) }

// remote tells whether the patient stays where they are and nobody travels.
func (m Modality) remote() bool { return m == Video || m == Phone || m == Asynchronous }

func zoneField(c *models.Checks, field, name string) *Zone {
	z, err := LoadZone(name)
	if err != nil {
		c.Fail(field, "unknown-zone", "This is no IANA time zone, such as Europe/Paris.")
	}
	return z
}

func wallField(c *models.Checks, field, text string) Wall {
	w, ok := ParseWall(text)
	c.Require(ok, field, "bad-date-time", "Write the date and time as YYYY-MM-DDTHH:MM:00, in the years 1970 to 2099.")
	return w
}

func tooMany(c *models.Checks, field string, n, max int) {
	c.Require(n <= max, field, "too-many", "There are too many of these.")
}

// inRange checks a number of minutes, days or people.
func inRange(c *models.Checks, field string, n, min, max int) {
	c.Require(n >= min && n <= max, field, "out-of-range", "This number is too small or too large.")
}
