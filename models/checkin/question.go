package checkin

import (
	_ "embed"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Question is one of the known questions of a check-in.
type Question struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"` // scale, number, yes-no, choice, text
	Min     float64  `json:"min,omitempty"`
	Max     float64  `json:"max,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Choices []string `json:"choices,omitempty"` // codes
	MaxText int      `json:"maxText,omitempty"` // characters
	Safety  bool     `json:"safety,omitempty"`  // an answer may need help at once
	// Text by language (BCP 47 base).
	Text map[string]QuestionText `json:"text"`
}

// QuestionText is a question in one language.
type QuestionText struct {
	Ask         string            `json:"ask"`
	Low         string            `json:"low,omitempty"`  // what the lowest value means
	High        string            `json:"high,omitempty"` // what the highest value means
	ChoiceTexts map[string]string `json:"choiceTexts,omitempty"`
}

//go:embed data/questions.json
var questionsData []byte

// Questions lists the known questions in the order in which a form offers them.
var Questions = sync.OnceValue(func() []Question {
	var out []Question
	if err := json.Unmarshal(questionsData, &out); err != nil {
		panic("models: questions.json: " + err.Error()) // built in; a test reads it
	}
	return out
})

// FindQuestion finds a known question.
func FindQuestion(id string) (Question, bool) {
	i, ok := questionPlaces()[id]
	if !ok {
		return Question{}, false
	}
	return Questions()[i], true
}

// questionPlaces is where in Questions each is.
var questionPlaces = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for i, q := range slices.Backward(Questions()) {
		out[q.ID] = i
	}
	return out
})

// In is the question's text in a language, in English when there is none.
func (q Question) In(language string) QuestionText {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if t, ok := q.Text[base]; ok {
		return t
	}
	return q.Text["en"]
}

// accepts holds an answer, as JSON decodes it, against the question.
func (q Question) accepts(v any) bool {
	switch q.Kind {
	case "scale", "number":
		n, ok := v.(float64)
		return ok && n >= q.Min && n <= q.Max && (q.Kind == "number" || n == math.Trunc(n))
	case "yes-no":
		_, ok := v.(bool)
		return ok
	case "choice":
		s, ok := v.(string)
		return ok && slices.Contains(q.Choices, s)
	case "text":
		s, ok := v.(string)
		return ok && utf8.ValidString(s) && utf8.RuneCountInString(s) <= q.MaxText
	}
	return false
}

// Measure reads the answer to this question as a number; a yes is 1. False when
// there is none.
func (q Question) Measure(c CheckIn) (float64, bool) {
	switch x := c.Answers[q.ID].(type) {
	case float64:
		return x, true
	case bool:
		if x {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}
