package webtest

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"handrail/care/caretest/instants"
	"handrail/web"
)

// renewed serves the page, and a newer one of it when told so.
type renewed struct {
	*httptest.Server
	newer atomic.Bool
	mixed atomic.Bool  // the page itself comes from yet another version
	asked atomic.Int64 // for the worker
}

// ofBefore is a file that only the version before has.
const ofBefore = "/app/packed/before.js"

// calls are those that a test answers itself.
func renewable(t *testing.T, calls map[string]http.HandlerFunc) *renewed {
	t.Helper()
	n := &renewed{}
	served := http.FileServerFS(pages())
	changed := func(name, from, to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			from, to := from, to
			switch {
			case n.newer.Load():
			case name == "sw.js":
				from, to = "files = [", `files = ["`+ofBefore+`",`
			default:
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
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		page, err := fs.ReadFile(pages(), "index.html")
		if err != nil {
			t.Error(err)
		}
		switch {
		case r.URL.Path == "/" && n.mixed.Load():
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write(bytes.ReplaceAll(page, []byte("/app/packed/"), []byte("/app/packed/another-")))
		case r.URL.Path == ofBefore && !n.newer.Load():
			w.Header().Set("Content-Type", "text/javascript")
		default:
			served.ServeHTTP(w, r)
		}
	})
	worker := changed("sw.js", "version = '", "version = 'next-")
	mux.HandleFunc("/sw.js", func(w http.ResponseWriter, r *http.Request) {
		n.asked.Add(1)
		worker(w, r)
	})
	for _, name := range []string{"texts/first-en.json", "texts/en.json"} {
		mux.HandleFunc("/"+name, changed(name, `"Welcome"`, `"Welcome, anew"`))
	}
	mux.Handle("/v1/", http.NotFoundHandler())
	for pattern, handler := range calls {
		mux.HandleFunc(pattern, handler)
	}
	n.Server = httptest.NewServer(mux)
	t.Cleanup(n.Close)
	return n
}

// On a bad network a file of the first worker does not come. The page asks again once
// there is a network, without anybody's doing.
func TestAWorkerThatDidNotComeIsAskedForAgain(t *testing.T) {
	failed := make(chan struct{})
	once := sync.OnceFunc(func() { close(failed) })
	server := renewable(t, map[string]http.HandlerFunc{"/texts/es.json": func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-failed:
			http.FileServerFS(pages()).ServeHTTP(w, r)
		default:
			http.Error(w, "", http.StatusBadGateway)
			once()
		}
	}})
	p := newPhone(t, server.URL, "en-US")
	p.letWorker()
	p.load("")
	select {
	case <-failed:
	case <-p.ctx.Done():
		t.Fatal("the file was never asked for")
	}
	p.until("the first has gone", `navigator.serviceWorker.getRegistration().then((r) => !r)`)
	p.network(false)
	p.network(true)
	p.until("the worker", "navigator.serviceWorker.controller")
}

// A page that belongs to no worker, as one that was on its way while the worker took
// over or one loaded past its cache, is taken into its keeping.
func TestAPageWithoutAWorkerGetsOne(t *testing.T) {
	p := newPhone(t, renewable(t, nil).URL, "en-US")
	p.load("")
	p.letWorker()
	eval[chromedp.Void](p, "window.before = true; undefined")
	call(p, page.Reload, page.ReloadParams{IgnoreCache: new(true)})
	p.until("another page", "!window.before && document.querySelector('h1')")
	p.until("its worker", "navigator.serviceWorker.controller")
}

// A new version of the page takes over at the next start or the one after, all files
// at once. One that is not whole leaves the page that worked; what a page of the version
// before may still want stays.
func TestANewVersionTakesOver(t *testing.T) {
	server := renewable(t, nil)
	p := newPhone(t, server.URL, "en-US")
	p.load("")
	p.title("Welcome")
	p.letWorker()
	server.newer.Store(true)
	server.mixed.Store(true)
	if got := eval[string](p, `navigator.serviceWorker.getRegistration().then(async (r) => {
	  await r.update();
	  const comes = r.installing;
	  await new Promise((done) => { if (comes) comes.onstatechange = () => comes.state === 'redundant' && done(); else done(); });
	  return [Boolean(comes), Boolean(r.waiting), (await caches.keys()).length].join();
	})`); got != "true,false,1" {
		t.Errorf("a version that is not whole: %s", got)
	}
	p.network(false)
	p.load("")
	p.title("Welcome")
	p.network(true)
	server.mixed.Store(false)
	p.load("")
	p.title("Welcome") // from the cache: nobody waits for an update
	p.until("the new one waits", `navigator.serviceWorker.getRegistration().then((r) => r.waiting)`)
	// A page that is opened while the browser changes workers by itself has the old files
	// once more; the next one has the new.
	p.load("")
	p.until("the new worker", `navigator.serviceWorker.getRegistration().then((r) => !r.waiting && r.active.state === 'activated')`)
	if eval[string](p, "document.querySelector('h1')?.textContent ?? ''") == "Welcome" {
		p.load("")
	}
	p.title("Welcome, anew")
	if caches := eval[int](p, `caches.keys().then((k) => k.length)`); caches != 2 {
		t.Errorf("%d caches are left", caches)
	}
	if status := eval[int](p, `fetch('`+ofBefore+`').then((a) => a.status)`); status != http.StatusOK {
		t.Errorf("a file of the version before: %d", status)
	}
}

// An installed page that is seen again asks for newer files, hourly at most. What is
// typed stays; the next change of screen has the new ones, but not while something goes
// on that lives in the page, as a visit does.
//
// No debugger looks on: Chromium keeps a worker that one looks at, and with it waits
// the worker that comes after. The page does the steps itself and tells.
func TestAPageThatIsResumedRenewsItself(t *testing.T) {
	server := renewable(t, nil)
	told := make(chan string)
	mux := http.NewServeMux()
	mux.HandleFunc("/told", func(_ http.ResponseWriter, r *http.Request) { told <- r.URL.RawQuery })
	mux.HandleFunc("/newer", func(http.ResponseWriter, *http.Request) { server.newer.Store(true) })
	mux.HandleFunc("/steps.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprintf(w, resumed, web.ClockAhead(instants.Ahead()+61*time.Minute))
	})
	mux.Handle("/", server.Config.Handler)
	withSteps := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			mux.ServeHTTP(w, r)
			return
		}
		page, err := fs.ReadFile(pages(), "index.html")
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "text/html")
		if _, err := w.Write(bytes.Replace(page, []byte("</body>"), []byte(`<script type="module" src="/steps.js"></script></body>`), 1)); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(withSteps.Close)
	alone(t, withSteps.URL+"/#/enrol")
	before := int64(0)
	for _, want := range []string{"seen", "waits", "typed", "held", "anew"} {
		select {
		case got := <-told:
			if got != want {
				t.Fatalf("the page tells %q, not %q", got, want)
			}
		case <-time.After(patience):
			t.Fatalf("the page never tells: %s", want)
		}
		switch asked := server.asked.Load(); {
		case want == "seen":
			before = asked
		case want == "waits" && asked-before > 2: // one asking takes two: the script, and past the cache where it has changed
			t.Errorf("asked %d times in an hour", asked-before)
		}
	}
}

const resumed = `const until = (ask) => new Promise((done) => { const look = async () => (await ask() ? done() : setTimeout(look, 20)); look(); });
const tell = (what) => fetch('/told?' + what);
const heading = (words) => until(() => document.querySelector('h1')?.textContent === words);
const to = (hash) => { location.hash = hash; };
const seenAgain = () => document.dispatchEvent(new Event('visibilitychange'));
const waiting = async () => (await navigator.serviceWorker.getRegistration()).waiting;
if (sessionStorage.getItem('let-go')) {
  await until(() => document.querySelector('h1'));
  to('#/enrol');
  await heading('Welcome, anew');
  tell('anew');
} else {
  await until(() => navigator.serviceWorker.controller);
  await heading('Welcome');
  seenAgain();
  await fetch('/newer');
  seenAgain();
  await tell(await waiting() ? 'asked too often' : 'seen');
  %s
  for (let i = 0; i < 3; i++) seenAgain();
  await until(waiting);
  await tell('waits');
  [...document.querySelectorAll('button')].find((b) => b.textContent === 'Code').click();
  await until(() => document.querySelector('input'));
  const code = document.querySelector('input');
  code.value = 'ABC';
  code.dispatchEvent(new Event('input', { bubbles: true }));
  let goesOn = true;
  (await import('/app/restart.js')).holdPageWhile(() => goesOn);
  await tell(document.querySelector('input').value === 'ABC' ? 'typed' : 'what was typed is gone');
  to('#/help');
  await heading('Help now');
  to('#/enrol');
  await heading('Welcome');
  await tell(await waiting() ? 'held' : 'the new worker did not wait');
  goesOn = false;
  sessionStorage.setItem('let-go', 1);
  to('#/help');
}
`

// alone opens an address in a browser of its own, with nobody looking on.
func alone(t *testing.T, address string) {
	t.Helper()
	profile, err := os.MkdirTemp("", "handrail-alone")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(browserPath(t, whole), "--headless=new", "--no-sandbox", "--no-first-run", "--user-data-dir="+profile, address)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		_ = cmd.Wait()  // it says that it was told to end
		for range 100 { // its helpers end a little later, and write until then
			if err = os.RemoveAll(profile); err == nil {
				return
			}
			<-time.After(20 * time.Millisecond)
		}
		t.Error(err)
	})
}
