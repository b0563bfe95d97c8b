package search

import (
	"cmp"
	"slices"
	"sort"
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
	scores, best := make([]int, len(ix.Docs)), make([]int, len(ix.Docs))
	var asked []part
	for _, p := range ix.parts(words) {
		if !slices.ContainsFunc(asked, func(a part) bool { return a.typed == p.typed }) {
			asked = append(asked, p)
			ix.score(p, scores, best)
		}
	}
	out := []Hit{}
	for _, n := range ix.first(scores, limit) {
		out = append(out, Hit{ix.Docs[n], scores[n], ix.why(asked, n)})
	}
	return out
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
	r := []rune(stem)
	n := len(r)
	if n < sure-1 {
		return out
	}
	add := func(at int) {
		if oneSlip(r, ix.runes[at]) {
			out = append(out, match{at, slip})
		}
	}
	begin := string(r[:n/2])
	from, _ := ix.term(begin)
	for at := from; at < len(ix.Terms) && strings.HasPrefix(ix.Terms[at], begin); at++ {
		add(at)
	}
	for _, at := range ix.ends[string(r[n-min(lastLetters, n-n/2):])] {
		add(at)
	}
	swapped := slices.Clone(r)
	swapped[n/2-1], swapped[n/2] = r[n/2], r[n/2-1]
	if at, ok := ix.term(string(swapped)); ok {
		out = append(out, match{at, slip})
	}
	return out
}

// score adds to each Doc the most that a part says for it. best is for its own use, all
// zero before and after.
func (ix *Index) score(p part, scores, best []int) {
	var touched []int
	for _, m := range p.matches {
		at := ix.At[m.term]
		for i := 0; i+1 < len(at); i += 2 {
			n, s := at[i], at[i+1]*m.percent/100
			if s > best[n] {
				if best[n] == 0 {
					touched = append(touched, n)
				}
				best[n] = s
			}
		}
	}
	for _, n := range touched {
		scores[n] += best[n]
		best[n] = 0
	}
}

// why are the words of a question that speak for a Doc.
func (ix *Index) why(asked []part, doc int) []Why {
	out := []Why{}
	for _, p := range asked {
		term, most := 0, 0
		for _, m := range p.matches {
			if s := ix.weight(m.term, doc) * m.percent / 100; s > most {
				term, most = m.term, s
			}
		}
		if most > 0 {
			out = append(out, Why{p.typed, cmp.Or(ix.Forms[term], ix.Terms[term])})
		}
	}
	return out
}

// weight is what a term says for a Doc.
func (ix *Index) weight(term, doc int) int {
	at := ix.At[term]
	i := sort.Search(len(at)/2, func(i int) bool { return at[2*i] >= doc })
	if 2*i < len(at) && at[2*i] == doc {
		return at[2*i+1]
	}
	return 0
}

// first are the Docs with the highest scores, limit at most.
func (ix *Index) first(scores []int, limit int) []int {
	var out []int
	before := func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), strings.Compare(ix.Docs[a], ix.Docs[b]))
	}
	for n, s := range scores {
		if s == 0 || len(out) == limit && (limit == 0 || before(n, out[limit-1]) > 0) {
			continue
		}
		i, _ := slices.BinarySearchFunc(out, n, before)
		if out = slices.Insert(out, i, n); len(out) > limit {
			out = out[:limit]
		}
	}
	return out
}
