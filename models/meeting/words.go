package meeting

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"handrail/models/careplan"
	"handrail/models/task"
)

//go:embed data/words.json
var wordsData []byte

// words is the wording of one language, for the patient.
type words struct {
	Open   string `json:"open"`
	None   string `json:"none"`
	Who    string `json:"who"`
	View   string `json:"view"`
	Done   string `json:"done"`
	Not    string `json:"not"`
	Answer string `json:"answer"`
}

var wordings = sync.OnceValue(func() map[string]words {
	out := map[string]words{}
	if err := json.Unmarshal(wordsData, &out); err != nil {
		panic("meeting: words.json: " + err.Error()) // built in; a test reads it
	}
	return out
})

// Summary is what a patient is told of a meeting, in their language. What people wrote
// stands as they wrote it.
type Summary struct {
	Language string   `json:"language"`
	Opening  []string `json:"opening"`
	Lines    []Line   `json:"lines"`
	Closing  string   `json:"closing"`
}

// Line is one decision: the team's words for the patient, and sentences about it.
type Line struct {
	Decision  string   `json:"decision"`
	Text      string   `json:"text"`
	Sentences []string `json:"sentences"`
}

// Say is a decision with where its task stands, and the day until when (YYYY-MM-DD, where
// the patient is).
type Say struct {
	Decision Decision
	Owner    string
	Status   task.Status
	Day      string
}

// SummaryOf tells a meeting of a day (YYYY-MM-DD) in a language (BCP 47; one that is not
// there gets English).
func SummaryOf(day, said string, decisions []Say, language string) Summary {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	w, ok := wordings()[base]
	if !ok {
		base, w = "en", wordings()["en"]
	}
	out := Summary{Language: base, Opening: []string{fill(w.Open, "day", careplan.DayIn(day, base))}, Lines: []Line{}, Closing: w.Answer}
	if said != "" {
		out.Opening = append(out.Opening, said)
	}
	if len(decisions) == 0 {
		out.Opening = append(out.Opening, w.None)
	}
	for _, d := range decisions {
		l := Line{Decision: d.Decision.ID, Text: d.Decision.ForPatient, Sentences: []string{}}
		if d.Decision.PatientView != "" {
			l.Sentences = append(l.Sentences, fill(w.View, "text", d.Decision.PatientView))
		}
		switch d.Status {
		case task.Completed:
			l.Sentences = append(l.Sentences, w.Done)
		case task.Cancelled:
			l.Sentences = append(l.Sentences, w.Not)
		default:
			l.Sentences = append(l.Sentences, fill(w.Who, "name", d.Owner, "day", careplan.DayIn(d.Day, base)))
		}
		out.Lines = append(out.Lines, l)
	}
	return out
}

// fill puts texts into a sentence, by name. What somebody wrote is not read again.
func fill(sentence string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}
