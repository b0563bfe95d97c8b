package webtest

import (
	"testing"

	"github.com/chromedp/cdproto/page"
)

// before runs script in each document that the phone opens from now on, before all else.
func (p *phone) before(script string) {
	p.t.Helper()
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

// answersUnsafe fills in a check-in with a yes about safety, and wants help at once.
func (p *phone) answersUnsafe() {
	p.t.Helper()
	p.to("#/today")
	p.title("Today")
	p.to("#/check-in")
	p.title("Check-in")
	p.choose("Have you thought about", "Yes")
	p.tap("Send")
	p.title("Help now")
	p.see("Help is here.")
	p.see("988")
}

// keptHandles lets a test take the browser's database away under an open page, as
// "force close" of chrome://indexeddb-internals does, or a browser that is short of room.
const keptHandles = `(() => {
  const open = IDBFactory.prototype.open;
  globalThis.handles = [];
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    request.addEventListener('success', () => handles.push(request.result));
    return request;
  };
})()`

// The browser closes the database, or a newer tab makes it over: the plan opens, help is
// there, and a check-in is kept and sent.
func TestStorageThatIsLostIsOpenedAgain(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.before(keptHandles)
	p.signIn(maya.EnrolmentCode)
	p.to("#/plan")
	p.see("How I notice that it starts")
	for name, lose := range map[string]string{
		"closed":            `handles.forEach((db) => { db.close(); db.dispatchEvent(new Event('close')) }), true`,
		"closed, and quiet": `handles.forEach((db) => db.close()), true`,
		"a newer tab": `new Promise((done) => { indexedDB.databases().then(([{ version }]) => {
		  const request = indexedDB.open('handrail', version + 1);
		  request.onsuccess = () => { request.result.close(); done(true) };
		}) })`,
	} {
		eval[bool](p, lose)
		p.to("#/help")
		p.title("Help now")
		p.callFirst("988")
		p.see("How I notice that it starts")
		eval[bool](p, lose)
		p.to("#/plan")
		p.title("My crisis plan")
		p.see("How I notice that it starts")
		p.to("#/today")
		p.title("Today")
		p.to("#/check-in")
		p.title("Check-in")
		eval[bool](p, lose)
		p.choose("Have you thought about", "Yes")
		p.tap("Send")
		p.title("Help now")
		p.see("Sent")
		if text := eval[string](p, `document.body.innerText`); t.Failed() {
			t.Fatalf("%s: %s", name, text)
		}
	}
	if got := p.stands(); got != "sent,sent,sent" {
		t.Errorf("the check-ins stand as %q", got)
	}
}

// A browser that names no zone, or none that is known: screens open on the account's
// clock, which is said; a check-in is taken, marked, and its clinician sees the mark.
func TestAZoneThatNobodyKnows(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	for _, zone := range []string{"Etc/Unknown", "+05:30"} {
		p := newPhone(t, c.BaseURL, "en-US")
		p.before(`(() => {
		  const real = Intl.DateTimeFormat.prototype.resolvedOptions;
		  Intl.DateTimeFormat.prototype.resolvedOptions = function () { return { ...real.call(this), timeZone: ` + quote(zone) + ` } };
		})()`)
		p.signIn(c.as(c.person("administrator", "")).code(maya.AccountID))
		p.to("#/today")
		p.title("Today")
		p.see("This phone does not tell its time zone. The times here are in Eastern Time.")
		p.to("#/visits")
		p.title("My visits")
		p.answersUnsafe()
		p.see("Sent")
		p.see("This phone's time zone is not known, so the one of your account was used.")
		p.accessible("a phone without a zone")
		p.shot("zone-unknown")
		if got := p.stands(); got != "sent" {
			t.Errorf("%s: the check-in stands as %q", zone, got)
		}
	}
	team := newPhone(t, c.BaseURL, "en-US")
	team.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	team.to("#/p/" + maya.PatientID + "/check-ins")
	team.see("The phone's time zone was not known. The one of the account was used.")
	team.accessible("check-ins with notes")
	eval[bool](team, `([...document.querySelectorAll('p')].find((e) => e.textContent.includes('time zone was not known')).scrollIntoView({ block: 'center' }), true)`)
	team.shot("check-ins-with-notes")
}
