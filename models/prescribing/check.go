package prescribing

import (
	"slices"
	"strings"
	"time"

	"handrail/models"
)

func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// Check holds terms against what they can be. Whether the people may do it, the chart
// says. Errors: KindInvalid with fields.
func (t Terms) Check(now time.Time) error {
	var c models.Checks
	t.checkPrescribers(&c)
	c.Require(t.AnswerHours >= leastHours && t.AnswerHours <= mostHours, "answerHours", "out-of-range", "Give 1 to 336 hours.")
	c.Require(t.ReviewEveryDays >= 1 && t.ReviewEveryDays <= mostDays, "reviewEveryDays", "out-of-range", "Give 1 to 366 days.")
	c.Require(t.ReviewOwner != "", "reviewOwner", "required", "Say who looks after it.")
	c.Require(len(t.Watches) <= MaxWatches, "watches", "too-many", "That is too many entries.")
	for i, w := range t.Watches[:min(len(t.Watches), MaxWatches)] {
		w.check(&c, models.Indexed("watches", i), now)
	}
	c.Require(len(t.Signs) <= MaxSigns, "signs", "too-many", "That is too many entries.")
	for i, s := range t.Signs[:min(len(t.Signs), MaxSigns)] {
		at := models.Indexed("signs", i)
		c.Text(at+".words", s.Words, 1, MaxText)
		c.Text(at+".then", s.Then, 1, MaxText)
		c.Require(s.Owner != "", at+".owner", "required", "Say who looks after it.")
	}
	c.Require(len(t.Intolerable) <= MaxSigns, "intolerable", "too-many", "That is too many entries.")
	for i, e := range t.Intolerable[:min(len(t.Intolerable), MaxSigns)] {
		c.Text(models.Indexed("intolerable", i)+".effect", e.Effect, 1, MaxText)
		c.Text(models.Indexed("intolerable", i)+".then", e.Then, 1, MaxText)
	}
	c.Require(len(t.Besides) <= MaxSigns, "besides", "too-many", "That is too many entries.")
	for i, b := range t.Besides[:min(len(t.Besides), MaxSigns)] {
		c.Text(models.Indexed("besides", i), b, 1, MaxText)
	}
	return c.Err()
}

func (t Terms) checkPrescribers(c *models.Checks) {
	c.Require(len(t.Prescribers) >= 2, "prescribers", "two-prescribers", "An agreement is between two prescribers or more.")
	c.Require(len(t.Prescribers) <= MaxPrescribers, "prescribers", "too-many", "That is too many entries.")
	var seen []string
	var changed []string
	for i, p := range t.Prescribers[:min(len(t.Prescribers), MaxPrescribers)] {
		at := models.Indexed("prescribers", i)
		c.Require(p.AccountID != "", at+".accountId", "required", "Say who it is.")
		c.Require(!slices.Contains(seen, p.AccountID), at+".accountId", "named-twice", "Name each person once.")
		seen = append(seen, p.AccountID)
		c.Require(len(p.Changes) <= MaxNames, at+".changes", "too-many", "That is too many entries.")
		for j, name := range p.Changes[:min(len(p.Changes), MaxNames)] {
			field := models.Indexed(at+".changes", j)
			c.Text(field, name, 1, 200)
			c.Require(!slices.ContainsFunc(changed, func(n string) bool { return same(n, name) }), field, "named-twice", "One prescriber changes a medicine. Name it once.")
			changed = append(changed, name)
		}
	}
}

func (w Watch) check(c *models.Checks, at string, now time.Time) {
	c.Require(slices.Contains(Watched, w.What), at+".what", "not-a-choice", "Choose one of those that are offered.")
	c.Text(at+".medicine", w.Medicine, 0, 200)
	c.Require(w.Owner != "", at+".owner", "required", "Say who looks after it.")
	c.Require(w.EveryDays >= 1 && w.EveryDays <= mostDays, at+".everyDays", "out-of-range", "Give 1 to 366 days.")
	first, err := time.Parse(time.DateOnly, w.FirstOn)
	if err != nil {
		c.Fail(at+".firstOn", "not-a-day", "Write the day as YYYY-MM-DD.")
		return
	}
	c.Require(!first.Before(now.Add(-36*time.Hour)), at+".firstOn", "in-the-past", "Give a day that is still to come.")
	c.Require(first.Before(now.AddDate(1, 0, 2)), at+".firstOn", "too-far", "Give a day within a year.")
}
