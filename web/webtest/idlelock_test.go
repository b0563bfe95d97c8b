package webtest

import (
	"strings"
	"testing"
	"time"
)

// A phone whose person set a lock hides everything after their minutes but help and the
// crisis plan, with no network too. A wrong PIN takes nothing, and what was typed and what
// waits is there after the right one.
func TestALockedPhoneShowsHelpAndThePlan(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.letWorker()
	p.to("#/plan")
	p.see("How I notice that it starts")
	p.to("#/ways")
	p.see("Lock this phone")
	p.pick("Lock after", "5 minutes")
	p.fill("The PIN for this lock", "280417")
	p.until("it is saved", `(() => { const l = [...document.querySelectorAll('label')].find((l) => l.textContent === 'Lock after'); l.closest('form').requestSubmit(); return true })()`)
	p.see("It is saved.")
	p.accessible("the lock's settings")
	p.to("#/goals/new")
	p.title("New goal")
	p.until("something typed", `(document.querySelector('main input, main textarea').value = 'walk') === 'walk'`)
	p.network(false)
	p.keepOneCheckIn()

	look := func() { p.until("a look", `document.dispatchEvent(new Event('visibilitychange'))`) }
	p.move(4 * time.Minute)
	look()
	p.title("New goal")
	p.move(2 * time.Minute)
	look()
	p.title("Locked")
	p.mustNotSee("New goal")
	p.accessible("locked")
	p.shot("locked")
	p.fill("The PIN for this lock", "111111")
	p.tap("Unlock")
	p.see("That is not the PIN.")
	p.to("#/today")
	p.title("Locked")
	p.tap("My crisis plan")
	p.see("How I notice that it starts")
	p.mustNotSee("You are signed out.")
	p.tap("Help now")
	p.see("988")
	p.to("#/goals/new")
	p.title("Locked")
	p.fill("The PIN for this lock", "280417")
	p.tap("Unlock")
	p.title("New goal")
	if got := p.holds(); !strings.HasPrefix(got, "true,true,") {
		t.Errorf("after the lock the phone holds %s", got)
	}
	if n := module[int](p, "outbox", "(await m.standing()).length"); n != 1 { // the worker, whose network is there, may have sent it
		t.Errorf("%d check-ins stand on the phone", n)
	}

	p.until("something typed", `(document.querySelector('main input, main textarea').value = 'run') === 'run'`)
	p.move(6 * time.Minute)
	look()
	p.title("Locked")
	p.fill("The PIN for this lock", "280417")
	p.tap("Unlock")
	p.title("New goal")
	p.until("what was typed", `document.querySelector('main input, main textarea').value === 'run'`)
	p.move(6 * time.Minute)
	look()
	p.title("Locked")
	p.load("#/goals/new") // also after a restart of the phone
	p.title("Locked")
	p.fill("The PIN for this lock", "280417")
	p.tap("Unlock")
	p.title("New goal")
}
