package models

// Phone checks a number in a form: E.164, or nothing where it is not needed.
func (c *Checks) Phone(field, value string, needed bool) {
	c.Require(value == "" && !needed || e164.MatchString(value), field, "not-a-phone-number", "Give the number with + and the country code.")
}
