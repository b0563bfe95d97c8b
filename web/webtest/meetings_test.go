package webtest

import (
	"testing"
	"time"

	"handrail/client"
)

// A meeting of three about Maya: who can't come wrote before, what is decided is a task that
// gets done, and Maya reads in Spanish what her team decided.
func TestAMeetingIsHeldAndTold(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "").PatientID
	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(c.person("administrator", "").EnrolmentCode)
	boss := office.own(c)
	away := must(boss.CreateAccount(t.Context(), client.NewAccount{Role: "clinician", Discipline: "social-work", Name: "Ann Way"}))(t)
	eval[bool](office, `import('/app/api.js').then(async (m) => {
	  const path = '/v1/patients/`+maya+`/care-team';
	  await m.call('PUT', path + '/`+away.ID+`', { etag: (await m.call('GET', path)).etag, body: { lead: false } });
	  return true;
	})`)
	doctor := newPhone(t, c.BaseURL, "en-US")
	doctor.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	id := eval[string](doctor, `import('/app/api.js').then(async (m) => {
	  const team = (await m.read('/v1/patients/`+maya+`/care-team')).items.filter((a) => ['Dr. Jonas Weber', 'Grace Kim'].includes(a.name)).map((a) => a.accountId);
	  const query = new URLSearchParams({ visitType: 'team-visit', modality: 'video', from: '`+now().UTC().Format(time.RFC3339)+`', to: '`+now().UTC().AddDate(0, 0, 20).Format(time.RFC3339)+`', limit: '1' });
	  team.forEach((who) => query.append('who', who));
	  const [slot] = (await m.read('/v1/conferences/slots?' + query)).items;
	  return (await m.call('POST', '/v1/conferences', { body: { id: crypto.randomUUID(), visitType: 'team-visit', modality: 'video', who: team, start: slot.start, agenda: [{ patientId: '`+maya+`', topic: 'Rounds' }] } })).data.id;
	})`)
	before := newPhone(t, c.BaseURL, "en-US")
	before.signIn(boss.code(away.ID))
	before.to("#/p/" + maya + "/meetings/" + id)
	before.tap("Say something in writing")
	eval[bool](before, `(document.querySelector('main details[open] textarea').value = 'She has a new flat.', true)`)
	before.tap("Save")
	before.see("She has a new flat.")

	doctor.to("#/meetings/" + id)
	doctor.see("She has a new flat.")
	doctor.accessible("meeting")
	doctor.tap("Maybe")
	doctor.see("may come")
	doctor.fill("What do we do?", "Nurse visits move to noon.")
	doctor.pick("Who does it?", "Grace Kim")
	eval[bool](doctor, `(document.querySelector('input[type=datetime-local]').value = '`+now().AddDate(0, 0, 3).Format("2006-01-02T15:04")+`', true)`)
	doctor.fill("The same in plain words for the patient", "You see the nurse at noon.")
	doctor.tap("Save the decision")
	doctor.see("For the patient: You see the nurse at noon.")
	doctor.tap("Tell them now")
	doctor.see("Told at")

	day := newPhone(t, c.BaseURL, "en-US")
	day.signIn(c.person("clinician", "nursing").EnrolmentCode)
	day.to("#/tasks")
	day.tap("Nurse visits move to noon.")
	day.tap("I do it")
	day.see("Grace Kim answers for this.")
	day.fill("What came of it?", "From Monday on.")
	day.tap("Save")
	day.see("Done")
	doctor.load("#/p/" + maya + "/meetings/" + id)
	doctor.see("What came of it: From Monday on.")

	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(c.person("patient", "").EnrolmentCode)
	own.settled(screen{"language", "#/language", "English"})
	own.tap("español")
	own.tap("Save")
	own.to("#/told/" + id)
	own.see("Su equipo se reunió")
	own.see("You see the nurse at noon.")
	own.see("Esto ya está hecho.")
	own.accessible("told")
	own.tap("Decir algo sobre esto: You see the nurse at noon.")
	own.fill("Con sus propias palabras", "A las doce trabajo.")
	own.tap("Guardar mis palabras")
	own.see("Usted dijo")
	own.see("A las doce trabajo.")
	own.shot("told-comment-390")
	doctor.load("#/p/" + maya + "/meetings/" + id)
	doctor.see("The patient says")
	doctor.see("A las doce trabajo.")
	doctor.accessible("meeting with a comment")
	doctor.shot("meeting-comment")

	goal := eval[string](doctor, `import('/app/api.js').then(async (m) => (await m.read('/v1/patients/`+maya+`/goals')).items[0].id)`)
	doctor.to("#/p/" + maya + "/goals/" + goal)
	doctor.fill("How is it going?", "Ana Rey relapsed.")
	doctor.tap("Add note")
	doctor.see("Ana Rey relapsed.")
	doctor.tap("Written by mistake")
	doctor.fill("Why?", "It was about Ana Rey.")
	doctor.accessible("a note to strike")
	doctor.shot("note-strike-390")
	doctor.tap("Remove the note")
	doctor.see("It was about Ana Rey.")
	doctor.mustNotSee("relapsed")
	own.to("#/goals/" + goal)
	own.see("Esta nota se escribió por error")
	own.mustNotSee("Ana Rey")
	own.bothWidths("own", []screen{{"record", "#/my-record", "Mi registro para llevar"}})
	own.see("A las doce trabajo.")
	own.to("#/meetings")
	own.see("Lo que decidimos")
}
