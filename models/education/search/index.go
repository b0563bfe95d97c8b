package search

import (
	"cmp"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
)

// Doc is what is to be found.
type Doc struct {
	ID     string
	Fields []Field
}

// Field is a text of a Doc.
type Field struct {
	Language string
	Text     string
	Weight   int // of each of its words
}

// Index is what a search reads, in the program and on a phone. Lists run side by side: the
// n-th of Terms, Forms and At belong together.
type Index struct {
	Format   int      `json:"format"` // 1
	Language string   `json:"language"`
	Docs     []string `json:"docs"`  // ids
	Stop     []string `json:"stop"`  // folded words that are passed over
	Terms    []string `json:"terms"` // sorted; of more than one word with spaces between them
	Forms    []string `json:"forms"` // a word as people write it; empty: the term itself
	At       [][]int  `json:"at"`    // number in Docs, weight, number, weight ...

	runes [][]rune         // of each term; none for those of more than one word
	ends  map[string][]int // terms by their last letters (near.go); made when an index is read
	stop  map[string]bool
}

const (
	enough     = 6    // that a word counts in one field, times its weight
	half       = 24.0 // weight at which a word has half of what it can have
	scale      = 1000 // of weights in At
	saidForIt  = 85   // percent, of a street name
	longPhrase = 3    // words
)

// New makes the index of a language.
func New(language string, docs []Doc) *Index {
	b := builder{postings: map[string]map[int]float64{}, forms: map[string]form{}, terms: map[string][]string{}}
	for n, d := range docs {
		b.add(n, d)
	}
	ix := &Index{Format: 1, Language: language, Docs: []string{}}
	for _, d := range docs {
		ix.Docs = append(ix.Docs, d.ID)
	}
	weights := b.weights(len(docs))
	b.same(language, weights)
	for _, word := range append(slices.Clone(ListsOf(language).Stop), ListsOf("ar").Stop...) {
		ix.Stop = append(ix.Stop, Fold(Words(word)[0]))
	}
	for _, term := range slices.Sorted(maps.Keys(weights)) {
		at := []int{}
		for _, n := range slices.Sorted(maps.Keys(weights[term])) {
			at = append(at, n, weights[term][n])
		}
		shown := b.forms[term].word
		if shown == term {
			shown = ""
		}
		ix.Terms, ix.Forms, ix.At = append(ix.Terms, term), append(ix.Forms, shown), append(ix.At, at)
	}
	return ix.ready()
}

// Read reads an index as it was written.
func Read(body []byte) (*Index, error) {
	var ix Index
	if err := json.Unmarshal(body, &ix); err != nil {
		return nil, err
	}
	return ix.ready(), nil
}

type form struct {
	word  string
	times int
}

type builder struct {
	postings map[string]map[int]float64
	forms    map[string]form
	terms    map[string][]string // of each word by its language: a stem costs more than a look
}

// termsOf are Terms, once for each word.
func (b *builder) termsOf(language, word string) []string {
	if inArabic(word) { // a list of words to find has Arabic ones too, where no Arabic text has them
		language = "ar"
	}
	key := language + " " + word
	terms, ok := b.terms[key]
	if !ok {
		terms = Terms(language, word)
		b.terms[key] = terms
	}
	return terms
}

func (b *builder) add(n int, d Doc) {
	for _, f := range d.Fields {
		times := map[string]int{}
		stop := stopWords(f.Language)
		for _, word := range Words(f.Text) {
			if stop[Fold(word)] {
				continue
			}
			for i, term := range b.termsOf(f.Language, word) {
				if times[term]++; times[term] > enough {
					continue
				}
				if b.postings[term] == nil {
					b.postings[term] = map[int]float64{}
				}
				b.postings[term][n] += float64(f.Weight)
				if known := b.forms[term]; i == 0 && (known.word == "" || f.Weight > known.times) {
					b.forms[term] = form{word, f.Weight}
				}
			}
		}
	}
}

func stopWords(language string) map[string]bool {
	out := map[string]bool{}
	for _, word := range ListsOf(language).Stop {
		out[Fold(Words(word)[0])] = true
	}
	return out
}

// weights are what a term says for a Doc, of scale: much for a word that stands in few, and
// often or in a title there.
func (b *builder) weights(docs int) map[string]map[int]int {
	out := map[string]map[int]int{}
	most := math.Log(1 + (float64(docs)+0.5)/1.5)
	for term, at := range b.postings {
		df := float64(len(at))
		rare := math.Log(1+(float64(docs)-df+0.5)/(df+0.5)) / most
		out[term] = map[int]int{}
		for n, tf := range at {
			out[term][n] = max(1, int(math.Round(scale*rare*tf/(tf+half))))
		}
	}
	return out
}

// same lays what is said for words onto the words: no phone has to know more than an index.
func (b *builder) same(language string, weights map[string]map[int]int) {
	for _, l := range slices.Compact([]string{language, "en", "es", "ar"}) {
		for _, s := range ListsOf(l).Same {
			means, shown := map[int]int{}, ""
			for _, word := range s.Means {
				for _, term := range Terms(l, Words(word)[0]) {
					if len(weights[term]) > 0 && shown == "" {
						shown = cmp.Or(b.forms[term].word, word)
					}
					for n, w := range weights[term] {
						means[n] = max(means[n], w*saidForIt/100)
					}
				}
			}
			for _, said := range s.Say {
				b.lay(l, said, shown, means, weights)
			}
		}
	}
}

func (b *builder) lay(language, said, shown string, means map[int]int, weights map[string]map[int]int) {
	words := Words(said)
	terms := []string{strings.Join(foldAll(words), " ")}
	if len(words) == 1 {
		terms = Terms(language, words[0])
	}
	for _, term := range terms {
		if weights[term] == nil {
			weights[term] = map[int]int{}
			b.forms[term] = form{word: shown}
		}
		for n, w := range means {
			weights[term][n] = max(weights[term][n], w)
		}
	}
}

// lastLetters is how many letters lead to the words that end with them.
const lastLetters = 3

func (ix *Index) ready() *Index {
	ix.ends, ix.stop, ix.runes = map[string][]int{}, map[string]bool{}, make([][]rune, len(ix.Terms))
	for n, term := range ix.Terms {
		if strings.Contains(term, " ") {
			continue
		}
		r := []rune(term)
		end := string(r[max(0, len(r)-lastLetters):])
		ix.runes[n], ix.ends[end] = r, append(ix.ends[end], n)
	}
	for _, word := range ix.Stop {
		ix.stop[word] = true
	}
	return ix
}
