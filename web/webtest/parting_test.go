package webtest

import (
	"testing"
	"time"
)

const refreshPath = "/v1/auth/refresh"

// tokenRunsOut makes the access token of the phone one that must be changed.
func (p *phone) tokenRunsOut() {
	p.t.Helper()
	module[bool](p, "db", `m.get('sign-in').then((held) => held && m.exchange(held.refreshToken, { ...held, gotAt: 1, expiresAt: '2026-01-01T00:00:00Z' })).then(() => true)`)
}

func (p *phone) tryRefresh() bool {
	p.t.Helper()
	return module[bool](p, "session", `m.bearer().then(() => true, () => false)`)
}

// holds tells what of a person the phone has: sign-in, plan, check-ins that wait.
func (p *phone) holds() string {
	p.t.Helper()
	return module[string](p, "db", `[...(await Promise.all(['sign-in', 'plan'].map(m.get))).map(Boolean), (await m.waiting()).length].join()`)
}

// The answer to one refresh is dropped, the network is away for 66 s, the page asks
// again: nothing is lost and nobody is signed out.
func TestALostRefreshAnswerCostsNothing(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	between := newLossy(t, c, refreshPath)
	p := newPhone(t, between.URL, "en-US")
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.to("#/plan")
	p.see("How I notice that it starts")
	p.network(false)
	p.keepOneCheckIn()
	if got := p.holds(); got != "true,true,1" && got != "true,true,0" { // the worker, whose network is there, may have sent it
		t.Fatalf("before: %s", got)
	}
	p.network(true)
	p.tokenRunsOut()
	between.answers.Store(100) // Chromium itself asks once more when a connection breaks
	if p.tryRefresh() || between.lost.Load() == 0 {
		t.Fatal("no answer was lost")
	}
	p.network(false)
	between.answers.Store(0)
	c.move(66 * time.Second)
	p.move(66 * time.Second)
	p.network(true)
	if !p.tryRefresh() {
		t.Error("the page is signed out")
	}
	if got := p.holds(); got != "true,true,1" && got != "true,true,0" { // the check-in may have gone
		t.Errorf("after: %s", got)
	}
	p.sendAll(1)
	if got := p.stands(); got != "sent" {
		t.Errorf("the check-in stands as %q", got)
	}
	p.load("#/goals")
	p.title("Goals")
}

// keepOneCheckIn puts a check-in into the outbox, as the screen does.
func (p *phone) keepOneCheckIn() {
	p.t.Helper()
	module[bool](p, "outbox", `(await (async () => {
	  const { session } = await import('/app/session.js'), { uuid7 } = await import('/app/uuid.js'), { offsetTime, zone } = await import('/app/format.js');
	  const me = await session(), device = me.device.id;
	  await m.keep(me.patientId, { id: uuid7(), formVersion: 1, answeredAt: offsetTime(), zone: zone(), deviceId: device, sequence: 1, answers: { mood: 5, safety: false } });
	})(), true)`)
}

// A session that ended without a word: the phone offers the plan and a sign-in. What
// waits is sent when the same person is back, and nothing of it goes to another.
func TestAPhoneThatIsSignedOutKeepsItsPlan(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(maya.EnrolmentCode)
	p.letWorker()
	p.to("#/plan")
	p.see("How I notice that it starts")
	p.network(false)
	office := c.as(c.person("administrator", ""))
	suspend := func(on string) {
		t.Helper()
		office.setStatus(maya.AccountID, on)
	}
	suspend("suspended")
	p.keepOneCheckIn() // not before: the worker, whose network is there, could send it
	p.network(true)
	p.to("#/goals")
	p.title("Welcome")
	if got := p.holds(); got != "false,true,1" {
		t.Fatalf("signed out without a word: %s", got)
	}
	p.see("Check-ins that wait on this phone: 1.")
	p.accessible("signed out with a plan")
	p.tap("Open my crisis plan")
	p.title("My crisis plan")
	p.see("How I notice that it starts")
	p.see("You are signed out.")
	p.network(false)
	p.load("#/plan") // also after a restart of the phone, with no network
	p.see("How I notice that it starts")
	p.network(true)

	suspend("active")
	code := office.code(maya.AccountID)
	p.tap("Sign in")
	p.title("Welcome")
	p.tap("Code")
	p.fill("Your code", code)
	p.tap("Sign in")
	p.see("You are signed in.")
	p.until("it is sent", `import('/app/outbox.js').then((m) => m.standing()).then((all) => all.map((e) => e.state).join() === 'sent')`)
	if got := p.holds(); got != "true,true,0" {
		t.Errorf("signed in again: %s", got)
	}
}

// Of somebody else's chart a browser keeps nothing, so that nothing outlives a consent;
// what it has of a supporter or a clinician goes with their session.
func TestOthersKeepNothingOfAChart(t *testing.T) {
	t.Parallel()
	c := openClinic(t)
	maya := c.person("patient", "")
	office := c.as(c.person("administrator", ""))
	for _, who := range []account{c.person("supporter", ""), c.person("clinician", "")} {
		p := newPhone(t, c.BaseURL, "en-US")
		p.signIn(who.EnrolmentCode)
		for _, at := range []string{"", "/plan", "/goals", "/visits", "/check-ins"} {
			p.to("#/p/" + maya.PatientID + at)
			p.until("a screen", "document.querySelector('h1').textContent !== 'One moment'")
		}
		// Pages to read are everybody's, "back" opens nothing without the PIN, and
		// "has-pin" and "lock-seen" say only whether this phone's sign-in offers one, and
		// when the page was last touched.
		const person = `(await (async () => {
		  const every = await new Promise((done) => { const rq = indexedDB.open('handrail'); rq.onsuccess = () => done(rq.result); });
		  const names = await new Promise((done) => { const rq = every.transaction('values').objectStore('values').getAllKeys(); rq.onsuccess = () => done(rq.result); });
		  every.close();
		  return names.filter((n) => !['device', 'site', 'numbers', 'jwks', 'settings', 'learn-pack', 'offer-ways', 'back', 'has-pin', 'lock-seen'].includes(n) && !n.startsWith('learn-part:')).sort().join();
		})())`
		want := "me,owner,sign-in"
		if who.Role == "clinician" {
			want = "lock-codes," + want // whether an app with codes opens the lock; it goes with them
		}
		if got := module[string](p, "db", person); got != want {
			t.Errorf("a %s's browser keeps %s", who.Role, got)
		}
		office.setStatus(who.AccountID, "suspended")
		p.load("#/more")
		p.tokenRunsOut()
		p.tryRefresh()
		p.until("it is empty", `import('/app/db.js').then((m) => m.get('me')).then((me) => !me)`)
		if got := module[string](p, "db", person); got != "" {
			t.Errorf("a %s's session has ended, and %s is kept", who.Role, got)
		}
	}
}
