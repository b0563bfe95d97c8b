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

// GoalNote is a note on progress. Notes are only added; one that was never meant to be there
// is struck and stays.
type GoalNote struct {
	ID     string    `json:"id"`
	GoalID string    `json:"goalId"`
	Text   string    `json:"text"`
	By     Author    `json:"by"`
	At     time.Time `json:"at"`
	Struck *Struck   `json:"struck,omitempty"`
}

// Struck says that something was entered in error, and why: for the team alone, since it can
// be about somebody else.
type Struck struct {
	At  time.Time `json:"at"`
	Why string    `json:"why,omitempty"`
}

// MaxStruckWhy is how many characters say why.
const MaxStruckWhy = 500

// Strike is the note as entered in error: by who wrote it. Struck already is struck, and its
// first reason stands.
//
// Errors: KindInvalid with "reason"; KindForbidden "not-the-author".
func (n GoalNote) Strike(why string, by Actor, now time.Time) (GoalNote, error) {
	if n.By.AccountID != by.AccountID {
		return n, E(KindForbidden, "not-the-author", "Who wrote this takes it back. Please ask them.")
	}
	var c Checks
	c.Text("reason", why, 1, MaxStruckWhy)
	if err := c.Err(); err != nil || n.Struck != nil {
		return n, err
	}
	n.Struck = &Struck{At: now.UTC().Truncate(time.Millisecond), Why: why}
	return n, nil
}

// ShownTo is the note as a reader has it. A struck one has no words any more, whoever reads:
// they may be about somebody else.
func (n GoalNote) ShownTo(r Role) GoalNote {
	if n.Struck == nil {
		return n
	}
	s := *n.Struck
	if !r.Staff() {
		s.Why = ""
	}
	n.Text, n.Struck = "", &s
	return n
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
