// Package webtest drives the page in Chromium against the real program. It has
// tests only; see README's test command for what they need.
//
// A test reads the time from now() and from nowhere else: not from time.Now, nor from
// new Date() in a script of its own that a page does not run. The clock starts at the
// instant of the run, HANDRAIL_TEST_AT (package instants), and runs from there; the
// program (openClinic), a server that has only the page (bare), each page and its
// worker (newPhone, secondTab) have the same one. So a test holds at any hour, and is
// run at the hours that are hard: on a Wednesday morning as a rule, and by CI at
// night, at the end of a year, on 29 February and in the nights when clocks change.
// What must be by day says so itself: it turns quiet time off, or asks for the first
// free time. clinic.move and phone.move put one clock forward or back.
package webtest

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

const (
	phoneWide, phoneHigh = 390, 844
	wholeTest            = 4 * time.Minute
	patience             = 20 * time.Second // for one thing to appear, on a busy machine
)

// phone is one window with a profile of its own (browser_test.go).
type phone struct {
	t      *testing.T
	ctx    context.Context
	base   string
	view   chromedp.Action[chromedp.Void] // sets the window's size as it was last set
	media  []*emulation.MediaFeature
	moved  time.Duration         // what its clock is ahead of that of the tests
	noises chan string           // what the page said to the console, and what it threw
	held   page.ScriptIdentifier // the script that holds its service worker back; "" when nothing does
}

// missing skips, or fails where CI or HANDRAIL_TEST_REQUIRE_BROWSER says that all must run.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" || os.Getenv("HANDRAIL_TEST_REQUIRE_BROWSER") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// newPhone opens a window of a browser of this language, with flags of its own where
// a test needs them. Its service worker comes when the test lets it (letWorker).
func newPhone(t *testing.T, base, language string, flags ...string) *phone {
	t.Helper()
	p := openPhone(t, base, language, light, flags, chromedp.WithNewBrowserContext())
	p.holdWorker()
	return p
}

// newNotedPhone is a private window of a whole browser: the light one allows no notes.
func newNotedPhone(t *testing.T, base, language string) *phone {
	t.Helper()
	return openPhone(t, base, language, whole, nil, chromedp.WithNewBrowserContext())
}

// newKeptPhone is a window of a whole browser's own profile, which is on disk: the
// others are private windows, in which Chromium asks no push service.
func newKeptPhone(t *testing.T, base, language string) *phone {
	t.Helper()
	return openPhone(t, base, language, whole, nil)
}

func openPhone(t *testing.T, base, language string, kind, flags []string, profile ...chromedp.ContextOption) *phone {
	t.Helper()
	root, err := browsers.in(browserPath(t, kind), language, flags...)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(root, wholeTest)
	tab, closeTab := chromedp.NewContext(ctx, profile...)
	t.Cleanup(func() { closeTab(); cancel() })
	p := &phone{t: t, ctx: tab, base: base, noises: make(chan string, 64)}
	// The first step opens the window, which lives as long as this context does.
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	p.deaf()
	p.window(phoneWide, phoneHigh, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch)
	p.prefers("prefers-reduced-motion", "reduce")
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `addEventListener('securitypolicyviolation', (e) => { console.error('policy: ' + e.violatedDirective) })`})
	p.move(0)
	p.inZone("America/New_York") // where the clinic is; not where this machine is
	p.listen()
	t.Cleanup(p.mustBeQuiet)
	return p
}

// deaf has the browser tell nothing that no test asks for: of each request, of each element
// that comes and goes, of style sheets and of the windows of other tests.
func (p *phone) deaf() {
	p.t.Helper()
	for _, domain := range []cdp.Command[cdp.Empty, cdp.Empty]{network.Disable, css.Disable, dom.Disable, log.Disable} {
		call(p, domain, cdp.Empty{})
	}
	call(p, target.SetDiscoverTargets, target.SetDiscoverTargetsParams{})
}

// window gives the window another size.
func (p *phone) window(wide, high int64, options ...chromedp.EmulateViewportOption) {
	p.t.Helper()
	p.view = chromedp.EmulateViewport(wide, high, options...)
	p.do(p.view)
}

// prefers tells the page what its person has chosen, beside what was told before.
func (p *phone) prefers(feature, value string) {
	p.t.Helper()
	p.media = append(slices.DeleteFunc(p.media, func(m *emulation.MediaFeature) bool { return m.Name == feature }), &emulation.MediaFeature{Name: feature, Value: value})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: p.media})
}

// listen keeps what the page says to the console: it must say nothing, for words
// there outlive a sign-out.
func (p *phone) listen() {
	said := chromedp.Events(p.ctx, runtime.ConsoleAPICalled)
	threw := chromedp.Events(p.ctx, runtime.ExceptionThrown)
	note := func(what string) {
		select {
		case p.noises <- what:
		default:
		}
	}
	go func() {
		for e, err := range said {
			if err != nil {
				return
			}
			note("console." + string(e.Type) + " " + string(firstArg(e.Args)))
		}
	}()
	go func() {
		for e, err := range threw {
			if err != nil {
				return
			}
			note("threw " + e.ExceptionDetails.Text + " " + described(e.ExceptionDetails))
		}
	}()
}

func firstArg(args []*runtime.RemoteObject) []byte {
	if len(args) == 0 {
		return nil
	}
	return args[0].Value
}

func described(d *runtime.ExceptionDetails) string {
	if d.Exception == nil {
		return ""
	}
	return d.Exception.Description
}

func (p *phone) mustBeQuiet() {
	for {
		select {
		case noise := <-p.noises:
			p.t.Errorf("the page was not quiet: %s", noise)
		default:
			return
		}
	}
}

// do runs actions within the patience for one step.
func (p *phone) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// network cuts the network of the page and its service worker, or gives it back.
func (p *phone) network(on bool) {
	p.t.Helper()
	if !on && p.held != "" {
		p.letWorker() // as with a phone that was opened before
	}
	if !on { // what a test asks of the page it can't fetch then
		eval[bool](p, `location.protocol === 'about:' || Promise.all(['db', 'session', 'outbox', 'api', 'learn', 'keptplan', 'aside', 'texts', 'uuid', 'lock', 'format'].map((name) => import('/app/' + name + '.js').catch(() => 0))).then(() => true)`)
	}
	worker := true
	call(p, network.Enable, network.EnableParams{})
	call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		EmulateOfflineServiceWorker: &worker,
		MatchedNetworkConditions:    []*network.Conditions{{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1}}})
	call(p, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1})
}

// shotDir is where screenshots go: HANDRAIL_TEST_SCREENSHOTS, or the test's own folder
// when go test keeps it (-artifacts). It is "" when nobody keeps them.
func shotDir(t *testing.T) string {
	dir := os.Getenv("HANDRAIL_TEST_SCREENSHOTS")
	if dir == "" && flag.Lookup("test.artifacts").Value.String() == "true" {
		dir = t.ArtifactDir()
	}
	if dir == "" {
		return ""
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// shot writes what the phone shows, when somebody wants to see it.
func (p *phone) shot(name string) {
	p.t.Helper()
	dir := shotDir(p.t)
	if dir == "" {
		return
	}
	image, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), image, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
