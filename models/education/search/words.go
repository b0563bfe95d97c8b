// Package search finds modules by the words that people type: English, Spanish and Arabic,
// with slips of the keyboard, without accents and vowel marks, by street names of drugs. The
// page finds the same with the same index and no network (web/app/search); both read the
// same vectors in their tests. Pure: the index is made of texts and travels with a pack.
//
// Stems are those of the Snowball project (snowballstem.org), by blevesearch/snowballstem:
// of the libraries looked at it alone has all three languages.
package search

import (
	"slices"
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/spanish"
	"golang.org/x/text/unicode/norm"
)

var stemmers = map[string]func(*snowballstem.Env) bool{"en": english.Stem, "es": spanish.Stem, "ar": arabic.Stem}

const (
	apostrophes = "'`\u2018\u2019\u02bc\u00b4"
	tatweel     = '\u0640'
)

// keys of Persian keyboards, and the alef of old prints.
var keyboards = strings.NewReplacer("\u0671", "\u0627", "\u06cc", "\u064a", "\u06a9", "\u0643")

// Words are the words of a text in small letters, without vowel marks, lengthening and
// apostrophes. Accents stay: the stems of Spanish need them.
func Words(text string) []string {
	var out strings.Builder
	for _, r := range norm.NFKC.String(strings.ToLower(norm.NFKC.String(text))) {
		switch {
		case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r), r == tatweel, strings.ContainsRune(apostrophes, r):
		case unicode.IsLetter(r), unicode.Is(unicode.Nd, r):
			out.WriteRune(r)
		default:
			out.WriteByte(' ')
		}
	}
	return strings.Fields(keyboards.Replace(out.String()))
}

// alike are letters that people write one for the other.
var alike = strings.NewReplacer("\u0649", "\u064a", "\u0629", "\u0647", "\u0621", "")

// Fold is a word without accents, and with one alef, ya and ha.
func Fold(word string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.M, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(word))
	return alike.Replace(plain)
}

// Stem is the folded stem of a word in a language; one that is not known here has none
// other than the word.
func Stem(language, word string) string {
	if stem, ok := stemmers[language]; ok {
		env := snowballstem.NewEnv(word)
		stem(env)
		word = env.Current()
	}
	return Fold(word)
}

// Terms are what a word is found by: its stem, and the stem of the word without accents,
// since half of those who search leave them out.
func Terms(language, word string) []string {
	one, two := Stem(language, word), Stem(language, Fold(word))
	if one == two || two == "" {
		return []string{one}
	}
	return []string{one, two}
}

// anyTerms are the terms of a word whose language nobody told: the script says which may be.
func anyTerms(word string) []string {
	if inArabic(word) {
		return Terms("ar", word)
	}
	out := append(Terms("en", word), Terms("es", word)...)
	slices.Sort(out)
	return slices.Compact(out)
}

func inArabic(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return r >= '\u0600' && r <= '\u06ff' && unicode.IsLetter(r) })
}
