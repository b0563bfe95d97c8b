package webtest

import (
	"testing"

	"handrail/client"
)

// A nurse asks the doctor to do something; the doctor takes it, and the lead sees who has
// how much. When the doctor leaves, the office sees what is open and who takes it, and
// access ends.
func TestATaskGoesFromHandToHand(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, admin := c.person("patient", ""), c.person("administrator", "")
	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	boss := office.own(c)
	nurse := must(boss.CreateAccount(t.Context(), client.NewAccount{Role: "clinician", Discipline: "nursing", Name: "Nora Day"}))(t)
	doctor := must(boss.CreateAccount(t.Context(), client.NewAccount{Role: "clinician", Discipline: "psychiatry", Name: "Dan Ray"}))(t)
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	patient := eval[string](own, `import('/app/session.js').then((m) => m.session()).then((s) => s.patientId)`)
	for _, id := range []string{nurse.ID, doctor.ID} {
		eval[bool](office, `import('/app/api.js').then(async (m) => {
		  const path = '/v1/patients/`+patient+`/care-team';
		  await m.call('PUT', path + '/`+id+`', { etag: (await m.call('GET', path)).etag, body: { lead: '`+id+`' === '`+nurse.ID+`' } });
		  return true;
		})`)
	}
	day := newPhone(t, c.BaseURL, "en-US")
	day.signIn(boss.code(nurse.ID))
	day.to("#/p/" + patient + "/tasks/new")
	day.fill("What is to be done?", "Please call the pharmacy.")
	eval[bool](day, `(document.querySelector('input[type=datetime-local]').value = '`+now().AddDate(0, 0, 3).Format("2006-01-02T15:04")+`', true)`)
	day.pick("Who does it?", "Dan Ray")
	day.accessible("new task")
	day.tap("Save")
	day.see("Dan Ray is asked to take it.")
	day.see("Nora Day answers for this.")

	other := newPhone(t, c.BaseURL, "en-US")
	other.signIn(boss.code(doctor.ID))
	other.to("#/my-day")
	other.see("Please call the pharmacy.")
	other.see("Somebody asks you to take this.")
	other.tap("Open the task")
	other.tap("I do it")
	other.see("Dan Ray answers for this.")
	other.accessible("task")
	day.to("#/caseload")
	day.see("Tasks: 1.")
	day.accessible("caseload")

	office.to("#/office/" + doctor.ID + "/open-work")
	office.mustNotSee("Please call the pharmacy.") // the office reads no chart
	office.see("Something is to be done")
	office.pick("Who takes alerts and tasks?", "Nora Day")
	office.tap("Hand over")
	office.see("Nora Day is asked to take it.")
	office.accessible("open work")
	office.tap("Stop the account of Dan Ray")
	office.see("This account is stopped.")
	office.see("Nothing is open.")
	day.to("#/tasks")
	day.see("Please call the pharmacy.")
	day.tap("Please call the pharmacy.")
	day.see("Nora Day answers for this.") // who leads the team, and has not said yes yet
	day.see("Not accepted yet")
	day.tap("I do it")
	day.see("It is yours now.")
	day.tap("Save")
	day.see("Done")
}
