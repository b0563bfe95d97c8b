package webtest

import (
	"io/fs"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"handrail/care/caretest/instants"
	"handrail/web"
)

// now is the time of the tests, of the programs and of the pages.
func now() time.Time { return instants.Now() }

// pages are the files of the page, with a worker that has the clock of the tests.
func pages() fs.FS { return web.FilesAhead(instants.Ahead(), "") }

// move starts the program again with its clock put forward, or back.
func (c *clinic) move(by time.Duration) {
	c.t.Helper()
	c.stop()
	c.ahead += by
	c.again()
}

// move puts the phone's clock forward, or back, in the page that is shown and in those
// to come. The worker of the page keeps the clock of the program.
func (p *phone) move(by time.Duration) {
	p.t.Helper()
	p.moved += by
	script := web.ClockAhead(instants.Ahead() + p.moved)
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	eval[chromedp.Void](p, script+"; undefined")
}
