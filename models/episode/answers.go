package episode

import (
	"slices"
	"time"

	"handrail/models"
)

// Answer is what somebody said, and who wrote it down. Declined: they would rather not
// say, which is an answer.
type Answer struct {
	Choice   string        `json:"choice,omitempty"`
	Words    string        `json:"words,omitempty"`
	Declined bool          `json:"declined,omitempty"`
	By       models.Author `json:"by"`
	At       time.Time     `json:"at"`
}

// Said is an answer as it is sent.
type Said struct {
	Question string `json:"question"`
	Choice   string `json:"choice,omitempty"`
	Words    string `json:"words,omitempty"`
	Declined bool   `json:"declined,omitempty"`
}

// Is tells whether an answer says the same.
func (s Said) Is(a Answer) bool {
	return s.Choice == a.Choice && s.Words == a.Words && s.Declined == a.Declined
}

// Answered is the episode with what was said in a section. What somebody else wrote down
// is not asked again: to put it right, again says so. A section that was done stays done.
//
// Errors: KindInvalid with fields; KindConflict "asked-already", "episode-over".
func (e Episode) Answered(section string, said []Said, again bool, by models.Author, now time.Time) (Episode, error) {
	s, known := SectionOf(section)
	if !known {
		return e, models.NotFound()
	}
	if !e.Status.Open() {
		return e, errOver()
	}
	var c models.Checks
	c.Require(len(said) > 0 && len(said) <= len(s.Questions), "answers", "out-of-range", "Answer each question once.")
	seen := map[string]bool{}
	for i, a := range said {
		at := models.Indexed("answers", i)
		q, ok := s.question(a.Question)
		c.Require(ok && !seen[a.Question], at+".question", "not-a-choice", "Choose one of those that are offered, each once.")
		seen[a.Question] = true
		c.Text(at+".words", a.Words, 0, MaxWords)
		c.Require(a.Choice == "" || slices.Contains(q.Choices, a.Choice), at+".choice", "not-a-choice", "Choose one of those that are offered.")
		c.Require(a.Declined || a.Choice != "" || len(q.Choices) == 0 && a.Words != "", at+".choice", "required", "Please answer, or say that it stays unsaid.")
		c.Require(!a.Declined || a.Choice == "" && a.Words == "", at+".declined", "one-of-two", "An answer, or none: not both.")
	}
	if err := c.Err(); err != nil {
		return e, err
	}
	next := map[string]Answer{}
	for k, a := range e.Answers {
		next[k] = a
	}
	for _, a := range said {
		before, there := next[a.Question]
		if there && a.Is(before) {
			continue
		}
		if there && before.By.AccountID != by.AccountID && !again {
			return e, models.E(models.KindConflict, "asked-already", "Somebody has written this down already. Read it first; then you can put it right.")
		}
		next[a.Question] = Answer{a.Choice, a.Words, a.Declined, by, now.UTC().Truncate(time.Millisecond)}
	}
	e.Answers = next
	return e, nil
}

// Open lists the questions of a section that nobody has answered. said are those that are
// known from elsewhere.
func (e Episode) Open(s Section, said map[string]bool) []string {
	out := []string{}
	for _, q := range s.Questions {
		if _, there := e.Answers[q.Key]; !there && !said[q.Key] {
			out = append(out, q.Key)
		}
	}
	return out
}

// Finish is the episode with a section that was done. listGone: the list of medicines was
// gone through since the episode began.
//
// Errors: KindConflict "medicines-not-reviewed", "questions-open", "episode-over".
func (e Episode) Finish(s Section, said map[string]bool, listGone bool, by models.Author, now time.Time) (Episode, error) {
	if _, done := e.Done[s.Key]; done {
		return e, nil
	}
	switch {
	case !e.Status.Open():
		return e, errOver()
	case s.Key == SectionMedicines && !listGone:
		return e, models.E(models.KindConflict, "medicines-not-reviewed", "Go through the list of medicines first.")
	case len(e.Open(s, said)) > 0:
		return e, models.E(models.KindConflict, "questions-open", "Some questions have no answer yet. “Would rather not say” is one.")
	}
	done := map[string]Mark{s.Key: {by, now.UTC().Truncate(time.Millisecond)}}
	for k, m := range e.Done {
		done[k] = m
	}
	e.Done = done
	return e, nil
}

// Commented adds a comment of the patient. The same id again is the same one.
//
// Errors: KindInvalid with "words"; KindConflict "too-many".
func (e Episode) Commented(id, section, words string, now time.Time) (Episode, error) {
	if _, known := SectionOf(section); !known {
		return e, models.NotFound()
	}
	var c models.Checks
	c.Text("words", words, 1, MaxWords)
	if err := c.Err(); err != nil {
		return e, err
	}
	for _, m := range e.Comments {
		if m.ID == id && m.Section == section && m.Words == words {
			return e, nil
		} else if m.ID == id {
			return e, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
		}
	}
	if len(e.Comments) >= MaxComments {
		return e, models.E(models.KindConflict, "too-many", "That is too many. Please talk with your team.")
	}
	e.Comments = append(slices.Clone(e.Comments), Comment{id, section, words, now.UTC().Truncate(time.Millisecond)})
	return e, nil
}
