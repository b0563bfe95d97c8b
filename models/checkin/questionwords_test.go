package checkin

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// maxGrade is the reading level of what patients read [issue 2].
const maxGrade = 6.0

// grade is the Flesch-Kincaid grade level (Kincaid 1975): 0.39 words a sentence +
// 11.8 syllables a word - 15.59, with syllables counted as groups of vowels.
func grade(text string) float64 {
	sentences := max(len(regexp.MustCompile(`[.?!]+`).FindAllString(text, -1)), 1)
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	syllables := 0
	for _, w := range words {
		w = strings.ToLower(w)
		if len(w) > 2 && strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") {
			w = w[:len(w)-1]
		}
		syllables += max(len(regexp.MustCompile(`[aeiouy]+`).FindAllString(w, -1)), 1)
	}
	return 0.39*float64(len(words))/float64(sentences) + 11.8*float64(syllables)/float64(len(words)) - 15.59
}

func TestQuestionsAreEasyToRead(t *testing.T) {
	var all []string
	for _, q := range Questions() {
		all = append(all, q.Text["en"].Ask)
		if g := grade(q.Text["en"].Ask); g > maxGrade+3 { // one hard word weighs much in a short question
			t.Errorf("%s: %q is at grade %.1f", q.ID, q.Text["en"].Ask, g)
		}
	}
	if g := grade(strings.Join(all, " ")); g > maxGrade {
		t.Errorf("the questions together are at grade %.1f", g)
	}
	if g := grade("Subsequently, administering psychopharmacological medication necessitates considerable deliberation."); g < 12 {
		t.Errorf("the measure is broken: %.1f", g)
	}
}

// TestQuestionsSpeakOfPeople: no word that names a person by an illness or a drug,
// and none that judges, promises or advises a dose.
func TestQuestionsSpeakOfPeople(t *testing.T) {
	not := map[string][]string{
		"en": {"addict", "abuse", "clean", "dirty", "junkie", "alcoholic", "relapse", "should", "risk", "failed", " mg", "dose of"},
		"es": {"adicto", "drogadicto", "alcohólico", "abuso", "limpio", "recaída", "debe", "riesgo", " mg"},
		"ar": {"مدمن", "إدمان", "نظيف", "انتكاس", "خطر"},
	}
	for _, q := range Questions() {
		for lang, words := range not {
			text := q.Text[lang]
			said := strings.ToLower(strings.Join(append(valuesOf(text.ChoiceTexts), text.Ask, text.Low, text.High), " "))
			for _, w := range words {
				if strings.Contains(said, w) {
					t.Errorf("%s in %s says %q", q.ID, lang, w)
				}
			}
		}
	}
}

func valuesOf(m map[string]string) []string {
	var out []string
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// TestArabicIsArabic: a text that nobody translated would show Latin letters.
func TestArabicIsArabic(t *testing.T) {
	for _, q := range Questions() {
		text := q.Text["ar"]
		for _, s := range append(valuesOf(text.ChoiceTexts), text.Ask, text.Low, text.High) {
			if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
				t.Errorf("%s: %q", q.ID, s)
			}
		}
	}
}

func TestAQuestionIsToldInTheReadersLanguage(t *testing.T) {
	q, _ := FindQuestion("use")
	for lang, want := range map[string]string{"en": "Alcohol", "en-GB": "Alcohol", "es-MX": "Alcohol", "AR": "كحول", "fr": "Alcohol", "": "Alcohol"} {
		if got := q.In(lang).ChoiceTexts["alcohol"]; got != want {
			t.Errorf("%q: %q, want %q", lang, got, want)
		}
	}
	if q.In("es").Ask == q.In("en").Ask {
		t.Error("Spanish is English")
	}
}
