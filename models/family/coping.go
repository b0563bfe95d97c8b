package family

import (
	"slices"
	"time"

	"handrail/models"
)

// MaxCopingNote is the longest note, in characters.
const MaxCopingNote = 1000

// CopingWords are the answers to "how are you coping", from best to worst.
var CopingWords = []string{"well", "all-right", "hard", "too-much"}

// Coping is a supporter's own check-in: how they are, and whether they are safe. Nobody
// but them reads it, the clinic neither.
type Coping struct {
	ID         string    `json:"id"`
	AnsweredAt time.Time `json:"answeredAt"`
	Coping     string    `json:"coping"`           // one of CopingWords
	Harm       *bool     `json:"harm,omitempty"`   // thoughts of ending their own life; nil: not said
	Unsafe     *bool     `json:"unsafe,omitempty"` // somebody hurts or threatens them; nil: not said
	Note       string    `json:"note,omitempty"`
}

// Check holds an answer against its limits.
func (v Coping) Check() error {
	var c models.Checks
	c.Require(slices.Contains(CopingWords, v.Coping), "coping", "not-a-choice", "Choose one of those that are offered.")
	c.Text("note", v.Note, 0, MaxCopingNote)
	return c.Err()
}

// Help tells which help of their own an answer opens at once: "crisis" before "safety",
// "" for none.
func (v Coping) Help() string {
	switch {
	case v.Harm != nil && *v.Harm:
		return "crisis"
	case v.Unsafe != nil && *v.Unsafe:
		return "safety"
	}
	return ""
}
