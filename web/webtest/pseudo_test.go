package webtest

import (
	"os"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// inPseudo opens the page anew in a language that is made of English: longer by 40 %, with
// accents, in brackets (testdata/pseudo.js). It is on no server and nobody can choose it.
func (p *phone) inPseudo() {
	p.t.Helper()
	script, err := os.ReadFile("testdata/pseudo.js")
	if err != nil {
		p.t.Fatal(err)
	}
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: string(script)})
	p.load("#/language")
	p.until("brackets", `document.querySelector('h1').textContent.startsWith('[')`)
}

// translated goes through screens on the narrowest phone, which is also what a wider one
// enlarged to 400 % shows (WCAG 1.4.10), in the made language. Nothing may be wider than the
// phone or cut off, and no text may stand there that nobody can translate.
func (p *phone) translated(prefix string, screens []screen) {
	p.t.Helper()
	p.inPseudo()
	p.window(320, 640, chromedp.EmulateMobile)
	for _, s := range screens {
		p.to(s.hash)
		p.until(prefix+" "+s.name+" shows "+s.says, `location.hash === `+quote(s.hash)+` && inEnglish(document.querySelector('main').innerText).includes(`+quote(s.says)+`)`)
		if wide := eval[[]string](p, tooWide); len(wide) > 0 {
			p.t.Errorf("%s %s is wider than 320 pixels: %v", prefix, s.name, wide)
		}
		if cut := eval[[]string](p, "cutOff()"); len(cut) > 0 {
			p.t.Errorf("%s %s cuts off: %v", prefix, s.name, cut)
		}
		for _, plain := range eval[[]string](p, "plainWords()") {
			p.t.Errorf("%s %s has words that nobody can translate: %s", prefix, s.name, plain)
		}
		p.shot("pseudo-" + prefix + "-" + s.name)
	}
	p.window(phoneWide, phoneHigh, chromedp.EmulateScale(2), chromedp.EmulateMobile)
}
