package models

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What people write is read by others, some of them in a crisis. Three functions say
// what becomes of it, one for each kind of field (docs/decisions/0017):
//
//   - Line, for a name, a label, a code: one line.
//   - Prose, for a text of several lines.
//   - Told, for what a patient answers: the same care, and never a refusal.
//
// All write a text in one way (NFC, RFC 5198; "\n" for a line break), so that what looks
// the same is the same. Marks that are part of a script stay: the joiners of Arabic,
// Persian and Indic scripts and of emoji, variation selectors.

// Line makes a text one line: breaks and tabs become a space, spaces at the ends and
// marks that nobody sees go. ok is false when it holds what can't be shown, or turns the
// direction of what follows, or has nothing to see.
func Line(text string) (line string, ok bool) {
	if plain(text) {
		return strings.Trim(text, " "), true
	}
	return cleaned(text, func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == 0x2028 || r == 0x2029:
			return ' '
		case isMark(r) || isBreakHint(r):
			return -1
		}
		return r
	}, strings.TrimSpace)
}

// Prose keeps line breaks, tabs, the marks of direction (LRM, RLM, ALM) and hints of
// where a line may break. ok is false as for Line.
func Prose(text string) (prose string, ok bool) {
	if plain(text) {
		return text, true
	}
	return cleaned(text, proseRune, func(s string) string { return s })
}

func proseRune(r rune) rune {
	switch r {
	case '\v', '\f', 0x85, 0x2028, 0x2029:
		return '\n'
	case 0xfeff, 0xad:
		return -1
	}
	return r
}

// Told is Prose without what can't be shown.
func Told(text string) string {
	if plain(text) {
		return text
	}
	text = strings.Map(func(r rune) rune {
		if r = proseRune(r); r >= 0 && (isUnseen(r) || r == utf8.RuneError) {
			return -1
		}
		return r
	}, unbroken(strings.ToValidUTF8(text, "")))
	if text = norm.NFC.String(joined(text)); !seen(text) {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return r
			}
			return -1
		}, text)
	}
	return text
}

// cleaned does what all kinds have in common.
func cleaned(text string, change func(rune) rune, trim func(string) string) (string, bool) {
	if !utf8.ValidString(text) {
		return text, false
	}
	out := strings.Map(change, unbroken(text))
	if strings.ContainsFunc(out, isUnseen) {
		return text, false
	}
	out = norm.NFC.String(trim(joined(out)))
	return out, seen(out) || strings.TrimSpace(text) == ""
}

// plain spares the way for what almost everything is: ASCII that can be seen.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] >= 0x7f {
			return false
		}
	}
	return true
}

func unbroken(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// isUnseen is for what no keyboard writes and no screen shows: controls, overrides and
// isolates of direction (UAX #9), deprecated formats, what is no character.
func isUnseen(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x206f, r >= 0xfff9 && r <= 0xfffc:
		return true
	case r == 0x2028 || r == 0x2029, r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return true
	}
	return unicode.Is(unicode.Co, r) || r == 0xe0001
}

// isMark is for marks of direction, isBreakHint for hints of where a line breaks.
func isMark(r rune) bool { return r == 0x200e || r == 0x200f || r == 0x061c }

func isBreakHint(r rune) bool {
	return r == 0x200b || r == 0x2060 || r == 0xfeff || r == 0xad || r == 0x180e || r >= 0x2061 && r <= 0x2064
}

// joined keeps a joiner (ZWNJ, ZWJ) between two characters that can be joined, and
// drops others: between Latin letters it only makes two names that look the same.
func joined(text string) string {
	if !strings.ContainsAny(text, "\u200c\u200d") {
		return text
	}
	var out strings.Builder
	last := rune(-1)
	for i, r := range text {
		if r == 0x200c || r == 0x200d {
			next, _ := utf8.DecodeRuneInString(text[i+3:])
			if !joins(last) || !joins(next) {
				continue
			}
		}
		out.WriteRune(r)
		last = r
	}
	return out.String()
}

// joins tells whether a character is of a script that joins, or an emoji.
func joins(r rune) bool {
	if r < 0x600 || r == utf8.RuneError || r == 0x200c || r == 0x200d {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsSymbol(r)
}

// seen tells whether there is anything to see.
func seen(text string) bool {
	for _, r := range text {
		if !unicode.IsSpace(r) && !isMark(r) && !isBreakHint(r) && !unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Variation_Selector, r) && !isFiller(r) {
			return true
		}
	}
	return false
}

// isFiller is for letters by name that show nothing.
func isFiller(r rune) bool {
	switch r {
	case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0:
		return true
	}
	return false
}

// MaxID is how long an id is, and MaxLanguage a tag of a language (BCP 47), in characters.
const (
	MaxID       = 64
	MaxLanguage = 35
)

// IsID tells whether a text could be an id of ours: a UUID, or a short name that
// somebody at the clinic gave ("talk").
func IsID(text string) bool {
	if text == "" || len(text) > MaxID {
		return false
	}
	for i := range len(text) {
		b := text[i]
		if !('0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || b == '-' || b == '_' || b == '.') {
			return false
		}
	}
	return true
}
