package models

import (
	"slices"
	"time"
)

// Milestone is a step towards a goal.
type Milestone struct {
	ID string `json:"id"`
	MilestoneTerms
	AddedBy Author     `json:"addedBy"`
	DoneAt  *time.Time `json:"doneAt,omitempty"`
}

// MilestoneTerms is what can be written about a step.
type MilestoneTerms struct {
	Title    string `json:"title"`
	DueOn    string `json:"dueOn,omitempty"`
	Status   string `json:"status,omitempty"`
	Evidence string `json:"evidence,omitempty"`
}

// MilestoneStates are the states of a step. There is no "late": a day that went by
// is a reason to talk, not a mark.
var MilestoneStates = []string{"open", "done", "dropped"}

// SetMilestone adds a step or changes it. The same step with the same terms again
// changes nothing. Errors: KindInvalid, KindConflict (the goal has ended).
func (g *Goal) SetMilestone(id string, t MilestoneTerms, by Actor, now time.Time) error {
	if g.Status.Ended() {
		return errGoalEnded()
	}
	if t.Status == "" {
		t.Status = MilestoneStates[0]
	}
	var c Checks
	c.Text("title", t.Title, 1, MaxGoalTitle)
	c.Text("evidence", t.Evidence, 0, MaxEvidence)
	c.Date("dueOn", t.DueOn)
	c.Require(slices.Contains(MilestoneStates, t.Status), "status", "unknown-status", "A step is open, done or dropped.")
	i := slices.IndexFunc(g.Milestones, func(m Milestone) bool { return m.ID == id })
	c.Require(i >= 0 || len(g.Milestones) < maxGoalMilestones, "id", "too-many", "A goal can have 30 steps.")
	if err := c.Err(); err != nil {
		return err
	}
	now = now.UTC().Truncate(time.Millisecond)
	// The list is copied: the goal as it was before must keep its own for the history.
	g.Milestones = slices.Clone(g.Milestones)
	if i < 0 {
		g.Milestones = append(g.Milestones, Milestone{ID: id, AddedBy: AuthorOf(by)})
		i = len(g.Milestones) - 1
	}
	m := &g.Milestones[i]
	switch {
	case t.Status != "done":
		m.DoneAt = nil
	case m.Status != "done":
		m.DoneAt = &now
	}
	m.MilestoneTerms, g.ChangedAt = t, now
	return nil
}
