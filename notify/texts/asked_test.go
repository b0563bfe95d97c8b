package texts

import (
	"os"
	"strings"
	"testing"
	"unicode"
)

// TestWhatIsAskedIsNeutral: no clinic, no reason, no name, in each language; and each has
// all of them.
func TestWhatIsAskedIsNeutral(t *testing.T) {
	c, err := LoadAsked()
	if err != nil {
		t.Fatal(err)
	}
	for language := range mustLoad(t) {
		raw, err := os.ReadFile("asked/" + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		for _, stem := range append(forbidden[language], forbidden["en"]...) {
			if strings.Contains(strings.ToLower(string(raw)), stem) {
				t.Errorf("%s says %q", language, stem)
			}
		}
		for _, code := range Asked {
			body := c[language][code].Body()
			if n := len([]rune(body)); n == 0 || n > 120 {
				t.Errorf("%s %s: the body has %d letters", language, code, n)
			}
			if strings.ContainsFunc(body, unicode.IsDigit) || strings.ContainsAny(body, "{}%$<>") {
				t.Errorf("%s %s: a place for something to be put in", language, code)
			}
		}
		if len(c[language]) != len(Asked) {
			t.Errorf("%s has texts that nobody uses", language)
		}
	}
}

// TestWhatWasSignedStays: a sentence that somebody signed never changes; another one has
// another code.
func TestWhatWasSignedStays(t *testing.T) {
	c, err := LoadAsked()
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[Code]string{
		HelpCall: "Somebody who trusts you would like you to call them now. Then sign in, please.",
		HelpCome: "Somebody who trusts you would like you to come to them, or to call, now. Then sign in, please.",
		HelpLook: "Somebody who trusts you may need you now. Please sign in to see who it is.",
	} {
		if got := c["en"][code].Body(); got != want {
			t.Errorf("%s now says %q", code, got)
		}
	}
}
