package search

import (
	"slices"
	"strings"
	"sync"

	"handrail/models/phrases"
)

// sure is how long a word must be to count with a slip or half written.
const sure = 5 // letters

type crisisWords struct {
	words   []string            // of one word, folded
	stems   map[string]bool     // of those
	phrases map[string][]string // by their first word
}

var crisisReady = sync.OnceValue(func() crisisWords {
	c := crisisWords{stems: map[string]bool{}, phrases: map[string][]string{}}
	for _, entry := range CrisisWords() {
		words := Words(entry)
		folded := foldAll(words)
		if len(words) > 1 {
			c.phrases[folded[0]] = append(c.phrases[folded[0]], strings.Join(folded, " "))
			continue
		}
		c.words = append(c.words, folded[0])
		for _, term := range anyTerms(words[0]) {
			c.stems[term] = true
		}
	}
	return c
})

// Crisis tells whether help has to stand above what is found: for words that may mean a
// life in danger. Half a word and a slip count. No judgement, and nothing of it is kept.
func Crisis(typed string) bool {
	if len(phrases.Find(typed)) > 0 {
		return true
	}
	c, words := crisisReady(), Words(typed)
	folded := foldAll(words)
	all := strings.Join(folded, " ") + " "
	at := 0
	for i, word := range folded {
		if c.stems[word] || slices.ContainsFunc(anyTerms(words[i]), func(t string) bool { return c.stems[t] }) || c.nearly(word) {
			return true
		}
		for _, first := range withoutAnd(word) {
			rest := first + all[at+len(word):]
			if slices.ContainsFunc(c.phrases[first], func(p string) bool { return strings.HasPrefix(rest, p+" ") }) {
				return true
			}
		}
		at += len(word) + 1
	}
	return false
}

// withoutAnd is a word, and in Arabic without the "and" that is written onto it.
func withoutAnd(word string) []string {
	if rest, ok := strings.CutPrefix(word, "\u0648"); ok && rest != "" {
		return []string{word, rest}
	}
	return []string{word}
}

func (c crisisWords) nearly(word string) bool {
	if runes(word) < sure {
		return false
	}
	return slices.ContainsFunc(c.words, func(w string) bool {
		return runes(w) >= sure && (strings.HasPrefix(w, word) || near(word, w))
	})
}

func foldAll(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = Fold(w)
	}
	return out
}
