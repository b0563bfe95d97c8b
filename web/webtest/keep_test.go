package webtest

import (
	"testing"
)

// TestAPhoneThatForgetsIsPutOnTheHomeScreen: Safari on iOS, which Chromium plays here with
// the property that no other browser has, is told of once, shown how, and under which name.
func TestAPhoneThatForgetsIsPutOnTheHomeScreen(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.before(`Object.defineProperty(Navigator.prototype, 'standalone', { value: false, configurable: true })`)
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.to("#/today")
	p.see("Safari forgets pages")
	p.tap("Show me how")
	p.title("Keep it on this phone")
	p.see("seven days")
	p.see("Add to Home Screen")
	p.see("sign in there once more")
	p.shot("keep-ios")
	p.tap("My days")
	p.tap("Use this name")
	p.see("The name was changed.")
	const worn = `[document.title, document.querySelector('.brand').textContent, document.querySelector('link[rel=manifest]').getAttribute('href'), document.querySelector('link[rel=icon]').getAttribute('href'), document.querySelector('link[rel=apple-touch-icon]').getAttribute('href')].join(' ')`
	const plain = "My days My days /plain-en.webmanifest /plain.svg /plain-180.png"
	if got := eval[string](p, worn); got != plain {
		t.Errorf("it wears %s", got)
	}
	if got := eval[string](p, `fetch('/plain-en.webmanifest').then((m) => m.json()).then((m) => [m.name, m.short_name, m.start_url, m.icons[0].src].join(' '))`); got != "My days My days /#/plain /plain.svg" {
		t.Errorf("the manifest says %s", got)
	}
	p.load("#/today")
	p.until("the name is chosen for good", worn+" === "+quote(plain))
	p.see("Safari forgets pages")
	p.tap("No, thanks")
	p.until("the offer is gone", `!document.body.innerText.includes('Safari forgets pages')`)
	p.load("#/today")
	p.title("Today")
	p.mustNotSee("Safari forgets pages")

	installed := newPhone(t, c.BaseURL, "es-ES") // whose storage is another one
	installed.before(`Object.defineProperty(Navigator.prototype, 'standalone', { value: true, configurable: true })`)
	installed.load("#/plain")
	installed.until("it has the plain name", `document.title === 'Mis días' && location.hash !== '#/plain'`)
	installed.load("#/keep")
	installed.see("Está en su pantalla de inicio.")
}

// TestTheBrowserOffersTheHomeScreen: Chromium says when the page can be put there; the
// button asks, and says what came of it.
func TestTheBrowserOffersTheHomeScreen(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.load("#/keep")
	p.title("Keep it on this phone")
	p.see("When your phone is full")
	p.see("Open the menu of your browser.")
	eval[bool](p, `{ const offer = new Event('beforeinstallprompt', { cancelable: true });
		offer.prompt = async () => {}; offer.userChoice = Promise.resolve({ outcome: 'accepted' }); dispatchEvent(offer); } true`)
	p.to("#/language")
	p.title("Language")
	p.to("#/keep")
	p.tap("Put it on my home screen")
	p.see("It is on your home screen now.")
}
