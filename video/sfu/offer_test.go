package sfu

import (
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
	lines, clean, err := readOffer(good, uses)
	if err != nil || len(lines) != 4 || strings.Join(lines[1].rids, " ") != "q h f" {
		t.Fatalf("%+v %v", lines, err)
	}
	told := strings.ReplaceAll(good, "a=mid:", "a=candidate:1 1 udp 1 192.168.0.1 22 typ host\r\na=end-of-candidates\r\na=mid:")
	if _, told, err = readOffer(told, uses); err != nil || told != clean || strings.Contains(told, "candidate") {
		t.Errorf("an address that was told is kept: %v\n%s", err, told)
	}
	with := func(mid string, u Use) map[string]Use {
		out := map[string]Use{}
		for k, v := range uses {
			out[k] = v
		}
		out[mid] = u
		return out
	}
	for name, bad := range map[string]struct {
		sdp  string
		uses map[string]Use
	}{
		"empty":                {"", uses},
		"no sdp":               {"v=0\r\nhello", uses},
		"a megabyte":           {strings.Repeat("a", 1<<20), uses},
		"no uses":              {good, nil},
		"a line too many":      {good, with("99", See)},
		"sound as a picture":   {good, with(c.MID("microphone", 0), Camera)},
		"a seat that sends":    {good, with(c.MID("microphone", 0), Hear)},
		"a sender that takes":  {good, with(c.MID("hear", 0), Microphone)},
		"simulcast on a share": {good, with(c.MID("camera", 0), Screen)},
		"both ways":            {strings.ReplaceAll(good, "a=recvonly", "a=sendrecv"), uses},
		"data":                 {strings.ReplaceAll(good, "m=audio", "m=application"), uses},
		"four layers":          {strings.ReplaceAll(good, "send q;h;f", "send q;h;f;x"), uses},
	} {
		if _, _, err := readOffer(bad.sdp, bad.uses); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUnknownCodecsEndInARefusalAndNotInAPanic(t *testing.T) {
	h := newHouse(t, Events{})
	c, err := videotest.New(both)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	good, named, err := c.Offer()
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{{"opus/48000/2", "G729/8000"}, {"VP8/90000", "H266/90000"}, {"a=fingerprint:", "a=finger:"},
		{"a=ice-ufrag:", "a=ice-nothing:"}} {
		answer, err := h.room.Offer("x", 1, strings.ReplaceAll(good, change[0], change[1]), asUses(named))
		if err == nil && strings.Contains(answer, change[1]) {
			t.Errorf("%s was accepted", change[1])
		}
		h.room.Part("x")
	}
}

func FuzzReadOffer(f *testing.F) {
	f.Add("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=sendonly\r\n")
	f.Add("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=sendonly\r\na=simulcast:send q;h;f\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		lines, _, err := readOffer(text, map[string]Use{"0": Microphone})
		if err == nil && (len(lines) != 1 || lines[0].use != Microphone) {
			t.Fatalf("%+v", lines)
		}
		lines, _, err = readOffer(text, map[string]Use{"1": Camera})
		if err == nil && len(lines[0].rids) > maxRids {
			t.Fatalf("%+v", lines)
		}
	})
}
