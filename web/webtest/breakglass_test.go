package webtest

import (
	"testing"

	"handrail/client"
)

// Medical personnel open the small part of a record in an emergency; the privacy officer
// is called and reviews it, and the patient reads of it.
func TestBreakGlassIsReviewedAndTold(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, admin := c.person("patient", ""), c.person("administrator", "")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	boss := office.own(c)
	nurse := must(boss.CreateAccount(t.Context(), client.NewAccount{Role: "clinician", Discipline: "nursing", Name: "Night Medic"}))(t)

	medic := newPhone(t, c.BaseURL, "en-US")
	medic.signIn(boss.code(nurse.ID))
	medic.to("#/patients")
	medic.tap("Medical emergency: somebody else’s patient")
	medic.title("Medical emergency")
	medic.fill("The patient’s full name", "Maya Torres")
	medic.fill("Where do you work?", "City ambulance")
	medic.choose("What is the emergency?", "Overdose")
	medic.fill("What happened?", "Found without breath at the door.")
	eval[bool](medic, `(document.querySelector('input[type=date]').value = '1994-05-17', true)`)
	medic.tap("Open it now")
	medic.see("Please look at these first:") // that consent can't be had was not said
	medic.accessible("emergency with an error")
	medic.tap("The patient can’t be asked in time.")
	medic.shot("emergency")
	medic.tap("Open it now")
	medic.see("It is open until")
	medic.see("How I notice that it starts")

	office.until("the privacy officer is called", `import('/app/api.js').then((m) => m.read('/v1/me/reminders')).then((d) => d.items.some((i) => i.ref?.startsWith('glass:')))`)
	office.to("#/inbox")
	office.see("Emergency access to a record: please check")
	office.tap("Open")
	office.title("Emergency access")
	office.see("Night Medic of City ambulance")
	office.see("The patient was told.")
	office.accessible("emergency access")
	office.shot("emergency-access")
	office.choose("What did you find?", "It was right")
	office.tap("Save the check")
	office.see("Checked by " + admin.Name + ": It was right")

	own.to("#/access-log")
	own.see("Opened a small part of your record in an emergency")
	own.see("Night Medic")
	c.closesAChart(office, own, maya)
}

// closesAChart has the privacy officer close a patient's chart to all but one of the team: a
// colleague who has it open learns nothing more of it, who is on the list sees the mark, and
// the patient reads who may, and opens it again.
func (c *clinic) closesAChart(office, own *phone, maya account) {
	t := own.t
	reader, colleague := c.person("clinician", "psychiatry"), c.person("clinician", "therapy")
	named, other := newPhone(t, c.BaseURL, "en-US"), newPhone(t, c.BaseURL, "en-US")
	named.signIn(reader.EnrolmentCode)
	other.signIn(colleague.EnrolmentCode)
	other.to("#/p/" + maya.PatientID)
	other.title("Maya Torres")

	office.to("#/office/closed")
	office.see("No chart is closed.")
	office.to("#/office/closed/" + maya.PatientID)
	office.title("Close a chart: Maya Torres")
	office.choose("Why is it closed?", "The patient works here")
	office.choose("Who can still read it?", reader.Name+" · Psychiatrist")
	office.accessible("closing a chart")
	office.tap("Close it")
	office.see("Closed to others who work here since")
	office.see("Who at the clinic can read it")
	office.shot("office-chart-closed")
	office.to("#/office/closed")
	office.see("The patient works here")
	office.accessible("closed charts")
	office.to("#/p/" + maya.PatientID + "/team")
	office.title("This page is not here")

	other.to("#/patients")
	other.title("My patients")
	other.until("the list without her", "!document.body.innerText.includes('Maya Torres')")
	other.to("#/p/" + maya.PatientID + "/goals")
	other.title("This page is not here")
	other.to("#/p/" + maya.PatientID) // an address that they kept
	other.title("This page is not here")
	other.tap("Back to the start")
	other.title("My patients")
	other.to("#/my-day") // so that the list is asked for anew
	other.title("My day")
	named.to("#/my-day") // another one than where a sign-in leads, so that the list is asked for anew
	named.title("My day")
	named.to("#/patients")
	named.see("Closed to colleagues")
	named.to("#/p/" + maya.PatientID)
	named.see("This chart is closed to colleagues. Only these people can read it: " + reader.Name)
	named.shot("chart-closed-mark")

	own.to("#/inbox")
	own.until("the patient is told", `import('/app/api.js').then((m) => m.read('/v1/me/reminders')).then((d) => d.items.some((i) => i.ref?.startsWith('chart-closed:')))`)
	own.to("#/sharing")
	own.see("Closed to others who work here since")
	own.see("I work here")
	own.see(reader.Name + " · Psychiatrist")
	own.shot("sharing-closed")
	own.to("#/sharing/closed")
	own.accessible("an own chart, closed")
	own.tap("Open it again to the care team and the office")
	own.see("It is open again.")
	other.to("#/patients")
	other.see("Maya Torres")
}
