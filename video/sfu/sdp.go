package sfu

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// section is one m-line of a session description with its attributes; the first
// section of a description, which has no media, is that of the session. It is read
// here and not by the library, which refuses a whole description for one odd line.
type section struct {
	media   string // audio, video, application, ...
	port    int
	protos  string // UDP/TLS/RTP/SAVPF
	formats []string
	attrs   []attr
}

type attr struct{ key, value string }

func (a attr) String() string {
	if a.value == "" {
		return a.key
	}
	return a.key + ":" + a.value
}

// parse takes a description apart (RFC 8866). Line ends, blank lines and spaces at
// the end of a line may be of any kind; what is neither m= nor a= is not needed.
func parse(text string) (session section, media []section, ok bool) {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) == 0 || strings.TrimSpace(lines[0]) != "v=0" {
		return session, nil, false
	}
	in := &session
	for _, l := range lines {
		kind, value, _ := strings.Cut(strings.TrimSpace(l), "=")
		switch kind {
		case "m":
			s, ok := parseMedia(value)
			if !ok {
				return session, nil, false
			}
			media = append(media, s)
			in = &media[len(media)-1]
		case "a":
			key, v, _ := strings.Cut(value, ":")
			in.attrs = append(in.attrs, attr{strings.TrimSpace(key), strings.TrimSpace(v)})
		}
	}
	return session, media, true
}

// parseMedia reads "audio 9 UDP/TLS/RTP/SAVPF 111 0".
func parseMedia(value string) (section, bool) {
	words := strings.Fields(value)
	if len(words) < 3 {
		return section{}, false
	}
	first, _, _ := strings.Cut(words[1], "/")
	port, err := strconv.ParseUint(first, 10, 16)
	return section{media: strings.ToLower(words[0]), port: int(port), protos: words[2], formats: words[3:]}, err == nil
}

// get gives the value of the first attribute with this name.
func (s section) get(key string) (string, bool) {
	i := slices.IndexFunc(s.attrs, func(a attr) bool { return a.key == key })
	if i < 0 {
		return "", false
	}
	return s.attrs[i].value, true
}

func (s section) all(key string) []string {
	var out []string
	for _, a := range s.attrs {
		if a.key == key {
			out = append(out, a.value)
		}
	}
	return out
}

// numbered reads "a=rtpmap:96 VP8/90000": what an attribute says of a payload type.
func (s section) numbered(key, format string) (string, bool) {
	for _, v := range s.all(key) {
		if n, rest, _ := strings.Cut(v, " "); n == format {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

func (s section) write(b *strings.Builder) {
	fmt.Fprintf(b, "m=%s %d %s %s\r\nc=IN IP4 0.0.0.0\r\n", s.media, s.port, s.protos, strings.Join(s.formats, " "))
	for _, a := range s.attrs {
		b.WriteString("a=" + a.String() + "\r\n")
	}
}

// token tells whether s is safe in a line of a description and not long.
func token(s string) bool {
	return s != "" && len(s) <= 256 && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}
