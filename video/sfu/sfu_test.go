package sfu

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"handrail/care/caretest/rounds"
	"handrail/video/videotest"
)

// testRoom is an engine on loopback with one room.
type testRoom struct {
	t      testing.TB
	engine *Engine
	room   *Room
}

func newTestRoom(t testing.TB, events Events) *testRoom {
	t.Helper()
	e, err := New(Config{Address: "127.0.0.1", Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	h := &testRoom{t, e, e.NewRoom(events)}
	t.Cleanup(func() {
		h.room.Close()
		_ = e.Close()
	})
	return h
}

// person joins with a client and waits until it is connected.
func (h *testRoom) person(id string, o videotest.Options) *videotest.Client {
	h.t.Helper()
	c := h.transport(id, 1, o)
	if !videotest.Await(10*time.Second, func() bool { return h.active(id) == 1 }) {
		h.t.Fatalf("%s did not connect", id)
	}
	return c
}

func (h *testRoom) transport(id string, generation int, o videotest.Options) *videotest.Client {
	h.t.Helper()
	c := h.dial(id, generation, o)
	h.t.Cleanup(c.Close)
	return c
}

// dial opens a transport that the caller closes.
func (h *testRoom) dial(id string, generation int, o videotest.Options) *videotest.Client {
	h.t.Helper()
	c, err := videotest.New(o)
	if err != nil {
		h.t.Fatal(err)
	}
	offer, uses, err := c.Offer()
	if err != nil {
		h.t.Fatal(err)
	}
	answer, err := h.room.Offer(id, generation, offer, asUses(uses))
	if err != nil {
		h.t.Fatal(err)
	}
	if err := c.Accept(answer); err != nil {
		h.t.Fatal(err)
	}
	return c
}

func asUses(in map[string]string) map[string]Use {
	out := map[string]Use{}
	for k, v := range in {
		out[k] = Use(v)
	}
	return out
}

// active is the generation of the transport that counts; 0 none.
func (h *testRoom) active(id string) int {
	h.room.mu.Lock()
	defer h.room.mu.Unlock()
	if m := h.room.members[id]; m != nil && m.active != nil {
		return m.active.Generation
	}
	return 0
}

func (h *testRoom) await(what string, ok func() bool) {
	h.t.Helper()
	if !videotest.Await(8*time.Second, ok) {
		h.t.Fatalf("did not happen in time: %s", what)
	}
}

var both = videotest.Options{Mic: true, Layers: 1, Hear: 3, See: 3}

func tagged(o videotest.Options, tag byte) videotest.Options { o.Tag = tag; return o }

func pump(c *videotest.Client) {
	c.Mic.Pump(20*time.Millisecond, 1, 80)
	for i, t := range c.Camera {
		t.Pump(33*time.Millisecond, 1+i, 400)
	}
}

func mesh(ids ...string) map[string][]Route {
	out := map[string][]Route{}
	for _, to := range ids {
		for _, from := range ids {
			if from != to {
				out[to] = append(out[to], Route{From: from, Kind: KindAudio}, Route{From: from, Kind: KindVideo, Height: 720})
			}
		}
	}
	return out
}

func TestNothingFlowsUntilARouteSaysSo(t *testing.T) {
	t.Parallel()
	h := newTestRoom(t, Events{})
	a, b := h.person("a", tagged(both, 1)), h.person("b", tagged(both, 2))
	pump(a)
	pump(b)
	h.await("media reaches the server", func() bool {
		h.room.mu.Lock()
		defer h.room.mu.Unlock()
		return h.room.members["a"].sources[KindVideo].lastSeen() > 0 && h.room.members["b"].sources[KindAudio].lastSeen() > 0
	})
	if a.Count("audio", 2)+b.Count("video", 1) != 0 {
		t.Fatal("media passed without a route")
	}
	h.room.SetRoutes(mesh("a", "b"))
	h.await("both see and hear", func() bool {
		return a.Count("audio", 2) > 5 && a.Count("video", 2) > 5 && b.Count("audio", 1) > 5 && b.Count("video", 1) > 5
	})
	h.room.SetRoutes(map[string][]Route{"a": {{From: "b", Kind: KindAudio}}})
	for _, last := range []bool{false, true} { // what was on its way comes in the first time
		before := h.engine.packets.Load()
		b.Forget()
		h.await("only one way of sound is left", func() bool { return h.engine.packets.Load() > before+20 })
		if n := b.Count("audio", 1) + b.Count("video", 1); last && n > 0 {
			t.Errorf("%d packets after the route was taken away", n)
		}
	}
}

func TestASeatChangesItsSourceWithoutABreak(t *testing.T) {
	t.Parallel()
	h := newTestRoom(t, Events{})
	one := videotest.Options{Hear: 1, See: 1}
	a, b, c := h.person("a", tagged(both, 1)), h.person("b", tagged(both, 2)), h.person("c", one)
	pump(a)
	pump(b)
	from := func(id string) map[string][]Route {
		return map[string][]Route{"c": {{From: id, Kind: KindAudio}, {From: id, Kind: KindVideo, Height: 720}}}
	}
	mid := c.MID("see", 0)
	for i := range 6 {
		id, tag := "a", byte(1)
		if i%2 == 1 {
			id, tag = "b", 2
		}
		before := c.Seat(mid).Tags[tag]
		h.room.SetRoutes(from(id))
		h.await("the seat shows "+id, func() bool { return c.Seat(mid).Tags[tag] > before+10 })
	}
	if g := c.Seat(mid); g.Lost != 0 || g.Disorder != 0 || g.Keys < 6 {
		t.Errorf("the picture is not one stream: %+v", g)
	}
	if g := c.Seat(c.MID("hear", 0)); g.Lost != 0 || g.Disorder != 0 {
		t.Errorf("the sound is not one stream: %+v", g)
	}
}

func TestLayersFollowWhatIsShown(t *testing.T) {
	t.Parallel()
	h := newTestRoom(t, Events{})
	a := h.person("a", tagged(videotest.Options{Mic: true, Layers: 3}, 1))
	c := h.person("c", videotest.Options{Hear: 1, See: 1})
	pump(a)
	mid := c.MID("see", 0)
	show := func(height int) {
		h.room.SetRoutes(map[string][]Route{"c": {{From: "a", Kind: KindVideo, Height: height}}})
	}
	for _, step := range []struct {
		height int
		layer  byte
	}{{180, 0}, {720, 2}, {360, 1}, {720, 2}, {100, 0}} {
		show(step.height)
		before := c.Seat(mid).Heights[step.layer]
		h.await(fmt.Sprintf("layer %d for %d lines", step.layer, step.height), func() bool { return c.Seat(mid).Heights[step.layer] > before+10 })
	}
	if g := c.Seat(mid); g.Lost != 0 || g.Disorder != 0 {
		t.Errorf("%+v", g)
	}
	h.await("the sender is told that less is enough", func() bool { return h.room.Needs("a")[0].Layer == 0 })
}

func TestANewTransportTakesOverWithoutAGap(t *testing.T) {
	t.Parallel()
	h := newTestRoom(t, Events{})
	a, b := h.person("a", tagged(both, 1)), h.person("b", tagged(both, 2))
	pump(a)
	pump(b)
	h.room.SetRoutes(mesh("a", "b"))
	strain := videotest.Strain(t.Context().Done())
	h.await("first transport works", func() bool { return b.Count("video", 1) > 5 && a.Count("video", 2) > 5 })
	a2 := h.transport("a", 2, tagged(both, 1))
	pump(a2)
	h.await("the second takes over", func() bool { return h.active("a") == 2 })
	h.await("media comes over it", func() bool { return a2.Count("audio", 2) > 10 && a2.Count("video", 2) > 5 })
	was := b.Count("video", 1)
	h.await("the other still sees a", func() bool { return b.Count("video", 1) > was+10 })
	if g := b.Seat(b.MID("hear", 0)); g.LongGap > 500*time.Millisecond+strain() {
		t.Errorf("sound broke for %v", g.LongGap)
	}
	if _, err := h.room.Offer("a", 2, "v=0", nil); err == nil {
		t.Error("an old generation was taken")
	}
}

func TestKeyFramesAreAskedForOncePerPauseAndLostOnesAgain(t *testing.T) {
	k := keyAsker{}
	if !k.ask(time.Second) || k.ask(time.Second+keyPause/2) {
		t.Fatal("the first request goes at once, the second waits")
	}
	if k.due(time.Second+keyPause-1) || !k.due(time.Second+keyPause) {
		t.Error("a request that was held back goes when the pause is over")
	}
	k.got()
	if k.due(time.Minute) {
		t.Error("asked although the key frame came")
	}
}

func TestALateViewerStartsFromTheRing(t *testing.T) {
	t.Parallel()
	h := newTestRoom(t, Events{})
	a := h.person("a", tagged(both, 1))
	b, c := h.person("b", both), h.person("c", both)
	a.Camera[0].Pump(33*time.Millisecond, 2, 300)
	routes := mesh("a", "b", "c")
	routes["c"] = []Route{{From: "a", Kind: KindVideo}} // allowed, not shown
	h.room.SetRoutes(routes)
	h.await("b sees", func() bool { return b.Count("video", 1) > 10 })
	asked := a.Camera[0].Asked.Load()
	routes["c"] = []Route{{From: "a", Kind: KindVideo, Height: 720}}
	h.room.SetRoutes(routes)
	h.await("c sees", func() bool { return c.Count("video", 1) > 10 })
	if h.engine.replays.Load() == 0 || a.Camera[0].Asked.Load() != asked {
		t.Errorf("replays %d, key frames asked for %d", h.engine.replays.Load(), a.Camera[0].Asked.Load()-asked)
	}
	if g := c.Seat(c.MID("see", 0)); g.Lost != 0 || g.Disorder != 0 || g.Keys != 1 {
		t.Errorf("%+v", g)
	}
}

func TestNobodySeesWhatWasBeforeTheyWereLetIn(t *testing.T) {
	t.Parallel()
	h := newTestRoom(t, Events{})
	a := h.person("a", tagged(both, 1))
	b, c := h.person("b", both), h.person("c", both)
	a.Camera[0].Pump(33*time.Millisecond, 2, 300)
	h.room.SetRoutes(mesh("a", "b"))
	h.await("b sees", func() bool { return b.Count("video", 1) > 10 })
	asked := a.Camera[0].Asked.Load()
	h.room.SetRoutes(mesh("a", "b", "c"))
	h.await("c sees", func() bool { return c.Count("video", 1) > 10 })
	if h.engine.replays.Load() != 0 || a.Camera[0].Asked.Load() == asked {
		t.Error("an old key frame was shown to somebody who was just let in")
	}
}

// TestJoinsAndLeavesGiveEverythingBack: 8 rounds, 1,000 at scale.
func TestJoinsAndLeavesGiveEverythingBack(t *testing.T) {
	times := rounds.Of(8, 1000)
	h := newTestRoom(t, Events{})
	a := h.person("a", tagged(both, 1))
	pump(a)
	round := func(n int) {
		id := fmt.Sprint("p", n)
		c := h.dial(id, 1, tagged(both, 2)) // not kept for the end of the test
		defer c.Close()
		h.await("connected", func() bool { return h.active(id) == 1 })
		pump(c)
		h.room.SetRoutes(mesh("a", id))
		h.await("they meet", func() bool { return c.Count("audio", 1) > 0 && a.Count("audio", 2) > 0 })
		a.Forget()
		h.room.Part(id)
	}
	round(0)
	settle(t, 0)
	base, heap := runtime.NumGoroutine(), heapNow()
	for n := range times {
		round(n + 1)
	}
	settle(t, base)
	grown := int64(heapNow()) - int64(heap)
	t.Logf("%d rounds: %d goroutines before, %d after; heap grew by %d KB", times, base, runtime.NumGoroutine(), grown>>10)
	if grown > 6<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
}

func heapNow() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// settle waits until the goroutines are back to a base (with a small play for
// the runtime's own).
func settle(t *testing.T, base int) {
	t.Helper()
	last, since := -1, time.Now()
	ok := videotest.Await(10*time.Second, func() bool {
		n := runtime.NumGoroutine()
		if n != last {
			last, since = n, time.Now()
		}
		return base > 0 && n <= base+2 || base == 0 && time.Since(since) > 700*time.Millisecond
	})
	if !ok {
		buf := make([]byte, 1<<16)
		t.Fatalf("%d goroutines, %d at the start\n%s", runtime.NumGoroutine(), base, buf[:runtime.Stack(buf, true)])
	}
}
