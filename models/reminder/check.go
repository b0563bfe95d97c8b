package reminder

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// Limits on what is asked.
const (
	MaxRules      = 200 // of one person
	MinEveryHours = 24  // occurrences are named by a date: two of one rule never share one
	MaxEveryHours = 366 * 24
	MaxEveryDays  = 366
	MaxUseful     = 2 * 24 * 60 // minutes
	MaxDone       = 50
)

const maxRuleID = 100

var (
	ruleID   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:-]*$`) // of at most maxRuleID: a count in it makes a large program
	weekdays = map[string]time.Weekday{
		"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday,
		"TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
	}
)

// CheckRules checks the rules of one person. The error is an invalid-input
// models.Error that names every field.
func CheckRules(rules []Rule) error {
	var c models.Checks
	c.Require(len(rules) <= MaxRules, "rules", "too-many", "There are too many reminders.")
	seen := map[string]bool{}
	for i, r := range rules {
		field := fmt.Sprintf("rules[%d]", i)
		c.Require(!seen[r.ID], field+".id", "used-twice", "Each rule has an id of its own.")
		seen[r.ID] = true
		r.Check(&c, field)
	}
	return c.Err()
}

// Check notes in c whatever keeps the rule from being used. A rule that could
// never fire is refused like one that would fire too often.
func (r Rule) Check(c *models.Checks, field string) {
	c.Require(len(r.ID) <= maxRuleID && ruleID.MatchString(r.ID) && r.ID != DigestRule, field+".id", "bad-id", "An id is 1 to 100 letters, digits and . _ : -")
	c.Require(len(r.Ref) <= 100, field+".ref", "too-long", "This is too long.")
	c.Require(r.Kind.Valid(), field+".kind", "unknown-kind", "There is no reminder of this kind.")
	c.Require(!r.Late || r.Policy == Once, field+".late", "not-with-policy", "Only what comes once may come late.")
	c.Require(r.HearBy == nil || r.Policy == Once, field+".hearBy", "not-with-policy", "Only what comes once is to be heard by an instant.")
	c.Require(r.Say == nil || r.Policy == Once && len(r.Say.Code) <= 40 && len(r.Say.Language) <= models.MaxLanguage, field+".say", "not-with-policy", "Only what comes once has words of its own.")
	c.Require(len(r.Steps) <= len(Steps), field+".steps", "too-many", "There are too many of these.")
	c.Require(r.UsefulMinutes >= 0 && r.UsefulMinutes <= MaxUseful, field+".usefulMinutes", "out-of-range", "This is 1 to 2880 minutes.")
	c.Require(len(r.Done) <= MaxDone, field+".done", "too-many", "There are too many of these.")
	switch r.Policy {
	case Here, Home:
		r.checkWall(c, field)
	case Every, Once:
		r.checkInstant(c, field)
	default:
		c.Fail(field+".policy", "unknown-policy", "Say here, home, every or once.")
	}
}

func (r Rule) checkWall(c *models.Checks, field string) {
	c.Require(r.At == nil && r.EveryHours == 0, field+".at", "not-with-policy", "A rule on a wall clock has a time of day instead.")
	checkTime(c, field+".time", r.Time, r.Kind.Traits().Time != "")
	c.Require(r.EveryDays >= 0 && r.EveryDays <= MaxEveryDays, field+".everyDays", "out-of-range", "This is 1 to 366 days.")
	c.Require(r.EveryDays <= 1 || r.From != "", field+".from", "required", "Every few days needs a first day.")
	for i, d := range r.Days {
		_, ok := weekdays[d]
		c.Require(ok && !slices.Contains(r.Days[:i], d), fmt.Sprintf("%s.days[%d]", field, i), "bad-day", "Days are MO to SU, each once.")
	}
	for name, d := range map[string]string{"from": r.From, "until": r.Until} {
		_, ok := schedule.ParseDay(d)
		c.Require(d == "" || ok, field+"."+name, "no-such-date", "Give a date that exists, as YYYY-MM-DD.")
	}
	if c.Err() == nil {
		c.Require(r.fires(), field, "never-fires", "This would never remind anybody.")
	}
}

func checkTime(c *models.Checks, field, text string, optional bool) {
	s, ok := schedule.ParseClock(text)
	c.Require(ok && s < daySeconds || optional && text == "", field, "bad-time", "Write the time as HH:MM.")
}

// fires tells whether any date is one of the rule's. The pattern of weekdays and
// n-th days repeats after seven times n days.
func (r Rule) fires() bool {
	days := r.days()
	if days.from == 0 {
		return true // no first day: the weekdays come round again
	}
	for d := days.from; d <= days.until && d < days.from+schedule.Day(7*days.every); d++ {
		if days.on(d) {
			return true
		}
	}
	return false
}

func (r Rule) checkInstant(c *models.Checks, field string) {
	c.Require(r.At != nil && !r.At.IsZero(), field+".at", "required", "Give the instant.")
	c.Require(r.Time == "" && len(r.Days) == 0 && r.EveryDays == 0 && r.From == "" && r.Until == "",
		field+".time", "not-with-policy", "A rule of instants has no time of day and no dates.")
	if r.Policy == Once {
		c.Require(r.EveryHours == 0, field+".everyHours", "not-with-policy", "Once is once.")
	} else {
		c.Require(r.EveryHours >= MinEveryHours && r.EveryHours <= MaxEveryHours, field+".everyHours", "out-of-range",
			"An interval is 24 to 8784 hours. For several times a day give times of day.")
	}
	c.Require(r.At == nil || r.Deadline == nil || r.At.Before(*r.Deadline), field+".deadline", "never-fires",
		"This would never remind anybody: it is of no use when it comes.")
}

// pattern is the dates of a wall clock rule.
type pattern struct {
	from, until schedule.Day
	every       int
	weekdays    [7]bool
}

func (r Rule) days() pattern {
	p := pattern{until: 1 << 30, every: max(1, r.EveryDays)}
	p.from, _ = schedule.ParseDay(r.From)
	if d, ok := schedule.ParseDay(r.Until); ok {
		p.until = d
	}
	for _, d := range r.Days {
		p.weekdays[weekdays[d]] = true
	}
	if len(r.Days) == 0 {
		p.weekdays = [7]bool{true, true, true, true, true, true, true}
	}
	return p
}

func (p pattern) on(d schedule.Day) bool {
	return d >= p.from && d <= p.until && int(d-p.from)%p.every == 0 && p.weekdays[d.Weekday()]
}
