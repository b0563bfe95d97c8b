package icalendar

import (
	"bytes"
	"slices"
	"strings"
)

// The bounds of what is read. A file beyond one of them is refused whole: half a
// calendar would say that somebody is free when they are not.
const (
	MaxBytes     = 1 << 20
	maxLine      = 16 << 10 // bytes of a line that counts, unfolded
	maxParams    = 32       // of a line: the parser copies the rest of the line for each
	maxDepth     = 8
	maxEvents    = 5000
	maxRecurring = 1000 // a rule with BYSETPOS, which looks at whole months, counts as many
	maxTimes     = 10_000
)

// kept are the properties that say when somebody is busy. Nothing else of a
// calendar is ever parsed: not what an event is about, nor who is in it.
var kept = []string{"BEGIN", "END", "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP",
	"TZID", "TZOFFSETTO", "X-LIC-LOCATION"}

// sieve unfolds a calendar (RFC 5545, section 3.1) and leaves the lines that count,
// so that the parser behind it sees little and no line is long.
func sieve(text []byte) ([]byte, error) {
	if len(text) > MaxBytes {
		return nil, tooMuch()
	}
	out := make([]byte, 0, len(text)/4)
	depth, events := 0, 0
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	for len(text) > 0 {
		var line []byte
		line, text = unfolded(text)
		name := line
		if i := bytes.IndexAny(line, ":;"); i >= 0 {
			name = line[:i]
		}
		if len(name) > len("X-LIC-LOCATION") || !slices.Contains(kept, strings.ToUpper(string(name))) {
			continue
		}
		line = append(bytes.ToUpper(name), line[len(name):]...) // names are of either case; the parser wants one
		switch word := strings.ToUpper(string(bytes.TrimSpace(line))); {
		case word == "BEGIN:VEVENT":
			depth, events, line = depth+1, events+1, []byte(word)
		case strings.HasPrefix(word, "BEGIN"):
			depth, line = depth+1, []byte(word)
		case strings.HasPrefix(word, "END"):
			depth, line = depth-1, []byte(word)
		}
		if len(line) > maxLine || tooManyParams(line) || depth > maxDepth || events > maxEvents {
			return nil, tooMuch()
		}
		if depth < 0 {
			return nil, notACalendar()
		}
		out = append(append(out, line...), '\n')
	}
	if depth != 0 {
		return nil, notACalendar() // cut off on the way
	}
	return out, nil
}

// tooManyParams counts the semicolons before the value.
func tooManyParams(line []byte) bool {
	head, _, _ := bytes.Cut(line, []byte(":"))
	return bytes.Count(head, []byte(";")) > maxParams
}

// unfolded takes the first logical line off a text.
func unfolded(text []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(text, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(rest) == 0 || rest[0] != ' ' && rest[0] != '\t' {
		return line, rest
	}
	line = slices.Clone(line)
	for len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\t') {
		var more []byte
		more, rest, _ = bytes.Cut(rest[1:], []byte("\n"))
		line = append(line, bytes.TrimSuffix(more, []byte("\r"))...)
	}
	return line, rest
}
