package webtest

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

// A new version of the page takes over at the next start or the one after, all files
// at once.
func TestANewVersionTakesOver(t *testing.T) {
	var newer atomic.Bool
	served := http.FileServerFS(pages())
	changed := func(name, from, to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if !newer.Load() {
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
	mux.HandleFunc("/sw.js", changed("sw.js", "version = '", "version = 'next-"))
	mux.HandleFunc("/texts/en.json", changed("texts/en.json", `"Welcome"`, `"Welcome, anew"`))
	mux.Handle("/v1/", http.NotFoundHandler())
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	p := newPhone(t, server.URL, "en-US")
	p.load("")
	p.title("Welcome")
	p.until("the worker", "navigator.serviceWorker.controller")
	newer.Store(true)
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
