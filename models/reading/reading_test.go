package reading

import (
	"math"
	"testing"
)

func near(a, b float64) bool { return math.Abs(a-b) < 0.006 }

// The vectors of the reference, education 2, counted by hand.
func TestFormulasGiveTheVectorsOfTheReference(t *testing.T) {
	en := Count(Text{Language: "en", Blocks: []string{"Call now. We can help. You are safe."}})
	if en.Words != 8 || en.Sentences != 3 || en.Syllables != 8 {
		t.Fatalf("counted %+v", en)
	}
	if !near(en.FleschKincaid(), -2.75) || !near(en.FleschEase(), 119.53) {
		t.Errorf("%v %v", en.FleschKincaid(), en.FleschEase())
	}
	es := Count(Text{Language: "es-MX", Blocks: []string{"Llama ahora. Estamos contigo."}})
	if es.Words != 4 || es.Sentences != 2 || es.Syllables != 11 {
		t.Fatalf("counted %+v", es)
	}
	if !near(es.Szigriszt(), 33.51) || !near(es.FernandezHuerta(), 39.80) {
		t.Errorf("%v %v", es.Szigriszt(), es.FernandezHuerta())
	}
}

// The other formulas on counts that are easy to do by hand.
func TestFormulasFromCounts(t *testing.T) {
	c := Counts{Words: 100, Sentences: 10, Syllables: 150, Letters: 450, Poly: 5, Long: 20}
	for name, f := range map[string][2]float64{
		"smog": {c.SMOG(), 1.043*math.Sqrt(15) + 3.1291}, "fog": {c.Fog(), 6}, "coleman-liau": {c.ColemanLiau(), 7.7}, "ari": {c.ARI(), 4.765},
		"gutierrez": {c.Gutierrez(), 48.05}, "crawford": {c.Crawford(), 1.893}, "lix": {c.LIX(), 30},
	} {
		if !near(f[0], f[1]) {
			t.Errorf("%s is %v, want %v", name, f[0], f[1])
		}
	}
	var none Counts
	if none.FleschKincaid() != 0 || none.SMOG() != 0 || none.Crawford() != 0 {
		t.Error("a text without words has a score")
	}
}

func TestSyllables(t *testing.T) {
	for word, n := range map[string]int{
		"llama": 2, "ahora": 3, "queso": 2, "guitarra": 3, "pingüino": 3, "día": 2, "ciudad": 2, "muy": 1, "yo": 1, "leer": 2, "cuídese": 3,
		"ayuda": 3, "respiración": 4, "oír": 2, "aéreo": 4, "sobredosis": 4, "y": 1, "quien": 1, "averigüe": 4, "reúna": 3,
	} {
		if got := Spanish(word); got != n {
			t.Errorf("%s has %d syllables, counted %d", word, n, got)
		}
	}
	for word, n := range map[string]int{
		"call": 1, "you": 1, "take": 1, "saved": 1, "wanted": 2, "little": 2, "people": 2, "someone": 2, "medicine": 3, "doctor": 2, "nation": 2,
		"careful": 2, "doesn't": 2, "can't": 1, "changes": 2, "boxes": 2, "comes": 1, "well-being": 3, "Person’s": 2, "quality": 3, "rhythm": 1,
	} {
		if got := English(word); got != n {
			t.Errorf("%s has %d syllables, counted %d", word, n, got)
		}
	}
}

func TestCountingLeavesNamesAndKnowsEnds(t *testing.T) {
	c := Count(Text{Language: "en", Blocks: []string{"Naloxone helps", "Wait 2.5 minutes! OK?", "…"}, Names: map[string]bool{"naloxone": true}})
	if c.Words != 6 || c.Sentences != 3 || c.Poly != 0 || c.Syllables != 1+1+1+1+2+1 {
		t.Errorf("%+v", c)
	}
	ar := Count(Text{Language: "ar", Blocks: []string{"اتصل الآن. هل أنت بخير؟ نعم"}})
	if ar.Words != 6 || ar.Sentences != 3 || ar.Syllables != 0 {
		t.Errorf("%+v", ar)
	}
}
