package models

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "",
		"Ana":                   "Ana",
		" Ana ":                 "Ana",
		"Jose\u0301":            "Jos\u00e9",
		"Ana\r\nMaria\t":        "Ana Maria",
		"Ana\u2028Maria":        "Ana Maria",
		"Ana\u200b\u2060\ufeff": "Ana",
		"A\u00adna":             "Ana",
		"\u200fليلى\u200e":      "ليلى",
		"می\u200cخواهم":         "می\u200cخواهم", // Persian needs it
		"क्\u200dष":             "क्\u200dष",
		"a\u200db\u200c":        "ab",
		"👩\u200d⚕\ufe0f":        "👩\u200d⚕\ufe0f",
		"👨‍👩‍👧":                 "👨‍👩‍👧",
		"\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", // England
		"Ана": "Ана",
	} {
		if got, ok := Line(in); !ok || got != want {
			t.Errorf("%q: %q, %v", in, got, ok)
		}
	}
	for _, in := range unshowable {
		if got, ok := Line(in); ok {
			t.Errorf("%q became %q", in, got)
		}
	}
}

// unshowable is refused of a line and of prose.
var unshowable = []string{"a\x00", "\x00", "a\x07b", "a\x1b[31m", "a\x7f", "a\u0080", "a\u009b31m", "a\u202eb", "\u202a", "a\u202d", "a\u2066b\u2069", "a\u2067", "a\u2068", "a\u206a",
	"\u200b", "\u200b\u2060", " \u200d ", "\ufeff", "\u3164", "\u115f", "\u2800\u2800", "\ufe0f", "\u061c", "a\ufffe", "a\uffff", "a\ufdd0", "a\U0001ffff", "a\ue000", "a\ufff9b\ufffbc", "a\ufffc",
	"a\xff", "\xed\xa0\x80", "\U000e0001a"}

func TestProse(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"One\r\nTwo\rThree\n\tFour ":    "One\nTwo\nThree\n\tFour ",
		"One\u2028Two\u2029Three\u0085": "One\nTwo\nThree\n",
		"نعم\u200f (yes)\u200e":         "نعم\u200f (yes)\u200e",
		"می\u200cخواهم":                 "می\u200cخواهم",
		"\ufeffOne":                     "One",
		"ภาษา\u200bไทย":                 "ภาษา\u200bไทย",
		"Cafe\u0301":                    "Caf\u00e9",
	} {
		if got, ok := Prose(in); !ok || got != want {
			t.Errorf("%q: %q, %v", in, got, ok)
		}
	}
	for _, in := range unshowable {
		if got, ok := Prose(in); ok {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestToldIsNeverRefused(t *testing.T) {
	for in, want := range map[string]string{
		"I am\x00 not\u202e well\r\n": "I am not well\n",
		"\x00":                        "", "a\xffb": "ab", "\u2066x\u2069": "x", "e\u0301": "\u00e9", "نعم\u200f": "نعم\u200f",
	} {
		if got := Told(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// FuzzTexts: what is taken stays as it is when it comes again, holds nothing that turns
// or hides, and what a patient told is taken by Prose unless nothing can be seen of it.
func FuzzTexts(f *testing.F) {
	for _, s := range append(unshowable, "Ana", "Jose\u0301\r\n", "می\u200cخواهم", "a\u200d\u0301", "\u1100\u200d\u1161") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, kind := range map[string]func(string) (string, bool){"line": Line, "prose": Prose, "told": func(s string) (string, bool) { return Told(s), true }} {
			got, ok := kind(text)
			if !ok {
				continue
			}
			if again, ok := kind(got); !ok || again != got {
				t.Fatalf("%s: %q gives %q, then %q (%v)", name, text, got, again, ok)
			}
			if !utf8.ValidString(got) || strings.ContainsFunc(got, isUnseen) || !norm.NFC.IsNormalString(got) || name == "line" && strings.ContainsAny(got, "\n\t") {
				t.Fatalf("%s: %q gives %q", name, text, got)
			}
		}
		if told := Told(text); seen(told) {
			if _, ok := Prose(told); !ok {
				t.Fatalf("told %q: %q", text, told)
			}
		}
	})
}
