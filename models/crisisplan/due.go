package crisisplan

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

const (
	planReviewDays   = 90 // [P]
	naloxoneWarnDays = 30 // [P]
	followUpMonth    = 30
)

var followUpDays = []int{1, 7, 14, 21, 28}

// Due is a review that is due: from On, and no later than By.
type Due struct {
	Trigger Trigger `json:"trigger"`
	On      string  `json:"on"`
	By      string  `json:"by"`
}

// Due lists the reviews that are due, the soonest first. active is what the plan
// says. It is empty only when there is no plan and nothing happened.
func (r Reviews) Due(active Content) []Due {
	out := []Due{}
	add := func(t Trigger, on, by string) {
		if on != "" && by != "" {
			out = append(out, Due{t, on, by})
		}
	}
	for t, on := range r.Waiting {
		if t.acute() { // seen at the follow-up's first step
			add(t, addDays(on, 1), addDays(on, 3))
		} else {
			add(t, on, on)
		}
	}
	add(r.followUp())
	if on := active.NaloxoneRemindOn(); on > r.LastOn {
		add(TriggerNaloxone, on, addDays(on, naloxoneWarnDays))
	}
	add(TriggerInterval, addDays(r.LastOn, planReviewDays), addDays(r.LastOn, planReviewDays))
	slices.SortFunc(out, func(a, b Due) int {
		return cmp.Or(strings.Compare(a.On, b.On), strings.Compare(a.By, b.By), strings.Compare(string(a.Trigger), string(b.Trigger)))
	})
	return out
}

// followUp is the first step after an acute event that no review has reached yet.
func (r Reviews) followUp() (t Trigger, on, by string) {
	event, err := time.Parse(time.DateOnly, r.AcuteOn)
	if err != nil {
		return TriggerFollowUp, "", ""
	}
	passed := -1
	if last, err := time.Parse(time.DateOnly, r.LastOn); err == nil {
		passed = int(last.Sub(event).Hours() / 24)
	}
	days := followUpMonth*max(0, (passed-28)/followUpMonth+1) + 28
	if i := slices.IndexFunc(followUpDays, func(d int) bool { return d > passed }); i >= 0 {
		days = followUpDays[i]
	}
	on = addDays(r.AcuteOn, days)
	if days == followUpDays[0] {
		return TriggerFollowUp, on, addDays(r.AcuteOn, 3)
	}
	return TriggerFollowUp, on, on
}

// NaloxoneRemindOn is the day from which somebody should be reminded that a kit
// runs out: 30 days before the first one does. "" when no kit has a date.
func (c Content) NaloxoneRemindOn() string {
	return addDays(c.NaloxoneExpiresOn(), -naloxoneWarnDays)
}

// NaloxoneExpiresOn is the day on which the first kit runs out, YYYY-MM-DD. "" when
// no kit has a date.
func (c Content) NaloxoneExpiresOn() string {
	if c.Naloxone == nil {
		return ""
	}
	first := ""
	for _, k := range c.Naloxone.Kits {
		if k.ExpiresOn != "" && (first == "" || k.ExpiresOn < first) {
			first = k.ExpiresOn
		}
	}
	return first
}
