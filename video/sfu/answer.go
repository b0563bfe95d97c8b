package sfu

import (
	"slices"
	"strconv"
	"strings"
)

// full makes the client's answer out of the library's: each line in its place, with
// the names that the client gave, and those that are not taken rejected by port 0
// (RFC 9429, section 5.3.1). Our addresses stand in the first line that is taken.
func (o *offer) full(answer string, addresses []attr) (string, bool) {
	session, media, ok := parse(answer)
	if !ok || len(media) != len(o.lines) {
		return "", false
	}
	var b strings.Builder
	for _, l := range strings.Split(answer, "\r\n") {
		if strings.HasPrefix(l, "a=") || strings.HasPrefix(l, "m=") {
			break
		}
		b.WriteString(l + "\r\n")
	}
	for _, a := range session.attrs {
		b.WriteString("a=" + a.String() + "\r\n")
	}
	for i, was := range o.sections {
		at := slices.IndexFunc(o.lines, func(l line) bool { return l.at == i })
		if at < 0 {
			rejected(was).write(&b)
			continue
		}
		k := kept(o.lines[at], was, media[at])
		k.attrs, addresses = append(k.attrs, addresses...), nil
		k.write(&b)
	}
	return b.String(), true
}

// rejected names one format, as it was offered: some clients look it up.
func rejected(was section) section {
	s := section{media: was.media, protos: was.protos, formats: []string{"0"}}
	if mid, ok := was.get("mid"); ok {
		s.attrs = append(s.attrs, attr{"mid", mid})
	}
	if len(was.formats) > 0 {
		told, ok := was.numbered("rtpmap", was.formats[0])
		if ok {
			s.attrs = append(s.attrs, attr{"rtpmap", was.formats[0] + " " + told})
		}
		if ok || was.media != "audio" && was.media != "video" {
			s.formats = was.formats[:1]
		}
	}
	s.attrs = append(s.attrs, attr{"inactive", ""})
	return s
}

// kept holds of the library's line what is about this line's payload types.
func kept(l line, was, got section) section {
	s := section{media: was.media, port: got.port, protos: was.protos}
	ours := func(format string) bool {
		return format == strconv.Itoa(l.codec) || l.rtx > 0 && format == strconv.Itoa(l.rtx)
	}
	for _, f := range got.formats {
		if ours(f) {
			s.formats = append(s.formats, f)
		}
	}
	for _, a := range got.attrs {
		format, rest, _ := strings.Cut(a.value, " ")
		switch a.key {
		case "rtpmap":
			if told, ok := was.numbered("rtpmap", format); ok {
				rest = told
			}
			a.value = format + " " + rest
			fallthrough
		case "fmtp", "rtcp-fb":
			if !ours(format) {
				continue
			}
		}
		s.attrs = append(s.attrs, a)
	}
	return s
}
