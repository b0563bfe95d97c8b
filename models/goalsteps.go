package models

import "time"

// stepsTitle stands where a goal's own words are not shared.
const stepsTitle = "Steps reached"

// StepsReached is what somebody sees with whom only the steps are shared (scope
// milestones): the steps that are done and when, of a goal without its own words.
func (g Goal) StepsReached() Goal {
	out := Goal{ID: g.ID, PatientID: g.PatientID, Status: GoalActive, Milestones: []Milestone{},
		GoalTerms: GoalTerms{Title: stepsTitle, Domain: "other", Shared: true}}
	for _, m := range g.Milestones {
		if m.Status != "done" {
			continue
		}
		out.Milestones = append(out.Milestones, Milestone{ID: m.ID, MilestoneTerms: MilestoneTerms{Title: m.Title, Status: m.Status}, DoneAt: m.DoneAt})
		if m.DoneAt != nil && m.DoneAt.After(out.ChangedAt) {
			out.ChangedAt = *m.DoneAt
		}
	}
	if out.ChangedAt.IsZero() {
		out.ChangedAt = time.Unix(0, 0).UTC()
	}
	out.ProposedAt = out.ChangedAt
	return out
}
