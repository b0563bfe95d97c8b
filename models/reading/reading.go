// Package reading counts what can be counted of how hard a text is to read, and
// computes the formulas of the reference from the counts. Formulas measure the surface
// of a text; whether people understand it, people have to say. Pure.
package reading

import (
	"strings"
	"unicode"
)

// Counts are the counts of a text. All formulas are made of them.
type Counts struct {
	Words     int `json:"words"`
	Sentences int `json:"sentences"`
	Syllables int `json:"syllables"` // 0 for a language whose rules are not here
	Letters   int `json:"letters"`   // letters and digits
	Poly      int `json:"poly"`      // words of three syllables or more
	Long      int `json:"long"`      // words of more than six letters
}

// Text is what is counted: blocks (a paragraph, one step of a list) in a language
// (BCP 47). A block's end ends a sentence. Names are hard words that can't be
// avoided (a medicine); in lower case; each counts as one short word.
type Text struct {
	Language string
	Blocks   []string
	Names    map[string]bool
}

// Count counts a text.
func Count(t Text) Counts {
	var c Counts
	language, _, _ := strings.Cut(strings.ToLower(t.Language), "-")
	for _, block := range t.Blocks {
		for _, sentence := range sentences(block) {
			words := Words(sentence)
			if len(words) == 0 {
				continue
			}
			c.Sentences++
			for _, w := range words {
				c.word(w, language, t.Names)
			}
		}
	}
	return c
}

func (c *Counts) word(w, language string, names map[string]bool) {
	letters, syllables := 0, 0
	for _, r := range w {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters++
		}
	}
	switch {
	case names[strings.ToLower(w)]:
		letters, syllables = 4, 1
	case !strings.ContainsFunc(w, unicode.IsLetter):
		syllables = 1
	case language == "en":
		syllables = English(w)
	case language == "es":
		syllables = Spanish(w)
	}
	c.Words++
	c.Letters += letters
	c.Syllables += syllables
	if syllables >= 3 {
		c.Poly++
	}
	if letters > 6 {
		c.Long++
	}
}

// sentences splits where a full stop, a question or an exclamation ends; not inside
// a number ("2.5") nor a short form in capitals.
func sentences(text string) []string {
	var out []string
	runes := []rune(text)
	start := 0
	for i, r := range runes {
		if !strings.ContainsRune(".!?؟…", r) {
			continue
		}
		if i+1 == len(runes) || !unicode.IsLetter(runes[i+1]) && !unicode.IsDigit(runes[i+1]) {
			out = append(out, string(runes[start:i+1]))
			start = i + 1
		}
	}
	return append(out, string(runes[start:]))
}

// Words splits a text into words: letters, digits and the marks inside a word. A
// word with a hyphen is one.
func Words(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune(".'’-", r)
	}) {
		if w = strings.Trim(w, ".'’-"); w != "" {
			out = append(out, w)
		}
	}
	return out
}
