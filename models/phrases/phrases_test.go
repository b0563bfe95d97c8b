package phrases

import (
	"slices"
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
