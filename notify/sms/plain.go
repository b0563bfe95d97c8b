package sms

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain is a text as it is compared: one form of letters (NFKC), large, without marks
// over letters, signs, and characters that only turn or hide; spaces stay.
func plain(text string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.IsSpace(r):
			out.WriteRune(' ')
		case unicode.IsLetter(r) && r != 'ـ', unicode.IsDigit(r): // without the Arabic stretcher
			out.WriteRune(unicode.ToUpper(r))
		}
	}
	return strings.TrimSpace(out.String())
}
