package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// Goal is what a person wants to reach, in their own words (FHIR Goal).
type Goal struct {
	ID        string `json:"id"`
	PatientID string `json:"patientId"`
	GoalTerms
	LifecycleStatus   string            `json:"lifecycleStatus"`
	StatusReason      string            `json:"statusReason,omitempty"`
	AchievementStatus string            `json:"achievementStatus,omitempty"`
	Moves             []string          `json:"moves"`
	Milestones        []Milestone       `json:"milestones"`
	ProposedBy        Author            `json:"proposedBy"`
	ProposedAt        time.Time         `json:"proposedAt"`
	AcceptedAt        time.Time         `json:"acceptedAt,omitzero"`
	ChangedAt         time.Time         `json:"changedAt"`
	WrittenBy         map[string]Author `json:"writtenBy,omitempty"`
}

// GoalTerms is what can be written about a goal.
type GoalTerms struct {
	Title     string      `json:"title"`               // In the patient's own words.
	Why       string      `json:"why,omitempty"`       // Why it matters, in the patient's own words.
	Domain    string      `json:"domain"`              // One of: mental-health, substance-use, health, relationships, housing, work, legal, other.
	Barriers  []string    `json:"barriers,omitempty"`  // What may get in the way.
	Shared    bool        `json:"shared,omitempty"`    // Family and friends with the scope goals.shared may see it. Only the patient sets it.
	Strengths []string    `json:"strengths,omitempty"` // What helps.
	Target    *GoalTarget `json:"target,omitempty"`
}

// GoalTarget is what can be measured about it.
type GoalTarget struct {
	Measure    string   `json:"measure"`
	Comparator string   `json:"comparator,omitempty"` // How the value is meant. One of: <=, >=, =.
	Value      *float64 `json:"value,omitempty"`
	Unit       string   `json:"unit,omitempty"`
	DueOn      string   `json:"dueOn,omitempty"` // YYYY-MM-DD
}

// Milestone is a step of a goal.
type Milestone struct {
	ID      string    `json:"id"`
	AddedBy Author    `json:"addedBy"`
	DoneAt  time.Time `json:"doneAt,omitzero"`
	MilestoneTerms
}

// MilestoneTerms is what can be written about a step.
type MilestoneTerms struct {
	Title    string `json:"title"`
	Status   string `json:"status,omitempty"`   // One of: open, done, dropped.
	DueOn    string `json:"dueOn,omitempty"`    // YYYY-MM-DD
	Evidence string `json:"evidence,omitempty"` // What shows that it is done.
}

// GoalNote is a note on progress.
type GoalNote struct {
	ID     string    `json:"id"`
	GoalID string    `json:"goalId"`
	Text   string    `json:"text"`
	By     Author    `json:"by"`
	At     time.Time `json:"at"`
	Struck *Struck   `json:"struck,omitempty"`
}

// Struck says that a note was entered in error: when, and to the team why.
type Struck struct {
	At  time.Time `json:"at"`
	Why string    `json:"why,omitempty"`
}

// Goals lists the patient's goals, newest first.
func (ch *Chart) Goals(ctx context.Context) iter.Seq2[Versioned[Goal], error] {
	return pages[Versioned[Goal]](ctx, ch.c, ch.path+"/goals", nil)
}

// Goal reads one.
func (ch *Chart) Goal(ctx context.Context, id string) (Versioned[Goal], error) {
	return versioned[Goal](ctx, ch.c, Request{Method: http.MethodGet, Path: at(ch.path+"/goals", id)})
}

// ProposeGoal adds a goal. A patient's own is accepted by that.
func (ch *Chart) ProposeGoal(ctx context.Context, terms GoalTerms) (Versioned[Goal], error) {
	return versioned[Goal](ctx, ch.c, Request{Method: http.MethodPost, Path: ch.path + "/goals", SameTwice: true, Body: struct {
		ID string `json:"id"`
		GoalTerms
	}{NewID(), terms}})
}

// EditGoal writes the terms of a goal that was read before.
//
// Errors: version-not-newest.
func (ch *Chart) EditGoal(ctx context.Context, g Versioned[Goal]) (Versioned[Goal], error) {
	return ch.changeGoal(ctx, http.MethodPut, g, "", g.Value.GoalTerms)
}

// MoveGoal gives a goal another lifecycle status, one of its Moves.
//
// Errors: version-not-newest.
func (ch *Chart) MoveGoal(ctx context.Context, g Versioned[Goal], to, reason string) (Versioned[Goal], error) {
	return ch.changeGoal(ctx, http.MethodPost, g, "/transitions", struct {
		To     string `json:"to"`
		Reason string `json:"reason,omitempty"`
	}{to, reason})
}

// AddMilestone adds a step to a goal.
//
// Errors: version-not-newest.
func (ch *Chart) AddMilestone(ctx context.Context, g Versioned[Goal], terms MilestoneTerms) (Versioned[Goal], error) {
	return ch.changeGoal(ctx, http.MethodPost, g, "/milestones", struct {
		ID string `json:"id"`
		MilestoneTerms
	}{NewID(), terms})
}

// EditMilestone writes the terms of a step, or marks it done.
//
// Errors: version-not-newest.
func (ch *Chart) EditMilestone(ctx context.Context, g Versioned[Goal], milestoneID string, terms MilestoneTerms) (Versioned[Goal], error) {
	return ch.changeGoal(ctx, http.MethodPut, g, at("/milestones", milestoneID), terms)
}

func (ch *Chart) changeGoal(ctx context.Context, method string, g Versioned[Goal], what string, body any) (Versioned[Goal], error) {
	return versioned[Goal](ctx, ch.c, Request{Method: method, Path: at(ch.path+"/goals", g.Value.ID) + what, IfMatch: g.ETag, Body: body})
}

// GoalNotes lists the notes on a goal's progress, newest first.
func (ch *Chart) GoalNotes(ctx context.Context, goalID string) iter.Seq2[GoalNote, error] {
	return pages[GoalNote](ctx, ch.c, at(ch.path+"/goals", goalID, "notes"), nil)
}

// AddGoalNote adds one.
func (ch *Chart) AddGoalNote(ctx context.Context, goalID, text string) (GoalNote, error) {
	return into[GoalNote](ctx, ch.c, Request{Method: http.MethodPost, Path: at(ch.path+"/goals", goalID, "notes"), SameTwice: true,
		Body: map[string]string{"id": NewID(), "text": text}})
}
