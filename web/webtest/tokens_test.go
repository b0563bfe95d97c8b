package webtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"handrail/models"
)

// signedInAnswer is what a refresh gives: good for an hour.
func signedInAnswer(access string, ends time.Time) string {
	return fmt.Sprintf(`{"accessToken":%q,"expiresAt":%q,"refreshToken":"r-%s","session":{"id":"s","accountId":"a","role":"patient",
		"patientId":"p","name":"A","device":{"id":"d","name":"x"},"createdAt":"2026-01-01T00:00:00Z","expiresAt":%q}}`,
		access, now().Add(time.Hour).Format(time.RFC3339), access, ends.Format(time.RFC3339))
}

// keepSignIn puts a sign-in into the browser whose access token has run out.
func (p *phone) keepSignIn(sessionEnds time.Time) {
	p.t.Helper()
	module[bool](p, "db", fmt.Sprintf(`(await m.put('owner', 'a'), await m.put('sign-in', { ...%s, expiresAt: '2026-01-01T00:00:00Z' }), true)`, signedInAnswer("old", sessionEnds)))
}

func TestTwoTabsRefreshOnce(t *testing.T) {
	t.Parallel()
	var refreshes atomic.Int32
	p := newPhone(t, bare(t, map[string]http.HandlerFunc{"POST /v1/auth/refresh": func(w http.ResponseWriter, r *http.Request) {
		n := refreshes.Add(1)
		<-time.After(300 * time.Millisecond) // the other tab must have time to be wrong
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, signedInAnswer(fmt.Sprintf("new%d", n), now().Add(time.Hour)))
	}}), "en-US")
	p.load("#/help")
	p.title("Help now")
	other := p.secondTab()
	other.load("#/help")
	other.title("Help now")
	p.keepSignIn(now().Add(time.Hour))
	var both sync.WaitGroup
	got := make([]string, 2)
	for i, tab := range []*phone{p, other} {
		both.Go(func() {
			got[i] = module[string](tab, "session", `(await Promise.all([m.bearer(), m.bearer(), m.bearer()])).join()`)
		})
	}
	both.Wait()
	if n := refreshes.Load(); n != 1 {
		t.Errorf("%d refreshes", n)
	}
	for _, tokens := range got {
		if tokens != "new1,new1,new1" {
			t.Errorf("tokens %s", tokens)
		}
	}
}

// Only a word of a person empties a patient's phone; other ends leave the plan and
// what waits to be sent. What others hold goes with their session, but for what they wrote themselves. A server in
// trouble, or something in between that says no, changes nothing.
func TestWhatIsLeftAfterASession(t *testing.T) {
	t.Parallel()
	const all, parted, none, unsent = "true,true,1,true", "false,true,1,true", "false,false,0,true", "false,false,1,true"
	p := newPhone(t, bare(t, map[string]http.HandlerFunc{"POST /v1/auth/refresh": func(w http.ResponseWriter, r *http.Request) {
		var in struct{ RefreshToken string }
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			t.Error(err)
		}
		status, body, _ := strings.Cut(strings.TrimPrefix(in.RefreshToken, "r-"), " ")
		w.Header().Set("Content-Type", "application/problem+json")
		code, _ := strconv.Atoi(status)
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}}), "en-US")
	p.load("#/help")
	p.title("Help now")
	for _, c := range []struct{ role, answer, left string }{
		{"patient", `401 {"code":"ended-by-owner","wipe":true}`, none}, {"patient", `401 {"code":"reported-lost","wipe":true}`, none},
		{"patient", `401 {"code":"given-back","wipe":true}`, none}, {"patient", `401 {"code":"shared-device","wipe":true}`, none},
		{"patient", `401 {"code":"person-erased","wipe":true}`, none},
		{"patient", `401 {"code":"sign-in-ended"}`, parted}, {"clinician", `401 {"code":"sign-in-ended"}`, unsent}, {"supporter", `401 {"code":"sign-in-ended"}`, unsent},
		{"patient", `401 {"code":"sign-in-ended","wipe":true}`, parted}, {"patient", `401 {"code":"reported-lost"}`, all},
		{"patient", `401 {"code":"another-word","wipe":true}`, all}, {"patient", `401 {}`, all}, {"clinician", `401 {}`, all}, {"patient", `401 <html>`, all},
		{"patient", `403 {"code":"reported-lost","wipe":true}`, all}, {"patient", `503 {"code":"sign-in-ended"}`, all}, {"patient", `404 {}`, all},
	} {
		p.signedInAs(c.role, c.answer)
		module[bool](p, "session", `m.bearer().then(() => true, () => false)`)
		left := module[string](p, "db", `[...(await Promise.all(['sign-in', 'plan'].map(m.get))).map(Boolean), (await m.waiting()).length, Boolean(await m.get('numbers'))].join()`)
		if left != c.left {
			t.Errorf("%s, %s: left are sign-in, plan, waiting, numbers = %s, want %s", c.role, c.answer, left, c.left)
		}
	}
}

// signedInAs fills the browser: a token that has run out, a plan, a check-in.
func (p *phone) signedInAs(role, access string) {
	p.t.Helper()
	held := strings.Replace(signedInAnswer("x", now().Add(time.Hour)), `"patient"`, quote(role), 1)
	module[bool](p, "db", fmt.Sprintf(`(await m.wipe(), await (await import('/app/aside.js')).arrive({ ...%s, refreshToken: %s, expiresAt: '2026-01-01T00:00:00Z' }), await m.put('plan', { plan: {} }),
		await m.put('numbers', { items: [] }), await m.putWaiting({ id: 'c', patientId: 'p', state: 'waiting', madeAt: '' }), true)`, held, quote("r-"+access)))
}

// The page knows the words that the server knows.
func TestThePageAndTheServerKnowTheSameWords(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	words := module[[]string](p, "parting", "m.WORDS")
	for _, why := range []string{models.EndSignedOut, models.EndByOwner, models.EndReportedLost, models.EndGivenBack, models.EndSharedDevice,
		models.EndErased, models.EndReused, models.EndSuspended} {
		if word, wipes := models.WipesDevice(why); wipes != slices.Contains(words, word) {
			t.Errorf("%s: the server wipes: %v, the page has %v", why, wipes, words)
		}
	}
	for _, word := range words {
		if _, wipes := models.WipesDevice(word); !wipes {
			t.Errorf("the server does not know %s", word)
		}
	}
}

// An answer that was under way when the phone was emptied leaves nothing on it, and an
// older answer does not take the place of a newer one.
func TestALateAnswerChangesNothing(t *testing.T) {
	t.Parallel()
	p := newPhone(t, bare(t, nil), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.signedInAs("patient", "first")
	got := module[string](p, "db", `(await (async () => {
	  const held = await m.get('sign-in'), say = [];
	  say.push(await m.exchange('r-first', { ...held, refreshToken: 'second' }), await m.exchange('r-first', { ...held, refreshToken: 'late' }));
	  say.push((await m.get('sign-in')).refreshToken, await m.part('r-first'), await m.wipe((now) => now?.session.id === 'another'));
	  say.push(await m.part('second'), Boolean(await m.get('plan')), await m.putOwn('me', {}, 'a'), await m.putOwn('me', {}, 'another'));
	  say.push(await m.wipe(), await m.exchange('second', held), await m.unpart('second', held), await m.putOwn('plan', {}, 'a'), await m.putWaiting({ id: 'd' }));
	  say.push((await Promise.all(['sign-in', 'past', 'plan', 'me', 'owner'].map(m.get))).filter(Boolean).length, (await m.waiting()).length);
	  return say.join();
	})())`)
	if want := "true,false,second,false,false,true,true,true,false,true,false,false,false,false,0,0"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
