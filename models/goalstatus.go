package models

import (
	"slices"
	"time"
)

// GoalStatus is FHIR R4's goal-status.
type GoalStatus string

// The states of a goal.
const (
	GoalProposed  GoalStatus = "proposed"
	GoalPlanned   GoalStatus = "planned"
	GoalAccepted  GoalStatus = "accepted"
	GoalActive    GoalStatus = "active"
	GoalOnHold    GoalStatus = "on-hold"
	GoalCompleted GoalStatus = "completed"
	GoalCancelled GoalStatus = "cancelled"
	GoalError     GoalStatus = "entered-in-error"
	GoalRejected  GoalStatus = "rejected"
)

// GoalStatuses lists every state.
var GoalStatuses = []GoalStatus{GoalProposed, GoalPlanned, GoalAccepted, GoalActive, GoalOnHold,
	GoalCompleted, GoalCancelled, GoalError, GoalRejected}

// goalMoves are the moves that exist; there is no other.
var goalMoves = map[GoalStatus][]GoalStatus{
	GoalProposed:  {GoalAccepted, GoalRejected, GoalCancelled, GoalError},
	GoalAccepted:  {GoalPlanned, GoalActive, GoalOnHold, GoalCompleted, GoalCancelled, GoalError},
	GoalPlanned:   {GoalActive, GoalOnHold, GoalCompleted, GoalCancelled, GoalError},
	GoalActive:    {GoalOnHold, GoalCompleted, GoalCancelled, GoalError},
	GoalOnHold:    {GoalActive, GoalPlanned, GoalCompleted, GoalCancelled, GoalError},
	GoalCompleted: {GoalActive, GoalError},
	GoalCancelled: {GoalActive, GoalError},
	GoalRejected:  {GoalError},
	GoalError:     nil,
}

// Ended tells whether the goal is over: its terms and milestones stand still.
func (s GoalStatus) Ended() bool {
	return s == GoalCompleted || s == GoalCancelled || s == GoalError || s == GoalRejected
}

// GoalMoves lists where a goal can go from here, for this person.
func GoalMoves(from GoalStatus, by Actor, proposedBy string) []GoalStatus {
	out := []GoalStatus{}
	for _, to := range goalMoves[from] {
		if mayMoveGoal(to, by, proposedBy) {
			out = append(out, to)
		}
	}
	return out
}

// mayMoveGoal: a yes or a no is the patient's alone; calling something a mistake
// is for its author and for staff.
func mayMoveGoal(to GoalStatus, by Actor, proposedBy string) bool {
	switch to {
	case GoalAccepted, GoalRejected:
		return by.Role == RolePatient
	case GoalError:
		return by.AccountID == proposedBy || by.Role.Staff()
	}
	return true
}

// Move changes the state. Errors: KindConflict for a move that does not exist,
// KindForbidden for one that is somebody else's to make, KindInvalid.
func (g *Goal) Move(to GoalStatus, reason string, by Actor, now time.Time) error {
	var c Checks
	c.Text("reason", reason, 0, MaxGoalReason)
	c.Require(slices.Contains(GoalStatuses, to), "to", "unknown-status", "This state is not known.")
	if err := c.Err(); err != nil {
		return err
	}
	if g.Status == to && g.StatusWhy == reason {
		return nil // said twice
	}
	if !slices.Contains(goalMoves[g.Status], to) {
		return E(KindConflict, "goal-move-not-allowed", "The goal can't go there from where it is.")
	}
	if !mayMoveGoal(to, by, g.ProposedBy.AccountID) {
		return E(KindForbidden, "not-yours-to-decide", "This is for the patient to decide, or for who wrote it.")
	}
	now = now.UTC().Truncate(time.Millisecond)
	g.Status, g.StatusWhy, g.ChangedAt = to, reason, now
	if to == GoalAccepted {
		g.AcceptedAt = &now
	}
	return nil
}

// Achieve says how far the goal has come. "" takes it back.
func (g *Goal) Achieve(code string, now time.Time) error {
	var c Checks
	c.Require(code == "" || slices.Contains(GoalAchievements, code), "achievementStatus", "unknown-code", "This code is not known.")
	if err := c.Err(); err != nil {
		return err
	}
	g.Achievement, g.ChangedAt = code, now.UTC().Truncate(time.Millisecond)
	return nil
}
