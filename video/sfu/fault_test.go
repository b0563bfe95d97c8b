package sfu

import (
	"io"
	"math/rand/v2"
	"net"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pion/logging"
	"github.com/pion/transport/v5/vnet"
	"github.com/pion/webrtc/v4"

	"handrail/video/relay"
	"handrail/video/videotest"
)

// wan is a virtual network with the server on 10.0.0.1, whose faults a test sets.
type wan struct {
	*testRoom
	router *vnet.Router

	mu    sync.Mutex
	rng   *rand.Rand
	loss  map[string]float64 // by the address of either end
	dead  map[string]bool
	limit map[string]*bucket // towards an address
}

// vnetParts is held while a part of a network is made: vnet counts their hardware
// addresses in one variable without a lock.
var vnetParts sync.Mutex

// bucket is a policer: what comes too fast is dropped.
type bucket struct {
	rate, tokens float64 // bytes a second, bytes
	last         time.Time
}

func (b *bucket) take(n int) bool {
	now := time.Now()
	b.tokens = min(b.rate/5, b.tokens+b.rate*now.Sub(b.last).Seconds())
	b.last = now
	if b.tokens < float64(n) {
		return false
	}
	b.tokens -= float64(n)
	return true
}

func newWAN(t testing.TB, delay time.Duration, events Events) *wan {
	t.Helper()
	f := logging.NewDefaultLoggerFactory()
	f.DefaultLogLevel = logging.LogLevelDisabled
	vnetParts.Lock()
	router, err := vnet.NewRouter(&vnet.RouterConfig{CIDR: "10.0.0.0/24", LoggerFactory: f, MinDelay: delay, QueueSize: 4096})
	vnetParts.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	w := &wan{router: router, rng: rand.New(rand.NewPCG(1, 2)), loss: map[string]float64{}, dead: map[string]bool{}, limit: map[string]*bucket{}}
	router.AddChunkFilter(w.passes)
	server := w.host(t, "10.0.0.1")
	if err := router.Start(); err != nil {
		t.Fatal(err)
	}
	e, err := New(Config{Address: "10.0.0.1", UDPPort: 5000, Net: server})
	if err != nil {
		t.Fatal(err)
	}
	w.testRoom = &testRoom{t, e, e.NewRoom(events)}
	t.Cleanup(func() {
		w.room.Close()
		_ = e.Close()
		_ = router.Stop()
	})
	return w
}

func (w *wan) host(t testing.TB, ip string) *vnet.Net {
	t.Helper()
	vnetParts.Lock()
	n, err := vnet.NewNet(&vnet.NetConfig{StaticIPs: []string{ip}})
	vnetParts.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.router.AddNet(n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (w *wan) passes(c vnet.Chunk) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range []string{host(c.SourceAddr()), host(c.DestinationAddr())} {
		if w.dead[a] || w.rng.Float64() < w.loss[a] {
			return false
		}
	}
	if b := w.limit[host(c.DestinationAddr())]; b != nil {
		return b.take(len(c.UserData()) + 28)
	}
	return true
}

func host(a net.Addr) string { h, _, _ := net.SplitHostPort(a.String()); return h }

func (w *wan) set(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

func (w *wan) at(t testing.TB, ip string, o videotest.Options) videotest.Options {
	o.Net = w.host(t, ip)
	return o
}

func TestLostPicturesAreRepaired(t *testing.T) {
	t.Parallel()
	strain := videotest.Strain(t.Context().Done())
	for _, loss := range []float64{0.05, 0.10, 0.15} {
		w := newWAN(t, 10*time.Millisecond, Events{})
		a := w.person("a", w.at(t, "10.0.0.2", tagged(both, 1)))
		b := w.person("b", w.at(t, "10.0.0.3", tagged(both, 2)))
		w.room.SetRoutes(mesh("a", "b"))
		a.Mic.Pump(20*time.Millisecond, 1, 60)
		a.Camera[0].Pump(33*time.Millisecond, 3, 500)
		w.await("they see each other", func() bool { return b.Count("video", 1) > 10 })
		w.set(func() { w.loss["10.0.0.2"], w.loss["10.0.0.3"] = loss, loss }) // up and down
		b.Forget()
		w.await("400 packets", func() bool { return b.Count("video", 1) > 400 })
		w.set(func() { clear(w.loss) })
		mid := b.MID("see", 0)
		n := b.Count("video", 1)
		w.await("the last repairs", func() bool { return b.Count("video", 1) > n+60 })
		g, sound := b.Seat(mid), b.Seat(b.MID("hear", 0))
		t.Logf("%.0f %% each way: pictures %d packets, %d not repaired, longest gap %v; longest gap in the sound %v", loss*100, g.Packets, g.Lost, g.LongGap, sound.LongGap)
		if sound.LongGap > 200*time.Millisecond+strain() {
			t.Errorf("%.0f %% loss: %v without sound", loss*100, sound.LongGap)
		}
		if loss <= 0.10 && float64(g.Lost) > float64(g.Packets)*0.01 || loss <= 0.05 && g.LongGap > time.Second+strain() {
			t.Errorf("%.0f %% loss: %d of %d packets were not repaired, longest gap %v", loss*100, g.Lost, g.Packets, g.LongGap)
		}
	}
}

func TestMediaIsBackAtOnceAfterABlackout(t *testing.T) {
	t.Parallel()
	strain := videotest.Strain(t.Context().Done())
	w := newWAN(t, 10*time.Millisecond, Events{})
	a := w.person("a", w.at(t, "10.0.0.2", tagged(both, 1)))
	b := w.person("b", w.at(t, "10.0.0.3", tagged(both, 2)))
	w.room.SetRoutes(mesh("a", "b"))
	pump(a)
	pump(b)
	w.await("they see each other", func() bool { return b.Count("video", 1) > 10 && a.Count("audio", 2) > 10 })
	w.set(func() { w.dead["10.0.0.3"] = true })
	<-time.After(2 * time.Second) // the fault itself
	b.Forget()
	w.set(func() { w.dead["10.0.0.3"] = false })
	back := time.Now()
	w.await("media again", func() bool { return b.Count("audio", 1) > 0 && b.Count("video", 1) > 0 })
	if time.Since(back) > time.Second+strain() {
		t.Fatal("no media a second after the path was back")
	}
	t.Logf("media %v after the path was back", time.Since(back))
}

func TestAnAddressChangeIsNoticedAndMended(t *testing.T) {
	t.Parallel()
	strain := videotest.Strain(t.Context().Done())
	var silent atomic.Int64
	w := newWAN(t, 10*time.Millisecond, Events{Media: func(id string, _ int, s State, k Kind) {
		if id == "a" && s == Silent && k == "" {
			silent.CompareAndSwap(0, time.Now().UnixNano())
		}
	}})
	a := w.person("a", w.at(t, "10.0.0.2", tagged(both, 1)))
	b := w.person("b", w.at(t, "10.0.0.3", tagged(both, 2)))
	w.room.SetRoutes(mesh("a", "b"))
	w.room.Sends("a", map[Kind]bool{KindAudio: true, KindVideo: true})
	pump(a)
	pump(b)
	w.await("they see each other", func() bool { return b.Count("video", 1) > 10 && a.Count("audio", 2) > 10 })
	gone := time.Now()
	w.set(func() { w.dead["10.0.0.2"] = true })
	w.await("the server notices", func() bool { return silent.Load() != 0 })
	noticed := time.Unix(0, silent.Load()).Sub(gone)
	again := w.transport("a", 2, w.at(t, "10.0.0.4", tagged(both, 1)))
	pump(again)
	b.Forget()
	w.await("both ways work again", func() bool { return again.Count("audio", 2) > 0 && b.Count("audio", 1) > 0 })
	t.Logf("noticed after %v, media back after %v", noticed, time.Since(gone))
	if noticed > 2*time.Second+strain() || time.Since(gone) > 3*time.Second+strain() {
		t.Errorf("noticed after %v, back after %v", noticed, time.Since(gone))
	}
	if g := b.Seat(b.MID("hear", 0)); g.Disorder != 0 {
		t.Errorf("%+v", g)
	}
}

func TestANarrowLinkKeepsTheSoundAndLowersThePicture(t *testing.T) {
	t.Parallel()
	strain := videotest.Strain(t.Context().Done())
	w := newWAN(t, 5*time.Millisecond, Events{})
	a := w.person("a", w.at(t, "10.0.0.2", tagged(videotest.Options{Mic: true, Layers: 3}, 1)))
	b := w.person("b", w.at(t, "10.0.0.3", videotest.Options{Hear: 1, See: 1}))
	w.room.SetRoutes(map[string][]Route{"b": {{From: "a", Kind: KindAudio}, {From: "a", Kind: KindVideo, Height: 720}}})
	a.Mic.Pump(20*time.Millisecond, 1, 60)
	a.Camera[0].Pump(33*time.Millisecond, 1, 400)  // 100 kbit/s
	a.Camera[1].Pump(33*time.Millisecond, 2, 800)  // 390 kbit/s
	a.Camera[2].Pump(33*time.Millisecond, 4, 1000) // 970 kbit/s
	mid, ear := b.MID("see", 0), b.MID("hear", 0)
	w.await("the top layer", func() bool { return b.Seat(mid).Heights[2] > 30 })
	b.Forget() // it began with the lowest
	w.set(func() { w.limit["10.0.0.3"] = &bucket{rate: 300_000 / 8, last: time.Now()} })
	start := time.Now()
	w.await("the lowest layer", func() bool { s := b.Seat(mid); return s.Heights[0] > 20 })
	settled := time.Since(start)
	seats := w.room.Seats("b")
	b.Forget()
	w.await("two seconds of it", func() bool { return b.Seat(mid).Heights[0] > 60 })
	sound := b.Seat(ear)
	t.Logf("settled after %v; then sound: %d packets, %d lost, longest gap %v", settled, sound.Packets, sound.Lost, sound.LongGap)
	if settled > 5*time.Second+strain() || sound.LongGap > 200*time.Millisecond+strain() || sound.Lost > 3 {
		t.Errorf("settled after %v, sound %+v", settled, sound)
	}
	told := false
	for _, s := range seats {
		told = told || s.Kind == KindVideo && s.Why == YourNetwork && !s.Paused
	}
	if !told {
		t.Errorf("nobody is told why: %+v", seats)
	}
}

func TestICEOverTCPWhenUDPIsBlocked(t *testing.T) {
	t.Parallel()
	h := newTestRoom(t, Events{})
	start := time.Now()
	a := h.person("a", tagged(videotest.Options{Mic: true, Layers: 1, Hear: 1, See: 1, TCP: true}, 1))
	t.Logf("connected over TCP in %v", time.Since(start))
	b := h.person("b", tagged(both, 2))
	h.room.SetRoutes(mesh("a", "b"))
	pump(a)
	pump(b)
	h.await("both ways", func() bool { return a.Count("video", 2) > 5 && b.Count("audio", 1) > 5 })
	if s, _ := h.room.Stats("a"); s.Path != "tcp" {
		t.Errorf("path %q", s.Path)
	}
}

func TestMediaThroughTURN(t *testing.T) {
	t.Parallel()
	h := newTestRoom(t, Events{})
	r, err := relay.New(relay.Config{Listen: "127.0.0.1", Secret: make([]byte, 32), Media: h.engine.UDPAddr()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	b := h.person("b", tagged(both, 2))
	pump(b)
	for i, url := range r.Servers("a")[0].URLs {
		s := r.Servers("a")[0]
		id := "a" + strconv.Itoa(i)
		start := time.Now()
		a := h.person(id, tagged(videotest.Options{Mic: true, Layers: 1, Hear: 1, See: 1,
			Relay: []webrtc.ICEServer{{URLs: []string{url}, Username: s.Username, Credential: s.Credential}}}, 1))
		t.Logf("%s: connected in %v", url, time.Since(start))
		h.room.SetRoutes(mesh(id, "b"))
		b.Forget()
		pump(a)
		h.await("both ways through the relay", func() bool { return a.Count("video", 2) > 5 && b.Count("audio", 1) > 5 })
		if r.Allocations() == 0 {
			t.Error("it went around the relay")
		}
		h.room.Part(id)
		a.Close()
	}
}

// stall is a TCP relay that can stop passing on what the server sends.
func stall(t *testing.T, to string) (port string, stop func()) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	var stopped atomic.Bool
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s, err := net.Dial("tcp", to)
			if err != nil {
				return
			}
			_ = s.(*net.TCPConn).SetReadBuffer(16 << 10)
			t.Cleanup(func() { _ = c.Close(); _ = s.Close() })
			go func() { _, _ = io.Copy(s, c) }()
			go func() {
				buf := make([]byte, 4096)
				for {
					n, err := s.Read(buf)
					if err != nil {
						return
					}
					if stopped.Load() {
						<-release
						return
					}
					_, _ = c.Write(buf[:n])
				}
			}()
		}
	}()
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port, func() { stopped.Store(true) }
}

func TestSomebodyWhoStopsReadingCostsTheOthersNothing(t *testing.T) {
	t.Parallel()
	strain := videotest.Strain(t.Context().Done())
	h := newTestRoom(t, Events{})
	a, b := h.person("a", tagged(both, 1)), h.person("b", both)
	c, err := videotest.New(videotest.Options{Hear: 1, See: 1, TCP: true})
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
	tcp := regexp.MustCompile(`(tcp \d+ 127\.0\.0\.1 )(\d+)`)
	port, stop := stall(t, "127.0.0.1:"+tcp.FindStringSubmatch(answer)[2])
	if err := c.Accept(tcp.ReplaceAllString(answer, "${1}"+port)); err != nil {
		t.Fatal(err)
	}
	h.await("c connects over TCP", func() bool { return h.active("c") == 1 })
	h.room.SetRoutes(mesh("a", "b", "c"))
	a.Mic.Pump(20*time.Millisecond, 1, 60)
	h.room.mu.Lock()
	for _, m := range h.room.members {
		m.down.bps = mostDown // a wide link, so that all of it is sent
	}
	h.room.mu.Unlock()
	a.Camera[0].Pump(10*time.Millisecond, 8, 1100) // 0.9 MB a second: fills every buffer on the way
	h.await("both see", func() bool { return b.Count("video", 1) > 100 && c.Count("video", 1) > 100 })
	stop()
	b.Forget()
	h.await("3 MB later", func() bool { return b.Count("video", 1) > 3000 })
	g := b.Seat(b.MID("hear", 0))
	t.Logf("sound of the others: %d packets, longest gap %v (strain %v)", g.Packets, g.LongGap, strain())
	if g.LongGap > 400*time.Millisecond+strain() || g.Packets < 50 {
		t.Errorf("the others felt it: %+v", g)
	}
}
