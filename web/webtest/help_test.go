package webtest

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"handrail/care/caretest/instants"
	"handrail/care/caretest/rounds"
	"handrail/web"
)

// The numbers to call are on the screen within a second, whatever throws, hangs or lies.

const soon = 1000 // milliseconds from the start of the page, or from the answer

// late is when a case has failed: this machine may be busy, and a second of it is soon
// gone. The log tells how many took more than a second.
const late = 5 * soon

// watcher notes when a number that can be called is on the screen, by things of the
// browser that were taken before anything was broken.
const watcher = `(() => {
  const clock = performance.now.bind(performance), later = requestAnimationFrame.bind(globalThis), find = document.querySelectorAll.bind(document);
  let from = 0;
  const seen = () => [...find('a[href^="tel:"]')].some((a) => a.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && a.getBoundingClientRect().height > 0);
  const look = () => { if (globalThis.__seen === undefined && seen()) globalThis.__seen = clock() - from; later(look); };
  globalThis.__again = () => { from = clock(); globalThis.__seen = undefined; globalThis.__watches = true; };
  globalThis.__isSeen = seen;
  look();
})();`

// faulty serves the page with the faults of the network that are asked for, as the
// program does: with its policy.
type faulty struct {
	*httptest.Server
	faults atomic.Pointer[[]fault]
	calls  map[string]string // of the API, by path: what is right
}

func newFaulty(t *testing.T) *faulty {
	f := &faulty{calls: map[string]string{
		"/v1/patients/p/check-in-form": `{"patientId":"p","version":1,"questions":[{"id":"safety","kind":"yes-no","safety":true,"ask":"Safety?"},{"id":"sleep","kind":"number","min":0,"max":24,"unit":"h","ask":"Sleep?"}],"instruments":[],"monitoring":{"hours":""}}`,
		"/v1/patients/p/check-ins":     `{"checkIn":{},"help":null,"serverTime":"2026-01-01T00:00:00Z"}`,
		"/v1/site":                     `{"name":"x","zone":"UTC","country":"GB","language":"en","monitoring":{"hours":""}}`,
	}}
	none := []fault{}
	f.faults.Store(&none)
	files := http.FileServerFS(pages())
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, one := range *f.faults.Load() {
			if one.path == r.URL.Path || strings.HasSuffix(one.path, "/") && strings.HasPrefix(r.URL.Path, one.path) {
				one.answer(w, r)
				return
			}
		}
		w.Header().Set("Content-Security-Policy", web.ContentSecurityPolicy)
		switch body, api := f.calls[r.URL.Path]; {
		case api:
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, body)
		case r.URL.Path == "/sw.js" || strings.HasPrefix(r.URL.Path, "/v1/"): // a worker would answer for the network
			http.NotFound(w, r)
		default:
			w.Header().Set("Cache-Control", "no-store")
			files.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(func() { f.CloseClientConnections(); f.Close() })
	return f
}

// helpCase is one or two faults at once.
type helpCase []fault

func (c helpCase) String() string {
	var names []string
	for _, f := range c {
		names = append(names, f.name)
	}
	return strings.Join(names, " + ")
}

func (c helpCase) script() string {
	var out strings.Builder
	for _, f := range c {
		out.WriteString(f.script)
	}
	return out.String()
}

// cases are some faults alone and some pairs; with HANDRAIL_ROUNDS every fault alone and
// many pairs.
func cases(all []fault, singles, pairs int) []helpCase {
	var one, two []helpCase
	for i, a := range all {
		one = append(one, helpCase{a})
		for _, b := range all[i+1:] {
			two = append(two, helpCase{a, b})
		}
	}
	r := rand.New(rand.NewPCG(12, 1))
	pick := func(list []helpCase, n int) []helpCase {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		return list[:min(n, len(list))]
	}
	return append(pick(one, rounds.Of(singles, len(one))), pick(two, rounds.Of(pairs, 300))...)
}

// trial opens a page of its own for a case and gives when numbers were seen, in
// milliseconds; -1 when they never were.
type trial func(tab context.Context, f *faulty, c helpCase) (float64, error)

// tryAll runs the cases, some beside each other. A case that took too long is tried
// again: this machine may be busy.
func tryAll(t *testing.T, list []helpCase, try trial) {
	root, err := browsers.in(browserPath(t, light), "en-US")
	if err != nil {
		t.Fatal(err)
	}
	var todo = make(chan helpCase)
	var all sync.WaitGroup
	var slow atomic.Int32
	for range 4 {
		f := newFaulty(t)
		all.Go(func() {
			for c := range todo {
				best := -1.0
				var last error
				for range 5 {
					took, err := inTab(root, f, c, try)
					if err == nil && took >= 0 && (best < 0 || took < best) {
						best = took
					}
					if last = err; best >= 0 && best <= soon {
						break
					}
				}
				if best < 0 || best > soon {
					slow.Add(1)
				}
				if best < 0 || best > late {
					t.Errorf("%s: numbers after %.0f ms (%v)", c, best, last)
				}
			}
		})
	}
	for _, c := range list {
		todo <- c
	}
	close(todo)
	all.Wait()
	t.Logf("%d cases, %d without numbers within a second", len(list), slow.Load())
}

func inTab(root context.Context, f *faulty, c helpCase, try trial) (float64, error) {
	ctx, cancel := context.WithTimeout(root, patience)
	defer cancel()
	tab, closeTab := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	defer closeTab()
	if err := chromedp.Do(tab); err != nil {
		return -1, err
	}
	if err := onNewPage(tab, web.ClockAhead(instants.Ahead())); err != nil {
		return -1, err
	}
	return try(tab, f, c)
}

func onNewPage(tab context.Context, script string) error {
	_, err := chromedp.Call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	return err
}

// begin starts a page without waiting for all of its files, which may hang.
func begin(tab context.Context, address string) error {
	_, err := chromedp.Call(tab, page.Navigate, page.NavigateParams{URL: address})
	return err
}

// whenSeen asks the watcher until it has seen numbers.
func whenSeen(tab context.Context) (float64, error) {
	ctx, cancel := context.WithTimeout(tab, 5*time.Second)
	defer cancel()
	for {
		took, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`globalThis.__seen ?? -1`))
		if err == nil && took >= 0 {
			return took, nil
		}
		if ctx.Err() != nil {
			return -1, err
		}
		<-time.After(20 * time.Millisecond)
	}
}

// ask asks until the answer is yes.
func ask(tab context.Context, script string) error {
	for {
		ok, err := chromedp.Run(tab, chromedp.Evaluate[bool](script))
		if err == nil && ok {
			return nil
		}
		if tab.Err() != nil {
			return fmt.Errorf("%w: %v", tab.Err(), err)
		}
		<-time.After(20 * time.Millisecond)
	}
}

func openHelp(tab context.Context, f *faulty, c helpCase) (float64, error) {
	list := []fault(c)
	f.faults.Store(&list)
	if err := onNewPage(tab, watcher+c.script()); err != nil {
		return -1, err
	}
	if err := begin(tab, f.URL+"/#/help"); err != nil {
		return -1, err
	}
	return whenSeen(tab)
}

func TestHelpOpensWhateverFails(t *testing.T) {
	browser, net := browserFaults(), networkFaults(t)
	tryAll(t, cases(slices.Concat(browser, net), 36, 14), openHelp)
}

// madeOf is the address of a packed file that the page itself names.
func madeOf(begins string) string {
	page, err := fs.ReadFile(pages(), "index.html")
	if err != nil {
		return "/app/packed/"
	}
	_, rest, _ := strings.Cut(string(page), `"/app/packed/`+begins)
	name, _, _ := strings.Cut(rest, `"`)
	return "/app/packed/" + begins + name
}

// A start at another address that fails comes to the numbers too.
func TestAPageThatDoesNotComeUpShowsTheNumbers(t *testing.T) {
	tryAll(t, []helpCase{{{name: "the start hangs", path: madeOf("main-"), answer: answers()["hangs"]}}, {{name: "the first file lies", path: madeOf("chunk-"), answer: answers()["lies"]}},
		{{name: "styles hang", path: madeOf("style-"), answer: answers()["hangs"]}}, {{name: "all hangs", path: "/app/", answer: answers()["hangs"]}}},
		func(tab context.Context, f *faulty, c helpCase) (float64, error) {
			list := []fault(c)
			f.faults.Store(&list)
			if err := onNewPage(tab, watcher); err != nil {
				return -1, err
			}
			if err := begin(tab, f.URL+"/#/today"); err != nil {
				return -1, err
			}
			return whenSeen(tab)
		})
}

// answerYes is a patient with a check-in open, who says yes to the safety question; then
// something fails, then they send it.
func answerYes(tab context.Context, f *faulty, c helpCase) (float64, error) {
	f.faults.Store(&[]fault{})
	if err := onNewPage(tab, watcher); err != nil {
		return -1, err
	}
	if err := begin(tab, f.URL+"/#/enrol"); err != nil {
		return -1, err
	}
	for _, ready := range []string{`Boolean(document.querySelector('h1'))`,
		fmt.Sprintf(`(import('/app/db.js').then(async (m) => { await m.put('owner', 'a'); await m.put('sign-in', %s); location.hash = '#/check-in' }), true)`,
			signedInAnswer("t", now().Add(time.Hour))),
		`(() => { const yes = document.querySelectorAll('form input[type=radio]')[1]; yes?.click(); return Boolean(yes?.checked) })()`} {
		if err := ask(tab, ready); err != nil {
			return -1, fmt.Errorf("not ready: %w", err)
		}
	}
	list := []fault(c)
	f.faults.Store(&list)
	// What is stored and sent is noted with whether numbers were on the screen by then.
	first := `(() => { globalThis.__early = 0; const note = (o, n) => { const real = o[n]; try { o[n] = function (...a) { if (!globalThis.__isSeen()) globalThis.__early++; return real.apply(this, a) } } catch {} };
	  note(IDBObjectStore.prototype, 'put'); note(globalThis, 'fetch');` + `})();`
	send := first + c.script() + `globalThis.__again(); [...document.querySelectorAll('form button[type=submit]')].pop().click(); true`
	if _, err := chromedp.Run(tab, chromedp.Evaluate[bool](send)); err != nil {
		return -1, err
	}
	took, err := whenSeen(tab)
	if err != nil {
		return took, err
	}
	early, err := chromedp.Run(tab, chromedp.Evaluate[int](`globalThis.__early`))
	if err != nil || early > 0 {
		return -1, fmt.Errorf("%d things stored or sent before help was on the screen, %v", early, err)
	}
	return took, nil
}

func TestAnUnsafeAnswerIsMetWhateverFails(t *testing.T) {
	net := slices.DeleteFunc(networkFaults(t), func(f fault) bool {
		return !strings.HasPrefix(f.path, "/v1/") && !strings.HasPrefix(f.path, "/texts/first-en") && !strings.HasPrefix(f.path, "/texts/en")
	})
	tryAll(t, append([]helpCase{{}}, cases(slices.Concat(browserFaults(), net), 22, 8)...), answerYes)
}
