package sfu

import (
	"slices"
	"strconv"
	"strings"

	"handrail/models"
)

// Use is what an m-line carries, seen from the client.
type Use string

// The uses. Hear and See are receive seats.
const (
	Microphone Use = "microphone"
	Camera     Use = "camera"
	Screen     Use = "screen"
	Hear       Use = "hear"
	See        Use = "see"
)

func (u Use) seat() bool { return u == Hear || u == See }

func (u Use) media() string {
	if u == Microphone || u == Hear {
		return "audio"
	}
	return "video"
}

// line is one m-line of an offer that is taken.
type line struct {
	at    int // which m-line of the offer
	mid   string
	use   Use
	codec int // payload types, as offered
	rtx   int // 0 none
	rids  []string
}

// Lacks are the things that a transport was asked for and can't do, because
// what was offered for them does not fit. What was not asked for is not lacking.
type Lacks struct{ Speak, Hear, Show, See bool }

// Limits of one offer.
const (
	maxLines = 40
	maxSDP   = 96 << 10 // bytes
	maxRids  = 3
)

// offer is what was found in a client's offer.
type offer struct {
	session  section
	sections []section
	lines    []line // those that are taken
	asked    map[Use]bool
	lead     section // the m-line whose transport is that of all (RFC 8843)
}

// readOffer finds the lines that can be served. One that can't is rejected and ends
// nothing for the others (RFC 9429, section 5.3.1); the whole is refused where it
// is not what its uses say, or nothing of it can be served.
//
// Errors: KindInvalid bad-offer.
func readOffer(text string, uses map[string]Use) (*offer, error) {
	o := &offer{asked: map[Use]bool{}}
	var ok bool
	if len(text) > maxSDP {
		return nil, badOffer()
	}
	if o.session, o.sections, ok = parse(text); !ok || len(o.sections) == 0 || len(o.sections) > maxLines {
		return nil, badOffer()
	}
	mids := o.mids(uses)
	named := map[string]bool{}
	for i, s := range o.sections {
		use, known := uses[mids[i]]
		if !known {
			continue // not for a visit: a data channel, a second camera
		}
		if named[mids[i]] || s.media != use.media() {
			return nil, badOffer()
		}
		named[mids[i]] = true
		o.consider(i, mids[i], use)
	}
	if len(named) != len(uses) || !o.together() {
		return nil, badOffer()
	}
	return o, nil
}

func badOffer() error {
	return models.E(models.KindInvalid, "bad-offer", "The connection that was offered can't be used. Reload the page or update the app.")
}

// mids names the m-lines. One without a name gets that of its place, or the first
// of its media that is left.
func (o *offer) mids(uses map[string]Use) []string {
	out := make([]string, len(o.sections))
	var left []string
	for mid := range uses {
		left = append(left, mid)
	}
	slices.SortFunc(left, compare)
	take := func(i int, mid string) {
		if at := slices.Index(left, mid); at >= 0 {
			out[i], left = mid, slices.Delete(left, at, at+1)
		}
	}
	for i, s := range o.sections {
		if mid, ok := s.get("mid"); ok {
			if out[i] = mid; slices.Contains(left, mid) {
				take(i, mid)
			}
		}
	}
	for i, s := range o.sections {
		if _, ok := s.get("mid"); ok {
			continue
		}
		if mid := strconv.Itoa(i); uses[mid].media() == s.media {
			take(i, mid)
		}
		if fits := slices.IndexFunc(left, func(mid string) bool { return uses[mid].media() == s.media }); out[i] == "" && fits >= 0 {
			take(i, left[fits])
		}
	}
	return out
}

// consider takes a line, or leaves it out.
func (o *offer) consider(at int, mid string, use Use) {
	s := o.sections[at]
	if _, bundled := s.get("bundle-only"); s.port == 0 && !bundled {
		return // the client does without
	}
	send, receive := o.direction(s)
	if !send && !receive {
		return
	}
	o.asked[use] = true
	l := line{at: at, mid: strings.Clone(mid), use: use} // or it keeps the whole offer
	fits := use.seat() && receive || !use.seat() && send
	if !fits || !token(mid) || !strings.Contains(s.protos, "SAVP") || !l.codecs(s) || o.clashes(l) {
		return
	}
	if use == Camera {
		l.rids = o.rids(s)
	}
	o.lines = append(o.lines, l)
}

// direction is that of the line, else of the session, else both (RFC 8866, 6.7).
func (o *offer) direction(s section) (send, receive bool) {
	for _, from := range []section{s, o.session} {
		for _, a := range from.attrs {
			switch a.key {
			case "sendrecv":
				return true, true
			case "sendonly":
				return true, false
			case "recvonly":
				return false, true
			case "inactive":
				return false, false
			}
		}
	}
	return true, true
}

// clashes tells whether a payload type means something else in a line before: on one
// transport it can't (RFC 8843, section 9.1).
func (o *offer) clashes(l line) bool {
	means := map[int]string{}
	for _, k := range append(slices.Clone(o.lines), l) {
		for pt, what := range map[int]string{k.codec: k.use.media(), k.rtx: "rtx " + strconv.Itoa(k.codec)} {
			if before, ok := means[pt]; ok && pt > 0 && before != what {
				return true
			}
			means[pt] = what
		}
	}
	return false
}

// together leaves out what is not on one transport with the sound, and tells whether
// anything is left. A client that names no group has one transport for all if all
// lines have the same credentials.
func (o *offer) together() bool {
	if len(o.lines) == 0 {
		return false
	}
	first := max(0, slices.IndexFunc(o.lines, func(l line) bool { return l.use.media() == "audio" }))
	group := o.group(o.lines[first].mid)
	ufrag := o.credential(o.sections[o.lines[first].at], "ice-ufrag")
	o.lines = slices.DeleteFunc(o.lines, func(l line) bool {
		if group != nil {
			return !slices.Contains(group, l.mid)
		}
		return o.credential(o.sections[l.at], "ice-ufrag") != ufrag
	})
	o.lead = o.sections[o.lines[0].at]
	for i, s := range o.sections {
		if mid, _ := s.get("mid"); group != nil && mid == group[0] {
			o.lead = o.sections[i]
		}
	}
	return true
}

// group is the BUNDLE group of a line, nil where there is none.
func (o *offer) group(mid string) []string {
	for _, v := range o.session.all("group") {
		if words := strings.Fields(v); len(words) > 1 && strings.EqualFold(words[0], "BUNDLE") && slices.Contains(words[1:], mid) {
			return words[1:]
		}
	}
	return nil
}

// credential is what a line says of the transport, else the session.
func (o *offer) credential(s section, key string) string {
	if v, ok := s.get(key); ok {
		return v
	}
	v, _ := o.session.get(key)
	return v
}

// lacks compares what was asked for with what is taken.
func (o *offer) lacks() Lacks {
	has := map[Use]bool{}
	for _, l := range o.lines {
		has[l.use] = true
	}
	missing := func(u Use) bool { return o.asked[u] && !has[u] }
	return Lacks{Speak: missing(Microphone), Hear: missing(Hear), Show: missing(Camera), See: missing(See)}
}
