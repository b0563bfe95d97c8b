package video

import (
	"strings"
	"testing"

	"handrail/video/room"
	"handrail/video/signal"
)

// What a browser can't do is told to it and to the others; what it can't send is off;
// and a transport that can do all takes it back.
func TestWhatABrowserLacksIsToldToBothSides(t *testing.T) {
	t.Parallel()
	noPicture := room.Lacks{Show: true, See: true}
	for name, c := range map[string]struct {
		change *strings.Replacer
		want   room.Lacks
	}{
		"no pictures": {strings.NewReplacer("VP8/90000", "H264/90000"), noPicture},
		"no sound":    {strings.NewReplacer("opus/48000/2", "PCMU/8000"), room.Lacks{Speak: true, Hear: true}},
		"nothing":     {strings.NewReplacer("a=fingerprint:", "a=x:"), room.Lacks{Speak: true, Hear: true, Show: true, See: true}},
	} {
		clinic := newClinic(t)
		doc, ann := clinic.join("doc"), clinic.join("ann")
		doc.command(room.Admit, "whom", "ann")
		ann.command(room.Send, "kind", "audio", "on", true)
		ann.command(room.Send, "kind", "video", "on", true)
		ann.awaitView("inside", func(v room.View) bool { return v.You.Place == room.Inside && v.You.Sends.Video })
		ann.offers(1, device, c.change)
		ann.awaitView(name, func(v room.View) bool { return v.You.Lacks == c.want })
		doc.awaitView(name, func(v room.View) bool { return len(v.People) == 1 && v.People[0].Lacks == c.want })
		if c.want == noPicture {
			ann.await("answer", nil)
			ann.command(room.Send, "kind", "video", "on", true)
			ann.command(room.Raise, "on", true)
			ann.awaitView("the picture stays off", func(v room.View) bool { return v.You.Hand && !v.You.Sends.Video && v.You.Sends.Audio })
			ann.connect(2, device)
			doc.awaitView("she can be seen", func(v room.View) bool { return v.People[0].Lacks == room.Lacks{} })
			ann.offers(3, device, strings.NewReplacer("a=fingerprint:", "a=x:")) // the one before goes on
			ann.await("error", func(m message) bool { return problem(m) == "bad-offer" })
			if v := doc.view(); v.People[0].Lacks != (room.Lacks{}) {
				t.Errorf("%+v", v.People[0])
			}
		}
	}
}

// What a page tells of its processor is the cause that it hears, and stays in the record.
func TestABusyProcessorIsTheCause(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	doc := c.join("doc")
	doc.connect(1, device)
	busy := func(m message) bool { return field[signal.Network](m).Cause == "processor" }
	doc.say("report", map[string]any{"seconds": 5, "busySendMs": 4000})
	doc.await("network", busy)
	c.await("the record says so", func() bool { r := c.server.Reports("visit"); return len(r) == 1 && r[0].BusySec > 0 })
	doc.say("report", map[string]any{"seconds": 5, "busyReceiveMs": -1})
	doc.await("error", func(m message) bool { return problem(m) == "bad-message" })
}
