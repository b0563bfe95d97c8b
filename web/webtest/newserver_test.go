package webtest

import (
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
)

// A page without a worker that was open while the clinic's computer got a newer version: a
// file of the old one is gone. It starts anew, once, and goes on; where that does not
// help, or where the words do not come, it says so, and shows no keys.
func TestAnOldPageStartsAnewOnce(t *testing.T) {
	t.Parallel()
	var gone, heals, noWords atomic.Bool
	var starts atomic.Int32
	var mu sync.Mutex
	had := map[string]bool{} // what it got before they were gone, which the browser may keep
	page := http.FileServerFS(pages())
	p := newPhone(t, bare(t, map[string]http.HandlerFunc{
		"GET /sw.js": http.NotFound,
		"GET /livez": func(http.ResponseWriter, *http.Request) {
			if heals.Load() {
				gone.Store(false)
			}
		},
		"GET /app/packed/": func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			if gone.Load() && !had[r.URL.Path] {
				http.NotFound(w, r)
				return
			}
			had[r.URL.Path] = true
			page.ServeHTTP(w, r)
		},
		"GET /texts/en.json": func(w http.ResponseWriter, r *http.Request) {
			if noWords.Load() {
				http.Error(w, "no", http.StatusServiceUnavailable)
				return
			}
			page.ServeHTTP(w, r)
		},
		"GET /{$}": func(w http.ResponseWriter, r *http.Request) {
			starts.Add(1)
			page.ServeHTTP(w, r)
		}}), "en-US")
	p.load("#/help")
	p.title("Help now")
	began := starts.Load()
	gone.Store(true)
	p.to("#/language")
	p.title("This did not open")
	if n := starts.Load() - began; n != 1 {
		t.Errorf("it started anew %d times", n)
	}
	p.load("#/help")
	p.title("Help now")
	began = starts.Load()
	heals.Store(true)
	p.to("#/language")
	p.title("Language")
	if n := starts.Load() - began; n != 1 {
		t.Errorf("it started anew %d times", n)
	}
	noWords.Store(true)
	p.load("#/help")
	p.to("#/language")
	p.title("This did not open")
	noWords.Store(false)
	p.tap("Try again")
	p.title("Language")
}
