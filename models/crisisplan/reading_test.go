package crisisplan

import (
	"regexp"
	"strings"
	"testing"

	"handrail/models/reading"
)

// planGrade is the Flesch-Kincaid grade of a text, its placeholders filled.
func planGrade(text string) (grade float64, words int) {
	c := reading.Count(reading.Text{Language: "en", Blocks: []string{planPlaceholder.ReplaceAllString(text, "it")}})
	return c.FleschKincaid(), c.Words
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
