package webtest

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/target"
)

// renewed serves the page, and a newer one of it when told so.
type renewed struct {
	*httptest.Server
	newer atomic.Bool
	asked atomic.Int64 // for the worker
}

func renewable(t *testing.T) *renewed {
	t.Helper()
	n := &renewed{}
	served := http.FileServerFS(pages())
	changed := func(name, from, to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if !n.newer.Load() {
				served.ServeHTTP(w, r)
				return
			}
			body, err := fs.ReadFile(pages(), name)
			if err != nil {
				t.Error(err)
			}
			if name == "sw.js" {
				w.Header().Set("Content-Type", "text/javascript")
			} else {
				w.Header().Set("Content-Type", "application/json")
			}
			if _, err := w.Write(bytes.Replace(body, []byte(from), []byte(to), 1)); err != nil {
				t.Error(err)
			}
		}
	}
	mux := http.NewServeMux()
	mux.Handle("/", served)
	worker := changed("sw.js", "version = '", "version = 'next-")
	mux.HandleFunc("/sw.js", func(w http.ResponseWriter, r *http.Request) {
		n.asked.Add(1)
		worker(w, r)
	})
	mux.HandleFunc("/texts/en.json", changed("texts/en.json", `"Welcome"`, `"Welcome, anew"`))
	mux.Handle("/v1/", http.NotFoundHandler())
	n.Server = httptest.NewServer(mux)
	t.Cleanup(n.Close)
	return n
}

// A new version of the page takes over at the next start or the one after, all files
// at once.
func TestANewVersionTakesOver(t *testing.T) {
	server := renewable(t)
	p := newPhone(t, server.URL, "en-US")
	p.load("")
	p.title("Welcome")
	p.until("the worker", "navigator.serviceWorker.controller")
	server.newer.Store(true)
	p.load("")
	p.title("Welcome") // from the cache: nobody waits for an update
	p.until("the new one waits", `(() => { navigator.serviceWorker.getRegistration().then((r) => { window.waits = Boolean(r.waiting) }); return window.waits })()`)
	// A page that is opened while the browser changes workers by itself has the old files
	// once more; the next one has the new.
	p.load("")
	p.until("the new worker", `(() => { navigator.serviceWorker.getRegistration().then((r) => { window.rests = !r.waiting && r.active.state === 'activated' }); return window.rests })()`)
	if eval[string](p, "document.querySelector('h1')?.textContent ?? ''") == "Welcome" {
		p.load("")
	}
	p.title("Welcome, anew")
	if caches := eval[int](p, `caches.keys().then((k) => k.length)`); caches != 1 {
		t.Errorf("%d caches are left", caches)
	}
}

// An installed page that is seen again asks for newer files, hourly at most. What is
// typed stays; the next change of screen has the new ones, but not in a visit.
func TestAPageThatIsResumedRenewsItself(t *testing.T) {
	server := renewable(t)
	p := newPhone(t, server.URL, "en-US")
	p.load("")
	p.title("Welcome")
	p.until("the worker", "navigator.serviceWorker.controller")
	seenAgain := func() { eval[bool](p, `document.dispatchEvent(new Event('visibilitychange'))`) }
	waits := func() {
		p.until("the new one waits", `(() => { navigator.serviceWorker.getRegistration().then((r) => { window.waits = Boolean(r.waiting) }); return window.waits })()`)
	}
	before := server.asked.Load()
	seenAgain()
	p.move(61 * time.Minute)
	server.newer.Store(true)
	for range 3 {
		seenAgain()
	}
	waits()
	// One asking takes two: the script, and past the cache where it has changed.
	if asked := server.asked.Load() - before; asked > 2 {
		t.Errorf("asked %d times in an hour", asked)
	}
	eval[bool](p, `(window.before = true, window.goesOn = true)`)
	module[bool](p, "restart", `(m.holdPageWhile(() => window.goesOn), true)`)
	p.fill("Your code", "ABC")
	if typed := eval[string](p, `document.querySelector('input').value`); typed != "ABC" {
		t.Errorf("typed: %q", typed)
	}
	p.to("#/help")
	p.title("Help now")
	p.to("#/enrol")
	p.title("Welcome")
	if !eval[bool](p, `window.before`) {
		t.Error("it started anew while something went on")
	}
	// Chromium keeps a worker that a debugger looks at, and with it the one that waits.
	call(p, target.SetAutoAttach, target.SetAutoAttachParams{AutoAttach: false})
	eval[bool](p, `(window.goesOn = false, true)`)
	p.to("#/help")
	p.until("the page is a new one", `!window.before && document.querySelector('h1')`)
	p.to("#/enrol")
	p.title("Welcome, anew")
}
