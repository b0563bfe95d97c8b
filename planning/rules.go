package planning

import (
	"cmp"
	"slices"
	"time"

	"handrail/care/upkeep"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/reminder"
)

// What fits into reminder.MaxRules beside the notes of a person.
const (
	maxVisits = 20
	maxDates  = 15
)

// visitsAhead is how far ahead visits are planned; it must reach further than notify
// plans entries, by more than the time between two looks at everybody.
const visitsAhead = 21 * 24 * time.Hour

// sources are all rules that follow from what a patient is to be reminded of.
func sources(r upkeep.ToRemind, now time.Time) map[string][]reminder.Rule {
	times := r.CheckIns.Times
	if len(times) == 0 {
		times = []string{""} // the time of the kind, or the patient's choice
	}
	out := map[string][]reminder.Rule{"check-in": reminder.Answered(reminder.ForCheckIn(times, r.CheckIns.Days), r.Answered)}
	for _, m := range r.Medicines {
		out["medicine:"+m.ID] = reminder.ForMedicine(m)
	}
	addVisits(out, r.Visits, r.Account.ID, now)
	addGoals(out, r.Goals)
	addPlan(out, r)
	return out
}

// addVisits says of visits that were booked together once that they are booked: at
// the first of them.
func addVisits(out map[string][]reminder.Rule, visits []visits.Visit, accountID string, now time.Time) {
	said := map[time.Time]bool{}
	n := 0
	for _, v := range visits {
		fresh := now.Sub(v.ChangedAt) < reminder.VisitConfirmed.Traits().Useful && !said[v.ChangedAt]
		if n == maxVisits || v.Start.Sub(now) > visitsAhead && !fresh {
			continue
		}
		rules := reminder.ForVisit(revision(v, accountID))
		if v.SeriesID != "" && said[v.ChangedAt] {
			rules = slices.DeleteFunc(rules, func(r reminder.Rule) bool { return r.Kind == reminder.VisitConfirmed })
		}
		said[v.ChangedAt] = true
		out["visit:"+v.ID] = rules
		n++
	}
}

// revision is a visit as it stands now, for somebody in it.
func revision(v visits.Visit, accountID string) reminder.Visit {
	out := reminder.Visit{ID: v.ID, Revision: v.Sequence, BookedAt: v.ChangedAt, Start: v.Start, Own: v.BookedBy.AccountID == accountID}
	if v.Moved != nil {
		out.Was, out.Own = v.Moved.From, v.Moved.By == accountID
	}
	return out
}

// dated is something that has a local day.
type dated struct{ id, on string }

// addGoals takes the steps of goals and the goals' own dates, the next ones first.
func addGoals(out map[string][]reminder.Rule, goals []models.Goal) {
	var dates []dated
	for _, g := range goals {
		if g.Target != nil && g.Target.DueOn != "" {
			dates = append(dates, dated{g.ID, g.Target.DueOn})
		}
		for _, m := range g.Milestones {
			if m.DueOn != "" && (m.Status == "open" || m.Status == "") {
				dates = append(dates, dated{m.ID, m.DueOn})
			}
		}
	}
	slices.SortFunc(dates, func(a, b dated) int { return cmp.Or(cmp.Compare(b.on, a.on), cmp.Compare(a.id, b.id)) })
	for _, d := range dates[max(0, len(dates)-maxDates):] {
		out["goals"] = append(out["goals"], reminder.ForDate(reminder.Milestone, d.id, d.on)...)
	}
}

// addPlan takes what the crisis plan asks for. That a kit runs out is said as such
// and not as a review.
func addPlan(out map[string][]reminder.Rule, r upkeep.ToRemind) {
	var rules []reminder.Rule
	for _, due := range r.Reviews {
		if due.Trigger != crisisplan.TriggerNaloxone {
			rules = append(rules, reminder.ForDate(reminder.PlanReview, string(due.Trigger), due.By)...)
		}
	}
	rules = append(rules, reminder.ForDate(reminder.PlanRehearsal, "next", r.RehearseOn)...)
	rules = append(rules, reminder.ForDate(reminder.NaloxoneExpiry, "first", r.NaloxoneOn)...)
	if len(rules) > 0 {
		out["crisis-plan"] = rules
	}
}
