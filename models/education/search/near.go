package search

import "unicode/utf8"

func runes(s string) int { return utf8.RuneCountInString(s) }

// near tells whether two words differ by one slip at most: a letter more, less, another
// one, or two that changed places.
func near(a, b string) bool { return oneSlip([]rune(a), []rune(b)) }

func oneSlip(x, y []rune) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	j := 0
	for j < len(x)-i && x[len(x)-1-j] == y[len(y)-1-j] {
		j++
	}
	if len(x) != len(y) {
		return i+j == len(x)
	}
	left := len(x) - i - j
	return left <= 1 || left == 2 && x[i] == y[i+1] && x[i+1] == y[i]
}
