package education

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"handrail/models/reading"
)

// Reading five minutes: a slow reader manages about a hundred words a minute on a
// phone, and the question takes one more.
const (
	wordsPerMinute = 100
	minMinutes     = 4
	maxMinutes     = 7
	gatedFrom      = 100 // words: a shorter text says nothing about reading
	maxPerSentence = 15  // words, on average
	maxSentence    = 25  // words, of one
	maxStepWords   = 30  // of one step of a numbered list
	maxStepParts   = 3   // sentences of one step
	maxSection     = 180 // words under one heading
	maxPassive     = 0.1 // share of sentences
)

// Finding is one thing in a module that is not as a reader needs it.
type Finding struct {
	Rule  string `json:"rule"`  // stable: "reading", "hard-word", ...
	Where string `json:"where"` // a field, or a section as "body.s2"
	Text  string `json:"text"`  // what to do, in a sentence
}

// Score is one figure about a text and what it should be. Counts stand beside it.
type Score struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Target string  `json:"target,omitempty"` // "" for a figure that is only reported
	OK     bool    `json:"ok"`
}

// Measure is what was counted in a module.
type Measure struct {
	reading.Counts
	Minutes int     `json:"minutes"`
	Gated   bool    `json:"gated"` // false: too short, or a language without a formula
	Scores  []Score `json:"scores"`
}

// MeasureOf counts the words that a reader reads: all but headings.
func MeasureOf(m Module) Measure {
	c := reading.Count(reading.Text{Language: m.Language, Blocks: texts(m), Names: medicines(m.Language)})
	out := Measure{Counts: c, Minutes: (c.Words+wordsPerMinute/2)/wordsPerMinute + 1, Scores: []Score{}}
	most := func(name string, value, target float64) {
		out.Scores = append(out.Scores, Score{name, value, fmt.Sprintf("at most %g", target), value <= target})
	}
	least := func(name string, value, target float64) {
		out.Scores = append(out.Scores, Score{name, value, fmt.Sprintf("at least %g", target), value >= target})
	}
	only := func(name string, value float64) { out.Scores = append(out.Scores, Score{name, value, "", true}) }
	switch grade := float64(m.Level); base(m.Language) {
	case "en":
		most("flesch-kincaid", c.FleschKincaid(), grade)
		least("flesch-ease", c.FleschEase(), 80)
		most("fog", c.Fog(), 8)
		most("smog", c.SMOG(), 7)
		most("coleman-liau", c.ColemanLiau(), 6)
		most("ari", c.ARI(), 6)
	case "es":
		least("fernandez-huerta", c.FernandezHuerta(), 70)
		least("szigriszt", c.Szigriszt(), 65)
		most("crawford", c.Crawford(), grade)
		only("gutierrez", c.Gutierrez())
	default: // Arabic needs tashkeel for a formula, others have none: counted, not gated
		return out
	}
	out.Gated = c.Words >= gatedFrom
	return out
}

// texts are all words of a module that are read as sentences.
func texts(m Module) []string {
	out := append([]string{m.Summary, m.Try, m.Question.Text}, Blocks(m.Body)...)
	for _, a := range m.Question.Answers {
		out = append(out, a.Text, a.Feedback)
	}
	return out
}

// all are the words with title and headings.
func all(m Module) string {
	return strings.Join(append(append([]string{m.Title}, Headings(m.Body)...), texts(m)...), "\n")
}

func medicines(language string) map[string]bool {
	out := map[string]bool{}
	for _, h := range Glossary() {
		if h.Medicine {
			for _, form := range h.Languages[base(language)].Forms {
				out[form] = true
			}
		}
	}
	return out
}

// Gate lists what should be mended before a module is published. It expects one that
// is Ready. Readability is a floor, not a proof: people have to read it.
func Gate(m Module) []Finding {
	g := gate{m: m, findings: []Finding{}}
	g.reading()
	g.sentences()
	g.steps()
	g.sections()
	g.hardWords()
	g.never()
	g.sources()
	return g.findings
}

type gate struct {
	m        Module
	findings []Finding
}

func (g *gate) find(rule, where, format string, args ...any) {
	g.findings = append(g.findings, Finding{rule, where, fmt.Sprintf(format, args...)})
}

func (g *gate) reading() {
	measure := MeasureOf(g.m)
	for _, s := range measure.Scores {
		if measure.Gated && !s.OK {
			g.find("reading", "body", "%s is %.1f; it should be %s. Use shorter words and sentences.", s.Name, s.Value, s.Target)
		}
	}
	if measure.Minutes < minMinutes || measure.Minutes > maxMinutes {
		g.find("minutes", "body", "It takes about %d minutes. A module takes about five.", measure.Minutes)
	}
	if n := measure.Words / max(measure.Sentences, 1); n > maxPerSentence {
		g.find("sentence", "body", "Sentences have %d words on average. Keep to %d.", n, maxPerSentence)
	}
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?؟…]+(?:[\s"”»)]|$)`)
	// passive is a form of "to be" and a participle; English.
	passive = regexp.MustCompile(`(?i)\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:not\s+|also\s+|often\s+)?(?:\w{2,}ed|given|taken|shown|seen|known|told|made|kept|held|done|found|left|lost|put|set|cut|sent|written|spoken|broken|hurt)\b`)
)

func (g *gate) sentences() {
	count, passives := 0, 0
	for _, block := range texts(g.m) {
		for _, s := range sentenceEnd.Split(block, -1) {
			words := len(reading.Words(s))
			if words == 0 {
				continue
			}
			count++
			if words > maxSentence {
				g.find("sentence", "body", "A sentence has %d words. Make two of it.", words)
			}
			if base(g.m.Language) == "en" && passive.MatchString(s) {
				passives++
			}
		}
	}
	if share := float64(passives) / float64(max(count, 1)); share > maxPassive {
		g.find("passive", "body", "%d of %d sentences do not say who does it.", passives, count)
	}
}

// hardForms finds the forms of each hard word in a text, by language and id. Arabic
// joins "and", "the", "for" to a word.
var hardForms = sync.OnceValue(func() map[string]map[string]*regexp.Regexp {
	out := map[string]map[string]*regexp.Regexp{}
	for _, h := range Glossary() {
		for language, term := range h.Languages {
			before, after := `(?:^|[^\p{L}\p{M}])`, `(?:$|[^\p{L}\p{M}])`
			if language == "ar" {
				before, after = before+`[وفبلك]*(?:ال|لل)?`, `(?:ية|ي|ات)?`+after
			}
			var forms []string
			for _, form := range term.Forms {
				forms = append(forms, regexp.QuoteMeta(form))
			}
			if out[language] == nil {
				out[language] = map[string]*regexp.Regexp{}
			}
			out[language][h.ID] = regexp.MustCompile(`(?i)` + before + `(?:` + strings.Join(forms, "|") + `)` + after)
		}
	}
	return out
})

// hardWords wants each hard word explained on the page, and nothing explained that is
// not there.
func (g *gate) hardWords() {
	text := all(g.m)
	for _, h := range Glossary() {
		forms, known := hardForms()[base(g.m.Language)][h.ID]
		used := known && forms.MatchString(text)
		switch listed := contains(g.m.Words, h.ID); {
		case listed && !known:
			g.find("hard-word", "words", "%s has no meaning in this language.", h.ID)
		case listed && !used:
			g.find("hard-word", "words", "%s is not on the page.", h.ID)
		case used && !listed:
			g.find("hard-word", "words", "%s is on the page and not explained.", h.ID)
		}
	}
	if base(g.m.Language) == "en" {
		for _, w := range reading.Words(text) {
			if w = strings.ToLower(w); reading.English(w) >= 4 && !plainLong[w] && !inGlossary(w) {
				g.find("hard-word", "body", "A word of four syllables: %s. Use a shorter one, or explain it.", w)
			}
		}
	}
}

// plainLong are long words that everybody knows.
var plainLong = map[string]bool{"emergency": true, "television": true, "january": true, "february": true, "responsibility": true, "together": true, "everybody": true, "everybody's": true}

func inGlossary(w string) bool {
	for _, h := range Glossary() {
		for _, form := range h.Languages["en"].Forms {
			if strings.Contains(form, w) {
				return true
			}
		}
	}
	return false
}

func (g *gate) sources() {
	for _, id := range g.m.Sources {
		if _, ok := Sources()[id]; !ok {
			g.find("source", "sources", "A source is not in the list of sources.")
		}
	}
}
