package webtest

import (
	"net/http"
	"testing"
)

// left tells what of a person is in the browser: names of values, and check-ins.
func (p *phone) left() string {
	p.t.Helper()
	return module[string](p, "db", `(await Promise.all(['sign-in', 'me', 'plan', 'form', 'sync', 'owner', 'sent', 'instruments', 'sequence']
	  .map(async (n) => (await m.get(n)) ? n : ''))).join('') + (await m.waiting()).length`)
}

func TestSigningOutEmptiesThePhone(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.to("#/check-in")
	p.title("Check-in")
	p.to("#/more")
	p.tap("Sign out")
	p.see("This takes everything off this phone")
	p.tap("Yes, sign out")
	p.title("Welcome")
	p.see("This phone is empty now.")
	if left := p.left(); left != "0" {
		t.Errorf("left in the phone: %s", left)
	}
	p.tap("Help now") // what is everybody's stays
	p.see("988")
	p.see("There is no crisis plan on this phone yet.")
	p.load("#/goals") // and nothing opens any more
	p.title("Welcome")
}

// Somebody lost a phone and ends it from another: the lost one empties itself when
// it next speaks to the server.
func TestALostPhoneEmptiesItself(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "")
	lost := newPhone(t, c.BaseURL, "en-US")
	lost.signIn(maya.EnrolmentCode)
	lost.to("#/plan")
	lost.see("How I notice that it starts")

	office := c.as(c.person("administrator", ""))
	code := office.code(maya.AccountID)
	found := newPhone(t, c.BaseURL, "en-US")
	found.load("")
	found.tap("Code")
	found.fill("Your code", code)
	found.fill("A name for this phone", "New phone")
	found.tap("Sign in")
	found.see("You are signed in.")
	found.to("#/devices")
	found.tap("End this phone: My phone")
	found.see("That phone is signed out.")
	found.mustNotSee("End this phone")

	lost.to("#/goals")
	lost.title("Welcome")
	if left := lost.left(); left != "0" {
		t.Errorf("left in the lost phone: %s", left)
	}
}

func TestQuickExitShowsNothing(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.network(false)
	p.tap("Leave this page")
	p.until("another page", "location.href === 'about:blank'")
	if text := eval[string](p, "document.body.innerText"); text != "" {
		t.Errorf("it shows %q", text)
	}
}

// With no answer from the API and nothing kept there are still numbers to call, and
// they can be called.
func TestHelpWithNothingKept(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("")
	p.title("Welcome")
	p.tap("Help now")
	p.title("Help now")
	links := eval[string](p, `[...document.querySelectorAll('main a[href^="tel:"]')].map((a) => a.getAttribute('href')).join()`)
	if links != "tel:911,tel:988,tel:988" { // of the country that the browser names
		t.Errorf("numbers to call: %q", links)
	}
	p.accessible("help with nothing kept")
}

// Numbers follow the country that is chosen.
func TestNumbersOfAnotherCountry(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.load("#/help")
	p.callFirst("988")
	p.pick("Numbers for another country", "Spain")
	p.callFirst("024")
	p.until("it is kept", `import('/app/db.js').then((m) => m.get('settings')).then((v) => v?.country === 'ES')`)
	p.load("#/help")
	p.callFirst("024")
	p.until("the choice of a country", `document.querySelector('select')`)
	if n := eval[int](p, `[...document.querySelectorAll('select option')].length`); n < 20 {
		t.Errorf("only %d countries", n)
	}
}

// callFirst wants one country's number above all others: those of every country stand
// below it.
func (p *phone) callFirst(number string) {
	p.t.Helper()
	p.until("to call first "+number, `(() => {
	  const first = [...document.querySelectorAll('main .help-card .calls b')].map((b) => b.textContent);
	  return first.includes(`+quote(number)+`) && first.every((n) => n === `+quote(number)+` || !['988', '024'].includes(n));
	})()`)
}

// A server that takes the call and never answers does not keep the numbers back.
func TestHelpDoesNotWaitForASilentServer(t *testing.T) {
	t.Parallel()
	quiet := make(chan struct{})
	p := newPhone(t, bare(t, map[string]http.HandlerFunc{"GET /v1/": func(http.ResponseWriter, *http.Request) { <-quiet }}), "en-US")
	t.Cleanup(func() { close(quiet) })
	p.load("#/help")
	p.see("911")
}
