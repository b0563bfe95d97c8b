package webtest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// light are the browsers that draw no window of their own: the same engine for half of
// the processor's time (decision 0167). Where there is none, a whole one does.
var light = append([]string{"chromium-headless-shell"}, whole...)

// whole are the browsers as people have them.
var whole = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// browserPath finds the first of these browsers. Without one the test is skipped at
// home, and fails where a browser was promised.
func browserPath(t *testing.T, names []string) string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, "no Chromium here; Debian: apt-get install chromium")
	return ""
}

// browsers are shared by all tests, one of a kind for each language: to start one costs more
// than most tests. Every phone has a profile of its own in it, which goes when the
// test ends.
var browsers started

type started struct {
	mu   sync.Mutex
	open map[string]context.Context
	stop []func() error
}

// in gives the browser of a language, with more flags where a test needs them,
// started when it is asked for first.
func (s *started) in(path, language string, more ...string) (context.Context, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := path + language + strings.Join(more, " ")
	if ctx := s.open[key]; ctx != nil {
		return ctx, nil
	}
	profile, err := os.MkdirTemp("", "handrail-browser")
	if err != nil {
		return nil, err
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.UserDataDir(profile),
		chromedp.WindowSize(phoneWide, phoneHigh), chromedp.Flag("lang", language), chromedp.Flag("accept-lang", language)}
	// To keep scripts as code for the next start costs a phone's first, and few here have a second.
	for _, flag := range append(more, "v8-cache-options=none", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync") {
		name, value, valued := strings.Cut(flag, "=")
		if valued {
			options = append(options, chromedp.Flag(name, value))
			continue
		}
		options = append(options, chromedp.Flag(flag, true))
	}
	alloc, kill := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, leave := chromedp.NewContext(alloc)
	s.stop = append(s.stop, func() error { leave(); kill(); return os.RemoveAll(profile) })
	if err := chromedp.Do(ctx); err != nil { // starts it
		return nil, err
	}
	if s.open == nil {
		s.open = map[string]context.Context{}
	}
	s.open[key] = ctx
	return ctx, nil
}

// close ends all of them.
func (s *started) close() error {
	var err error
	for _, stop := range s.stop {
		err = errors.Join(err, stop())
	}
	return err
}
