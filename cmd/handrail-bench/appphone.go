package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
)

//go:embed appwatch.js
var appWatch string

// appSlower is how much slower than this machine the phone's processor is.
const appSlower = 4

// browserOf starts Chromium; what it gives ends with ctx and stop.
func browserOf(ctx context.Context) (context.Context, func(), error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		return nil, nil, errors.New("no Chromium here; Debian: apt-get install chromium")
	}
	profile, err := os.MkdirTemp("", "handrail-bench-browser")
	if err != nil {
		return nil, nil, err
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.UserDataDir(profile), chromedp.WindowSize(390, 844), chromedp.Flag("lang", "en-US")}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	alloc, kill := chromedp.NewExecAllocator(ctx, options...)
	root, leave := chromedp.NewContext(alloc)
	stop := func() { leave(); kill(); os.RemoveAll(profile) }
	if err := chromedp.Do(root); err != nil {
		stop()
		return nil, nil, err
	}
	return root, stop, nil
}

// appPhone is a window with a profile of its own on a slow processor.
type appPhone struct {
	ctx  context.Context
	base string
}

func openAppPhone(root context.Context, base string, wide int64, high int64) (*appPhone, func(), error) {
	tab, leave := chromedp.NewContext(root, chromedp.WithNewBrowserContext())
	p := &appPhone{ctx: tab, base: base}
	if err := chromedp.Do(tab); err != nil {
		leave()
		return nil, nil, err
	}
	err := chromedp.Do(tab, chromedp.EmulateViewport(wide, high, chromedp.EmulateScale(2)))
	if err == nil {
		_, err = chromedp.Call(tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: appSlower})
	}
	if err == nil {
		_, err = chromedp.Call(tab, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
	}
	if err == nil {
		_, err = chromedp.Call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `globalThis.waitWords = 'One moment';` + appWatch})
	}
	return p, leave, err
}

// watched is what appwatch.js saw; times in milliseconds since the page was asked for.
type watched struct {
	Heading, Says, Jumped float64
	Busy                  float64 // of the page's thread until it said what it is for, in ms of a processor
	Long, Taps            [][2]float64
	Movers, Came          []string // what jumped, from where to where; files and answers, and when
}

// usable is when the screen says what it is for and answers at once: no long task is
// left, nor comes within 300 ms.
func (w watched) usable() float64 {
	at := w.Says
	for _, task := range w.Long {
		if task[0] < at+300 {
			at = max(at, task[0]+task[1])
		}
	}
	return at
}

// worstTask is the longest task that began at or after a time, in ms.
func (w watched) worstTask(since float64) (worst float64) {
	for _, task := range w.Long {
		if task[0] >= since {
			worst = max(worst, task[1])
		}
	}
	return worst
}

// load opens an address as a new page and waits until its main part says something.
func (p *appPhone) load(hash, says string) (watched, error) {
	if err := chromedp.Do(p.ctx, chromedp.Navigate("about:blank")); err != nil {
		return watched{}, err
	}
	made, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: "globalThis.wanted = " + quoted(says)})
	if err != nil {
		return watched{}, err
	}
	before, err := p.busy()
	if err != nil {
		return watched{}, err
	}
	end, err := p.traced(hash[2:])
	if err != nil {
		return watched{}, err
	}
	if _, err := chromedp.Call(p.ctx, page.Navigate, page.NavigateParams{URL: p.base + "/" + hash}); err != nil {
		return watched{}, err
	}
	if err := p.until("globalThis.watched?.says"); err != nil {
		return watched{}, fmt.Errorf("%s never says %q: %w", hash, says, err)
	}
	busy, err := p.busy()
	if err != nil {
		return watched{}, err
	}
	_, err = chromedp.Call(p.ctx, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams(made))
	if err != nil {
		return watched{}, err
	}
	time.Sleep(1500 * time.Millisecond) // what jumps or blocks comes late
	if err := end(); err != nil {
		return watched{}, err
	}
	w, err := p.seen()
	w.Busy = busy - before
	return w, err
}

// busy is the time in ms that the page's thread has had of a processor so far: unlike the
// times of a clock it does not grow with what else a machine does.
func (p *appPhone) busy() (ms float64, err error) {
	got, err := chromedp.Call(p.ctx, performance.GetMetrics, struct{}{})
	if err != nil {
		return 0, err
	}
	for _, m := range got.Metrics {
		if m.Name == "TaskDuration" {
			ms = m.Value * 1000
		}
	}
	return ms, nil
}

// open goes to an address as a new page.
func (p *appPhone) open(hash string) error {
	return chromedp.Do(p.ctx, chromedp.Navigate(p.base+"/"+hash))
}

func (p *appPhone) seen() (w watched, err error) {
	text, err := run[string](p, "JSON.stringify({ ...watched, came: performance.getEntriesByType('resource').map((r) => `${Math.round(r.startTime)} to ${Math.round(r.responseEnd)} ms: ${r.name.replace(location.origin, '')} ${r.encodedBodySize}`) })")
	if err != nil {
		return w, err
	}
	return w, json.Unmarshal([]byte(text), &w)
}

func run[T any](p *appPhone, script string) (T, error) {
	return chromedp.Run(p.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// until waits for a script to say true. It asks seldom: each question costs the page time.
func (p *appPhone) until(script string) error {
	ctx, cancel := context.WithTimeout(p.ctx, time.Minute)
	defer cancel()
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("(() => { try { return Boolean("+script+") } catch { return false } })()"))
		if err == nil && ok {
			return nil
		}
		select {
		case <-ctx.Done():
			text, _ := run[string](p, "document.body.innerText.slice(0, 400)")
			return fmt.Errorf("%w; the page says: %s", ctx.Err(), text)
		case <-time.After(250 * time.Millisecond):
		}
	}
}

const appFind = `(words) => {
  const all = [...document.querySelectorAll('a, button, label, summary')].filter((e) => e.checkVisibility({ visibilityProperty: true }));
  const name = (e) => (e.getAttribute('aria-label') ?? e.textContent).replace(/\s+/g, ' ').trim();
  const hit = all.find((e) => name(e) === words) ?? all.find((e) => name(e).startsWith(words));
  if (!hit) return '';
  hit.scrollIntoView({ block: 'center' });
  const box = hit.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2].join();
}`

// tap puts a finger on what bears these words, and waits for the next picture.
func (p *appPhone) tap(words string) error {
	find := "(" + appFind + ")(" + quoted(words) + ")"
	if err := p.until(find); err != nil {
		return fmt.Errorf("nothing to tap says %q: %w", words, err)
	}
	at, err := run[string](p, find)
	if err != nil {
		return err
	}
	var x, y float64
	if _, err := fmt.Sscanf(strings.Replace(at, ",", " ", 1), "%g %g", &x, &y); err != nil {
		return err
	}
	if err := chromedp.Do(p.ctx, chromedp.MouseClickXY(x, y)); err != nil {
		return err
	}
	_, err = run[bool](p, "new Promise((ok) => setTimeout(() => requestAnimationFrame(() => ok(true)), 150))")
	return err
}

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string
	}
	return string(b)
}
