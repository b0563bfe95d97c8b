package webtest

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
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
	module[bool](p, "db", fmt.Sprintf(`(await m.put('sign-in', { ...%s, expiresAt: '2026-01-01T00:00:00Z' }), true)`, signedInAnswer("old", sessionEnds)))
}

func TestTwoTabsRefreshOnce(t *testing.T) {
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

// A session that was ended on purpose empties the phone; one that ran out by itself
// leaves the crisis plan; a server in trouble changes nothing.
func TestWhatIsLeftAfterASession(t *testing.T) {
	for _, c := range []struct {
		name   string
		ends   time.Duration
		status int
		left   string
	}{
		{"ended on purpose", time.Hour, http.StatusUnauthorized, "false,false,true"},
		{"ran out", -time.Hour, http.StatusUnauthorized, "false,true,true"},
		{"server in trouble", time.Hour, http.StatusServiceUnavailable, "true,true,true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPhone(t, bare(t, map[string]http.HandlerFunc{"POST /v1/auth/refresh": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/problem+json")
				w.WriteHeader(c.status)
				fmt.Fprintf(w, `{"status":%d,"code":"sign-in-ended"}`, c.status)
			}}), "en-US")
			p.load("#/help")
			p.title("Help now")
			module[bool](p, "db", `(await m.put('plan', { plan: {} }), await m.put('numbers', { items: [] }), true)`)
			p.keepSignIn(now().Add(c.ends))
			module[bool](p, "session", `m.bearer().then(() => true, () => false)`)
			left := module[string](p, "db", `(await Promise.all(['sign-in', 'plan', 'numbers'].map(m.get))).map(Boolean).join()`)
			if left != c.left {
				t.Errorf("left: sign-in, plan, numbers = %s, want %s", left, c.left)
			}
		})
	}
}
