package web

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	countedText = regexp.MustCompile(`\{(\w+), plural,((?:\s*(?:zero|one|two|few|many|other) \{[^{}]*\})+)\s*\}`)
	formOf      = regexp.MustCompile(`(\w+) \{[^{}]*\}`)
	// plainCount is a number and a noun in the plural, whatever the number: such a text says "1 days".
	plainCount = regexp.MustCompile(`\{(?:n|days|minutes|weeks)\} (?:days|minutes|weeks|hours)\b`)
)

// needed are the forms of a language (CLDR); what is left out is "other".
var needed = map[string][]string{"en": {"one", "other"}, "es": {"one", "other"}, "ar": {"one", "two", "few", "many", "other"}}

// inFull is a text with its forms of many in the place of all.
func inFull(text string) string {
	return countedText.ReplaceAllStringFunc(text, func(all string) string {
		forms := formOf.FindAllString(all, -1)
		_, words, _ := strings.Cut(forms[len(forms)-1], "{")
		return strings.ReplaceAll(strings.TrimSuffix(words, "}"), "#", "{n}")
	})
}

// TestTextsThatCountHaveTheFormsOfTheirLanguage: a text that counts in one language does in
// all, with all forms; no text has a plural word beside any number.
func TestTextsThatCountHaveTheFormsOfTheirLanguage(t *testing.T) {
	english := texts(t, "en")
	for _, language := range languages {
		for key, text := range texts(t, language) {
			names := countedText.FindAllStringSubmatch(text, -1)
			if len(names) != len(countedText.FindAllString(english[key], -1)) {
				t.Errorf("%s: %q does not count what English counts", language, key)
			}
			for _, m := range names {
				var has []string
				for _, f := range formOf.FindAllStringSubmatch(m[2], -1) {
					has = append(has, f[1])
				}
				for _, form := range needed[language] {
					if !slices.Contains(has, form) {
						t.Errorf("%s: %q has no form %s", language, key, form)
					}
				}
			}
		}
	}
	for key, text := range english {
		if plainCount.MatchString(text) {
			t.Errorf("%q, %q: a plural word stands beside any number", key, text)
		}
	}
}

// TestFormsAreChosenByNumber asks the page's own module, in Node.
func TestFormsAreChosenByNumber(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("node"); err != nil && os.Getenv("HANDRAIL_TEST_REQUIRE_BROWSER") == "" {
		t.Skip("node is needed: ", err)
	}
	path := filepath.Join(t.TempDir(), "plural.mjs")
	if err := os.WriteFile(path, []byte(source(t, "app/plural.js")), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := json.Marshal(map[string]string{"en": texts(t, "en")["share.days"], "es": texts(t, "es")["share.days"], "ar": texts(t, "ar")["share.days"]})
	if err != nil {
		t.Fatal(err)
	}
	script := `const { pluralised } = await import(process.argv[1]); const of = JSON.parse(process.argv[2]);
console.log(JSON.stringify(Object.entries(of).map(([l, text]) => [1, 2, 5, 30, '1'].map((n) => pluralised(text, { n }, l)).join('|'))));`
	out, err := exec.CommandContext(t.Context(), "node", "--input-type=module", "-e", script, path, string(in)).Output()
	const want = `["يوم واحد|يومان|5 أيام|30 يومًا|يوم واحد","1 day|2 days|5 days|30 days|1 day","1 día|2 días|5 días|30 días|1 día"]`
	if got := string(out); err != nil || got != want+"\n" {
		t.Errorf("%v: %s", err, got)
	}
}
