package models

import (
	"reflect"
	"time"
)

// GoalChange is one entry of a goal's history: who changed which fields, and what
// the goal was afterwards.
type GoalChange struct {
	GoalID  string    `json:"goalId"`
	Version int64     `json:"version"`
	At      time.Time `json:"at"`
	By      Author    `json:"by"`
	Fields  []string  `json:"fields"`
	Goal    Goal      `json:"goal"`
}

// GoalNote is a note on progress. Notes are only added.
type GoalNote struct {
	ID     string    `json:"id"`
	GoalID string    `json:"goalId"`
	Text   string    `json:"text"`
	By     Author    `json:"by"`
	At     time.Time `json:"at"`
}

// CheckGoalNote holds the limits of a note.
func CheckGoalNote(text string) error {
	var c Checks
	c.Text("text", text, 1, 2000)
	return c.Err()
}

// ChangedFields names the fields in which two states of a goal differ.
func ChangedFields(before, after Goal) []string {
	out := []string{}
	for _, f := range []struct {
		name string
		a, b any
	}{
		{"title", before.Title, after.Title}, {"why", before.Why, after.Why}, {"domain", before.Domain, after.Domain},
		{"barriers", before.Barriers, after.Barriers}, {"strengths", before.Strengths, after.Strengths},
		{"target", before.Target, after.Target}, {"shared", before.Shared, after.Shared},
		{"lifecycleStatus", before.Status, after.Status}, {"statusReason", before.StatusWhy, after.StatusWhy},
		{"achievementStatus", before.Achievement, after.Achievement}, {"milestones", before.Milestones, after.Milestones},
	} {
		if !reflect.DeepEqual(f.a, f.b) {
			out = append(out, f.name)
		}
	}
	return out
}
