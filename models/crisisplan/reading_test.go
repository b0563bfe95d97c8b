package crisisplan

import (
	"regexp"
	"strings"
	"testing"
)

// Flesch-Kincaid grade (Kincaid et al. 1975): syllables are counted as groups of
// vowels, a silent e left out; rather too many than too few.
func planGrade(text string) (grade float64, words int) {
	sentences, syllables := 0, 0
	for _, sentence := range regexp.MustCompile(`[.!?:]+(?:\s|$)`).Split(planPlaceholder.ReplaceAllString(text, "it"), -1) {
		found := regexp.MustCompile(`[A-Za-z][A-Za-z'-]*`).FindAllString(sentence, -1)
		if len(found) > 0 {
			sentences++
		}
		for _, w := range found {
			words++
			n := len(regexp.MustCompile(`[aeiouy]+`).FindAllString(strings.ToLower(w), -1))
			if n > 1 && strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") {
				n--
			}
			syllables += max(n, 1)
		}
	}
	if words == 0 {
		return 0, 0
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59, words
}

func TestPlanTextsAreEasyToRead(t *testing.T) {
	var all []string
	for at, text := range planStrings(t, TextsIn("en")) {
		grade, words := planGrade(text)
		if words >= 5 {
			all = append(all, text)
		}
		if words >= 10 && grade > 8 {
			t.Errorf("%s reads at grade %.1f", at, grade)
		}
	}
	grade, words := planGrade(strings.Join(all, " "))
	if grade > 6 || words < 400 {
		t.Errorf("%d words read at grade %.1f", words, grade)
	}
	if hard, _ := planGrade("Individuals experiencing suicidal ideation should immediately contact professional psychiatric emergency services."); hard < 12 {
		t.Errorf("the measure takes a hard text for grade %.1f", hard)
	}
}

// Words that a patient must not be shown, advice that is not ours to give, promises
// that nobody can keep, and the wording of a form that is not ours.
func TestPlanTextsSayNothingTheyMustNot(t *testing.T) {
	never := regexp.MustCompile(`(?i)\b(?:risk|score|addict|abuse|abuser|clean|suicidal|failed|compliant|watching you|always here|24/7|mg|milligrams?|doses?|` +
		`coping strategies|environment safe|distraction|worth living for|without contacting another)\b`)
	for at, text := range planStrings(t, TextsIn("en")) {
		if m := never.FindString(text); m != "" && !strings.HasSuffix(at, ".key") {
			t.Errorf("%s says %q", at, m)
		}
	}
}
