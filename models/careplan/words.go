package careplan

import (
	_ "embed"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed data/words.json
var wordsData []byte

// words is the wording of one language, for the patient.
type words struct {
	language  string
	Months    []string          `json:"months"`
	Date      string            `json:"date"`
	Sections  map[string]string `json:"sections"`
	About     map[string]string `json:"about"`
	Fields    map[string]string `json:"fields"`
	Diff      map[string]string `json:"diff"`
	Lead      string            `json:"lead"`
	Asked     string            `json:"asked"`
	Help      string            `json:"help"`
	Why       string            `json:"why"`
	Done      string            `json:"done"`
	Review    string            `json:"review"`
	Expect    string            `json:"expect"`
	NotAgreed string            `json:"not-agreed"`
	Safety    string            `json:"safety"`
	Hold      string            `json:"hold"`
	List      string            `json:"list"`
	Open      string            `json:"open"`
	Nothing   string            `json:"nothing"`
	Agreed    string            `json:"agreed"`
	Part      string            `json:"part"`
}

var wordings = sync.OnceValue(func() map[string]words {
	out := map[string]words{}
	if err := json.Unmarshal(wordsData, &out); err != nil {
		panic("careplan: words.json: " + err.Error()) // built in; a test reads it
	}
	for language, w := range out {
		w.language = language
		out[language] = w
	}
	return out
})

// wordsIn finds a language (BCP 47); one that is not there gets English.
func wordsIn(language string) words {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	w, ok := wordings()[base]
	if !ok {
		w = wordings()["en"]
	}
	return w
}

// fill puts texts into a sentence, by name. What somebody wrote is put in last and is
// not read again.
func (words) fill(sentence string, pairs ...string) string {
	for i := range pairs {
		if i%2 == 0 {
			pairs[i] = "{" + pairs[i] + "}"
		}
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// day writes a date (YYYY-MM-DD).
func (w words) day(date string) string {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return w.fill(w.Date, "month", w.Months[at.Month()-1], "day", strconv.Itoa(at.Day()), "year", strconv.Itoa(at.Year()))
}

// DayIn writes a date (YYYY-MM-DD) in a language (BCP 47), for the patient.
func DayIn(date, language string) string { return wordsIn(language).day(date) }

// name is what an item is called to the patient: its title, else the catalogue's name.
func (w words) name(t Terms) string {
	if t.Title != "" {
		return t.Title
	}
	if e, ok := CatalogueEntry(t.Activity); ok {
		return e.Names[w.language]
	}
	return w.Sections[string(t.Kind)]
}

// told is a value as a text, for a reader who compares.
func told(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var expected []Expected
	if json.Unmarshal(raw, &expected) == nil && len(expected) > 0 && expected[0].By != "" {
		lines := []string{}
		for _, e := range expected {
			lines = append(lines, e.By+": "+e.Words)
		}
		return strings.Join(lines, "; ")
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return strings.Join(many, "; ")
	}
	var checks []Check
	if json.Unmarshal(raw, &checks) == nil {
		many = nil
		for _, c := range checks {
			mark := "[ ] "
			if c.Done {
				mark = "[x] "
			}
			many = append(many, mark+c.Text)
		}
		return strings.Join(many, "; ")
	}
	return string(raw)
}
