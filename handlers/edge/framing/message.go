package framing

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"
)

// part is what of a request comes next.
type part int

const (
	inRequestLine part = iota
	inFields
	inBody      // left bytes of it
	inChunkSize // the line before a chunk
	inChunk     // left bytes of it
	afterChunk  // the end of line behind it
	inTrailer   // the line behind the last chunk
	overlong    // a head that the server refuses by itself
)

// maxChunkLine bounds the line before a chunk with its extensions, in bytes.
const maxChunkLine = 256

// message follows one request after the other.
type message struct {
	maxHead int
	at      part
	line    []byte // the begin of a line whose end has not come
	size    int    // of the head so far
	left    int64
	blank   bool // an empty line before the request line was let pass
	head    head
}

// between tells whether a request has ended and none has begun.
func (m *message) between() bool { return m.at == inRequestLine && m.size == 0 }

func (m *message) inHead() bool { return m.at == inRequestLine || m.at == inFields }

// scan reads p up to the end of the request at most. used is how much of p belongs to
// it; ok is false when it is not well framed.
func (m *message) scan(p []byte) (used int, ok bool) {
	for used < len(p) {
		if m.at == overlong {
			return len(p), true
		}
		if m.at == inBody || m.at == inChunk {
			n := min(m.left, int64(len(p)-used))
			used, m.left = used+int(n), m.left-n
			if m.left == 0 && m.bodyEnds() {
				return used, true
			}
			continue
		}
		line, n := m.take(p[used:])
		used += n
		if line == nil {
			return used, m.bounded()
		}
		ended, ok := m.read(line)
		m.line = m.line[:0]
		if !ok || ended {
			return used, ok
		}
	}
	return used, true
}

// bodyEnds goes on behind a body or a chunk.
func (m *message) bodyEnds() bool {
	if m.at == inChunk {
		m.at = afterChunk
		return false
	}
	m.begin()
	return true
}

// take gives the line up to its end, or nil while that has not come. A line that comes in
// one piece is not copied.
func (m *message) take(p []byte) (line []byte, n int) {
	n = bytes.IndexByte(p, '\n') + 1
	whole := n > 0
	if !whole {
		n = len(p)
	}
	if m.inHead() {
		m.size += n
	}
	if whole && len(m.line) == 0 {
		return p[:n], n
	}
	m.line = append(m.line, p[:n]...)
	if whole {
		line = m.line
	}
	return line, n
}

// bounded holds a line that has not ended.
func (m *message) bounded() bool {
	if m.inHead() {
		if m.size > m.maxHead {
			m.at, m.line = overlong, nil
		}
		return true
	}
	if m.at == inTrailer { // nothing of one may pass, since the server would take it
		return string(m.line) == "\r"
	}
	return len(m.line) <= maxChunkLine
}

// begin waits for the next request. A buffer of an odd head is not kept.
func (m *message) begin() {
	m.at, m.size, m.left, m.blank, m.head = inRequestLine, 0, 0, false, head{}
	if cap(m.line) > 1<<10 {
		m.line = nil
	}
}

// read takes one line with its end.
func (m *message) read(line []byte) (ended, ok bool) {
	text, ok := bytes.CutSuffix(line, []byte("\r\n"))
	if !ok || hasControl(text) {
		return false, false
	}
	switch m.at {
	case inRequestLine:
		if len(text) == 0 && !m.blank { // RFC 9112, section 2.2
			m.blank, m.size = true, 0
			return false, true
		}
		m.at = inFields
		if ok = m.head.requestLine(text); !ok {
			m.at = inRequestLine
		}
		return false, ok
	case inFields:
		if len(text) > 0 {
			return false, m.head.field(text)
		}
		return m.headEnds()
	case inChunkSize:
		return false, m.chunk(text)
	case afterChunk:
		m.at = inChunkSize
		return false, len(text) == 0
	default: // no trailer is expected, and none is taken: it would become a header field
		m.begin()
		return true, len(text) == 0
	}
}

// headEnds decides how the body is framed (RFC 9112, section 6.3).
func (m *message) headEnds() (ended, ok bool) {
	if !m.head.whole() {
		return false, false
	}
	switch {
	case m.head.chunked:
		m.at = inChunkSize
	case m.head.length > 0:
		m.at, m.left = inBody, m.head.length
	default:
		m.begin()
		return true, true
	}
	return false, true
}

// chunk reads the size of a chunk (RFC 9112, section 7.1). Extensions are let pass.
func (m *message) chunk(text []byte) bool {
	digits, extension, _ := bytes.Cut(text, []byte(";"))
	if len(text) > maxChunkLine || len(extension) == 0 && len(digits) < len(text) {
		return false
	}
	if len(extension) > 0 {
		digits = bytes.TrimRight(digits, " \t")
	}
	for _, b := range digits {
		if !('0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'f') {
			return false
		}
	}
	size, err := strconv.ParseUint(string(digits), 16, 40)
	if err != nil || len(digits) > 10 {
		return false
	}
	m.at, m.left = inChunk, int64(size)
	if size == 0 {
		m.at = inTrailer
	}
	return true
}

// hasControl: a tab may stand in a value, nothing else of the kind. All of them are single
// bytes, so no letter has to be put together for it. Eight bytes are looked at at once: most
// of a head is a token of 300.
func hasControl(text []byte) bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	for len(text) >= 8 {
		x := binary.LittleEndian.Uint64(text)
		del := x ^ each*0x7f
		if ((x-each*' ')&^x|(del-each)&^del)&high != 0 && slices.ContainsFunc(text[:8], isControl) {
			return true
		}
		text = text[8:]
	}
	return slices.ContainsFunc(text, isControl)
}

func isControl(b byte) bool { return b < ' ' && b != '\t' || b == 0x7f }
