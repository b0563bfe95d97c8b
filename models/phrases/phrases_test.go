package phrases

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestFind: however it is written, and in whichever language.
func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"I can't go on.":                    "en",
		"I can’t  go\non":                   "en",
		"i WANT to DIE!!":                   "en",
		"Ya no quiero vivir":                "es",
		"ojalá estuviera muerta":            "es",
		"quiero hacerme daño":               "es",
		"أُرِيدُ أَنْ أَمُوتَ":              "ar",
		"اريد ان اموت":                      "ar",
		"وأريد أن أموت":                     "ar",
		"أريـــد أن أموت":                   "ar",
		"لا اريد ان اعيش":                   "ar",
		"ｗａｎｔ ｔｏ ｄｉｅ":                       "en",
		"want\u200b to die":                 "en",
		"The diet wants to die-cast metal.": "en", // a false hit, which a person reads
	} {
		if got := Find(text); len(got) != 1 || got[0].Language != want || got[0].Version == "" || got[0].Number < 1 {
			t.Errorf("%q: %+v, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "...", "I want today off.", "The wanted dice.", "Quiero vivir aquí", "أريد أن أنام", "See you on Monday at 10."} {
		if got := Find(text); len(got) != 0 {
			t.Errorf("%q: %+v", text, got)
		}
	}
	if got := Find("I want to die. No quiero vivir."); len(got) != 2 {
		t.Errorf("two languages: %+v", got)
	}
}

// TestLists: each says what it is, has no phrase twice, and finds its own.
func TestLists(t *testing.T) {
	if len(Lists()) != 3 {
		t.Fatalf("%d lists", len(Lists()))
	}
	for _, l := range Lists() {
		if l.Version == "" || l.Source == "" {
			t.Errorf("%s says no version or source", l.Language)
		}
		seen := map[string]bool{}
		for _, p := range l.Phrases {
			key := ""
			for _, w := range Words(p) {
				key += w + " "
			}
			if seen[key] || key == "" {
				t.Errorf("%s: %q is there twice, or nothing", l.Language, p)
			}
			seen[key] = true
			if !slices.ContainsFunc(Find(p), func(h Hit) bool { return h.Language == l.Language }) {
				t.Errorf("%s: %q is not found", l.Language, p)
			}
		}
	}
}

// TestFindIsTheSlowReading: the index finds what a look at each phrase at each place of a
// text finds, in texts that are put together from pieces of the phrases.
func TestFindIsTheSlowReading(t *testing.T) {
	r, k := rand.New(rand.NewPCG(13, 20)), read()
	for range 3000 {
		var text []string
		for range r.IntN(8) {
			list := r.IntN(len(k.lists))
			words := k.words[list][r.IntN(len(k.words[list]))]
			words = slices.Clone(words[r.IntN(len(words)):])
			if c := k.lists[list].Clitics; len(c) > 0 && r.IntN(2) == 0 {
				words[0] = c[r.IntN(len(c))] + words[0]
			}
			text = append(text, words[:1+r.IntN(len(words))]...)
		}
		said := Words(strings.Join(text, " "))
		for list, l := range k.lists {
			want := slices.IndexFunc(k.words[list], func(phrase []string) bool { return slowly(said, phrase, l.Clitics) })
			if got := k.first(list, said); got != want {
				t.Fatalf("%q in %s: %d, want %d", text, l.Language, got, want)
			}
		}
	}
}

func slowly(words, phrase, clitics []string) bool {
	for from := 0; from+len(phrase) <= len(words); from++ {
		first := words[from] == phrase[0] || slices.ContainsFunc(clitics, func(c string) bool { return words[from] == c+phrase[0] })
		if first && slices.Equal(words[from+1:from+len(phrase)], phrase[1:]) {
			return true
		}
	}
	return false
}

// TestWordsOfPlainText: each character of ASCII is read as in a text that has others too.
func TestWordsOfPlainText(t *testing.T) {
	for c := range rune(128) {
		text := "I'm" + string(c) + "B`2" + string(c)
		if got, want := Words(text), Words(text+" \u00e9"); !slices.Equal(got, want[:len(want)-1]) {
			t.Errorf("%q: %q, want %q", c, got, want)
		}
	}
}
