package sfu

import (
	"maps"
	"strings"
	"testing"

	"handrail/models"
	"handrail/video/videotest"
)

func TestOffersThatAreNotWhatTheySayAreRefused(t *testing.T) {
	c, err := videotest.New(videotest.Options{Mic: true, Layers: 3, Hear: 1, See: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	good, named, err := c.Offer()
	if err != nil {
		t.Fatal(err)
	}
	uses := asUses(named)
	o, err := readOffer(good, uses)
	if err != nil || len(o.lines) != 4 || strings.Join(o.lines[1].rids, " ") != "q h f" || o.lacks() != (Lacks{}) {
		t.Fatalf("%+v %v", o, err)
	}
	told, err := readOffer(strings.ReplaceAll(good, "a=mid:", "a=candidate:1 1 udp 1 192.168.0.1 22 typ host\r\na=end-of-candidates\r\na=mid:"), uses)
	if err != nil || told.clean() != o.clean() || strings.Contains(told.clean(), "candidate") {
		t.Errorf("an address that was told is kept: %v\n%s", err, told.clean())
	}
	with := func(mid string, u Use) map[string]Use {
		out := maps.Clone(uses)
		out[mid] = u
		return out
	}
	for name, bad := range map[string]struct {
		sdp  string
		uses map[string]Use
	}{
		"empty":              {"", uses},
		"no sdp":             {"v=0\r\nhello", uses},
		"a megabyte":         {strings.Repeat("a", 1<<20), uses},
		"no uses":            {good, nil},
		"a line too many":    {good, with("99", See)},
		"sound as a picture": {good, with(c.MID("microphone", 0), Camera)},
		"data":               {strings.ReplaceAll(good, "m=audio", "m=application"), uses},
		"two of one name":    {strings.ReplaceAll(good, "a=mid:"+c.MID("hear", 0), "a=mid:"+c.MID("microphone", 0)), uses},
		"nothing that fits":  {strings.NewReplacer("opus/48000/2", "G729/8000", "VP8/90000", "H266/90000").Replace(good), uses},
	} {
		if _, err := readOffer(bad.sdp, bad.uses); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestATransportWithoutItsSecretsIsRefused(t *testing.T) {
	h := newTestRoom(t, Events{})
	c, err := videotest.New(both)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	good, named, err := c.Offer()
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{{"a=fingerprint:", "a=finger:"}, {"a=ice-ufrag:", "a=ice-nothing:"}, {"a=ice-pwd:", "a=ice-pwd: \x01"}} {
		if _, err := h.room.Offer("x", 1, strings.ReplaceAll(good, change[0], change[1]), asUses(named)); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s was accepted: %v", change[1], err)
		}
		h.room.Part("x")
	}
}

func FuzzReadOffer(f *testing.F) {
	f.Add("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=sendonly\r\na=rtpmap:111 opus/48000/2\r\n")
	f.Add("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=sendonly\r\na=rtpmap:96 vp8/90000\r\na=simulcast:send q;h;f\r\n")
	for _, h := range habits {
		f.Add(h.sdp)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for use, mid := range map[Use]string{Microphone: "0", Camera: "1"} {
			o, err := readOffer(text, map[string]Use{mid: use})
			if err != nil {
				continue
			}
			if len(o.lines) != 1 || o.lines[0].use != use || len(o.lines[0].rids) > maxRids {
				t.Fatalf("%+v", o.lines)
			}
			_, media, ok := parse(o.clean())
			if !ok || len(media) != 1 || strings.Contains(o.clean(), "candidate") {
				t.Fatalf("%q", o.clean())
			}
		}
	})
}
