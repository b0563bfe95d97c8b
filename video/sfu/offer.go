package sfu

import (
	"slices"
	"strings"

	"github.com/pion/sdp/v3"

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

// line is one m-line of an offer that was found to be what it says.
type line struct {
	mid  string
	use  Use
	rids []string // lowest quality first, for a camera with simulcast
}

// Limits of one offer.
const (
	maxLines = 40
	maxSDP   = 96 << 10 // bytes
	maxRids  = 3
)

// readOffer checks an offer against the uses of its lines, so that the library
// never sees what we did not expect. It returns the offer without its candidates: the
// server answers where a check came from, and calls no address that it was told.
//
// Errors: KindInvalid bad-offer.
func readOffer(text string, uses map[string]Use) ([]line, string, error) {
	var d sdp.SessionDescription
	if len(text) > maxSDP || d.UnmarshalString(text) != nil {
		return nil, "", badOffer()
	}
	if n := len(d.MediaDescriptions); n == 0 || n > maxLines || n != len(uses) {
		return nil, "", badOffer()
	}
	var out []line
	for _, m := range d.MediaDescriptions {
		l, ok := readLine(m, uses)
		if !ok {
			return nil, "", badOffer()
		}
		m.Attributes = slices.DeleteFunc(m.Attributes, candidate)
		out = append(out, l)
	}
	d.Attributes = slices.DeleteFunc(d.Attributes, candidate)
	clean, err := d.Marshal()
	if err != nil {
		return nil, "", badOffer()
	}
	return out, string(clean), nil
}

func candidate(a sdp.Attribute) bool {
	return a.IsICECandidate() || a.Key == sdp.AttrKeyEndOfCandidates
}

func badOffer() error {
	return models.E(models.KindInvalid, "bad-offer", "The connection that was offered can't be used. Reload the page or update the app.")
}

func readLine(m *sdp.MediaDescription, uses map[string]Use) (line, bool) {
	mid, _ := m.Attribute("mid")
	use, known := uses[mid]
	if !known || m.MediaName.Media != use.media() {
		return line{}, false
	}
	_, only := m.Attribute("recvonly")
	_, send := m.Attribute("sendonly")
	if use.seat() != only || use.seat() == send {
		return line{}, false
	}
	l := line{mid: mid, use: use, rids: rids(m)}
	return l, len(l.rids) <= maxRids && (use == Camera || len(l.rids) == 0)
}

// rids reads "a=simulcast:send low;mid;high" (RFC 8853). The order counts, not the names.
func rids(m *sdp.MediaDescription) []string {
	v, ok := m.Attribute("simulcast")
	list, found := strings.CutPrefix(v, "send ")
	if !ok || !found {
		return nil
	}
	list, _, _ = strings.Cut(list, " ")
	var out []string
	for _, alt := range strings.Split(list, ";") {
		rid, _, _ := strings.Cut(alt, ",")
		out = append(out, strings.TrimPrefix(rid, "~"))
	}
	return out
}
