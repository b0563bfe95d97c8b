package sfu

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/two.html
var twoPeople []byte

// inbound is what a browser says of what it receives.
type inbound struct {
	Frames  int     // decoded
	Height  int     // of the newest frame
	Freezes int     // as the browser counts them
	Sound   int     // packets
	Energy  float64 // of the decoded sound; zero is silence
	Sent    int     // layers that are being sent
	State   string
}

// TestChromiumSeesAndHearsChromium joins two people of a real browser with its fake
// camera and microphone, and asks the browser what it decoded.
func TestChromiumSeesAndHearsChromium(t *testing.T) {
	path, err := exec.LookPath("chromium")
	if err != nil || os.Getenv("HANDRAIL_CHROMIUM") == "" {
		t.Skip("set HANDRAIL_CHROMIUM=1 where there is a chromium and time for it")
	}
	e, err := New(Config{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	h := &testRoom{t, e, e.NewRoom(Events{})}
	t.Cleanup(func() { h.room.Close(); _ = e.Close() })
	web := httptest.NewServer(h.offers())
	t.Cleanup(web.Close)
	ctx := browser(t, path)
	if _, err := chromedp.Run(ctx, chromedp.Navigate(web.URL)); err != nil {
		t.Fatal(err)
	}
	h.chromium(ctx, "both are connected", func(a, b inbound) bool { return a.State == "connected" && b.State == "connected" })
	if a, _ := bothSides(ctx); a.Frames != 0 || a.Sound != 0 {
		t.Fatalf("media before a route: %+v", a)
	}
	let := time.Now()
	h.room.SetRoutes(mesh("a", "b"))
	h.chromium(ctx, "both see and hear", func(a, b inbound) bool {
		return a.Frames > 0 && b.Frames > 0 && a.Energy > 0 && b.Energy > 0
	})
	t.Logf("decoded picture and sound %v after the route", time.Since(let))
	h.chromium(ctx, "the top layer", func(a, b inbound) bool { return a.Height >= 700 && a.Sent == 3 })
	h.show(180)
	h.chromium(ctx, "a small picture for a small place", func(a, b inbound) bool { return a.Height <= 180 && b.Height <= 180 })
	h.show(720)
	h.chromium(ctx, "and a large one again", func(a, b inbound) bool { return a.Height >= 700 && b.Height >= 700 })
	a, _ := bothSides(ctx)
	t.Logf("%+v", a)
	if a.Freezes > 1 {
		t.Errorf("%d freezes: the picture does not run through", a.Freezes)
	}
}

func (h *testRoom) show(height int) {
	routes := mesh("a", "b")
	for _, list := range routes {
		for i := range list {
			if list[i].Kind == KindVideo {
				list[i].Height = height
			}
		}
	}
	h.room.SetRoutes(routes)
}

func browser(t *testing.T, path string) context.Context {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("use-fake-device-for-media-stream", true), chromedp.Flag("use-fake-ui-for-media-stream", true),
		chromedp.Flag("allow-loopback-in-peer-connection", true), chromedp.Flag("autoplay-policy", "no-user-gesture-required"))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(alloc)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 60*time.Second)
	t.Cleanup(stop)
	return ctx
}

// offers is the page and the one exchange that it needs.
func (h *testRoom) offers() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(twoPeople) })
	mux.HandleFunc("POST /offer", func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			ID, SDP string
			Lines   map[string]Use
		}
		err := json.NewDecoder(r.Body).Decode(&in)
		answer := ""
		if err == nil {
			answer, err = h.room.Offer(in.ID, 1, in.SDP, in.Lines)
		}
		if err != nil {
			h.t.Errorf("offer: %v\n%s", err, in.SDP)
			http.Error(w, "no", http.StatusBadRequest)
			return
		}
		_, _ = w.Write([]byte(answer))
	})
	return mux
}

func bothSides(ctx context.Context) (a, b inbound) {
	out, _ := chromedp.Run(ctx, chromedp.Evaluate[[]inbound]("both()", chromedp.EvalAwaitPromise))
	if len(out) == 2 {
		a, b = out[0], out[1]
	}
	return a, b
}

func (h *testRoom) chromium(ctx context.Context, what string, ok func(a, b inbound) bool) {
	h.t.Helper()
	var a, b inbound
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		if a, b = bothSides(ctx); ok(a, b) {
			return
		}
	}
	trouble, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("String(window.trouble||'')"))
	h.t.Fatalf("did not happen in time: %s; %s\na %+v\nb %+v\n%s", what, trouble, a, b, fmt.Sprint(h.room.Stats("a")))
}
