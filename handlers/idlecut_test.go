package handlers_test

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/handlers/edge/edgetest"
)

// Proxies cut a connection that was silent for 60 s, some by what goes one way alone;
// Handrail pings every 15 s. This test has both, in the same relation, 60 times as fast.
const (
	quickCut  = time.Second
	quickPing = quickCut / 4
)

func TestPingsComeOftenEnoughForProxies(t *testing.T) {
	c := handlers.New(handlers.Config{}).Edge.Config()
	if c.Times.Ping*4 > time.Minute {
		t.Errorf("a ping each %s: one that is lost, and proxies cut after a minute", c.Times.Ping)
	}
}

// TestProxiesLetGoFirst: who sends the next request on a connection that we are closing
// gets a 502 from the proxy. nginx and AWS keep theirs for 60 s, Caddy for two minutes.
func TestProxiesLetGoFirst(t *testing.T) {
	c := handlers.New(handlers.Config{}).Edge.Config()
	if c.Times.Idle <= 2*time.Minute {
		t.Errorf("an idle connection is closed after %s", c.Times.Idle)
	}
}

// cutting is a proxy on the way to an address, which cuts a connection when one of its
// ways was silent for quickCut.
func cutting(t *testing.T, to string) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			in, err := ln.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				_ = in.Close()
				continue
			}
			for _, way := range [][2]net.Conn{{in, out}, {out, in}} {
				all.Go(func() {
					_, _ = io.Copy(way[1], impatient{way[0]})
					_, _ = in.Close(), out.Close()
				})
			}
		}
	})
	t.Cleanup(func() {
		_ = ln.Close()
		all.Wait()
	})
	return ln.Addr().String()
}

// impatient is a connection from which nothing is read any more after it was silent.
type impatient struct{ net.Conn }

func (c impatient) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(quickCut)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// throughCutting opens the connection of a visit by that proxy, and tells of each ping.
func throughCutting(t *testing.T, ping time.Duration) (ws *websocket.Conn, pings chan struct{}) {
	t.Helper()
	d := openVideoClinic(t)
	d.api = handlers.New(handlers.Config{Care: d.Care, Video: d.video, Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Now: d.Clock.Now, Times: edge.Times{Ping: ping}}})
	d.address = edgetest.Listen(t, d.api)
	j, _ := d.join(d.patient)
	d.address = cutting(t, d.address)
	ws = d.connect(j)
	next(t, ws, "welcome")
	pings = make(chan struct{}, 1000)
	answer := ws.PingHandler()
	ws.SetPingHandler(func(text string) error {
		pings <- struct{}{}
		return answer(text)
	})
	return ws, pings
}

// TestASocketOutlivesAProxyThatCutsWhatIsSilent: neither side says anything for three
// times as long as the proxy waits.
func TestASocketOutlivesAProxyThatCutsWhatIsSilent(t *testing.T) {
	t.Parallel()
	ws, pings := throughCutting(t, quickPing)
	go func() { // says something after all that
		for range 12 {
			<-pings
		}
		_ = ws.WriteJSON(map[string]any{"type": "ping", "data": map[string]any{"stamp": 1}})
	}()
	next(t, ws, "pong")
}

// TestTheProxyOfThisTestCuts: without pings that are often enough it does.
func TestTheProxyOfThisTestCuts(t *testing.T) {
	t.Parallel()
	ws, _ := throughCutting(t, 10*quickCut)
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			var late net.Error
			if errors.As(err, &late) && late.Timeout() {
				t.Error("it does not")
			}
			return
		}
	}
}
