package webtest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"handrail/client"
	"handrail/notify/notifytest"
)

// night is the part of a journey in which the clinic is closed.
type night struct {
	t           *testing.T
	c           *clinic
	office, own *phone
	patient     string
}

// inPage runs a script that can call the API, as who is signed in there.
func inPage[T any](p *phone, script string) T {
	p.t.Helper()
	return eval[T](p, `Promise.all([import('/app/api.js'), import('/app/uuid.js')]).then(async ([m, u]) => { `+script+` })`)
}

// family puts an aunt beside the mother of the demo; both can be reached, and the mother is
// promised a call.
func (n *night) family(service *notifytest.Push, boss caller) (mother, aunt *phone) {
	n.t.Helper()
	ma := n.c.person("supporter", "")
	rosa := must(boss.CreateAccount(n.t.Context(), client.NewAccount{Role: "supporter", Name: "Rosa Vega"}))(n.t)
	inPage[bool](n.office, fmt.Sprintf(`await m.call('PUT', '/v1/patients/%s/related-people/%s', { body: { relationship: 'other-family' } }); return true;`, n.patient, rosa.ID))
	mother, aunt = newPhone(n.t, n.c.BaseURL, "en-US"), newPhone(n.t, n.c.BaseURL, "en-US")
	for name, p := range map[string]*phone{"mother": mother, "aunt": aunt} {
		code := ma.EnrolmentCode
		if p == aunt {
			code = boss.code(rosa.ID)
		}
		p.signIn(code)
		n.reached(service, name, p)
	}
	inPage[bool](n.own, fmt.Sprintf(`
	  const choices = await m.read('/v1/patients/%[1]s/sharing-choices');
	  const w = choices.wordings.find((x) => x.language === 'en');
	  await m.call('POST', '/v1/patients/%[1]s/consents', { body: { id: u.uuid7(), kind: 'sharing', provision: 'permit', recipient: '%[2]s', purposes: ['family'],
	    scopes: ['promise.call-for-help'], callForHelp: { when: 'at-once', way: 'push', wording: w.code, language: 'en', text: w.text },
	    statements: ['revocation'], signature: { name: 'Maya Torres', method: 'typed' } } });
	  return true;`, n.patient, ma.AccountID))
	return mother, aunt
}

// reached gives somebody a device that takes pushes: who has none is not asked at night.
func (n *night) reached(service *notifytest.Push, name string, p *phone) {
	n.t.Helper()
	at := service.Subscribe(name, p.pushKey(n.c))
	inPage[bool](p, fmt.Sprintf(`await m.call('PUT', '/v1/me/push-device', { body: { channel: 'webpush', token: %s, p256dh: %s, auth: %s, zone: 'America/New_York' } }); return true;`,
		quote(at.To), quote(at.P256dh), quote(at.Auth)))
}

// clinicCloses leaves one hour three days on, and puts a lead on the team.
func (n *night) clinicCloses(lead string) {
	n.t.Helper()
	zone := must(time.LoadLocation("America/New_York"))(n.t)
	inPage[bool](n.office, fmt.Sprintf(`
	  const s = await m.call('GET', '/v1/alert-settings');
	  await m.call('PUT', '/v1/alert-settings', { etag: s.etag, body: { hours: { zone: 'America/New_York', windows: [{ day: %d, from: '09:00', to: '10:00' }] }, failSafe: s.data.failSafe, confirmed: true } });
	  await m.call('PUT', '/v1/patients/%[2]s/care-team/%[3]s', { etag: (await m.call('GET', '/v1/patients/%[2]s/care-team')).etag, body: { lead: true } });
	  return true;`, (int(now().In(zone).Weekday())+2)%7+1, n.patient, lead))
}

func (n *night) answerUnsafely() {
	n.t.Helper()
	eval[bool](n.own, `Promise.all([import('/app/outbox.js'), import('/app/uuid.js'), import('/app/format.js')]).then(async ([o, u, f]) => {
	  await o.keep('`+n.patient+`', { id: u.uuid7(), formVersion: 1, answeredAt: f.offsetTime(), zone: 'America/New_York', answers: { safety: true } });
	  await o.sendAll();
	  return true;
	})`)
}

// calls waits until somebody was called for help so often, and tells how often they were.
func (n *night) calls(p *phone, want int) int {
	n.t.Helper()
	return inPage[int](p, fmt.Sprintf(`
	  for (let i = 0; i < 180; i++) {
	    const { items } = await m.read('/v1/me/help-calls');
	    if (items.length >= %d) return items.length;
	    await new Promise((go) => setTimeout(go, 100));
	  }
	  return -1;`, want))
}

// goesUp puts the clock forward by the time to acknowledge, twice, and holds who was asked
// against who should have been: who is on call, the lead, the fail-safe.
func (n *night) goesUp(nurse, lead, failSafe string, others ...*phone) {
	n.t.Helper()
	asked := func(whom string) []string {
		n.t.Helper()
		return inPage[[]string](n.office, fmt.Sprintf(`
		  for (let i = 0; i < 360; i++) {
		    const { items } = await m.read('/v1/alerts?owner=%s&limit=20').catch(() => ({ items: [] }));
		    const a = items.find((x) => x.status === 'notified');
		    if (a) return a.history.slice(a.history.map((s) => s.what).lastIndexOf('reopened') + 1).filter((s) => s.what === 'notified').map((s) => s.who);
		    await new Promise((go) => setTimeout(go, 50));
		  }
		  return [];`, whom))
	}
	var got []string
	for i, whom := range []string{nurse, lead, failSafe} {
		if i > 0 {
			n.c.move(31 * time.Minute)
			for _, p := range append(others, n.office) {
				p.move(31 * time.Minute)
			}
		}
		got = asked(whom)
	}
	if strings.Join(got, " ") != strings.Join([]string{nurse, lead, failSafe}, " ") {
		n.t.Fatalf("asked: %v", got)
	}
}

// worry is told by the mother and read by the nurse; nothing that the patient can open has it.
func (n *night) worry(mother, day *phone) {
	n.t.Helper()
	const words = "She gave her dog away."
	mother.to("#/worry")
	mother.choose("Are they in danger now?", "No")
	mother.fill("What do you see?", words)
	mother.tap("Send to the team")
	mother.see("That does not mean that someone has read it.")
	day.to("#/p/" + n.patient + "/worries")
	day.see(words)
	seen := inPage[string](n.own, fmt.Sprintf(`
	  let all = '';
	  for (const path of ['/v1/patients/%[1]s/access-log?limit=100', '/v1/threads?limit=100', '/v1/patients/%[1]s/check-ins?limit=100', '/v1/me/notifications?limit=100', '/v1/sync'])
	    all += JSON.stringify(await m.read(path).catch((e) => e.status));
	  return all;`, n.patient))
	if strings.Contains(seen, words) || strings.Contains(strings.ToLower(seen), "worr") || !strings.Contains(seen, "answeredAt") {
		n.t.Errorf("the patient is sent %s", seen)
	}
	for _, at := range []string{"#/inbox", "#/messages", "#/check-ins", "#/access-log", "#/sharing"} {
		n.own.to(at)
		n.own.until("a screen at "+at, "document.querySelector('h1').textContent !== 'One moment' && location.hash === "+quote(at))
		n.own.mustNotSee(words)
	}
}

// onCallOfNoTeam takes the nurse, who is on call, off the team; the office, which has
// noticed something, raises an alert by hand, and she gets from it to what helps.
func (n *night) onCallOfNoTeam(nurse string, day *phone) {
	n.t.Helper()
	inPage[bool](n.office, fmt.Sprintf(`
	  await m.call('DELETE', '/v1/patients/%[1]s/care-team/%[2]s?atOnce=true', { etag: (await m.call('GET', '/v1/patients/%[1]s/care-team')).etag });
	  return true;`, n.patient, nurse))
	n.office.to("#/p/" + n.patient + "/team")
	n.office.tap("Raise an alert")
	n.office.title("Raise an alert")
	n.office.choose("How soon must a person look?", "Contact now")
	n.office.fill("What did you notice?", "Her neighbour phoned: she does not open.")
	n.office.tap("Call the team")
	n.office.see("The alert is there.")
	n.office.until("the number to call", `document.querySelector('main a[href^="tel:"]') || document.body.innerText.includes('Before you call')`)
	day.to("#/my-day")
	day.see("Contact now")
	alert := inPage[string](day, `return (await m.read('/v1/alerts?tier=emergent&status=notified')).items[0]?.id ?? '';`)
	day.to("#/alerts/" + alert)
	day.see("but not why")
	day.tap("Medical emergency")
	day.title("Medical emergency")
	day.fill("Where do you work?", "On call here")
	day.choose("What is the emergency?", "Another medical emergency")
	day.fill("What happened?", "Does not answer, does not open the door.")
	day.tap("The patient can’t be asked in time.")
	day.accessible("emergency from an alert")
	day.tap("Open it now")
	day.see("How I notice that it starts")
}
