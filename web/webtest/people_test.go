package webtest

import (
	"testing"
	"time"
)

const mayasPlan = "How I notice that it starts"

// Two people use one phone. The plan of each stays there behind their own lock, with no
// network too; neither sees the other's, and help is open to both. The word for one who is
// set aside reaches the phone, and takes nothing of the other.
func TestEachOfTwoPeopleKeepsTheirPlan(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, daniel := c.person("patient", ""), c.Accounts[1]
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(maya.EnrolmentCode)
	p.letWorker()
	p.to("#/plan")
	p.see(mayasPlan)
	p.load("#/enrol/" + daniel.EnrolmentCode)
	p.see("Maya Torres uses this phone.")
	p.fill("The PIN for this lock", "280417")
	p.accessible("putting one's things away")
	p.tap("Put my things away")
	p.tap("Sign in")
	p.title("Who is this?")
	p.fill("The PIN for this lock", "140309")
	p.accessible("who is this")
	p.until("it is saved", `(() => { [...document.querySelectorAll('label')].find((l) => l.checkVisibility() && l.textContent === 'The PIN for this lock').closest('form').requestSubmit(); return true })()`)
	p.see("Lock it and hand it over")

	p.network(false)
	p.mustNotSee("Maya")
	p.to("#/plan")
	p.title("My crisis plan")
	p.mustNotSee(mayasPlan)
	p.to("#/people")
	p.tap("Lock it and hand it over")
	p.tap("Help now")
	p.see("988")
	p.see("Who is this?")
	p.mustNotSee("Maya")
	p.to("#/plan")
	p.title("Locked")
	p.shot("locked-of-two")
	p.tap("Somebody else")
	p.title("Who is this?")
	p.tap("This is me: MT")
	p.fill("The PIN for this lock", "140309") // the other one's
	p.tap("Unlock")
	p.see("That is not the PIN.")
	p.fill("The PIN for this lock", "280417")
	p.tap("Unlock")
	p.until("Today", "location.hash === '#/today'")
	p.to("#/plan")
	p.see(mayasPlan)
	p.move(6 * time.Minute)
	p.until("a look", `document.dispatchEvent(new Event('visibilitychange'))`)
	p.title("Locked")
	p.load("#/plan") // after a restart too
	p.title("Locked")
	p.mustNotSee(mayasPlan)

	p.network(true)
	if n := module[int](p, "session", `(await m.comeToFront((await (await import('/app/people.js')).others())[0].id)) ? 1 : 0`); n != 1 {
		t.Fatal("the other one is gone")
	}
	office := c.as(c.person("administrator", ""))
	for _, one := range every(t, office.AccountSessions(t.Context(), maya.AccountID)) {
		if err := office.EndAccountSession(t.Context(), maya.AccountID, one.ID, "reported-lost"); err != nil {
			t.Fatal(err)
		}
	}
	p.move(16 * time.Minute)
	if n := module[int](p, "people", `(await m.askForOthers(), (await m.others()).length)`); n != 0 {
		t.Error("a phone that was reported lost keeps its person")
	}
	if got := p.holds(); got != "true,true,0" {
		t.Errorf("the other one has %s", got)
	}
}
