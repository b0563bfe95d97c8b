package careplan

import (
	"slices"
	"strings"
	"unicode"
)

// matters tells whether a change is more than a spelling, so that it needs a reason and
// a new yes. Each field that is no text matters; a tick on a list does not.
func matters(before, after Terms, changed []string) bool {
	texts := map[string][2]string{"title": {before.Title, after.Title}, "why": {before.Why, after.Why}, "doneWhen": {before.DoneWhen, after.DoneWhen}}
	return slices.ContainsFunc(changed, func(f string) bool {
		if f == "checks" && onlyTicked(before.Checks, after.Checks) {
			return false
		}
		text, ok := texts[f]
		return !ok || !spelling(text[0], text[1])
	})
}

// spelling tells whether two texts differ by marks, by capital letters or by a slip in
// a long word. Each digit and each short word counts: "no" is not "on", nor 5 mg 50.
func spelling(a, b string) bool {
	x, y := wordsOf(a), wordsOf(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] && !slip(x[i], y[i]) {
			return false
		}
	}
	return true
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '+' && r != '%' && r != '<' && r != '>'
	})
}

// longWord is from how many letters on a slip is taken for one. Prefixes that turn a
// word round (un-, in-, dis-) are longer than the slip, or at the front, which counts.
const longWord = 5

// slip tells whether one letter was added, left out or mistaken, or two changed places,
// behind the first two letters.
func slip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < longWord || len(y)-len(x) > 1 || x[0] != y[0] || x[1] != y[1] || slices.ContainsFunc(append(slices.Clone(x), y...), unicode.IsDigit) {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	restX, restY := x[i:], y[i:]
	switch {
	case len(x) != len(y):
		return slices.Equal(restX, restY[1:])
	case slices.Equal(restX[1:], restY[1:]):
		return true
	}
	return len(restX) > 1 && restX[0] == restY[1] && restX[1] == restY[0] && slices.Equal(restX[2:], restY[2:])
}
