package search

import (
	"cmp"
	"slices"
	"strings"
)

// Hit is one Doc that was found.
type Hit struct {
	ID    string `json:"id"`
	Score int    `json:"score"`
	Why   []Why  `json:"why"`
}

// Why is one word that led to a Doc.
type Why struct {
	Typed string `json:"typed"` // a word as it was typed
	Found string `json:"found"` // what it stands for on the page
}

const (
	maxWords = 24 // of a question; more add nothing
	shortest = 3  // letters of half a word
	halfWord = 70 // percent, of half a word
	slip     = 60 // percent, of a word with a slip
	maxHalf  = 40 // words that a half one may mean
)

type match struct{ term, percent int }

// Find gives the best Docs for what somebody typed, the best first, limit at most. It gives
// none for words that are nowhere.
func (ix *Index) Find(typed string, limit int) []Hit {
	words := Words(typed)
	if len(words) > maxWords {
		words = words[:maxWords]
	}
	scores := make([]int, len(ix.Docs))
	why := make([][]Why, len(ix.Docs))
	seen := map[string]bool{}
	for _, p := range ix.parts(words) {
		if seen[p.typed] {
			continue
		}
		seen[p.typed] = true
		ix.score(p, scores, why)
	}
	return ix.best(scores, why, limit)
}

// part is a word of a question, or some that belong together, with what it may mean.
type part struct {
	typed   string
	matches []match
}

func (ix *Index) parts(words []string) []part {
	var out []part
	folded := foldAll(words)
	for n := longPhrase; n > 1; n-- {
		for i := 0; i+n <= len(words); i++ {
			if at, ok := ix.term(strings.Join(folded[i:i+n], " ")); ok {
				out = append(out, part{strings.Join(words[i:i+n], " "), []match{{at, 100}}})
			}
		}
	}
	var some []part
	for i, word := range words {
		if !ix.stop[folded[i]] {
			some = append(some, part{word, ix.matches(word, folded[i])})
		}
	}
	if len(some) == 0 && len(out) == 0 {
		for i, word := range words {
			some = append(some, part{word, ix.matches(word, folded[i])})
		}
	}
	return append(out, some...)
}

// term is the number of a term.
func (ix *Index) term(term string) (int, bool) { return slices.BinarySearch(ix.Terms, term) }

// matches are the terms that a word may mean: itself; else those that begin with it or
// differ by a slip.
func (ix *Index) matches(word, folded string) []match {
	var out []match
	terms := anyTerms(word)
	for _, t := range terms {
		if at, ok := ix.term(t); ok {
			out = append(out, match{at, 100})
		}
	}
	if len(out) > 0 {
		return out
	}
	if runes(folded) >= shortest {
		from, _ := ix.term(folded)
		for at := from; at < len(ix.Terms) && at < from+maxHalf && strings.HasPrefix(ix.Terms[at], folded); at++ {
			out = append(out, match{at, halfWord})
		}
	}
	if runes(folded) >= sure {
		for _, t := range terms {
			out = ix.slips(t, out)
		}
	}
	return out
}

// slips adds the terms that differ from a stem by one slip. One half of the two is the
// same then, so that few have to be looked at; or the two letters in the middle changed
// places.
func (ix *Index) slips(stem string, out []match) []match {
	n := runes(stem)
	if n < sure-1 {
		return out
	}
	begin := head(stem, n/2)
	from, _ := ix.term(begin)
	for at := from; at < len(ix.Terms) && strings.HasPrefix(ix.Terms[at], begin); at++ {
		if near(stem, ix.Terms[at]) {
			out = append(out, match{at, slip})
		}
	}
	for _, at := range ix.ends[tail(stem, min(lastLetters, n-n/2))] {
		if near(stem, ix.Terms[at]) {
			out = append(out, match{at, slip})
		}
	}
	r := []rune(stem)
	r[n/2-1], r[n/2] = r[n/2], r[n/2-1]
	if at, ok := ix.term(string(r)); ok {
		out = append(out, match{at, slip})
	}
	return out
}

// score adds to each Doc the most that a part says for it.
func (ix *Index) score(p part, scores []int, why [][]Why) {
	best := map[int]match{} // by Doc: term and score
	for _, m := range p.matches {
		at := ix.At[m.term]
		for i := 0; i+1 < len(at); i += 2 {
			if s := at[i+1] * m.percent / 100; s > best[at[i]].percent {
				best[at[i]] = match{m.term, s}
			}
		}
	}
	for n, b := range best {
		scores[n] += b.percent
		why[n] = append(why[n], Why{p.typed, cmp.Or(ix.Forms[b.term], ix.Terms[b.term])})
	}
}

func (ix *Index) best(scores []int, why [][]Why, limit int) []Hit {
	var order []int
	for n, s := range scores {
		if s > 0 {
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), strings.Compare(ix.Docs[a], ix.Docs[b]))
	})
	out := []Hit{}
	for _, n := range order[:min(limit, len(order))] {
		out = append(out, Hit{ix.Docs[n], scores[n], why[n]})
	}
	return out
}
