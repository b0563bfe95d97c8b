package sfu

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// clean writes the offer that the library gets: the lines that are taken, each in
// one way of saying it. Addresses are left out: the server answers where a check
// came from, and calls none that it was told.
func (o *offer) clean() string {
	var b strings.Builder
	b.WriteString("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE")
	for _, l := range o.lines {
		b.WriteString(" " + l.mid)
	}
	b.WriteString("\r\n")
	if _, lite := o.session.get("ice-lite"); lite {
		b.WriteString("a=ice-lite\r\n")
	}
	transport := o.transport()
	silent := slices.ContainsFunc(o.lines, func(l line) bool { return !l.use.seat() && len(l.rids) == 0 && !o.tells(l) })
	for _, l := range o.lines {
		o.cleanLine(l, transport, silent).write(&b)
	}
	return b.String()
}

// transport are the attributes of the one transport: of its leading line, else of
// the session (RFC 8843, section 7.1.3).
func (o *offer) transport() []attr {
	var out []attr
	for _, key := range []string{"ice-ufrag", "ice-pwd", "setup"} {
		if v := o.credential(o.lead, key); token(v) {
			out = append(out, attr{key, v})
		}
	}
	prints := o.lead.all("fingerprint")
	if len(prints) == 0 {
		prints = o.session.all("fingerprint")
	}
	best, rank := "", -1
	for _, p := range prints {
		words := strings.Fields(p)
		if len(words) != 2 || !token(words[1]) {
			continue
		}
		if r := slices.Index([]string{"sha-1", "sha-224", "sha-256", "sha-384", "sha-512"}, strings.ToLower(words[0])); r > rank {
			best, rank = strings.ToLower(words[0])+" "+strings.ToUpper(words[1]), r
		}
	}
	if best != "" {
		out = append(out, attr{"fingerprint", best})
	}
	return out
}

// cleanLine writes one line. silent tells that somebody sends without saying under
// which number: then streams are told apart by their payload types, which the library
// does only where no extension names the line, and layers can't be told apart.
func (o *offer) cleanLine(l line, transport []attr, silent bool) section {
	was := o.sections[l.at]
	s := section{media: was.media, port: 9, protos: "UDP/TLS/RTP/SAVPF", formats: []string{strconv.Itoa(l.codec)}}
	add := func(key, format string, a ...any) { s.attrs = append(s.attrs, attr{key, fmt.Sprintf(format, a...)}) }
	s.attrs = append(s.attrs, attr{"mid", l.mid})
	s.attrs = append(s.attrs, transport...)
	s.attrs = append(s.attrs, attr{"rtcp-mux", ""}, attr{map[bool]string{true: "recvonly", false: "sendonly"}[l.use.seat()], ""})
	if l.use.media() == "audio" {
		add("rtpmap", "%d opus/48000/2", l.codec)
		if v, ok := was.numbered("fmtp", strconv.Itoa(l.codec)); ok && token(strings.ReplaceAll(v, " ", "")) {
			add("fmtp", "%d %s", l.codec, v)
		}
	} else {
		add("rtpmap", "%d VP8/90000", l.codec)
		for _, f := range was.feedback(l.codec) {
			add("rtcp-fb", "%d %s", l.codec, f)
		}
		if l.rtx > 0 {
			s.formats = append(s.formats, strconv.Itoa(l.rtx))
			add("rtpmap", "%d rtx/90000", l.rtx)
			add("fmtp", "%d apt=%d", l.rtx, l.codec)
		}
	}
	for _, uri := range extensions {
		if id := o.extension(was, uri); id > 0 && !(silent && naming[uri]) {
			add("extmap", "%d %s", id, uri)
		}
	}
	if l.use.seat() {
		return s
	}
	s.attrs = append(s.attrs, attr{"msid", "- sent"})
	if len(l.rids) > 0 && !silent {
		for _, r := range l.rids {
			add("rid", "%s send", r)
		}
		add("simulcast", "send %s", strings.Join(l.rids, ";"))
		return s
	}
	s.attrs = append(s.attrs, streamsOf(was)...)
	return s
}

// feedback lists what a line takes of a codec that is served; "*" is each codec.
func (s section) feedback(codec int) []string {
	var out []string
	for _, f := range []string{"goog-remb", "nack", "nack pli", "ccm fir"} {
		for _, v := range s.all("rtcp-fb") {
			format, what, _ := strings.Cut(v, " ")
			if (format == "*" || format == strconv.Itoa(codec)) && strings.Join(strings.Fields(what), " ") == f && !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// streamsOf tells under which number a line sends (RFC 5576). Of several the first is
// the one: the others are layers, or retransmissions.
func streamsOf(s section) []attr {
	v, _ := s.get("ssrc")
	first, _, _ := strings.Cut(v, " ")
	repair := ""
	for _, g := range s.all("ssrc-group") {
		if words := strings.Fields(g); len(words) > 1 && words[0] == "SIM" {
			first = words[1]
		}
	}
	if _, err := strconv.ParseUint(first, 10, 32); err != nil {
		return nil
	}
	for _, g := range s.all("ssrc-group") {
		if words := strings.Fields(g); len(words) == 3 && words[0] == "FID" && words[1] == first {
			repair = words[2]
		}
	}
	var out []attr
	if _, err := strconv.ParseUint(repair, 10, 32); err == nil {
		out = append(out, attr{"ssrc-group", "FID " + first + " " + repair}, attr{"ssrc", first + " cname:sent"}, attr{"ssrc", repair + " cname:sent"})
		return out
	}
	return append(out, attr{"ssrc", first + " cname:sent"})
}

// tells tells whether a line says under which number it sends.
func (o *offer) tells(l line) bool { return len(streamsOf(o.sections[l.at])) > 0 }
