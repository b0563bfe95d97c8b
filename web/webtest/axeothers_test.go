package webtest

import (
	"fmt"
	"sync"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// others are the ways in which people see a screen who do not see it as accessible does. Each
// asks what can differ: colours, sizes, what does not fit. The rest of a screen is the same.
var others = []struct {
	name, rules string
	wide        int64
	dark        bool
	text, dir   string
}{
	{"dark, 320 pixels", byLooks, 320, true, "", ""},
	{"text of 200 %", `'target-size', 'scrollable-region-focusable'`, phoneWide, false, "200%", ""},
	{"right to left, 1280 pixels", `'color-contrast', 'target-size', 'scrollable-region-focusable'`, 1280, false, "", "rtl"},
}

// looked is what stood on a screen in any test that was seen as others see it, by its address:
// a screen is looked at so again when something of another kind stands on it.
var looked struct {
	mu    sync.Mutex
	kinds map[string]map[string]bool
}

const kindsHere = `(() => {
  const where = document.querySelector('nav.menu a')?.hash + ' ' + location.hash.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4}-[0-9]{2}-[0-9]{2}/g, '*');
  const kinds = [...document.querySelectorAll('body *')].filter((e) => !e.closest('.floor, svg') && e.checkVisibility()).map((e) => e.tagName + '.' + e.className);
  return [where, ...new Set(kinds)];
})()`

// unseen tells whether something stands here that was not looked at, and notes it.
func (p *phone) unseen() bool {
	here := eval[[]string](p, kindsHere)
	looked.mu.Lock()
	defer looked.mu.Unlock()
	if looked.kinds == nil {
		looked.kinds = map[string]map[string]bool{}
	}
	known := looked.kinds[here[0]]
	if known == nil {
		known = map[string]bool{}
		looked.kinds[here[0]] = known
	}
	before := len(known)
	for _, kind := range here[1:] {
		known[kind] = true
	}
	return len(known) > before
}

// asOthersSee holds a screen against what others see of it: WCAG 2.2, 1.4.3 in the dark, 1.4.4
// at 200 %, 1.4.10 at 320 pixels, 2.5.8, and all of it from right to left.
func (p *phone) asOthersSee(screen string) {
	p.t.Helper()
	if !p.unseen() {
		return
	}
	was, scrolled := eval[string](p, "document.documentElement.dir"), eval[float64](p, "scrollY")
	for _, o := range others {
		as := screen + " (" + o.name + ")"
		theme := append([]*emulation.MediaFeature{}, p.media...)
		if o.dark {
			theme = append(theme, &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"})
		}
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: theme})
		p.do(chromedp.EmulateViewport(o.wide, phoneHigh))
		dir := o.dir
		if dir == "" {
			dir = was
		}
		eval[chromedp.Void](p, `document.documentElement.dir = `+quote(dir)+`; document.documentElement.style.fontSize = `+quote(o.text)+`; scrollTo(0, 0); undefined`) // what has scrolled below the head of the page is not covered for good
		p.keepsLooks(as, o.name, theseLooks, asked(o.rules))
		if wide := eval[[]string](p, spills); len(wide) > 0 {
			p.t.Errorf("%s is wider than its window, or cut: %v", as, wide)
			p.shot("spills-" + screen + "-" + o.name)
		}
		p.roomy(as)
	}
	eval[chromedp.Void](p, `document.documentElement.dir = `+quote(was)+`; document.documentElement.style.fontSize = ''; undefined`)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: p.media})
	p.do(p.view)
	eval[chromedp.Void](p, fmt.Sprintf("scrollTo(0, %f); undefined", scrolled))
}

// spills lists what makes a page scroll sideways, and words that are cut off.
const spills = `(() => {
  const root = document.documentElement;
  const seen = [...document.querySelectorAll('body *')].filter((e) => !e.closest('.skip, .floor, svg') && e.checkVisibility());
  const name = (e) => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40);
  const out = root.scrollWidth > root.clientWidth + 1 ? seen.filter((e) => { const box = e.getBoundingClientRect(); return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1); }).map(name) : [];
  const cut = seen.filter((e) => e.clientWidth > 1 && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1 && e.textContent.trim());
  return [...out, ...cut.map((e) => 'cut: ' + name(e))].slice(0, 12);
})()`
