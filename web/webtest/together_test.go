package webtest

import (
	"encoding/json"
	"io/fs"
	"testing"

	"handrail/web"
)

func pageTexts(t *testing.T, language string) map[string]string {
	t.Helper()
	body, err := fs.ReadFile(web.Files(), "texts/"+language+".json")
	words := map[string]string{}
	if err == nil {
		err = json.Unmarshal(body, &words)
	}
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// A clinician writes into the plan, puts it to use, and sees when the phone has it.
func TestThePlanIsWrittenTogether(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	own.to("#/plan")
	own.see("Version 1")

	team := newPhone(t, c.BaseURL, "en-US")
	team.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	team.to("#/p/" + maya.PatientID + "/plan/edit")
	team.title("Change the plan")
	team.fill("Who keeps it", "Rosa")
	team.lastOf("People to call", "Add one")
	team.typeHere("Night nurse")
	team.fillLast("Phone number", "555 0100", "People to call") // not in international form
	team.tap("Save as a draft")
	team.see("Write it with + and the code of the country.")
	team.accessible("plan with an error")
	team.fillLast("Phone number", "+1 202 555 0111", "People to call")
	team.tap("Save as a draft")
	team.title("Draft, version 2")
	team.see("Saved as a draft.")
	team.shot("clinician-draft")
	team.accessible("clinician draft")
	team.see("It waits until the patient says yes")
	own.to("#/plan/draft") // the patient sees it, with what it changes in words, and says yes
	own.see("This changes: ")
	own.accessible("a draft of the team")
	own.shot("patient-draft")
	own.network(true)
	own.tap("Yes, this is my plan now")
	own.see("This is the plan now.")
	own.see("Version 2")
	own.see("Night nurse")

	team.to("#/p/" + maya.PatientID + "/plan/edit") // at the clinic: on paper
	team.title("Change the plan")
	team.lastOf("People to call", "Add one")
	team.typeHere("Day nurse")
	team.fillLast("Phone number", "+1 202 555 0112", "People to call")
	team.tap("Save as a draft")
	team.title("Draft, version 3")
	team.tap("The patient said yes with me")
	team.choose("How did they say yes?", "They signed it on paper")
	team.accessible("writing down a yes")
	team.shot("clinician-assent")
	team.tap("Make it the plan")
	team.see("This is the plan now.")
	team.to("#/p/" + maya.PatientID)
	team.see("The phone has version 2 of 3.")
	team.see("The newest version is not on this phone yet.")
	team.shot("clinician-stale-phone")

	module[bool](own, "sync", `(await m.syncNow(), true)`) // as the page does every few minutes
	own.see("Version 3")
	own.see("Day nurse")
	team.to("#/patients")
	team.title("My patients")
	own.until("the phone has told", `import('/app/db.js').then((m) => m.get('plan')).then((v) => v.reported === 3)`)
	team.to("#/p/" + maya.PatientID)
	team.see("The phone has version 3 of 3.")
}

// A draft that takes parts away says so in words, the patient says no, and the plan
// stays; the team reads of it in their inbox.
func TestAProposalIsDeclined(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, cole := c.person("patient", ""), c.person("clinician", "psychiatry")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	team := newPhone(t, c.BaseURL, "en-US")
	team.signIn(cole.EnrolmentCode)
	team.to("#/p/" + maya.PatientID + "/plan")
	team.until("the plan is put down to one sign", `(window.sent ??= Promise.all([import('/app/api.js')]).then(async ([m]) => {
	  const at = '/v1/patients/`+maya.PatientID+`/crisis-plan', { etag } = await m.call('GET', at);
	  await m.call('PUT', at, { etag, body: { content: { warningSigns: [{ text: 'One sign' }] } } });
	  return true;
	}))`)
	own.to("#/plan/draft")
	own.see("This removes: What I can do on my own")
	own.accessible("a draft that takes away")
	own.shot("patient-draft-takes-away")
	own.tap("No, keep the plan I have")
	own.see("Your plan stays as it is.")
	own.see("How I notice that it starts")
	own.see("Version 1")
	own.mustNotSee("One sign")
	team.until("the team is told", `import('/app/api.js').then((m) => m.read('/v1/me/reminders')).then((d) => d.items.some((i) => i.ref?.startsWith('plan-declined:')))`)
	team.to("#/inbox")
	team.see("A patient said no to a draft of the plan")
}

// What is shared is seen from the next look on, and what is taken back is not.
func TestSharingIsTakenBackInTwoTaps(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	rosa := newPhone(t, c.BaseURL, "en-US")
	rosa.signIn(c.person("supporter", "").EnrolmentCode)
	rosa.to("#/p/" + maya.PatientID + "/goals")
	rosa.see("Walk with my son")

	own.to("#/sharing")
	own.tap("Take back from Rosa Torres")
	own.tap("Yes, take it back")
	own.see("It holds from now on.")
	own.see("You share nothing beyond your care team right now.")
	rosa.to("#/patients")
	rosa.see("There is nobody here yet.")
	rosa.to("#/p/" + maya.PatientID + "/goals")
	rosa.see("This page is not here")

	own.tap("Share with someone")
	own.title("Share with someone")
	own.pick("Who?", "Rosa Torres")
	own.tap("Sign and share") // without a choice, the statement and the name
	own.see("Please look at these first:")
	own.accessible("share with errors")
	own.choose("What may they see?", "The goals that you share")
	own.tap("I can take this back at any time, here in the app. It holds at once.")
	own.fill("Sign with your name", "Maya Torres")
	own.tap("Sign and share")
	own.see("Shared. You can take it back here.")
	rosa.to("#/patients")
	rosa.tap("Maya")
	rosa.tap("Goals")
	rosa.see("Walk with my son")
	rosa.mustNotSee("Call someone before a craving gets strong")

	own.to("#/access-log")
	own.see("Rosa Torres")
	own.see("You allowed it.")
}

// A goal that the team proposes is the patient's to accept.
func TestAGoalIsProposedAndAccepted(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.tap("Goals")
	p.tap("Call someone before a craving gets strong")
	p.see("Leila Haddad proposed this. You decide.")
	p.shot("patient-proposed-goal")
	p.tap("Yes, this is my goal")
	p.see("Agreed")
	p.fill("How is it going?", "I called Sam on Sunday")
	p.tap("Add note")
	p.see("I called Sam on Sunday")
	p.tap("Share this goal")
	p.see("This goal is shared now.")
	p.tap("Stop sharing this goal")
	p.see("Only you and your care team see this goal.")
}

// The office makes an account and gives a code, and the person gets in with it.
func TestTheOfficeMakesAnAccount(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(c.person("administrator", "").EnrolmentCode)
	office.tap("New account")
	office.fill("Name", "Noor Haddad")
	office.pick("Language", "Arabic")
	office.tap("Save")
	office.title("Noor Haddad")
	office.tap("Make a code")
	office.see("Works until")
	office.see("No notification, email or text reaches this person now.") // they have not signed in yet
	office.shot("office-code")
	office.accessible("office code")
	code := eval[string](office, "document.querySelector('.code').textContent")

	office.tap("Care team")
	office.see("Nobody is on this care team yet.")
	office.pick("Who?", "Grace Kim")
	office.tap("Put on the team")
	office.see("They are on the team.")

	p := newPhone(t, c.BaseURL, "en-US")
	p.load("")
	p.title("Welcome")
	p.tap("Code")
	p.fill("Your code", code)
	p.tap("Sign in")
	p.title("اليوم") // the page speaks the account's language from here on
	p.tap("خطتي")
	p.see("988") // no plan yet: the numbers, and how to begin
	p.shot("arabic-no-plan")
	p.accessible("no plan yet")
}

// The team changes the clinic's own number and its hours: at once, dated, for the
// patient's phone too.
func TestTheClinicRenewsItsNumberAndHours(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	own.to("#/plan")
	own.see("Leila Haddad")
	team := newPhone(t, c.BaseURL, "en-US")
	team.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	team.to("#/p/" + maya.PatientID + "/plan/numbers")
	team.title("Change the clinic’s number or hours")
	team.fill("Phone number", "+1 202 555 0122")
	team.choose("When does somebody answer?", "At these hours")
	team.tap("Save")
	team.see("Days: Please fill this in.")
	team.choose("Days", "Sat")
	team.choose("Days", "Sun")
	team.accessible("the clinic's hours")
	team.shot("clinic-hours")
	team.tap("Save")
	team.see("It is changed. It goes to the phone.")
	team.see("Sat, Sun: 09:00 to 17:00")
	team.see("The clinic changed this on")
	module[bool](own, "sync", `(await m.syncNow(), true)`)
	own.until("the new number", `document.querySelector('a[href="tel:+12025550122"]')`)
	own.until("whether somebody answers", `['Open now', 'Closed now'].some((words) => document.body.innerText.includes(words))`)
}
