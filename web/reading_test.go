package web

import (
	"regexp"
	"strings"
	"testing"

	"handrail/models/reading"
)

// Texts that only people who work for the site read.
var staffOnly = regexp.MustCompile(`^(?:newaccount|account|team|roles|discipline|chart|basis|patients|state|rules|load|ordering|agreeing|answering|facts|import)\.`)

const (
	gradeOfAll  = 6.0 // Flesch-Kincaid grade of all patient texts together
	gradeOfOne  = 8.0 // and of one text that is long enough to measure
	longEnough  = 10  // words
	fewestWords = 400 // fewer means that the test does not see the texts
)

// counted counts texts, their placeholders filled. A colon ends a sentence here: what
// follows it is most often on a line of its own.
func counted(texts ...string) reading.Counts {
	var blocks []string
	for _, text := range texts {
		blocks = append(blocks, strings.Split(placeholder.ReplaceAllString(inFull(text), "it"), ": ")...)
	}
	return reading.Count(reading.Text{Language: "en", Blocks: blocks})
}

func TestPatientTextsAreEasyToRead(t *testing.T) {
	var long []string
	for key, text := range texts(t, "en") {
		if staffOnly.MatchString(key) {
			continue
		}
		one := counted(text)
		if one.Words >= longEnough && one.FleschKincaid() > gradeOfOne {
			t.Errorf("%q reads at grade %.1f", key, one.FleschKincaid())
		}
		if one.Words >= longEnough/2 { // a label of one word says nothing about reading
			long = append(long, text)
		}
	}
	whole := counted(long...)
	if whole.Words < fewestWords {
		t.Fatalf("only %d words measured", whole.Words)
	}
	if g := whole.FleschKincaid(); g > gradeOfAll {
		t.Errorf("all patient texts together read at grade %.1f", g)
	}
}

// Words that a patient must never be shown, and promises that nobody can keep.
func TestNoRiskWordsNoStreaksNoPromises(t *testing.T) {
	never := regexp.MustCompile(`(?i)\b(?:risk|score|streak|addict|abuse|abuser|clean|relapse|suicidal|compliant|non-compliant|failed|monitoring you|watching|always here|24/7|dose)\b`)
	for key, text := range texts(t, "en") {
		if m := never.FindString(text); m != "" && !staffOnly.MatchString(key) {
			t.Errorf("%q says %q", key, m)
		}
	}
}
