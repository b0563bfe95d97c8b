package webtest

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestDbg(t *testing.T) {
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("")
	p.title("Welcome")
	who := func() string { return eval[string](p, "document.activeElement.outerHTML.slice(0,150)") }
	t.Log(who())
	p.keys(kb.Tab)
	t.Log(who())
	p.keys(kb.Tab)
	t.Log(who())
	p.tabTo("Sign in")
	p.keys(kb.Enter)
	p.until("the focus is on the problem", "document.activeElement.className === 'problem'")
	p.tabTo("Your code: Please fill this in.")
	t.Log(who())
	p.keys(kb.Enter)
	t.Log(who())
	t.Log(eval[string](p, "location.href"))
}
