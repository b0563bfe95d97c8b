package webtest

import (
	"testing"
	"time"
)

// A prescriber builds a plan of steps and signs it; the patient's phone shows the tablets
// as they were written. With no network, after a day, it says so before it shows anything,
// and after three days it shows no tablets.
func TestTabletsGrowOldOnThePhone(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)

	team := newPhone(t, c.BaseURL, "en-US")
	team.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	team.settled(screen{"strengths", "#/medicine-strengths", "Strengths that there are"})
	team.accessible("strengths")
	team.tap("Add one")
	team.fill("What is it called?", "escitalopram")
	team.fill("How strong is one? (a number)", "5")
	team.pick("What does it look like?", "tablet")
	team.tap("Save")
	team.see("Please fill this in.")
	team.pick("Unit", "mg")
	team.giveFile("name,strength,unit,form,scored\nEscitalopram,5,mg,tablet,\nlithium carbonate,300,mg,capsule,\n")
	team.see("1 of 2 lines are in the list above.")
	team.accessible("strengths from a file")
	team.tap("Save")
	team.see("It is saved.")
	team.until("both are kept", `document.querySelectorAll('main fieldset li').length === 2`)
	at := "#/p/" + maya.PatientID
	team.settled(screen{"order", at + "/medicines/new", "Directions, as you order them"})
	team.fill("What is it called?", "escitalopram")
	team.tap("Put it on the list")
	team.see("It is on the list.")
	team.settled(screen{"plans", at + "/tapers", "Begin a plan of steps for"})
	team.tap("escitalopram")
	team.see("Show the tablets")
	team.pick("What is it?", "A start: up")
	team.setTime("First day", now().In(must(time.LoadLocation("America/New_York"))(t)).Format(time.DateOnly))
	team.fill("Days", "30")
	team.setTime("Time 1", "08:00")
	team.fill("Amount 1", "7")
	team.fill("Phone number", "+12025550100")
	team.tap("Show the tablets")
	team.see("This can't be made of whole or scored tablets that there are.")
	team.fill("Amount 1", "10")
	team.tap("Show the tablets")
	team.see("What the patient will see")
	team.accessible("builder")
	team.tap("Keep it as a draft")
	team.see("Not signed: not in force")
	team.tap("Sign this plan")
	team.see("In force")
	team.accessible("plan")

	own.settled(screen{"tablets", "#/tablets", "2 × 5 mg · tablet"})
	own.accessible("tablets")
	own.see("Ask your team before you take the next one.")
	own.network(false)
	own.tap("Yes")
	own.see("It is kept on this phone, and goes to the clinic")
	own.see("You said: taken.")
	own.network(true)
	team.comes(at+"/taking", ": taken")
	own.settled(screen{"tablets", "#/tablets", "You said: taken."})
	own.network(false)
	again := func(words string) {
		own.to("#/more")
		own.settled(screen{"kept tablets", "#/tablets", words})
	}
	again("2 × 5 mg · tablet")
	own.mustNotSee("THIS IS OLD.")
	own.move(25 * time.Hour)
	again("THIS IS OLD.")
	own.see("+12025550100")
	own.see("2 × 5 mg · tablet")
	if !eval[bool](own, "document.querySelector('main').innerText.indexOf('THIS IS OLD.') < document.querySelector('main').innerText.indexOf('2 × 5 mg')") {
		t.Error("the tablets stand before the warning")
	}
	own.move(48 * time.Hour)
	again("THIS IS TOO OLD TO SHOW.")
	own.see("+12025550100")
	own.mustNotSee("5 mg")
}
