package family

import (
	"slices"
	"time"

	"handrail/models"
)

// How much a supporter keeps of what they want to do, texts in characters.
const (
	MaxOwnTitle = 200
	MaxOwnNote  = 500
	MaxOwn      = 100 // goals and tasks together
)

// OwnKinds are what a supporter keeps for themselves: something to reach, something to do.
var OwnKinds = []string{"goal", "task"}

// OwnGoal is a goal or a task of a supporter about their own life. It is theirs alone: no
// patient, no team and no office reads it, and no reminder comes of it.
type OwnGoal struct {
	ID     string     `json:"id"`
	MadeAt time.Time  `json:"madeAt"`
	DoneAt *time.Time `json:"doneAt,omitempty"`
	OwnGoalTerms
}

// OwnGoalTerms is what can be written of one.
type OwnGoalTerms struct {
	Kind  string `json:"kind"` // one of OwnKinds
	Title string `json:"title"`
	Note  string `json:"note,omitempty"`
	DueOn string `json:"dueOn,omitempty"` // YYYY-MM-DD
	Done  bool   `json:"done,omitempty"`
}

// Check holds the terms against their limits.
func (t OwnGoalTerms) Check() error {
	var c models.Checks
	c.Require(slices.Contains(OwnKinds, t.Kind), "kind", "not-a-choice", "Choose one of those that are offered.")
	c.Text("title", t.Title, 1, MaxOwnTitle)
	c.Text("note", t.Note, 0, MaxOwnNote)
	c.Date("dueOn", t.DueOn)
	return c.Err()
}

// Write puts terms in the place of those before. What is done keeps the moment at which
// it was.
func (g OwnGoal) Write(t OwnGoalTerms, now time.Time) OwnGoal {
	if !t.Done {
		g.DoneAt = nil
	} else if g.DoneAt == nil {
		at := now.UTC().Truncate(time.Millisecond)
		g.DoneAt = &at
	}
	g.OwnGoalTerms = t
	return g
}
