package webtest

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A patient books an interpreter on the page. The interpreter finds the visit in their
// own inbox and list, sees nothing else, joins, and is seen by name and role. When
// there is no interpreter with an account, the page promises none.
func TestABookedInterpreterGetsIntoTheRoom(t *testing.T) {
	needAxe(t)
	c := openClinic(t)
	maya, elena := c.person("patient", ""), c.person("interpreter", "")
	devices := fakeDevices(t)
	open := func(a account) *phone {
		p := newPhone(t, c.BaseURL, "en-US", devices...)
		p.signIn(a.EnrolmentCode)
		return p
	}
	patient, interpreter := open(maya), open(elena)
	interpreter.title("Visits where you interpret")
	interpreter.see("You are not booked for a visit right now.")

	patient.to("#/visits/new/talk")
	patient.title("Pick a time")
	patient.tap("Change who comes or how")
	patient.pick("Interpreter", "Spanish")
	patient.see("Your language is not here? Call the clinic.")
	patient.tap("Show times")
	patient.until("times with an interpreter", `!document.querySelector('main details').open && document.querySelectorAll('button.time').length > 4`)
	eval[chromedp.Void](patient, `document.querySelectorAll('button.time')[4].click(); undefined`) // the page may still move under a finger
	patient.title("Book this time?")
	patient.see("Elena Ruiz (Interpreter)")
	patient.tap("Book this visit")
	patient.see("Your visit is booked.")
	patient.accessible("a visit with an interpreter")
	v := patient.shownVisit(c, maya.PatientID)
	at := "#/p/" + maya.PatientID + "/visits/" + v.ID

	interpreter.inboxHas("visit-confirmed", v.ID)
	interpreter.to("#/inbox")
	interpreter.see("A visit is booked")
	interpreter.tap("Open")
	interpreter.title("Visits where you interpret")
	interpreter.see("Maya")
	interpreter.mustNotSee("Torres")
	interpreter.see("Language: Spanish")
	interpreter.see("You can join from")
	interpreter.accessible("an interpreter's visits")
	interpreter.shot("interpreting")
	for _, elsewhere := range []string{"", "/visits", "/visits/" + v.ID} {
		interpreter.to("#/p/" + maya.PatientID + elsewhere)
		interpreter.title("Visits where you interpret")
	}

	by := v.Start.Add(-10 * time.Minute).Sub(now())
	c.move(by)
	lead := newPhone(t, c.BaseURL, "en-US", devices...)
	for _, p := range []*phone{patient, interpreter, lead} {
		p.move(by)
	}
	lead.signIn(c.person("clinician", "therapy").EnrolmentCode) // the program that began anew made codes
	patient.load("#/visits")
	patient.toTheDoor("#/visits/" + v.ID)
	patient.tap("Go to the waiting room")
	patient.title("Waiting room")
	interpreter.load("#/more")
	interpreter.toTheDoor("#/interpreting")
	interpreter.tap("Go to the waiting room")
	interpreter.title("Waiting room")
	lead.window(1280, 800)
	lead.toTheDoor(at)
	lead.tap("Go in")
	lead.title("Your visit")
	lead.tap("Let in: Maya Torres")
	patient.title("Your visit")
	lead.meets("the therapist", 1) // then the list stands still
	lead.tap("Let in: Elena Ruiz")
	interpreter.title("Your visit")
	for who, p := range map[string]*phone{"the patient": patient, "the interpreter": interpreter, "the therapist": lead} {
		p.meets(who, 2)
	}
	patient.see("Elena Ruiz")
	patient.until("the interpreter by name and role", `[...document.querySelectorAll('.tile')].some((f) => f.textContent.includes('Elena Ruiz') && f.textContent.includes('Interpreter'))`)
	interpreter.pick("I speak for", "Spanish")
	patient.pick("Listen to", "Spanish")
	interpreter.accessible("an interpreter in the visit")
	interpreter.shot("interpreting-inside")
	interpreter.tap("Leave")
	patient.tap("Leave")

	c.as(c.person("administrator", "")).setStatus(elena.AccountID, "suspended")
	patient.load("#/visits/new/talk")
	patient.until("no promise", `document.querySelector('main')?.textContent.includes('No interpreter can be booked here.') && !document.querySelector('main option[value="es"]')`)
}
