package handlers_test

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge/edgetest"
	"handrail/signon/signontest"
	"handrail/store"
)

// logout brings a logout token and gives the status of the answer.
func (h *hospital) logout(provider, token string) int {
	h.t.Helper()
	return h.logoutForm(provider, url.Values{"logout_token": {token}}.Encode(), "application/x-www-form-urlencoded")
}

func (h *hospital) logoutForm(provider, form, kind string) int {
	h.t.Helper()
	r := httptest.NewRequest("POST", "/v1/auth/providers/"+provider+"/backchannel-logout", strings.NewReader(form))
	r.Header.Set("Content-Type", kind)
	res, err := h.api.App().Test(r, -1)
	if err != nil {
		h.t.Fatal(err)
	}
	text := edgetest.ReadAll(h.t, res.Body)
	if res.Header.Get("Cache-Control") != "no-store" || strings.Contains(text, "eyJ") {
		h.t.Errorf("%s %s", res.Header.Get("Cache-Control"), text)
	}
	return res.StatusCode
}

// signedInAs is a sign-in of a person (sub) in a session of the provider (sid).
func (h *hospital) signedInAs(sub, sid string) (token, sessionID string) {
	h.t.Helper()
	h.main.Person = signontest.Claims{"sub": sub, "sid": sid, "email": sub + "@hospital.example"}
	code, body := h.come("hospital", h.main)
	if code != "" {
		h.t.Fatal(code, body)
	}
	return body["accessToken"].(string), body["session"].(map[string]any)["id"].(string)
}

func (h *hospital) lives(api *handlers.API, token string) bool {
	h.t.Helper()
	res, _ := doAt(h.t, api, "GET", "/v1/me", map[string]string{"Authorization": "Bearer " + token}, "")
	return res.StatusCode == http.StatusOK
}

// TestTheHospitalSignsPeopleOut: by session, by person, by both. It holds at REST here
// at once, at another instance within a second, and what lives on a session (sockets,
// seats in visits) is told.
func TestTheHospitalSignsPeopleOut(t *testing.T) {
	h := openHospital(t)
	for _, who := range []string{"ada", "bea"} {
		h.expect(h.nurse().AccountID, "hospital", who+"@hospital.example")
	}
	other := h.InstanceWith(func(*care.Config) {})
	second := h.instance(other)
	for _, c := range []struct {
		name  string
		token signontest.Claims
		ends  []bool // ada in s1, ada in s2, bea in s3
	}{
		{"sid only", signontest.Claims{"sid": "s1"}, []bool{true, false, false}},
		{"sub only", signontest.Claims{"sub": "ada"}, []bool{true, true, false}},
		{"both", signontest.Claims{"sub": "ada", "sid": "s2"}, []bool{false, true, false}},
		{"both, of two people", signontest.Claims{"sub": "bea", "sid": "s1"}, []bool{false, false, false}},
		{"nobody's", signontest.Claims{"sid": rand.Text()}, []bool{false, false, false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var tokens, ids []string
			for _, in := range [][2]string{{"ada", "s1"}, {"ada", "s2"}, {"bea", "s3"}} {
				token, id := h.signedInAs(in[0], in[1])
				tokens, ids = append(tokens, token), append(ids, id)
			}
			for _, token := range tokens {
				if !h.lives(h.api, token) || !h.lives(second, token) {
					t.Fatal("not signed in")
				}
			}
			if status := h.logout("hospital", h.main.Sign(h.main.LogoutClaims(c.token))); status != http.StatusOK {
				t.Fatalf("%d", status)
			}
			told, err := other.Signin.EndedSessions(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range c.ends {
				if h.lives(h.api, tokens[i]) == want {
					t.Errorf("session %d here: ended %v", i, !want)
				}
				if slices.Contains(told, ids[i]) != want {
					t.Errorf("session %d: told to what lives on it %v", i, !want)
				}
			}
			h.Clock.Move(time.Second)
			for i, want := range c.ends {
				if h.lives(second, tokens[i]) == want {
					t.Errorf("session %d at another instance: ended %v", i, !want)
				}
			}
			h.Clock.Move(2 * time.Minute) // past what EndedSessions lists
			h.logout("hospital", h.main.Sign(h.main.LogoutClaims(signontest.Claims{"sub": "ada"})))
			h.logout("hospital", h.main.Sign(h.main.LogoutClaims(signontest.Claims{"sub": "bea"})))
			h.Clock.Move(2 * time.Minute)
		})
	}
}

// TestLogoutTokensThatMustNotHold: each is as it should be but for one thing, and ends
// nobody.
func TestLogoutTokensThatMustNotHold(t *testing.T) {
	h := openHospital(t)
	h.expect(h.nurse().AccountID, "hospital", "ada@hospital.example")
	token, _ := h.signedInAs("ada", "s1")
	p, now := h.main, h.Clock.Now()
	with := func(name string, v any) string {
		return p.Sign(p.LogoutClaims(signontest.Claims{"sid": "s1", "sub": "ada", name: v}))
	}
	good := signontest.Claims{"sid": "s1", "sub": "ada"}
	for name, bad := range map[string]string{
		"alg none":              signontest.Unsigned(p.LogoutClaims(good)),
		"HS256":                 p.SignWith(jose.HS256, []byte(strings.Repeat(p.Secret, 2)), "rsa", nil, p.LogoutClaims(good)),
		"PS256":                 p.SignWith(jose.PS256, p.RSA, "rsa", nil, p.LogoutClaims(good)),
		"of another provider":   h.second.Sign(h.second.LogoutClaims(good)),
		"another issuer":        with("iss", h.second.Issuer()),
		"another audience":      with("aud", "somebody-else"),
		"a nonce":               with("nonce", "n"),
		"an empty nonce":        with("nonce", ""),
		"no events":             with("events", nil),
		"another event":         with("events", map[string]any{"https://schemas.openid.net/secevent/risc/event-type/account-disabled": map[string]any{}}),
		"an event of text":      with("events", map[string]any{"http://schemas.openid.net/event/backchannel-logout": "yes"}),
		"no jti":                with("jti", nil),
		"neither sub nor sid":   p.Sign(p.LogoutClaims(nil)),
		"no exp":                with("exp", nil),
		"ended minutes ago":     with("exp", now.Add(-6*time.Minute).Unix()),
		"ends in a year":        with("exp", now.AddDate(1, 0, 0).Unix()),
		"issued days ago":       with("iat", now.Add(-72*time.Hour).Unix()),
		"issued in days":        with("iat", now.Add(72*time.Hour).Unix()),
		"crit":                  p.SignWith(jose.RS256, p.RSA, "rsa", map[string]any{"crit": []string{"x"}}, p.LogoutClaims(good)),
		"an ID token":           p.Sign(p.IDClaims("n")),
		"an access token's typ": p.SignWith(jose.RS256, p.RSA, "rsa", map[string]any{"typ": "at+jwt"}, p.LogoutClaims(good)),
		"oversized":             with("more", strings.Repeat("x", 17<<10)),
		"empty":                 "",
		"no JWS":                "x",
	} {
		if status := h.logout("hospital", bad); status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, status)
		}
		if !h.lives(h.api, token) {
			t.Fatalf("%s ended a session", name)
		}
	}
	fine := p.Sign(p.LogoutClaims(good))
	for name, form := range map[string]string{"twice in one form": "logout_token=" + fine + "&logout_token=" + fine, "not a form": "%zz=%", "nothing": ""} {
		if status := h.logoutForm("hospital", form, "application/x-www-form-urlencoded"); status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status := h.logoutForm("hospital", `{"logout_token":"`+fine+`"}`, "application/json"); status != http.StatusUnsupportedMediaType {
		t.Errorf("JSON: %d", status)
	}
	if status := h.logoutForm("hospital", "logout_token="+strings.Repeat("x", 40<<10), "application/x-www-form-urlencoded"); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a huge form: %d", status)
	}
	if status := h.logout("none", fine); status != http.StatusNotFound {
		t.Errorf("no such provider: %d", status)
	}
	if !h.lives(h.api, token) {
		t.Fatal("ended")
	}
	ed := p.SignWith(jose.EdDSA, p.Ed, "ed", map[string]any{"typ": "logout+jwt"}, p.LogoutClaims(good))
	if status := h.logout("hospital", ed); status != http.StatusOK || h.lives(h.api, token) {
		t.Errorf("EdDSA, typ logout+jwt: %d", status)
	}
	token, _ = h.signedInAs("ada", "s1")
	if status := h.logout("hospital", ed); status != http.StatusBadRequest || !h.lives(h.api, token) {
		t.Errorf("replayed: %d", status)
	}
	if status := h.logout("hospital", fine); status != http.StatusOK || h.lives(h.api, token) {
		t.Errorf("the good one: %d", status)
	}
}

// TestEndedSignInsAreSwept: nothing of a sign-in that nobody finished stays, nor of a
// logout token that no clock takes any more.
func TestEndedSignInsAreSwept(t *testing.T) {
	h := openHospital(t)
	_, cookie := h.begin("hospital")
	h.logout("hospital", h.main.Sign(h.main.LogoutClaims(signontest.Claims{"sub": "x"})))
	count := func() (n int) {
		for _, col := range []string{"provider_logins", "logout_tokens"} {
			page, err := h.Store.Query(t.Context(), col, store.Query{Index: store.IDIndex, Limit: 10})
			if err != nil {
				t.Fatal(err)
			}
			n += len(page.Docs)
		}
		return n
	}
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{0, 3}, {16 * time.Minute, 0}, {0, 0}} { // the sign-in, the token, and what it said
		h.Clock.Move(step.after)
		if err := h.Care.SSO.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count(); n != step.want {
			t.Errorf("after %s: %d, want %d", step.after, n, step.want)
		}
	}
	if code, _ := h.finish(cookie); code != "login-not-valid" {
		t.Errorf("%q", code)
	}
}

// TestTheHospitalIsAskedAnew, for the lock of a page: it counts for the one who is signed
// in, where the hospital says that they were asked just now, by its own clock; it signs
// nobody in.
func TestTheHospitalIsAskedAnew(t *testing.T) {
	h := openHospital(t)
	for _, who := range []string{"ada", "bea"} {
		h.expect(h.nurse().AccountID, "hospital", who+"@hospital.example")
	}
	token, _ := h.signedInAs("ada", "s1")
	h.signedInAs("bea", "s2")
	mine := map[string]string{"Authorization": "Bearer " + token}
	_, who := h.do("GET", "/v1/me", mine, "")
	whose, last := who["id"], ""
	ask := func(person signontest.Claims, takes time.Duration) (string, map[string]any) {
		res, body := h.do("POST", "/v1/me/providers/hospital/prove", mine, "")
		if res.StatusCode != http.StatusOK {
			t.Fatal(res.Status, body)
		}
		to, err := url.Parse(body["authorizeUrl"].(string))
		if err != nil || to.Query().Get("prompt") != "login" || to.Query().Get("max_age") != "0" {
			t.Fatalf("%v %v", to, err)
		}
		cookie := cookieSet(t, res)
		last = cookie
		h.Clock.Move(takes)
		h.main.Person = person
		return h.back(h.main.Authorize(to.String()), cookie)
	}
	at := func(sub string, ago time.Duration, takes time.Duration) signontest.Claims {
		return signontest.Claims{"sub": sub, "email": sub + "@hospital.example", "auth_time": h.Clock.Now().Add(takes - ago).Unix()}
	}
	for name, c := range map[string]struct {
		person signontest.Claims
		takes  time.Duration
		want   string
	}{
		"at once":                {at("ada", 0, 0), 0, ""},
		"it took a while":        {at("ada", 2*time.Minute, 3*time.Minute), 3 * time.Minute, ""},
		"its clock is ahead":     {signontest.Claims{"sub": "ada", "iat": h.Clock.Now().Add(4 * time.Minute).Unix(), "auth_time": h.Clock.Now().Add(4 * time.Minute).Unix()}, 0, ""},
		"rounded up":             {at("ada", -time.Second, 0), 0, ""},
		"asked this morning":     {at("ada", 4*time.Hour, 0), 0, "sign-in-not-fresh"},
		"asked a minute before":  {at("ada", time.Minute, 0), 0, "sign-in-not-fresh"},
		"it does not say":        {signontest.Claims{"sub": "ada"}, 0, "sign-in-not-fresh"},
		"in text":                {signontest.Claims{"sub": "ada", "auth_time": "now"}, 0, "sign-in-not-fresh"},
		"later than the token":   {at("ada", -time.Hour, 0), 0, "sign-in-not-fresh"},
		"somebody else":          {at("bea", 0, 0), 0, "no-account-for-sign-in"},
		"somebody who is nobody": {at("eve", 0, 0), 0, "no-account-for-sign-in"},
	} {
		code, body := ask(c.person, c.takes)
		h.Clock.Move(-c.takes)
		if code != c.want || code == "" && (body["proved"] != true || body["accountId"] != whose || body["signIn"] != nil || body["linked"] != false) {
			t.Errorf("%s: %q %v", name, code, body)
		}
	}
	// It opens a lock once: who asks with the same browser later has shown nothing.
	if code, _ := ask(at("ada", 0, 0), 0); code != "" {
		t.Fatal(code)
	}
	if code, body := h.finish(last); code != "login-not-valid" {
		t.Errorf("told twice: %q %v", code, body)
	}
	patient := map[string]string{"Authorization": "Bearer " + h.SignIn(h.Patient().AccountID).AccessToken}
	if res, _ := h.do("POST", "/v1/me/providers/hospital/prove", patient, ""); res.StatusCode != http.StatusForbidden {
		t.Errorf("a patient: %s", res.Status)
	}
	if res, _ := h.do("POST", "/v1/me/providers/hospital/prove", nil, ""); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("nobody: %s", res.Status)
	}
}

// TestSignedOutThereWhileSigningInHere: a logout token that comes after the provider said
// who it is, and before the session is there or its tokens are fetched, ends that session.
// One of before ends nothing that began after it.
func TestSignedOutThereWhileSigningInHere(t *testing.T) {
	h := openHospital(t)
	h.expect(h.nurse().AccountID, "hospital", "ada@hospital.example")
	ada := signontest.Claims{"sub": "ada", "sid": "s1", "email": "ada@hospital.example"}
	out := func(c signontest.Claims) {
		if status := h.logout("hospital", h.main.Sign(h.main.LogoutClaims(c))); status != http.StatusOK {
			t.Fatal(status)
		}
	}
	for name, c := range map[string]struct {
		out  signontest.Claims
		want string
	}{
		"that session": {signontest.Claims{"sid": "s1"}, "login-not-valid"}, "that person": {signontest.Claims{"sub": "ada"}, "login-not-valid"},
		"both": {signontest.Claims{"sub": "ada", "sid": "s1"}, "login-not-valid"}, "another session": {signontest.Claims{"sid": "s2"}, ""},
		"another person": {signontest.Claims{"sub": "bea"}, ""}, "another's session of that name": {signontest.Claims{"sub": "bea", "sid": "s1"}, ""},
	} {
		for _, when := range []string{"before its session", "before its tokens"} {
			h.Clock.Move(20 * time.Minute) // past what was heard before
			to, cookie := h.begin("hospital")
			h.Clock.Move(time.Minute)
			h.main.Person = ada
			h.main.Mint = nil
			if when == "before its session" { // the token is made, and on its way to us
				h.main.Mint = func(claims signontest.Claims) string {
					out(c.out)
					return h.main.Sign(claims)
				}
			}
			h.do("GET", h.main.Authorize(to).RequestURI(), map[string]string{"Cookie": cookie}, "")
			h.main.Mint = nil
			if when == "before its tokens" {
				out(c.out)
			}
			code, body := h.finish(cookie)
			if code != c.want {
				t.Errorf("%s, %s: %q", name, when, code)
			}
			if c.want == "" && !h.lives(h.api, body["accessToken"].(string)) {
				t.Errorf("%s, %s: it does not live", name, when)
			}
		}
	}
	h.Clock.Move(20 * time.Minute)
	out(signontest.Claims{"sub": "ada"})
	h.Clock.Move(time.Second)
	if token, _ := h.signedInAs("ada", "s1"); !h.lives(h.api, token) {
		t.Error("a sign-in after a logout does not live")
	}
}
