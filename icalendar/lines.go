package icalendar

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// MaxBytes is the most that is read of a calendar. What passes costs nothing: only
// what can touch the window that is asked for is kept.
const MaxBytes = 20 << 20

// maxLine is how much of one unfolded line is kept, in bytes. A list of 3,000
// exceptions fits.
const maxLine = 64 << 10

// lines gives the logical lines of a calendar (RFC 5545, section 3.1) as they come.
// Lines may end in LF, CRLF, CRCRLF or CR: all of them are seen in the field.
type lines struct {
	in      *bufio.Reader
	passed  int
	line    []byte // of physical
	pending []byte // the logical line that may go on
	have    bool
	cut     bool // pending was longer than maxLine
	err     error
}

func newLines(r io.Reader) *lines {
	in := bufio.NewReaderSize(r, 32<<10)
	if bom, err := in.Peek(3); err == nil && bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3) // what was peeked is there
	}
	return &lines{in: in}
}

// next gives the next logical line; cut tells that its end was thrown away. The line
// holds until the next call. io.EOF at the end.
func (l *lines) next() (line []byte, cut bool, err error) {
	for l.err == nil {
		head, long, err := l.physical()
		if err != nil {
			l.err = err
		}
		switch {
		case len(head) == 0: // an empty line ends nothing: CRCRLF makes one of each line
		case l.have && (head[0] == ' ' || head[0] == '\t'):
			l.add(head[1:], long)
		case l.have:
			line, cut = append([]byte(nil), l.pending...), l.cut
			l.start(head, long)
			return line, cut, nil
		default:
			l.start(head, long)
		}
	}
	if l.have && errors.Is(l.err, io.EOF) {
		l.have = false
		return l.pending, l.cut, nil
	}
	return nil, false, l.err
}

func (l *lines) start(head []byte, long bool) {
	l.pending, l.have, l.cut = append(l.pending[:0], head...), true, long
}

func (l *lines) add(more []byte, long bool) {
	if room := maxLine - len(l.pending); len(more) > room {
		more, long = more[:room], true
	}
	l.pending, l.cut = append(l.pending, more...), l.cut || long
}

// physical reads one line and keeps its first maxLine bytes. CR and LF both end it:
// between the two of them lies an empty line.
func (l *lines) physical() (line []byte, long bool, err error) {
	line = l.line[:0]
	for {
		c, err := l.in.ReadByte()
		if l.passed++; l.passed > MaxBytes {
			return nil, false, tooMuch()
		}
		if err != nil || c == '\n' || c == '\r' {
			l.line = line
			return line, long, err
		}
		if len(line) < maxLine {
			line = append(line, c)
		} else {
			long = true
		}
	}
}
