package sfu

import (
	"slices"
	"strconv"
	"strings"
)

// codecs finds the payload types of the one codec that is served, and of its
// retransmissions. Names are of any case (RFC 8866, section 6.6); Opus is told with
// two channels, with one, and by some without.
func (l *line) codecs(s section) bool {
	name, clock := "VP8", strconv.Itoa(vp8Clock)
	if l.use.media() == "audio" {
		name, clock = "opus", strconv.Itoa(opusClock)
	}
	for _, f := range s.formats {
		if pt, ok := payload(f); ok && l.codec == 0 && s.is(f, name, clock) {
			l.codec = pt
		}
	}
	for _, f := range s.formats {
		if pt, ok := payload(f); ok && l.codec > 0 && l.rtx == 0 && s.is(f, "rtx", strconv.Itoa(vp8Clock)) && s.apt(f) == l.codec {
			l.rtx = pt
		}
	}
	return l.codec > 0
}

func payload(s string) (int, bool) {
	n, err := strconv.ParseUint(s, 10, 7)
	return int(n), err == nil && n > 0
}

// is reads "VP8/90000" or "opus/48000/2".
func (s section) is(format, name, clock string) bool {
	v, ok := s.numbered("rtpmap", format)
	words := strings.Split(v, "/")
	return ok && len(words) >= 2 && strings.EqualFold(words[0], name) && words[1] == clock
}

// apt is the payload type that a retransmission is for, wherever it stands among
// the parameters.
func (s section) apt(format string) int {
	v, _ := s.numbered("fmtp", format)
	for _, p := range strings.Split(v, ";") {
		key, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if strings.EqualFold(key, "apt") {
			pt, _ := payload(strings.TrimSpace(value))
			return pt
		}
	}
	return 0
}

// rids reads "a=simulcast:send low;mid;high" (RFC 8853), also as drafts wrote it:
// "send rid=low;high", and after what is to be received. The order counts, not the
// names. Layers need the extension that names them; of more than are served the
// lowest are taken.
func (o *offer) rids(s section) []string {
	v, _ := s.get("simulcast")
	words := strings.Fields(v)
	at := slices.Index(words, "send")
	if at < 0 || at+1 >= len(words) || o.extension(s, extRID) == 0 || o.extension(s, extMID) == 0 {
		return nil
	}
	var out []string
	for _, alt := range strings.Split(strings.TrimPrefix(words[at+1], "rid="), ";") {
		rid, _, _ := strings.Cut(alt, ",")
		if rid = strings.TrimPrefix(rid, "~"); token(rid) && len(rid) <= 16 && !slices.Contains(out, rid) && len(out) < maxRids {
			out = append(out, strings.Clone(rid))
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// extension is the number of a header extension in a line, 0 none. A direction may
// stand behind the number.
func (o *offer) extension(s section, uri string) int {
	for _, v := range append(s.all("extmap"), o.session.all("extmap")...) {
		words := strings.Fields(v)
		if len(words) < 2 || words[1] != uri {
			continue
		}
		number, _, _ := strings.Cut(words[0], "/")
		if id, err := strconv.ParseUint(number, 10, 8); err == nil && id >= 1 && id <= 14 {
			return int(id)
		}
	}
	return 0
}
