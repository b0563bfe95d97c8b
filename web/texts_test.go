package web

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handrail/models/medicine"
)

var languages = []string{"en", "es", "ar"}

func texts(t *testing.T, language string) map[string]string {
	t.Helper()
	words := map[string]string{}
	if err := json.Unmarshal([]byte(source(t, "texts/"+language+".json")), &words); err != nil {
		t.Fatalf("%s: %v", language, err)
	}
	return words
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestEveryLanguageHasEveryText(t *testing.T) {
	english := texts(t, "en")
	for _, language := range languages[1:] {
		words := texts(t, language)
		for key, text := range english {
			if strings.TrimSpace(words[key]) == "" {
				t.Errorf("%s has no %q", language, key)
			} else if !slices.Equal(placeholders(text), placeholders(words[key])) {
				t.Errorf("%s: %q has other placeholders", language, key)
			}
		}
		for key := range words {
			if english[key] == "" {
				t.Errorf("%s has %q, English does not", language, key)
			}
		}
	}
}

// What a note on a lock screen says is the allow-list of package notify/texts, word for word.
func TestNotesSayTheAllowListAndNothingElse(t *testing.T) {
	for _, language := range languages {
		body, err := os.ReadFile("../notify/texts/locales/" + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var allowed map[string]struct{ Title, Body string }
		if err := json.Unmarshal(body, &allowed); err != nil {
			t.Fatal(err)
		}
		words, n := texts(t, language), 0
		for _, class := range []string{"look", "time", "soon", "now"} {
			if a := allowed[class]; words["push."+class+".title"] != a.Title || words["push."+class+".body"] != a.Body || a.Body == "" {
				t.Errorf("%s: push.%s is not what is allowed", language, class)
			}
		}
		for key := range words {
			if strings.HasPrefix(key, "push.") {
				n++
			}
		}
		if n != 8 {
			t.Errorf("%s has %d texts for notes", language, n)
		}
	}
}

func TestArabicIsArabic(t *testing.T) {
	for key, text := range texts(t, "ar") {
		if key != "frame.name" && !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x600 && r < 0x700 }) {
			t.Errorf("%q has no Arabic letter", key)
		}
	}
}

var comment = regexp.MustCompile(`(?m)(^|\s)//.*$`)
var literal = regexp.MustCompile("'(?:[^'\\\\\n]|\\\\.)*'|`(?:[^`\\\\]|\\\\.)*`")
var textKey = regexp.MustCompile("\\b(?:t|has)\\((?:\\w+(?:\\.\\w+)* \\? )?('[^']+'|`[^`]+`)(?: : ('[^']+'|`[^`]+`))?|\\bt\\(\\w[^'`(),]* \\? ('[^']+'|`[^`]+`) : ('[^']+'|`[^`]+`)")

// code is a file without its comments.
func code(t *testing.T, name string) string { return comment.ReplaceAllString(source(t, name), "$1") }

// usedKeys gives the keys that the code names, and the beginnings of those that it
// puts together.
func usedKeys(t *testing.T) (whole, begun map[string]string) {
	whole, begun = map[string]string{}, map[string]string{}
	for _, name := range sources(t, ".js") {
		for _, m := range textKey.FindAllStringSubmatch(code(t, name), -1) {
			for _, quoted := range m[1:] {
				if quoted == "" {
					continue
				}
				key := quoted[1 : len(quoted)-1]
				if head, _, built := strings.Cut(key, "${"); built {
					begun[head] = name
				} else {
					whole[key] = name
				}
			}
		}
	}
	return whole, begun
}

func TestTextsAndCodeNameTheSameKeys(t *testing.T) {
	english := texts(t, "en")
	whole, begun := usedKeys(t)
	if len(whole) < 50 {
		t.Fatalf("only %d keys found in the code", len(whole))
	}
	for key, name := range whole {
		if english[key] == "" {
			t.Errorf("%s names %q, which has no text", name, key)
		}
	}
	for key := range english {
		hasHead := false
		for head := range begun {
			hasHead = hasHead || strings.HasPrefix(key, head)
		}
		if whole[key] == "" && !hasHead {
			t.Errorf("no code uses %q", key)
		}
	}
	for head, name := range begun {
		found := false
		for key := range english {
			found = found || strings.HasPrefix(key, head)
		}
		if !found {
			t.Errorf("%s begins keys with %q, which no text has", name, head)
		}
	}
}

var inserted = regexp.MustCompile(`\$\{[^}]*\}`)
var looksLikeWords = regexp.MustCompile(`\pL{2,}[,.!?]*\s+\pL|^\p{Lu}\p{Ll}+$`)

// notWords are literals that are names in a standard, not words for a person.
var notWords = regexp.MustCompile(`^(?:[a-z-]+:|/v1/|\./|\.\./|https:|#|Bearer |application/|Escape$|Enter$|DELETE|BroadcastChannel|Ed25519$|Collator$|M\d|div |Accept|Content-Type|If-|ETag|Authorization|EdDSA$)`)

func TestScreensHoldNoWords(t *testing.T) {
	for _, name := range sources(t, ".js") {
		if name == "app/icons.js" {
			continue // drawings
		}
		for _, quoted := range literal.FindAllString(code(t, name), -1) {
			text := inserted.ReplaceAllString(quoted[1:len(quoted)-1], "")
			if looksLikeWords.MatchString(text) && !notWords.MatchString(text) {
				t.Errorf("%s holds words: %s", name, quoted)
			}
		}
	}
}

// TestNoTextSaysHowMuchToTake: in no language. Directions are shown as a prescriber wrote
// them, and the program adds nothing to them.
func TestNoTextSaysHowMuchToTake(t *testing.T) {
	for _, language := range languages {
		for key, text := range texts(t, language) {
			if medicine.HasDose(text) {
				t.Errorf("%s: %q says how much: %s", language, key, text)
			}
		}
	}
	for _, name := range sources(t, ".js") {
		for _, quoted := range literal.FindAllString(code(t, name), -1) {
			if medicine.HasDose(quoted) {
				t.Errorf("%s says how much: %s", name, quoted)
			}
		}
	}
}

// TestNoServerTextSaysWhatToTake: no sentence of the program and no question of a check-in
// holds an amount or tells somebody what to do about a medicine.
func TestNoServerTextSaysWhatToTake(t *testing.T) {
	formField := regexp.MustCompile(`^"Give \d+ (or|to) `) // says what a number in a form can be
	sentence := regexp.MustCompile(`"[A-Z][^"\n]*[a-z][^"\n]*\."`)
	for _, dir := range []string{"../care", "../handlers", "../models", "../planning", "../notify"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			ext := filepath.Ext(path)
			data := filepath.Base(path) == "questions.json"
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || ext != ".go" && !data {
				return err
			}
			b, err := os.ReadFile(path)
			for _, text := range sentence.FindAllString(string(b), -1) {
				if medicine.HasDose(text) && !formField.MatchString(text) {
					t.Errorf("%s: %s says what to take", path, text)
				}
			}
			if data && medicine.HasDose(string(b)) {
				t.Errorf("%s says what to take", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
