package webtest

import "testing"

// A psychiatrist starts a sedative for somebody on buprenorphine, is interrupted, and
// takes the safer way; the patient has the new list with no network.
func TestASedativeIsInterrupted(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)

	team := newPhone(t, c.BaseURL, "en-US")
	team.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	form := "#/p/" + maya.PatientID + "/medicines/new"
	order := func(name string) {
		team.settled(screen{"order", form, "Directions, as you order them"})
		team.fill("What is it called?", name)
		team.tap("Put it on the list")
	}
	order("Suboxone film")
	team.see("It is on the list.")
	order("diazepam")
	team.see("Please read this first")
	team.see("not withheld")
	team.accessible("interruption")
	team.tap("Go on with this reason") // none was given
	team.see("Why does it go on?")
	team.tap("Change the order")
	team.see("Nothing was sent.")
	team.fill("What is it called?", "melatonin")
	team.tap("Put it on the list")
	team.see("It is on the list.")
	team.mustNotSee("diazepam")

	own.settled(screen{"medicines", "#/medicines", "Suboxone film"})
	own.network(false)
	own.to("#/more")
	own.settled(screen{"kept medicines", "#/medicines", "This is the list from"})
	own.see("melatonin")
}
