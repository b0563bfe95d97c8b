package webtest

import (
	"fmt"
	"testing"

	"handrail/client"
)

// The office records a guardian as far as a paper goes; the patient is told and reads it;
// the guardian sees that much, and no other screen.
func TestAGuardianSeesWhatThePaperOpens(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, admin := c.person("patient", ""), c.person("administrator", "")
	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	k := office.own(c)
	ana := must(k.CreateAccount(t.Context(), client.NewAccount{Role: "guardian", Name: "Ana Lopez"}))(t)
	office.to("#/p/" + maya.PatientID + "/team")
	office.see("Who acts for this patient by law")
	office.until("the form", fmt.Sprintf(`(() => {
	  const date = [...document.querySelectorAll('label')].find((l) => l.textContent === 'It holds until');
	  const form = date.closest('form');
	  form.querySelector('select').value = %s;
	  document.getElementById(date.htmlFor).value = new Date(Date.now() + 400 * 86400000).toISOString().slice(0, 10);
	  return form.querySelector('select').value;
	})()`, quote(ana.ID)))
	office.fill("What paper did you see?", "County court, 26-PR-118")
	office.choose("They may see:", "Goals")
	office.tap("Record what it says")
	office.see("It is recorded. The patient is told.")
	office.see("Checked by " + admin.Name)
	office.accessible("office guardian")
	office.shot("office-guardian")

	patient := newPhone(t, c.BaseURL, "en-US")
	patient.signIn(maya.EnrolmentCode)
	patient.until("the patient is told", `import('/app/api.js').then((m) => m.read('/v1/me/reminders')).then((d) => d.items.some((i) => i.ref?.startsWith('guardian:')))`)
	patient.to("#/inbox")
	patient.see("Who may act for you has changed")
	patient.to("#/sharing")
	patient.see("Who acts for you by law")
	patient.see("Ana Lopez")
	patient.see("A court has named them")
	patient.see("They may sign nothing.")
	patient.accessible("patient guardian")
	patient.shot("patient-guardian")

	guardian := newPhone(t, c.BaseURL, "en-US")
	guardian.signIn(must(k.NewEnrolmentCode(t.Context(), ana.ID, "photo-id"))(t).Code)
	guardian.title("People")
	guardian.tap("Maya Torres")
	guardian.see("A court has named them")
	guardian.mustNotSee("Check-ins")
	guardian.accessible("guardian chart")
	guardian.tap("Goals")
	guardian.see("Walk with my son")
	guardian.mustNotSee("Set a goal")
	for _, elsewhere := range []string{"#/today", "#/office", "#/my-day", "#/p/" + maya.PatientID + "/given", "#/p/" + maya.PatientID + "/visits/new"} {
		guardian.to(elsewhere)
		guardian.title("People")
	}

	office.tap("End it: Ana Lopez")
	office.tap("Yes, end it now")
	office.see("It is ended. The patient is told.")
	guardian.to("#/p/" + maya.PatientID + "/goals")
	guardian.title("This page is not here")
	c.minorRule(office, k)
}

// minorRule has two administrators sign a rule for minors, and one of them end it.
func (c *clinic) minorRule(office *phone, k caller) {
	office.t.Helper()
	lee := must(k.CreateAccount(office.t.Context(), client.NewAccount{Role: "administrator", Name: "Lee Okoro"}))(office.t)
	office.to("#/office/minors")
	office.see("This clinic has not named its place.")
	office.tap("Rules of other places")
	office.see("Nobody has signed it: parents see nothing.")
	office.fill("Who read the law for the clinic, and when?", "Park & Lee, 2 March")
	office.until("the second is chosen", fmt.Sprintf("(() => { const s = document.querySelector('main form select'); s.value = %s; return s.value; })()", quote(lee.ID)))
	office.tap("I have read it: sign, and ask for a second signature")
	office.see("One person has signed it: parents see nothing yet.")
	office.accessible("a rule for minors")
	office.shot("office-minor-rules")
	second := newPhone(office.t, c.BaseURL, "en-US")
	second.signIn(must(k.NewEnrolmentCode(office.t.Context(), lee.ID, "photo-id"))(office.t).Code)
	second.to("#/tasks")
	second.tap("A rule for minors needs a second signature.")
	second.tap("Open the rules for minors")
	second.tap("I have read it: add the second signature")
	second.see("Two people have signed it.")
	second.tap("End it: California")
	second.see("It is ended. Parents of minors see nothing from now on.")
}
