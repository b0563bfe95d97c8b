package learn

import "strings"

// ByteRange reads a Range of one span (RFC 9110, section 14.1.2) against a length: the
// bytes from and before to; from >= to when none of them is there. What is more than one
// span or no span of bytes is not partial: then the whole is sent, as the RFC lets us.
func ByteRange(header string, length int) (from, to int, partial bool) {
	span, ok := strings.CutPrefix(strings.ReplaceAll(header, " ", ""), "bytes=")
	first, last, dash := strings.Cut(span, "-")
	if !ok || !dash {
		return 0, length, false
	}
	a, aOK := position(first)
	b, bOK := position(last)
	switch {
	case first == "" && bOK: // the last b bytes
		return max(0, length-b), length, true
	case aOK && last == "":
		return a, length, true
	case aOK && bOK && a <= b:
		return a, min(b+1, length), true
	}
	return 0, length, false
}

// position reads a place in a file; what is further than any file is its end.
func position(digits string) (n int, ok bool) {
	if digits == "" {
		return 0, false
	}
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0, false
		}
		n = min(n*10+int(d-'0'), 1<<30)
	}
	return n, true
}
