package web

import (
	"regexp"
	"strings"
	"testing"
)

// Texts that only people who work for the site read.
var staffOnly = regexp.MustCompile(`^(?:newaccount|account|team|roles|discipline|chart|basis|patients)\.`)

const (
	gradeOfAll  = 6.0 // Flesch-Kincaid grade of all patient texts together
	gradeOfOne  = 8.0 // and of one text that is long enough to measure
	longEnough  = 10  // words
	fewestWords = 400 // fewer means that the test does not see the texts
)

var sentenceEnd = regexp.MustCompile(`[.!?:]+(?:\s|$)`)
var word = regexp.MustCompile(`[A-Za-z][A-Za-z'’-]*`)
var vowels = regexp.MustCompile(`[aeiouy]+`)

// syllables counts groups of vowels, a silent e left out: rough, and rather too
// many than too few.
func syllables(w string) int {
	w = strings.ToLower(strings.Trim(w, "'’-"))
	n := len(vowels.FindAllString(w, -1))
	if strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") && n > 1 {
		n--
	}
	if strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "ted") && !strings.HasSuffix(w, "ded") && n > 1 {
		n--
	}
	return max(n, 1)
}

type measure struct{ sentences, words, syllables int }

func (m *measure) add(text string) {
	text = placeholder.ReplaceAllString(text, "it")
	for _, sentence := range sentenceEnd.Split(text, -1) {
		found := word.FindAllString(sentence, -1)
		if len(found) == 0 {
			continue
		}
		m.sentences++
		for _, w := range found {
			m.words++
			m.syllables += syllables(w)
		}
	}
}

// grade is the Flesch-Kincaid grade level (Kincaid et al. 1975).
func (m measure) grade() float64 {
	return 0.39*float64(m.words)/float64(m.sentences) + 11.8*float64(m.syllables)/float64(m.words) - 15.59
}

func TestPatientTextsAreEasyToRead(t *testing.T) {
	var whole measure
	for key, text := range texts(t, "en") {
		if staffOnly.MatchString(key) {
			continue
		}
		var one measure
		one.add(text)
		if one.words >= longEnough && one.grade() > gradeOfOne {
			t.Errorf("%q reads at grade %.1f", key, one.grade())
		}
		if one.words >= longEnough/2 { // a label of one word says nothing about reading
			whole.add(text)
		}
	}
	if whole.words < fewestWords {
		t.Fatalf("only %d words measured", whole.words)
	}
	if g := whole.grade(); g > gradeOfAll {
		t.Errorf("all patient texts together read at grade %.1f", g)
	}
}

// The formula on a passage that can be counted by hand: 12 words, 2 sentences, 13
// syllables.
func TestGradeFormula(t *testing.T) {
	var m measure
	m.add("The cat sat on the mat. It was a very big cat.")
	if m.sentences != 2 || m.words != 12 || m.syllables != 13 {
		t.Fatalf("counted %+v", m)
	}
	if g := m.grade(); g > -0.4 || g < -0.6 {
		t.Errorf("grade %.2f", g)
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
