package sfu

import (
	"sync/atomic"
	"testing"
	"time"

	"handrail/video/videotest"
)

// A newcomer's offer alone, before there is any path to them, asks for the key frame
// with which their picture will begin, which then comes out of the ring.
func TestAKeyFrameIsAskedForBeforeThereIsAPath(t *testing.T) {
	t.Parallel()
	h := newTestRoom(t, Events{})
	a, b := h.person("a", tagged(both, 1)), h.person("b", both)
	a.Camera[0].Pump(33*time.Millisecond, 2, 300)
	h.room.SetRoutes(mesh("a", "b"))
	h.await("b sees", func() bool { return b.Count("video", 1) > 10 })
	asked := a.Camera[0].Asked.Load()
	h.room.Join("c")
	h.room.SetRoutes(mesh("a", "b", "c"))
	c, err := videotest.New(both)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	offer, uses, err := c.Offer()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := h.room.Offer("c", 1, offer, asUses(uses))
	if err != nil {
		t.Fatal(err)
	}
	keys := func() int { return b.Seat(b.MID("see", 0)).Keys }
	before := keys()
	h.await("the sender is asked", func() bool { return a.Camera[0].Asked.Load() > asked })
	h.await("the key frame is there", func() bool { return keys() > before })
	asked = a.Camera[0].Asked.Load()
	if err := c.Accept(answer); err != nil {
		t.Fatal(err)
	}
	h.await("c sees", func() bool { return c.Count("video", 1) > 10 })
	if h.engine.replays.Load() == 0 || a.Camera[0].Asked.Load() != asked {
		t.Errorf("%d replays, asked again %d times", h.engine.replays.Load(), a.Camera[0].Asked.Load()-asked)
	}
	if g := c.Seat(c.MID("see", 0)); g.Lost != 0 || g.Disorder != 0 || g.Keys != 1 {
		t.Errorf("%+v", g)
	}
}

// Who sends no picture because nobody watches is told to begin when a newcomer offers,
// and to stop again when the newcomer's path never comes about.
func TestASenderIsToldOfANewcomerBeforeThereIsAPath(t *testing.T) {
	t.Parallel()
	var told atomic.Int32
	h := newTestRoom(t, Events{Needs: func(id string) {
		if id == "a" {
			told.Add(1)
		}
	}})
	a := h.person("a", tagged(both, 1))
	pump(a)
	h.room.Join("c")
	h.room.SetRoutes(mesh("a", "c"))
	if n := h.room.Needs("a")[0]; n.Layer >= 0 || told.Load() != 0 {
		t.Fatalf("wanted before anybody comes: %+v", n)
	}
	c, err := videotest.New(both)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	offer, uses, err := c.Offer()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.room.Offer("c", 1, offer, asUses(uses)); err != nil {
		t.Fatal(err)
	}
	if n := h.room.Needs("a")[0]; n.Layer < 0 || told.Load() != 1 {
		t.Errorf("%+v, told %d times", n, told.Load())
	}
	h.room.mu.Lock()
	defer h.room.mu.Unlock()
	now := h.engine.now() + foreseen
	h.room.needs(now)
	if got := h.room.needs(now + restAfter); len(got) != 1 || h.room.members["a"].sources[KindVideo].need.Load() >= 0 {
		t.Errorf("it is still wanted of %v", got)
	}
}
