package framing

import (
	"bytes"
	"strconv"
	"strings"
)

// head is what is known of a request's head.
type head struct {
	old     bool // HTTP/1.0
	hosts   int
	lengths int
	length  int64
	codings int
	chunked bool
}

// requestLine reads "GET /path HTTP/1.1" (RFC 9112, section 3): one space between
// each, and a version that we speak.
func (h *head) requestLine(line []byte) bool {
	parts := strings.Split(string(line), " ")
	if len(parts) != 3 || !isToken(parts[0]) || parts[1] == "" || strings.Contains(parts[1], "\t") {
		return false
	}
	h.old = parts[2] == "HTTP/1.0"
	return h.old || parts[2] == "HTTP/1.1"
}

// field reads one line. No space stands before the colon, and none at the begin: that
// would be a line that goes on (section 5).
func (h *head) field(line []byte) bool {
	name, value, ok := bytes.Cut(line, []byte(":"))
	if !ok || !isToken(string(name)) {
		return false
	}
	value = bytes.Trim(value, " \t")
	switch {
	case is(name, "Host"):
		h.hosts++
		return h.hosts == 1 && isHost(string(value))
	case is(name, "Content-Length"):
		h.lengths++
		return h.lengths == 1 && h.contentLength(string(value))
	case is(name, "Transfer-Encoding"):
		h.codings++
		h.chunked = is(value, "chunked")
		return h.codings == 1 && h.chunked
	case is(name, "Content_Length"), is(name, "Transfer_Encoding"): // some gateways read these as the ones above
		return false
	}
	return true
}

// contentLength takes digits and nothing else: no sign, no list, no zero in front
// that somebody could read as octal.
func (h *head) contentLength(text string) bool {
	if strings.Trim(text, "0123456789") != "" || len(text) > 1 && text[0] == '0' {
		return false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	h.length = n
	return err == nil
}

// whole holds what must be between fields: a host, and one way to tell the length
// (sections 3.2 and 6.1).
func (h *head) whole() bool {
	return (h.hosts == 1 || h.old) && !(h.chunked && (h.lengths > 0 || h.old))
}

func is(name []byte, want string) bool { return strings.EqualFold(string(name), want) }

// isToken is RFC 9110, section 5.6.2.
func isToken(text string) bool {
	for i := range len(text) {
		b := text[i]
		if !('0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || strings.IndexByte("!#$%&'*+-.^_`|~", b) >= 0) {
			return false
		}
	}
	return text != ""
}

// isHost takes a name or an address with a port or none (RFC 3986, section 3.2.2).
func isHost(text string) bool {
	host, port := text, ""
	if i := strings.LastIndexByte(text, ':'); i >= 0 && !strings.HasSuffix(text, "]") {
		host, port = text[:i], text[i+1:]
	}
	if strings.Trim(port, "0123456789") != "" || len(port) > 5 || host == "" {
		return false
	}
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		return ok && inner != "" && strings.Trim(inner, "0123456789abcdefABCDEF:.") == ""
	}
	for i := range len(host) {
		b := host[i]
		if !('0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || strings.IndexByte("-._~%", b) >= 0) {
			return false
		}
	}
	return true
}
