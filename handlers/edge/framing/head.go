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
	method := token(line)
	rest, ok := bytes.CutPrefix(line[len(method):], []byte(" "))
	target, version, _ := bytes.Cut(rest, []byte(" "))
	if len(method) == 0 || !ok || len(target) == 0 || bytes.IndexByte(target, '\t') >= 0 {
		return false
	}
	h.old = string(version) == "HTTP/1.0"
	return h.old || string(version) == "HTTP/1.1"
}

// field reads one line. No space stands before the colon, and none at the begin: that
// would be a line that goes on (section 5).
func (h *head) field(line []byte) bool {
	name := token(line)
	if len(name) == 0 || len(name) == len(line) || line[len(name)] != ':' {
		return false
	}
	value := bytes.Trim(line[len(name)+1:], " \t")
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

// is compares in letters of either case; what is folded to another length is something else.
func is(name []byte, want string) bool {
	return len(name) == len(want) && strings.EqualFold(string(name), want)
}

// tokens are the bytes of RFC 9110, section 5.6.2.
var tokens = func() (may [256]bool) {
	for b := range may {
		c := byte(b)
		may[b] = '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
	}
	return may
}()

// token is what of one text begins with, or nothing.
func token(text []byte) []byte {
	for i, b := range text {
		if !tokens[b] {
			return text[:i]
		}
	}
	return text
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
