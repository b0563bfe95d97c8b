package sfu

import (
	"strings"
	"testing"

	"github.com/pion/sdp/v3"

	"handrail/video/videotest"
)

// The ways in which clients say what they offer, written by hand. Each has a
// microphone, one seat for sound, a camera and one seat for pictures, in this order.
const (
	sdpHead = "v=0\no=- 4611731400430051336 2 IN IP4 127.0.0.1\ns=-\nt=0 0\n"
	sdpICE  = "a=ice-ufrag:EsAw\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\na=fingerprint:sha-256 D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:24:2C:C2:A2:C0:3E:FD:34:8E:5E:EA:6F:AF:52:CE:E6:0F\na=setup:actpass\n"
)

func section4(line func(media, mid, direction string) string, mids ...string) string {
	return line("audio", mids[0], "sendonly") + line("audio", mids[1], "recvonly") + line("video", mids[2], "sendonly") + line("video", mids[3], "recvonly")
}

func plainLine(audio, video string) func(string, string, string) string {
	return func(media, mid, direction string) string {
		formats := map[string]string{"audio": audio, "video": video}[media]
		return "m=" + media + " 9 UDP/TLS/RTP/SAVPF " + strings.ReplaceAll(formats, "$", sdpICE+"a=mid:"+mid+"\na="+direction+"\na=rtcp-mux\n")
	}
}

const (
	opusOnly = "111\nc=IN IP4 0.0.0.0\n$a=rtpmap:111 opus/48000/2\na=fmtp:111 minptime=10;useinbandfec=1\n"
	vp8Only  = "96 97\nc=IN IP4 0.0.0.0\n$a=rtpmap:96 VP8/90000\na=rtcp-fb:96 nack\na=rtcp-fb:96 nack pli\na=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n"
	h264Only = "102 103\nc=IN IP4 0.0.0.0\n$a=rtpmap:102 H264/90000\na=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\na=rtpmap:103 rtx/90000\na=fmtp:103 apt=102\n"
)

var (
	bundle    = "a=group:BUNDLE 0 1 2 3\n"
	plain     = sdpHead + bundle + section4(plainLine(opusOnly, vp8Only), "0", "1", "2", "3")
	fourUses  = map[string]Use{"0": Microphone, "1": Hear, "2": Camera, "3": See}
	noPicture = Lacks{Show: true, See: true}
)

func video(formats string) string {
	return sdpHead + bundle + section4(plainLine(opusOnly, formats), "0", "1", "2", "3")
}

func audio(formats string) string {
	return sdpHead + bundle + section4(plainLine(formats, vp8Only), "0", "1", "2", "3")
}

func swap(old, by string) string { return strings.ReplaceAll(plain, old, by) }

// habits name the kinds of lines that are taken (a: sound, v: pictures, -: rejected).
var habits = map[string]struct {
	sdp   string
	taken string
	lacks Lacks
}{
	"plain":                         {plain, "aavv", Lacks{}},
	"H264 only":                     {video(h264Only), "aa--", noPicture},
	"VP9 and AV1 only":              {video("98 45\nc=IN IP4 0.0.0.0\n$a=rtpmap:98 VP9/90000\na=fmtp:98 profile-id=0\na=rtpmap:45 AV1/90000\n"), "aa--", noPicture},
	"retransmission of nothing":     {video("97\nc=IN IP4 0.0.0.0\n$a=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n"), "aa--", noPicture},
	"a type without a name":         {video("96\nc=IN IP4 0.0.0.0\n$"), "aa--", noPicture},
	"a static type":                 {video("34\nc=IN IP4 0.0.0.0\n$a=rtpmap:34 H263/90000\n"), "aa--", noPicture},
	"no type at all":                {strings.ReplaceAll(plain, "m=video 9 UDP/TLS/RTP/SAVPF 96 97", "m=video 9 UDP/TLS/RTP/SAVPF"), "aa--", noPicture},
	"a name that is not listed":     {video("102\nc=IN IP4 0.0.0.0\n$a=rtpmap:102 H264/90000\na=rtpmap:96 VP8/90000\n"), "aa--", noPicture},
	"VP8 after others":              {video("102 45 98 120\nc=IN IP4 0.0.0.0\n$a=rtpmap:102 H264/90000\na=rtpmap:45 AV1/90000\na=rtpmap:98 VP9/90000\na=rtpmap:120 VP8/90000\na=fmtp:120 max-fs=12288;max-fr=60\n"), "aavv", Lacks{}},
	"names in small letters":        {swap("VP8/90000", "vp8/90000"), "aavv", Lacks{}},
	"names in capitals":             {swap("opus/48000/2", "OPUS/48000/2"), "aavv", Lacks{}},
	"Opus with one channel":         {swap("opus/48000/2", "opus/48000/1"), "aavv", Lacks{}},
	"Opus without channels":         {swap("opus/48000/2", "OPUS/48000"), "aavv", Lacks{}},
	"Opus with another clock":       {swap("opus/48000/2", "opus/16000"), "--vv", Lacks{Speak: true, Hear: true}},
	"telephone sound only":          {audio("0 8 101\nc=IN IP4 0.0.0.0\n$a=rtpmap:101 telephone-event/8000\n"), "--vv", Lacks{Speak: true, Hear: true}},
	"feedback for all":              {strings.ReplaceAll(swap("a=rtcp-fb:96 nack\n", "a=rtcp-fb:* nack\n"), "a=rtcp-fb:96 nack pli", "a=rtcp-fb:* nack pli"), "aavv", Lacks{}},
	"no feedback":                   {strings.ReplaceAll(swap("a=rtcp-fb:96 nack\n", ""), "a=rtcp-fb:96 nack pli\n", ""), "aavv", Lacks{}},
	"apt behind others":             {swap("apt=96", "rtx-time=3000; apt=96"), "aavv", Lacks{}},
	"a type that is no number":      {swap("96 97", "96 x 97"), "aavv", Lacks{}},
	"no names of lines":             {strings.ReplaceAll(strings.ReplaceAll(noMids(plain), bundle, ""), "a=mid", "a=x"), "aavv", Lacks{}},
	"no names, with a group":        {noMids(plain), "aavv", Lacks{}},
	"one line without a name":       {swap("a=mid:1\n", ""), "aavv", Lacks{}},
	"no group":                      {swap(bundle, ""), "aavv", Lacks{}},
	"pictures on another path":      {swap(bundle, "a=group:BUNDLE 0 1\na=group:BUNDLE 2 3\n"), "aa--", noPicture},
	"each line on its own path":     {ownPaths(swap(bundle, "")), "a---", Lacks{Hear: true, Show: true, See: true}},
	"a group of other things":       {swap(bundle, "a=group:LS 0 2\n"+bundle), "aavv", Lacks{}},
	"extensions with directions":    {swap("a=rtcp-mux\n", "a=rtcp-mux\na=extmap:4/recvonly urn:ietf:params:rtp-hdrext:sdes:mid\na=extmap:99 urn:x\na=extmap:x y\na=extmap:\n"), "aavv", Lacks{}},
	"extensions of the session":     {swap(bundle, bundle+"a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\na=extmap-allow-mixed\n"), "aavv", Lacks{}},
	"secrets of the session":        {strings.ReplaceAll(swap(sdpICE, ""), bundle, bundle+sdpICE), "aavv", Lacks{}},
	"secrets in the leading line":   {strings.Replace(strings.ReplaceAll(plain, sdpICE, ""), "a=mid:0\n", "a=mid:0\n"+sdpICE, 1), "aavv", Lacks{}},
	"a hash in capitals":            {swap("sha-256 D2:FA", "SHA-256 d2:fa"), "aavv", Lacks{}},
	"several hashes":                {swap("a=fingerprint:", "a=fingerprint:md5 00:11\na=fingerprint:sha-1 D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:24:2C:C2:A2:C0\na=fingerprint:"), "aavv", Lacks{}},
	"the client begins":             {swap("a=setup:actpass", "a=setup:active"), "aavv", Lacks{}},
	"the client waits":              {swap("a=setup:actpass", "a=setup:passive"), "aavv", Lacks{}},
	"addresses of all kinds":        {swap("a=rtcp-mux\n", "a=rtcp-mux\na=candidate:1 1 TCP 1015021823 10.0.0.1 9 typ host tcptype active\na=candidate:2 1 udp 2113937151 6d1c4a4e-6b3c.local 51000 typ host generation 0\na=candidate:nonsense\na=end-of-candidates\na=ice-options:trickle renomination\n"), "aavv", Lacks{}},
	"spaces at the ends":            {strings.ReplaceAll(plain, "\n", " \t\n"), "aavv", Lacks{}},
	"line ends of Windows":          {strings.ReplaceAll(plain, "\n", "\r\n"), "aavv", Lacks{}},
	"blank lines":                   {strings.ReplaceAll(plain, "\n", "\n\n"), "aavv", Lacks{}},
	"an empty name":                 {swap("s=-", "s= "), "aavv", Lacks{}},
	"no time":                       {swap("t=0 0\n", ""), "aavv", Lacks{}},
	"bandwidth and titles":          {swap("c=IN IP4 0.0.0.0\n", "i=x\nc=IN IP6 ::\nb=AS:2000\nb=TIAS:1\na=rtcp:9 IN IP4 0.0.0.0\n"), "aavv", Lacks{}},
	"bundled lines at port 0":       {strings.ReplaceAll(strings.ReplaceAll(plain, "m=video 9", "m=video 0"), "a=mid:2", "a=bundle-only\na=mid:2"), "aav-", Lacks{}},
	"ports that are told":           {strings.ReplaceAll(plain, "m=audio 9 ", "m=audio 51372/2 "), "aavv", Lacks{}},
	"a path over TCP":               {swap("UDP/TLS/RTP/SAVPF", "TCP/DTLS/RTP/SAVPF"), "aavv", Lacks{}},
	"an old profile":                {swap("UDP/TLS/RTP/SAVPF", "RTP/SAVPF"), "aavv", Lacks{}},
	"a picture that is not safe":    {swap("m=video 9 UDP/TLS/RTP/SAVPF", "m=video 9 RTP/AVP"), "aa--", noPicture},
	"a camera that is switched off": {strings.Replace(plain, "a=mid:2\na=sendonly", "a=mid:2\na=inactive", 1), "aa-v", Lacks{}},
	"a camera that is given up":     {strings.Replace(plain, "m=video 9", "m=video 0", 1), "aa-v", Lacks{}},
	"a camera that only receives":   {strings.Replace(plain, "a=mid:2\na=sendonly", "a=mid:2\na=recvonly", 1), "aa-v", Lacks{Show: true}},
	"both ways":                     {strings.NewReplacer("a=sendonly", "a=sendrecv", "a=recvonly", "a=sendrecv").Replace(plain), "aavv", Lacks{}},
	"no direction":                  {strings.NewReplacer("a=sendonly\n", "", "a=recvonly\n", "").Replace(plain), "aavv", Lacks{}},
	"a line that is not for us":     {plain + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\nc=IN IP4 0.0.0.0\na=mid:data\na=sctp-port:5000\n", "aavv-", Lacks{}},
	"a medium of its own":           {plain + "m=image 9 udptl t38\na=mid:fax\n", "aavv-", Lacks{}},
	"a second camera":               {plain + plainLine(opusOnly, vp8Only)("video", "second", "sendonly"), "aavv-", Lacks{}},
	"streams of an old plan":        {swap("a=sendonly\n", "a=sendonly\na=ssrc-group:SIM 1 2 3\na=ssrc-group:FID 1 4\na=ssrc:1 cname:a\na=ssrc:1 msid:s t\na=ssrc:2 cname:a\na=ssrc:3 cname:a\na=ssrc:4 cname:a\n"), "aavv", Lacks{}},
	"other numbers in each line":    {strings.Replace(plain, vp8Line("3", "recvonly", "96", "97"), vp8Line("3", "recvonly", "100", "101"), 1), "aavv", Lacks{}},
	"numbers that contradict":       {strings.Replace(plain, vp8Line("3", "recvonly", "96", "97"), vp8Line("3", "recvonly", "111", "97"), 1), "aav-", Lacks{See: true}},
	"five layers":                   {layers("a=simulcast:send a;b;c;d;e\n"), "aavv", Lacks{}},
	"layers of a draft":             {layers("a=simulcast: send rid=a;b\n"), "aavv", Lacks{}},
	"layers both ways":              {layers("a=simulcast:recv x send ~a,z;b\n"), "aavv", Lacks{}},
	"layers on the sound":           {strings.ReplaceAll(plain, "a=mid:0\n", "a=mid:0\na=rid:a send\na=rid:b send\na=simulcast:send a;b\n"), "aavv", Lacks{}},
}

func noMids(sdp string) string {
	return strings.NewReplacer("a=mid:0\n", "", "a=mid:1\n", "", "a=mid:2\n", "", "a=mid:3\n", "").Replace(sdp)
}

func ownPaths(sdp string) string {
	for _, n := range []string{"0", "1", "2", "3"} {
		sdp = strings.Replace(sdp, "a=ice-ufrag:EsAw", "a=ice-ufrag:own"+n, 1)
	}
	return sdp
}

func vp8Line(mid, direction, vp8, rtx string) string {
	return strings.NewReplacer("96 97\n", vp8+" "+rtx+"\n", ":96 ", ":"+vp8+" ", ":97 ", ":"+rtx+" ", "apt=96", "apt="+vp8).
		Replace(plainLine(opusOnly, vp8Only)("video", mid, direction))
}

func layers(how string) string {
	return swap("a=mid:2\n", "a=mid:2\n"+how+"a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\na=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\n")
}

// Whatever the habits of a client, sound is answered where it fits; what does not fit
// is rejected in its place and told; and the answer is one that can be read.
func TestOffersOfAllHabitsAreAnswered(t *testing.T) {
	h := newTestRoom(t, Events{})
	for name, c := range habits {
		answer, err := h.room.Offer(name, 1, c.sdp, fourUses)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var d sdp.SessionDescription
		if err := d.UnmarshalString(strings.ReplaceAll(answer, "m=image 0 udptl t38", "m=text 0 UDP 1")); err != nil {
			t.Errorf("%s: %v\n%s", name, err, answer)
			continue
		}
		_, offered, _ := parse(c.sdp)
		taken := ""
		for i, m := range d.MediaDescriptions {
			mark := map[bool]string{true: "-", false: m.MediaName.Media[:1]}[m.MediaName.Port.Value == 0]
			taken += mark
			mid, named := offered[i].get("mid")
			if got, _ := m.Attribute("mid"); named && got != mid {
				t.Errorf("%s: line %d is called %q", name, i, got)
			}
			for _, f := range m.MediaName.Formats {
				if mark != "-" && !strings.Contains(" "+strings.Join(offered[i].formats, " ")+" ", " "+f+" ") {
					t.Errorf("%s: line %d answers with %s, which was not offered", name, i, f)
				}
			}
		}
		if taken != c.taken || h.room.Lacks(name) != c.lacks {
			t.Errorf("%s: %s %+v\n%s", name, taken, h.room.Lacks(name), answer)
		}
	}
}

// A real client with such habits is heard and seen.
func TestMediaPassWhateverTheHabits(t *testing.T) {
	for name, c := range map[string]struct {
		offer    *strings.Replacer
		pictures bool
	}{
		"small letters":       {strings.NewReplacer("VP8/", "vp8/", "opus/", "OPUS/"), true},
		"no streams are told": {strings.NewReplacer("a=ssrc:", "a=x-ssrc:", "a=ssrc-group:", "a=x-group:"), true},
		"no extensions":       {strings.NewReplacer("a=extmap:", "a=x-extmap:"), true},
		"pictures do not fit": {strings.NewReplacer("VP8/90000", "H264/90000"), false},
		"LF only":             {strings.NewReplacer("\r\n", " \n"), true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newTestRoom(t, Events{})
			o := both
			if !c.pictures {
				o.Layers = 0 // Pion itself ends where its camera is rejected; browsers go on (webtest)
			}
			odd, err := videotest.New(tagged(o, 1))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(odd.Close)
			text, uses, err := odd.Offer()
			if err != nil {
				t.Fatal(err)
			}
			answer, err := h.room.Offer("odd", 1, c.offer.Replace(text), asUses(uses))
			if err != nil {
				t.Fatal(err)
			}
			if err := odd.Accept(answer); err != nil {
				t.Fatalf("%v\n%s", err, answer)
			}
			plain := h.person("plain", tagged(both, 2))
			h.await("connected", func() bool { return h.active("odd") == 1 })
			h.room.SetRoutes(mesh("odd", "plain"))
			pump(odd)
			pump(plain)
			h.await("the odd one is heard", func() bool { return plain.Count("audio", 1) > 20 })
			h.await("the odd one hears", func() bool { return odd.Count("audio", 2) > 20 })
			if c.pictures {
				h.await("pictures both ways", func() bool { return plain.Count("video", 1) > 5 && odd.Count("video", 2) > 5 })
			}
		})
	}
}
