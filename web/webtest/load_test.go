package webtest

import (
	"testing"

	"handrail/client"
)

// Before a patient answers, the screen says who reads it and what it can't change; they
// would rather not say, and take a break. Their nurse records where they are; the office
// sees the load and what is not evaluated.
func TestSayingLessAndRestingIsFine(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, admin := c.person("patient", ""), c.person("administrator", "")
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	own.to("#/check-in")
	own.see("Before you answer")
	own.see("What you tell here can't take away your treatment")
	own.tap("I'd rather not say")
	own.accessible("check-in")
	own.tap("Send")
	own.to("#/check-ins")
	own.see("I'd rather not say")
	own.to("#/reminders")
	own.see("A break from check-ins")
	own.tap("7 days")
	own.see("Your break lasts until")

	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	patient := eval[string](own, `import('/app/session.js').then((m) => m.session()).then((s) => s.patientId)`)
	boss := office.own(c)
	nurse := must(boss.CreateAccount(t.Context(), client.NewAccount{Role: "clinician", Discipline: "nursing", Name: "Nora Day"}))(t)
	eval[bool](office, `import('/app/api.js').then(async (m) => {
	  await m.call('PUT', '/v1/patients/`+patient+`/care-team/`+nurse.ID+`', { etag: (await m.call('GET', '/v1/patients/`+patient+`/care-team')).etag, body: { lead: false } });
	  return true;
	})`)
	office.to("#/alert-report")
	office.see("It is not for judging anybody's work.")
	office.accessible("load")
	office.to("#/alert-rules")
	office.see("Not evaluated")
	office.see("R-MO-1")
	day := newPhone(t, c.BaseURL, "en-US")
	day.signIn(boss.code(nurse.ID))
	day.to("#/p/" + patient + "/state")
	day.see("They have set a break from check-ins until")
	day.see("The program tells family nothing of this.")
	day.tap("In hospital")
	day.tap("Save")
	day.see("Nora Day wrote this down on")
	day.accessible("state")
}
