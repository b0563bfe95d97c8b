package record

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// GoalView is a goal with the moves that its reader can make.
type GoalView struct {
	models.Goal
	Moves []models.GoalStatus `json:"moves"`
}

func (ch *Part) viewGoal(g chart.Versioned[models.Goal]) chart.Versioned[GoalView] {
	moves := []models.GoalStatus{}
	if ch.chart.Decide(models.SectionGoals, models.Write).Allowed {
		moves = models.GoalMoves(g.Value.Status, ch.actor, g.Value.ProposedBy.AccountID)
	}
	return chart.Versioned[GoalView]{Value: GoalView{g.Value, moves}, Version: g.Version}
}

// viewGoalBy is a goal as far as a decision goes.
func (ch *Part) viewGoalBy(d models.Decision, g chart.Versioned[models.Goal]) chart.Versioned[GoalView] {
	if d.Scope == models.ScopeMilestones {
		return chart.Versioned[GoalView]{Value: GoalView{g.Value.StepsReached(), []models.GoalStatus{}}, Version: g.Version}
	}
	return ch.viewGoal(g)
}

// Goals lists the patient's goals, newest first. Who sees the shared part only
// gets the goals that the patient marked as shared.
func (ch *Part) Goals(ctx context.Context, cursor string, limit int) (chart.Page[chart.Versioned[GoalView]], error) {
	var out chart.Page[chart.Versioned[GoalView]]
	d, err := ch.chart.May(ctx, models.SectionGoals, models.Read)
	if err != nil {
		return out, err
	}
	page, err := chart.List[models.Goal](ctx, ch.care.store, chart.ColGoals, store.Query{Index: "patient",
		Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, g := range page.Items {
		if d.Whole || g.Value.Shared {
			out.Items = append(out.Items, ch.viewGoalBy(d, g))
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "goals.read", "", len(out.Items))
}

// Goal reads one goal.
func (ch *Part) Goal(ctx context.Context, id string) (chart.Versioned[GoalView], error) {
	d, g, err := ch.readGoal(ctx, id)
	if err != nil {
		return chart.Versioned[GoalView]{}, err
	}
	return ch.viewGoalBy(d, g), ch.chart.NoteRead(ctx, d, "goals.read", id, 1)
}

// readGoal decides about one goal and loads it. What is not shared is not there.
func (ch *Part) readGoal(ctx context.Context, id string) (models.Decision, chart.Versioned[models.Goal], error) {
	d, err := ch.chart.May(ctx, models.SectionGoals, models.Read)
	if err != nil {
		return d, chart.Versioned[models.Goal]{}, err
	}
	g, err := ch.goal(ctx, id)
	if err == nil && !d.Whole && !g.Value.Shared {
		err = models.NotFound()
	}
	return d, g, err
}

// goal loads a goal of this patient.
func (ch *Part) goal(ctx context.Context, id string) (chart.Versioned[models.Goal], error) {
	g, err := chart.Load[models.Goal](ctx, ch.care.store, chart.ColGoals, id)
	if err == nil && g.Value.PatientID != ch.patient {
		return chart.Versioned[models.Goal]{}, models.NotFound()
	}
	return g, err
}

// ProposeGoal adds a goal. The same terms under the same id are the same goal;
// other terms are a conflict and the first stands.
func (ch *Part) ProposeGoal(ctx context.Context, id string, terms models.GoalTerms) (chart.Versioned[GoalView], error) {
	none := chart.Versioned[GoalView]{}
	d, err := ch.chart.May(ctx, models.SectionGoals, models.Write)
	if err != nil {
		return none, err
	}
	g, err := models.NewGoal(id, ch.patient, terms, ch.actor, ch.care.now())
	if err != nil {
		return none, err
	}
	ops, err := ch.goalOps(models.Goal{}, chart.Versioned[models.Goal]{Value: g})
	if err != nil {
		return none, err
	}
	err = ch.chart.Commit(ctx, d, "goal.proposed", id, ops...)
	if models.KindOf(err) == models.KindConflict {
		return ch.sameGoal(ctx, g, err)
	}
	return ch.viewGoal(chart.Versioned[models.Goal]{Value: g, Version: 1}), err
}

// sameGoal answers a repeated proposal with the goal as it is now. What was first
// proposed is in the history.
func (ch *Part) sameGoal(ctx context.Context, again models.Goal, conflict error) (chart.Versioned[GoalView], error) {
	stands, err := chart.First[models.GoalChange](ctx, ch.care.store, chart.ColGoalHistory, goalChangeID(again.ID, 1), conflict)
	if err != nil {
		return chart.Versioned[GoalView]{}, err
	}
	if stands.Value.Goal.PatientID != ch.patient ||
		stands.Value.By.AccountID != ch.actor.AccountID || !chart.SameJSON(stands.Value.Goal.GoalTerms, again.GoalTerms) {
		return chart.Versioned[GoalView]{}, conflict
	}
	g, err := ch.goal(ctx, again.ID)
	return ch.viewGoal(g), err
}

// changeGoal changes a goal if version is still its newest. kind names the change
// for the log; change says it.
func (ch *Part) changeGoal(ctx context.Context, id string, version int64, kind string, change func(*models.Goal) error) (chart.Versioned[GoalView], error) {
	none := chart.Versioned[GoalView]{}
	d, err := ch.chart.May(ctx, models.SectionGoals, models.Write)
	if err != nil {
		return none, err
	}
	g, err := ch.goal(ctx, id)
	if err != nil {
		return none, err
	}
	before := g.Value
	err = change(&g.Value)
	if err == nil && len(models.ChangedFields(before, g.Value)) == 0 {
		return ch.viewGoal(g), nil // a repeated call whose answer was lost
	}
	if g.Version != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	if err != nil {
		return none, err
	}
	ops, err := ch.goalOps(before, g)
	if err != nil {
		return none, err
	}
	if err := ch.chart.Commit(ctx, d, kind, id, ops...); err != nil {
		return none, err
	}
	g.Version++
	return ch.viewGoal(g), nil
}

// EditGoal replaces the terms of a goal.
func (ch *Part) EditGoal(ctx context.Context, id string, version int64, terms models.GoalTerms) (chart.Versioned[GoalView], error) {
	return ch.changeGoal(ctx, id, version, "goal.edited", func(g *models.Goal) error {
		return g.Edit(terms, ch.actor, ch.care.now())
	})
}

// MoveGoal moves a goal to another state.
func (ch *Part) MoveGoal(ctx context.Context, id string, version int64, to models.GoalStatus, reason string) (chart.Versioned[GoalView], error) {
	return ch.changeGoal(ctx, id, version, "goal.moved", func(g *models.Goal) error {
		return g.Move(to, reason, ch.actor, ch.care.now())
	})
}

// AchieveGoal says how far a goal has come.
func (ch *Part) AchieveGoal(ctx context.Context, id string, version int64, code string) (chart.Versioned[GoalView], error) {
	return ch.changeGoal(ctx, id, version, "goal.achievement", func(g *models.Goal) error {
		return g.Achieve(code, ch.care.now())
	})
}

// SetMilestone adds a step of a goal or changes it.
func (ch *Part) SetMilestone(ctx context.Context, id string, version int64, milestoneID string, t models.MilestoneTerms) (chart.Versioned[GoalView], error) {
	return ch.changeGoal(ctx, id, version, "goal.milestone", func(g *models.Goal) error {
		return g.SetMilestone(milestoneID, t, ch.actor, ch.care.now())
	})
}
