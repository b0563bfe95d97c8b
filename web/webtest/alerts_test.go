package webtest

import (
	"testing"

	"handrail/client"
)

// A patient answers unsafely; the nurse's page shows it without a reload, she
// acknowledges and writes how it ended, and the patient reads who has read it.
func TestAnUnsafeAnswerReachesTheNurse(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, admin := c.person("patient", ""), c.person("administrator", "")
	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	boss := office.own(c)
	nurse := must(boss.CreateAccount(t.Context(), client.NewAccount{Role: "clinician", Discipline: "nursing", Name: "Nora Day"}))(t)
	office.to("#/alert-settings")
	office.see("Alerts are off.")
	for _, day := range []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"} {
		office.tap(day)
	}
	eval[bool](office, `(document.querySelector('input[type=time]').value = '00:00', true)`)
	office.fill("To", "24:00")
	office.tap("These hours are true, and these people know. Turn alerts on.")
	office.tap("Save")
	office.see("Alerts are on.")
	office.accessible("alert settings")

	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(maya.EnrolmentCode)
	patient := eval[string](own, `import('/app/session.js').then((m) => m.session()).then((s) => s.patientId)`)
	eval[bool](office, `import('/app/api.js').then(async (m) => {
	  const team = await m.call('GET', '/v1/patients/`+patient+`/care-team');
	  for (const one of team.data.items) await m.call('DELETE', '/v1/patients/`+patient+`/care-team/' + one.accountId, { etag: (await m.call('GET', '/v1/patients/`+patient+`/care-team')).etag });
	  await m.call('PUT', '/v1/patients/`+patient+`/care-team/`+nurse.ID+`', { etag: (await m.call('GET', '/v1/patients/`+patient+`/care-team')).etag, body: { lead: true } });
	  return true;
	})`)
	day := newPhone(t, c.BaseURL, "en-US")
	day.signIn(boss.code(nurse.ID))
	day.to("#/my-day")
	day.see("Check-in, not read yet") // of before: it comes to who reads for the patient now
	if eval[bool](day, `document.body.innerText.includes('Urgent: contact today')`) {
		t.Fatal("an alert of before")
	}

	eval[bool](own, `Promise.all([import('/app/outbox.js'), import('/app/uuid.js'), import('/app/format.js')]).then(async ([o, u, f]) => {
	  await o.keep('`+patient+`', { id: u.uuid7(), formVersion: 1, answeredAt: f.offsetTime(), zone: 'America/New_York', answers: { safety: true } });
	  await o.sendAll();
	  return true;
	})`)
	day.see("Urgent: contact today") // no reload
	day.accessible("my day")
	day.shot("my-day")
	day.tap("Open the alert")
	day.see("Yes to the safety question")
	day.tap("I am handling this")
	day.see("Somebody is handling it")
	day.accessible("alert")
	day.choose("What was done?", "Reached, and safe")
	day.tap("Save")
	day.see("Reached, and safe")
	own.to("#/check-ins")
	own.see("Nora Day read this at")
}
