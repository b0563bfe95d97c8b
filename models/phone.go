package models

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxPhone bounds what is shown of a number, in characters; MaxPhoneTyped what is read.
// MinPhone is the shortest, a short code.
const (
	MinPhone      = 3
	MaxPhone      = 60
	MaxPhoneTyped = 160
)

// notAPhone says what to do about a number that can't be dialled.
const NotAPhone = "Write the number with + and the country's code. An extension may follow, as in +1 555 010 0100 ext. 5."

var (
	// ITU-T E.164: 15 digits at most. What follows is RFC 3966: the extension, and the
	// "#" with which some lines want to hear its end.
	e164      = regexp.MustCompile(`^\+[1-9][0-9]{6,14}(;ext=[0-9]{1,12}(;postd=%23)?)?$`)
	shortCode = regexp.MustCompile(`^[0-9]{3,6}$`)

	// What stands before a number in links and address books.
	phonePrefix = regexp.MustCompile(`(?i)^(tel|phone|callto|sms)[.:]+`)
	// How people, phones and address books write an extension, behind all digits.
	phoneExtension = regexp.MustCompile(`(?i)^(.*?)(?:[,;]*(?:ext(?:ension|ensión|n)?|extensi\x{f3}n|x|#|anexo|interno|int|تحويلة|تحويله|داخلي)[.:=]*|[,;pw]+)([0-9]{1,12})(#?)$`)
	// A trunk zero in brackets behind the country's code.
	trunkZero = regexp.MustCompile(`^\+([0-9]{1,3})\(0\)`)
)

// ParsePhone reads a number in international form as people paste it: +, the country's
// code, the rest, and an extension or none. Understood are the separators of RFC 3966
// and their look-alikes, the digits of every script, the invisible marks that address
// books and web pages leave behind, "tel:", a trunk zero as "(0)". The number that it
// gives is E.164, with the extension as RFC 3966 has it: "+15550100001;ext=5".
//
// National forms are not understood: which country they mean would be a guess, and a
// wrong guess calls a stranger. (A library such as phonenumbers knows the plans of all
// countries, in 5 MB; without a country to guess it would tell no more.)
func ParsePhone(text string) (number string, ok bool) {
	number = DialledPhone(text)
	return number, IsPhone(number)
}

// isPhone tells whether a number is as ParsePhone gives it.
func IsPhone(number string) bool { return e164.MatchString(number) }

// isShortCode tells whether a number is one of a service within a country: "988".
func IsShortCode(number string) bool { return shortCode.MatchString(number) }

// Phone checks a number in a form: international, or nothing where it is not needed.
func (c *Checks) Phone(field, value string, needed bool) {
	_, ok := ParsePhone(value)
	c.Require(value == "" && !needed || ok, field, "not-a-phone-number", NotAPhone)
}

// NormalPhone is the number that a text means, or the text when it means none.
func NormalPhone(text string) string {
	if number, ok := ParsePhone(text); ok {
		return number
	}
	return text
}

// PhoneExtension parts a number from its extension; "" when there is none.
func PhoneExtension(number string) (base, extension string) {
	base, rest, _ := strings.Cut(number, ";ext=")
	extension, pound, _ := strings.Cut(rest, ";")
	if pound != "" {
		extension += "#"
	}
	return base, extension
}

// dialled leaves what a phone dials. A character that has no place in a number stays, so
// that the number is refused.
func DialledPhone(text string) string {
	if len(text) > 4*MaxPhoneTyped || !utf8.ValidString(text) {
		return ""
	}
	text = strings.Map(dialledRune, UnprefixedPhone(strings.Map(dialledRune, text)))
	base, extension := cutExtension(text)
	if m := trunkZero.FindStringSubmatch(base); m != nil && !keepsZero[m[1]] {
		base = "+" + m[1] + base[len(m[0]):]
	}
	return strings.NewReplacer("(", "", ")", "", ".", "", "/", "").Replace(base) + extension
}

// unprefixed takes off what stands before a number in a link, where signs may be encoded.
func UnprefixedPhone(text string) string {
	rest := phonePrefix.ReplaceAllString(text, "")
	if plain, err := url.PathUnescape(rest); rest != text && err == nil {
		return plain
	}
	return rest
}

// keepsZero are the countries whose numbers begin with 0 also from abroad (Italy, San
// Marino, the Vatican).
var keepsZero = map[string]bool{"39": true, "378": true, "379": true}

// cutExtension finds an extension and writes it as RFC 3966 has it.
func cutExtension(text string) (base, extension string) {
	if base, ext, ok := strings.Cut(text, ";postd=%23"); ok && ext == "" { // as we write it
		text = base + "#"
	}
	m := phoneExtension.FindStringSubmatch(text)
	if m == nil {
		return text, ""
	}
	extension = ";ext=" + m[2]
	if m[3] != "" {
		extension += ";postd=%23"
	}
	return m[1], extension
}

// dialledRune maps look-alikes and drops separators and what nobody sees. Points, strokes
// and brackets are still needed to tell what is what.
func dialledRune(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return r
	case unicode.Is(unicode.Nd, r):
		return '0' + digit(r)
	case unicode.In(r, unicode.Zs, unicode.Cf, unicode.Pd, unicode.Variation_Selector), strings.ContainsRune("\t\r\n\u2212\u2043\u20e3\u30fc\u00b7\u2022\u2024", r):
		return -1
	case r == '＋' || r == '﹢':
		return '+'
	case r >= '！' && r <= '～': // full-width forms of ASCII
		return r - 0xfee0
	}
	return r
}

// digit is the value of a digit of any script: their ranges begin at nought and hold
// ten each (or, for mathematics, some tens).
func digit(r rune) rune {
	for _, in := range unicode.Nd.R16 {
		if r >= rune(in.Lo) && r <= rune(in.Hi) {
			return (r - rune(in.Lo)) % 10
		}
	}
	for _, in := range unicode.Nd.R32 {
		if r >= rune(in.Lo) && r <= rune(in.Hi) {
			return (r - rune(in.Lo)) % 10
		}
	}
	return 0
}
