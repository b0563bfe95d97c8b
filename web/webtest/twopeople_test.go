package webtest

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// comesToFront puts somebody in front of a browser, whose account, tokens and session have one
// name; instead: who is there.
func (p *phone) comesToFront(who, role, instead string) {
	p.t.Helper()
	held := strings.NewReplacer(`"s"`, quote("s-"+who), `"a"`, quote(who), `"patient"`, quote(role)).Replace(signedInAnswer(who, now().Add(time.Hour)))
	if !module[bool](p, "aside", fmt.Sprintf(`m.arrive(%s, %s)`, held, quote(instead))) {
		p.t.Fatal(who, "does not come")
	}
}

// What is under way for one person is theirs to its end, also when another one is in
// front by then: no answer takes anything of the other, nothing is asked as them, and no
// answer is shown to them.
func TestAnAnswerIsOfWhoAsked(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var asked []string
	answer, came, goOn := "", make(chan bool), make(chan bool)
	p := newPhone(t, bare(t, map[string]http.HandlerFunc{
		"GET /v1/thing": func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked = append(asked, r.Header.Get("Authorization"))
			said := answer
			mu.Unlock()
			came <- true
			<-goOn
			w.Header().Set("Content-Type", "application/json")
			status, body, _ := strings.Cut(said, " ")
			w.WriteHeader(map[string]int{"200": 200, "401": 401, "403": 403}[status])
			fmt.Fprint(w, body)
		},
		"POST /v1/auth/refresh": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, signedInAnswer("fresh", now().Add(time.Hour)))
		}}), "en-US")
	p.load("#/help")
	p.title("Help now")
	for _, said := range []string{`401 {"code":"reported-lost","wipe":true}`, `401 {"code":"sign-in-ended"}`, `401 {}`, `200 {"of":"ann"}`} {
		module[bool](p, "db", `m.settle((now, past, owner, values) => { values.keys((all) => all.forEach((k) => values.delete(k))); return true; })`)
		p.comesToFront("ann", "supporter", "")
		mu.Lock()
		asked, answer = nil, said
		mu.Unlock()
		module[bool](p, "api", `(window.outcome = m.call('GET', '/v1/thing').then((v) => 'got ' + JSON.stringify(v.data), (e) => e.constructor.name), true)`)
		<-came
		p.comesToFront("ben", "clinician", "ann")
		goOn <- true
		if got := eval[string](p, `window.outcome`); strings.HasPrefix(got, "got") || got == "Problem" {
			t.Errorf("%s: the page goes on with %s", said, got)
		}
		if got := module[string](p, "db", `(await m.get('owner')) + ' ' + (await m.get('sign-in'))?.accessToken`); got != "ben ben" {
			t.Errorf("%s: in front is %q", said, got)
		}
		if len(asked) != 1 || asked[0] != "Bearer ann" {
			t.Errorf("%s: asked as %q", said, asked)
		}
	}
	if got := module[bool](p, "session", `m.signOut('ann').then(async () => Boolean(await m.session()))`); !got {
		t.Error("one person's sign-out signs the other out")
	}
	if got := module[int](p, "idlelock", `(await m.noteKey('a key', 'ann'), (await (await import('/app/db.js')).get('lock-keys'))?.length ?? 0)`); got != 0 {
		t.Error("a passkey of one opens the lock of the other")
	}
	// Nobody waits for a lock of another tab: the plan is behind it.
	if got := module[string](p, "session", `(await (async () => {
	  const asks = [], real = navigator.locks.request;
	  navigator.locks.request = (...a) => { asks.push(a[0]); return new Promise(() => {}); };
	  const who = await m.comeToFront('ann');
	  navigator.locks.request = real;
	  return [who?.accountId, ...asks].join();
	})())`); got != "ann" {
		t.Errorf("came to the front: %q", got)
	}
}

// What waits is kept and sent as nobody but who wrote it. It stays when the copies of its
// person go, in front and set aside; a word for the phone takes it.
func TestWhatWaitsIsOfWhoWroteIt(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	sent := map[string]string{}
	p := newPhone(t, bare(t, map[string]http.HandlerFunc{
		"POST /v1/threads/t/messages": func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			sent[r.Header.Get("Authorization")] += "1"
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{}`)
		},
		"POST /v1/auth/refresh": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"code":"sign-in-ended"}`)
		}}), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.comesToFront("ben", "clinician", "")
	const entry = `{ id: 'one', patientId: 'p', path: '/v1/threads/t/messages', body: { text: 'x' }, state: 'waiting', madeAt: '2026-01-01', account: 'ann' }`
	if module[bool](p, "db", `m.putWaiting(`+entry+`)`) {
		t.Error("what one wrote is kept as the other's")
	}
	module[bool](p, "db", `m.settle((now, past, owner, values, outbox) => { outbox.put(`+entry+`); return true; })`) // as a page would that did not know
	p.sendAll(1)
	if got := module[int](p, "outbox", `(await m.standing()).length`); got != 0 || len(sent) != 0 {
		t.Errorf("%d stand here, sent as %v", got, sent)
	}
	module[bool](p, "db", `m.dropWaiting('one').then(() => true)`)

	module[bool](p, "db", `m.putWaiting(`+strings.Replace(entry, "'ann'", "'ben'", 1)+`)`)
	p.comesToFront("ann", "patient", "ben")
	module[bool](p, "aside", `(await m.changeAside('ben', (one) => ({ ...one, at: 1 })), await (await import('/app/people.js')).askForOthers(), true)`) // the copies of people who work here go
	if got := module[string](p, "people", `JSON.stringify((await m.others()).map(({ id, mark, unsent }) => [id, mark, unsent]))`); got != `[["ben","A",1]]` {
		t.Errorf("set aside is %s", got)
	}
	if got := module[string](p, "aside", `Object.keys((await m.asides())[0].values).sort().join()`); strings.Contains(got, "sign-in") {
		t.Errorf("left of somebody who works here: %s", got)
	}
	module[bool](p, "session", `m.comeToFront('ben').then(() => true)`)
	p.comesToFront("ben", "clinician", "ben") // signed in anew
	p.sendAll(1)
	if sent["Bearer ben"] != "1" || len(sent) != 1 {
		t.Errorf("sent as %v", sent)
	}
}
