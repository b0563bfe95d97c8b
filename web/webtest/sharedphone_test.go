package webtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// namedInFront is comesToFront of somebody with a name of their own; wantsNotes: they
// turned notes on here.
func (p *phone) namedInFront(who, role, name, instead string, wantsNotes bool) {
	p.t.Helper()
	p.comesToFront(who, role, instead)
	module[bool](p, "db", fmt.Sprintf(`(async () => {
	  const held = await m.get('sign-in');
	  await m.put('sign-in', { ...held, session: { ...held.session, name: %s } });
	  return %t ? m.put('push-told', 1) : true;
	})()`, quote(name), wantsNotes))
}

// A browser has one address for pushes. When it changes, it is told for each who wants
// notes there, as them, and who leaves ends nobody else's. Where another may be looking,
// letters stand for people: no name, and no count of what waits. A visit ends when another
// comes to the front, in this tab or another one, and is not gone on with as them.
func TestAPhoneOfSeveralOwesEachTheirs(t *testing.T) {
	t.Parallel()
	type told struct {
		Token  string   `json:"token"`
		Beside []string `json:"beside"`
	}
	var mu sync.Mutex
	devices, joins := map[string]told{}, map[string]bool{}
	p := newPhone(t, bare(t, map[string]http.HandlerFunc{
		"GET /v1/push-key": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"key":"k"}`)
		},
		"PUT /v1/me/push-device": func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			var body told
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
				t.Error(err)
			}
			slices.Sort(body.Beside)
			devices[r.Header.Get("Authorization")] = body
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"registered":true,"state":"live"}`)
		},
		"POST /v1/visits/v/join": func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			joins[r.Header.Get("Authorization")] = true
			w.WriteHeader(http.StatusServiceUnavailable)
		}}), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.namedInFront("ann", "patient", "Maya Torres", "", true)
	p.namedInFront("ben", "clinician", "Daniel Weber", "ann", true)
	module[bool](p, "db", `m.putWaiting({ id: 'one', path: '/v1/threads/t/messages', body: { text: 'x' }, state: 'waiting', madeAt: '2026-01-01', account: 'ben' })`)
	p.namedInFront("cleo", "supporter", "Cleo Park", "ben", false)

	module[bool](p, "pushes", `(await m.subscribeAnew({ pushManager: { subscribe: async () => ({ toJSON: () => ({ endpoint: 'https://push.example/2', keys: { p256dh: 'p', auth: 'a' } }) }) } }), true)`)
	all := []string{"s-ann", "s-ben", "s-cleo"}
	for _, who := range []string{"ann", "ben"} {
		if got := devices["Bearer "+who]; got.Token != "https://push.example/2" || !slices.Equal(got.Beside, all) {
			t.Errorf("%s was told %+v", who, got)
		}
	}
	if len(devices) != 2 {
		t.Errorf("told: %v", devices)
	}
	eval[bool](p, `(navigator.serviceWorker.getRegistration = async () => ({ pushManager: { getSubscription: async () => ({ unsubscribe: async () => { window.ended = (window.ended ?? 0) + 1; } }) } }), true)`)
	module[bool](p, "pushes", `(await m.letGo(), true)`)
	if n := eval[int](p, `window.ended ?? 0`); n != 0 {
		t.Error("who leaves ends the pushes of who stays")
	}

	module[bool](p, "db", `m.drop('push-told')`)
	p.to("#/people")
	p.title("Who is this?")
	p.see("Something is not sent yet from this phone.")
	seesLetters := func(screen string, letters ...string) {
		t.Helper()
		text := eval[string](p, `document.querySelector('main:not([hidden])').innerText`)
		for _, one := range letters {
			if !strings.Contains(text, one) {
				t.Errorf("%s has no %s", screen, one)
			}
		}
		for _, word := range []string{"Maya", "Torres", "Daniel", "Weber", "Cleo", "Park", "1"} {
			if strings.Contains(text, word) {
				t.Errorf("%s shows %q", screen, word)
			}
		}
	}
	seesLetters("who is this", "MT", "DW", "CP")
	module[bool](p, "idlelock", `(await m.setLock(5, '280417', 'cleo'), await m.lockNow(), true)`)
	p.to("#/plan")
	p.title("Locked")
	seesLetters("the lock", "CP")
	for screen, title := range map[string]string{"#/enrol": "Welcome", "#/people": "Who is this?"} {
		p.to(screen)
		p.title(title)
		seesLetters(screen, "CP")
	}
	module[bool](p, "idlelock", `(await m.openLock(), true)`)

	leaves := func(how string) {
		t.Helper()
		if got := module[string](p, "video/call", `(async () => {
		  const { account } = { account: (await (await import('/app/db.js')).get('owner')) };
		  const call = m.enter('v', '/v1/visits/v', account);
		  await new Promise((done) => { const look = () => (call.lost ? done() : setTimeout(look, 20)); look(); });
		  `+how+`
		  await new Promise((done) => { const look = () => (call.over ? done() : setTimeout(look, 20)); look(); });
		  return [call.over.code, m.current() === null].join();
		})()`); got != "left,true" {
			t.Errorf("the visit: %s", got)
		}
	}
	leaves(`await (await import('/app/session.js')).comeToFront('ann');`)
	leaves(`new BroadcastChannel('handrail').postMessage('turned');`)
	mu.Lock()
	defer mu.Unlock()
	if len(joins) != 2 || !joins["Bearer cleo"] || !joins["Bearer ann"] {
		t.Errorf("joined as %v", joins)
	}
}
