package webtest

import "testing"

// A patient marks a questionnaire as a mistake, as they can a single answer: it stays, marked.
func TestAQuestionnaireIsMarkedAsAMistake(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	own := newPhone(t, c.BaseURL, "en-US")
	own.signIn(c.person("patient", "").EnrolmentCode)
	patient := eval[string](own, `import('/app/session.js').then((m) => m.session()).then((s) => s.patientId)`)
	eval[bool](own, `Promise.all([import('/app/outbox.js'), import('/app/uuid.js'), import('/app/format.js')]).then(async ([o, u, f]) => {
	  await o.keep('`+patient+`', { id: u.uuid7(), formVersion: 1, answeredAt: f.offsetTime(), zone: 'America/New_York', answers: { safety: true }, instruments: [{ id: 'phq-9', answers: { 1: 1 } }] });
	  await o.sendAll();
	  return true;
	})`)
	own.to("#/check-ins")
	own.tap("An answer was a mistake")
	eval[bool](own, `[...document.querySelectorAll('main details[open] button')].find((b) => b.innerText.includes('PHQ-9')).click() ?? true`)
	own.see("You marked an answer as a mistake")
	own.see("marked as a mistake")
}
