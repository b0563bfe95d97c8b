package webtest

import (
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// heldWorker has a page wait with its service worker until the test lets it come. To
// install one takes a tenth of a phone's work, and most tests ask nothing of it: their
// network stays, and no note comes.
const heldWorker = `if (typeof ServiceWorkerContainer === 'function') {
  const register = ServiceWorkerContainer.prototype.register;
  const held = new Promise((go) => { Object.defineProperty(globalThis, 'letTheWorkerCome', { value: go }); });
  ServiceWorkerContainer.prototype.register = async function (...given) { await held; return register.apply(this, given); };
}`

// holdWorker is what new phones begin with.
func (p *phone) holdWorker() {
	p.held = called(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: heldWorker}).Identifier
}

// letWorker lets the worker come: in the pages to come, and in the one that is shown, which
// is under it when this returns. A phone that is to lose its network, or is asked for
// what its worker does, has been let.
func (p *phone) letWorker() {
	p.t.Helper()
	if p.held != "" {
		call(p, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams{Identifier: p.held})
		p.held = ""
	}
	eval[chromedp.Void](p, "globalThis.letTheWorkerCome?.(); undefined")
	if eval[bool](p, "location.protocol !== 'about:' && document.readyState !== 'loading' && Boolean(navigator.serviceWorker)") {
		p.until("the worker", "navigator.serviceWorker.controller")
	}
}
