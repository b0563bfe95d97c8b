// Package searchtest makes texts to search, for benchmarks: as many as one likes, the same
// each time.
package searchtest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"handrail/models/education/search"
)

const (
	inABody    = 350 // words
	inATitle   = 5
	vocabulary = 12_000
	inAnAsk    = 7
)

var syllables = map[string][]string{
	"en": strings.Fields("bre ath ing craw ed ness tion sleep y fam il dan ger plan cal ming trust er help ful over dose talk hope less ment re cov with draw al nal ox one child ren"),
	"es": strings.Fields("res pi ra ción so bre do sis ca ma fa mi lia plan cal mar con fian za a yu da ha blar es pe ran mien to re cu pe ra na lo xo ni ños dor mir"),
	"ar": strings.Fields("تن فس جر عة زا ئد نوم عا ئل خط ر خط ة هد وء ثق مسا عد كلا م أم ل علا ج تعا في نا لو كس ون أط فا ل"),
}

// Docs are made-up pages of a language, and questions about them: words of theirs, every
// third with two letters that changed places, every fifth cut short.
func Docs(language string, pages, questions int) (docs []search.Doc, asked []string) {
	r := rand.New(rand.NewPCG(16, uint64(len(syllables[language]))))
	words := make([]string, vocabulary)
	for i := range words {
		for range 2 + r.IntN(3) {
			words[i] += syllables[language][r.IntN(len(syllables[language]))]
		}
	}
	common := rand.NewZipf(r, 1.1, 8, vocabulary-1)
	text := func(n int) string {
		out := make([]string, n)
		for i := range out {
			out[i] = words[common.Uint64()]
		}
		return strings.Join(out, " ")
	}
	for n := range pages {
		docs = append(docs, search.Doc{ID: fmt.Sprintf("page-%d", n), Fields: []search.Field{
			{Language: language, Text: text(inATitle), Weight: 10}, {Language: language, Text: text(3 * inATitle), Weight: 6}, {Language: language, Text: text(inABody), Weight: 1}}})
	}
	for range questions {
		ask := make([]string, inAnAsk)
		for i := range ask {
			word := []rune(words[r.IntN(vocabulary)])
			switch {
			case i%3 == 1 && len(word) > 4:
				word[1], word[2] = word[2], word[1]
			case i%5 == 4 && len(word) > 4:
				word = word[:4]
			}
			ask[i] = string(word)
		}
		asked = append(asked, strings.Join(ask, " "))
	}
	return docs, asked
}
