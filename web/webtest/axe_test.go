package webtest

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"handrail/cmd/handrail-test/npm"
)

// axe is MPL-licensed, so it is not in the repository.
var axe = npm.Pack{Name: "axe-core", Version: "4.14.1", SHA512: "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="}

// axeSource is axe as a page unpacks it: a third of what it would be to send.
var axeSource = sync.OnceValues(func() (string, error) {
	text, err := axe.File("package/axe.min.js")
	if err != nil {
		return "", err
	}
	var small bytes.Buffer
	to := gzip.NewWriter(&small)
	if _, err := to.Write(text); err != nil {
		return "", err
	}
	err = to.Close()
	return base64.StdEncoding.EncodeToString(small.Bytes()), err
})

// needAxe skips or fails a test that can't be done without axe-core.
func needAxe(t *testing.T) {
	t.Helper()
	if _, err := axeSource(); err != nil {
		missing(t, "axe-core could not be had: "+err.Error())
	}
}

type violation struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Nodes []string `json:"nodes"`
}

// tagged are the rules that a screen is held against; byLooks those of them that ask what each
// thing looks like, where it stands, and nothing else of the screen. They take three quarters of
// axe's time, so each look is asked about once (looks_test.go).
const (
	tagged  = `'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'`
	byLooks = `'color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'`
)

// axeAll are all of them.
const axeAll = `{ runOnly: { type: 'tag', values: [` + tagged + `] }, rules: Object.fromEntries([` + byLooks + `].map((rule) => [rule, { enabled: true }])) }`

// axeNarrow has axe pass over the looks that it was asked about before (looksRun).
const axeNarrow = `
globalThis.knownLooks = new Set();
for (const rule of axe._audit.rules.filter((rule) => [` + byLooks + `].includes(rule.id))) {
  const matches = rule.matches;
  rule.matches = (node, ...more) => !knownLooks.has(node) && matches.call(rule, node, ...more);
}`

// axeOf runs rules over what a script gives. Nothing is loaded for rules that are not
// asked for: the style sheets are for experimental ones alone. The floor, which is most of what
// stands on a page, is taken out meanwhile where nobody sees it.
func axeOf(where, rules string) string {
	return `(async () => {
  const floor = document.querySelector('.floor');
  const [unseen, next] = [floor && getComputedStyle(floor).display === 'none', floor?.nextSibling];
  if (unseen) floor.remove();
  try {
    const { violations } = await axe.run(` + where + `, { preload: { assets: ['media'] }, resultTypes: ['violations'], ...` + rules + ` });
    return violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.map((n) => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')) }));
  } finally {
    if (unseen) document.body.insertBefore(floor, next?.parentNode === document.body ? next : null);
  }
})()`
}

// accessible holds the screen against the rules of WCAG 2.2 A and AA, and looks for
// what axe does not: nothing wider than the phone, no target below 24 pixels, nothing
// in the address or the title that tells of a person.
func (p *phone) accessible(screen string) {
	p.t.Helper()
	p.bringAxe()
	p.keepsLooks(screen, "", "document", axeAll)
	if ok := eval[bool](p, `document.title === 'Handrail' && /^#[a-z0-9/-]*$/.test(location.hash) && location.search === ''`); !ok {
		p.t.Errorf("%s: the address or the title says too much: %s", screen, eval[string](p, "document.title + ' ' + location.href"))
	}
	if wide := eval[[]string](p, tooWide); len(wide) > 0 {
		p.t.Errorf("%s is wider than the phone: %v", screen, wide)
	}
	p.roomy(screen)
	p.asOthersSee(screen)
}

// bringAxe puts axe into the page that is shown.
func (p *phone) bringAxe() {
	p.t.Helper()
	text, err := axeSource()
	if err != nil {
		missing(p.t, "axe-core could not be had: "+err.Error())
	}
	if !eval[bool](p, "'axe' in window") {
		eval[bool](p, `new Response(new Blob([Uint8Array.fromBase64('`+text+`')]).stream().pipeThrough(new DecompressionStream('gzip'))).text().then((text) => { globalThis.axeText = text; return true; })`)
		eval[chromedp.Void](p, `(0, eval)(axeText); delete globalThis.axeText;`+axeNarrow+`; undefined`)
	}
}

// keepsRules reports what a run of axe found, and tells whether it looked at all.
func (p *phone) keepsRules(screen, run string) (looked bool) {
	p.t.Helper()
	found := eval[*[]violation](p, run)
	if found == nil {
		return false
	}
	for _, v := range *found {
		p.t.Errorf("%s: %s (%s)\n  %s", screen, v.Help, v.ID, strings.Join(v.Nodes, "\n  "))
		p.shot("axe-" + v.ID)
	}
	return true
}

func (p *phone) roomy(screen string) {
	p.t.Helper()
	if small := eval[[]string](p, tooSmall); len(small) > 0 {
		p.t.Errorf("%s has targets below 24 pixels: %v", screen, small)
	}
}

const tooWide = `[...document.querySelectorAll('body *')].filter((e) => {
  const box = e.getBoundingClientRect();
  return box.width > 0 && e.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1) && !e.closest('.skip, svg');
}).map((e) => e.tagName + '.' + e.className)`

const tooSmall = `[...document.querySelectorAll('a, button, input, select, textarea, summary')].filter((e) => {
  const box = (e.type === 'radio' || e.type === 'checkbox' ? e.closest('label') : e).getBoundingClientRect();
  return e.checkVisibility() && (box.width < 24 || box.height < 24) && !e.closest('.skip, .problem, p, li:not(.row)');
}).map((e) => e.outerHTML.slice(0, 120))`
