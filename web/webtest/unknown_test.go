package webtest

import (
	"fmt"
	"strings"
	"testing"
)

// asks are screens that show nothing of what their address names before somebody sends it.
var asks = map[string]bool{
	"p/:patient/emergency":          true, // whether there is such a patient is nobody's to learn
	"apps/ask/:question":            true, // says that the question is over
	"week/:day":                     true, // a day, and no thing
	"visits/:visit/room":            true, // the room says why nobody comes in, and leads back
	"p/:patient/visits/:visit/room": true,
	"meetings/:meeting/room":        true,
	"meetings/:meeting/join":        true,
}

// TestAnUnknownAddressIsNotHere: every address that names something, as each role, with ids
// of nothing: what is not there and what is not open to somebody look the same, with a way
// back, and no screen stands empty.
func TestAnUnknownAddressIsNotHere(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	for _, who := range [][2]string{{"clinician", "therapy"}, {"clinician", "psychiatry"}, {"supporter", ""}, {"administrator", ""}, {"patient", ""}} {
		p := newPhone(t, c.BaseURL, "en-US")
		p.signIn(c.person(who[0], who[1]).EnrolmentCode)
		var bad []string
		for at := 0; ; at += 10 { // in parts: a slow machine has a limit for each
			more := eval[[]string](p, fmt.Sprintf(tryUnknown, at, at+10))
			if more == nil {
				break
			}
			bad = append(bad, more...)
		}
		for _, one := range bad {
			if at, _, _ := strings.Cut(one, " "); !asks[at] {
				t.Errorf("%s: %s", who[0], one)
			}
		}
	}
}

// tryUnknown makes the screens of some of a role's addresses, as the router does: null after
// the last.
const tryUnknown = `Promise.all([import('/app/routes.js'), import('/app/home.js'), import('/app/session.js'), import('/app/uuid.js')]).then(async ([{ routes }, { mayGo }, { session }, { uuid7 }]) => {
  const me = await session(), bad = [];
  const some = routes.filter((r) => r.at.includes(':') && !r.open && mayGo(me.role, r) && !(me.role === 'patient' && r.at.startsWith('p/'))).slice(%d, %d);
  for (const route of some) {
    const params = Object.fromEntries([...route.at.matchAll(/:(\w+)/g)].map(([, name]) => [name, { language: 'en', day: '2026-01-05' }[name] ?? uuid7()]));
    const patientId = params.patient ?? me.patientId, own = Boolean(me.patientId) && patientId === me.patientId;
    const ctx = { params, me, patientId, own, go() {}, again() {}, at: (path) => '#/' + path, api: (path) => '/v1/patients/' + patientId + '/' + path };
    try {
      const screen = await route.show(ctx);
      if (screen) bad.push(route.at + ' stands: ' + screen.title);
    } catch (problem) {
      if (problem.status !== 404 && problem.status !== 403) bad.push(route.at + ' fails: ' + (problem.code ?? problem));
    }
  }
  return some.length > 0 ? bad : null;
})`
