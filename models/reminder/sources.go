package reminder

import (
	"fmt"
	"time"

	"handrail/models/schedule"
)

// Visit is what is known of a visit. Revision grows whenever it moves, so that a
// visit at a new time is reminded of anew.
type Visit struct {
	ID       string
	Revision int
	BookedAt time.Time // of this revision
	Start    time.Time
	Was      time.Time // the start before this revision; zero: there was none
	Own      bool      // the person booked or moved it: they know, and it is only confirmed
}

// Notice is how long before a visit people must hear that it was made, moved or called
// off: whoever hears of it later has set out already, or can't come any more.
const Notice = 2 * time.Hour

// hearBy is the last good moment to hear of this revision, by its new start and by
// the one that somebody would come to in vain; nil: there is no haste.
func (v Visit) hearBy() *time.Time {
	if v.Own {
		return nil
	}
	first := v.Start
	if v.Was.After(v.BookedAt) && v.Was.Before(first) {
		first = v.Was
	}
	first = first.UTC().Add(-Notice)
	return &first
}

// visitLeads are how long before a visit something is said.
var visitLeads = []struct {
	id   string
	kind Kind
	lead time.Duration
}{{"24h", VisitAhead, 24 * time.Hour}, {"1h", VisitSoon, time.Hour}, {"10min", VisitNow, 10 * time.Minute}}

// ForVisit makes the rules of one visit: that it is booked, a day before, an hour
// before, ten minutes before. None is of use once the visit begins, but the last:
// who is late still wants the link.
func ForVisit(v Visit) []Rule {
	id := func(part string) string { return fmt.Sprintf("visit:%s:%d:%s", v.ID, v.Revision, part) }
	start := v.Start.UTC()
	booked := once(id("booked"), VisitConfirmed, v.ID, v.BookedAt, &start)
	booked.Late, booked.HearBy = true, v.hearBy()
	out := []Rule{booked}
	for _, l := range visitLeads {
		deadline := &start
		if l.kind == VisitNow {
			deadline = nil
		}
		out = append(out, once(id(l.id), l.kind, v.ID, start.Add(-l.lead), deadline))
	}
	return out
}

func once(id string, k Kind, ref string, at time.Time, deadline *time.Time) Rule {
	at = at.UTC()
	return Rule{ID: id, Kind: k, Ref: ref, Policy: Once, At: &at, Deadline: deadline}
}

// ForCheckIn makes the rule of a patient's own check-in times; one rule a time.
// Days are "MO".."SU", none for every day.
func ForCheckIn(times, days []string) []Rule {
	return daily("check-in", CheckIn, "", Here, times, days)
}

// Answered tells the rules of ForCheckIn when check-ins were answered, the oldest
// first: what is done is not asked for again on its day.
func Answered(rules []Rule, at []time.Time) []Rule {
	at = at[max(0, len(at)-MaxDone):]
	for i := range rules {
		rules[i].Done = at
	}
	return rules
}

func daily(id string, k Kind, ref string, policy Policy, times, days []string) []Rule {
	out := make([]Rule, 0, len(times))
	for i, t := range times {
		r := Rule{ID: id, Kind: k, Ref: ref, Policy: policy, Time: t, Days: days}
		if i > 0 {
			r.ID = fmt.Sprintf("%s:%d", id, i+1)
		}
		out = append(out, r)
	}
	return out
}

// dateLeads are how many days before its date something is said; below 0: after it, if
// it was not done by then (what is done has another date, or none).
var dateLeads = map[Kind][]int{
	Milestone:      {3, 0},
	PlanReview:     {7, 0, -1},
	PlanRehearsal:  {0, -3},
	NaloxoneExpiry: {30, 7, 0},
	Education:      {0},
}

// ForDate makes the rules of something that has a local date (YYYY-MM-DD): a
// milestone, a review or rehearsal of the crisis plan, the end of naloxone's shelf
// life, a module to read. The time of day is the person's choice. A date that does
// not exist gives none.
func ForDate(k Kind, id, date string) []Rule {
	day, ok := schedule.ParseDay(date)
	if !ok {
		return nil
	}
	var out []Rule
	for _, lead := range dateLeads[k] {
		on := (day - schedule.Day(lead)).String()
		out = append(out, Rule{ID: fmt.Sprintf("%s:%s:%dd", k, id, lead), Kind: k, Ref: id, Policy: Here, From: on, Until: on})
	}
	return out
}

// Note makes the rule of something that is said once, now: a use case has
// something to look at. key names it, so that it is said once.
func Note(k Kind, key, ref string, at time.Time) Rule {
	r := once("note:"+key, k, ref, at, nil)
	r.Late = true
	return r
}
