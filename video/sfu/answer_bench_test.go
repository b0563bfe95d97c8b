package sfu

import (
	"testing"

	"handrail/video/videotest"
)

// BenchmarkAnswer measures how long somebody waits for the answer to the offer of a
// page with eight seats of each kind.
func BenchmarkAnswer(b *testing.B) {
	h := newTestRoom(b, Events{})
	c, err := videotest.New(videotest.Options{Mic: true, Layers: 3, Screen: true, Hear: 8, See: 8})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	offer, named, err := c.Offer()
	if err != nil {
		b.Fatal(err)
	}
	uses := asUses(named)
	for b.Loop() {
		h.room.Join("a")
		if _, err := h.room.Offer("a", 1, offer, uses); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		h.room.Part("a")
		b.StartTimer()
	}
}
