package handlers_test

import (
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/sso"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/handlers/edge/edgetest"
	"handrail/models"
	"handrail/signon/oidc"
	"handrail/signon/signontest"
)

// hospital is a clinic that takes the sign-in of two hospitals.
type hospital struct {
	*caretest.Clinic
	t      *testing.T
	api    *handlers.API
	main   *signontest.Provider
	second *signontest.Provider
	config sso.Config
}

const hospitalURL = "https://care.example.org"

func openHospital(t *testing.T, set ...func(*sso.Provider)) *hospital {
	t.Helper()
	h := &hospital{t: t}
	now := func() time.Time { return h.Clock.Now() }
	h.main, h.second = signontest.New(t, now), signontest.New(t, now)
	take := func(id, name string, p *signontest.Provider) sso.Provider {
		return sso.Provider{ID: id, Name: name, Client: oidc.New(oidc.Config{Issuer: p.Issuer(), ClientID: p.ClientID, ClientSecret: p.Secret, RoleClaim: "groups", Now: now})}
	}
	config := sso.Config{Providers: []sso.Provider{take("hospital", "Riverside Hospital", h.main), take("second", "Second Hospital", h.second)}}
	for _, change := range set {
		change(&config.Providers[0])
	}
	h.config = config
	h.Clinic = caretest.NewWith(t, func(c *care.Config) { c.BaseURL, c.SSO = hospitalURL, config })
	h.api = h.instance(h.Care)
	return h
}

func (h *hospital) instance(c *care.Care) *handlers.API {
	api := handlers.New(handlers.Config{Edge: edge.Config{BaseURL: hospitalURL, Secure: true, Log: slog.New(slog.DiscardHandler), Now: h.Clock.Now, Version: "test"}, Care: c})
	holdToDocument(h.t, api)
	return api
}

func (h *hospital) do(method, target string, header map[string]string, body string) (*http.Response, map[string]any) {
	h.t.Helper()
	return doAt(h.t, h.api, method, target, header, body)
}

func doAt(t *testing.T, api *handlers.API, method, target string, header map[string]string, body string) (*http.Response, map[string]any) {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, v := range header {
		r.Header.Set(name, v)
	}
	res, err := api.App().Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	text, out := edgetest.ReadAll(t, res.Body), map[string]any{}
	if strings.Contains(res.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
	}
	return res, out
}

// begin begins a sign-in in a browser: where it is sent, and its cookie.
func (h *hospital) begin(provider string) (authorizeURL, cookie string) {
	h.t.Helper()
	res, body := h.do("POST", "/v1/auth/providers/"+provider+"/begin", nil, `{"device":{"id":"`+care.NewID()+`","name":"Ward PC"}}`)
	if res.StatusCode != http.StatusOK {
		h.t.Fatalf("begin: %s %v", res.Status, body)
	}
	return body["authorizeUrl"].(string), cookieSet(h.t, res)
}

func cookieSet(t *testing.T, res *http.Response) string {
	t.Helper()
	if all := res.Cookies(); len(all) > 0 {
		c := all[0]
		if c.Name != "__Host-handrail-login" || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("the cookie: %+v", c)
		}
		return c.Name + "=" + c.Value
	}
	t.Fatal("no cookie")
	return ""
}

// back brings the browser back from a provider and asks what came of it: "" for
// signed in, else the code of the problem.
func (h *hospital) back(to *url.URL, cookie string) (string, map[string]any) {
	h.t.Helper()
	res, _ := h.do("GET", to.RequestURI(), map[string]string{"Cookie": cookie}, "")
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/#/arrived" {
		h.t.Errorf("the browser is sent to %s %q", res.Status, res.Header.Get("Location"))
	}
	return h.finish(cookie)
}

func (h *hospital) finish(cookie string) (string, map[string]any) {
	h.t.Helper()
	res, body := h.do("POST", "/v1/auth/providers/finish", map[string]string{"Cookie": cookie}, "")
	if res.StatusCode == http.StatusOK {
		if in, ok := body["signIn"].(map[string]any); ok {
			return "", in
		}
		return "", body
	}
	if res.StatusCode >= 500 && res.StatusCode != http.StatusServiceUnavailable {
		h.t.Errorf("%s", res.Status)
	}
	code, _ := body["code"].(string)
	return code, body
}

// come signs in by a provider, as its Person.
func (h *hospital) come(provider string, at *signontest.Provider) (string, map[string]any) {
	h.t.Helper()
	to, cookie := h.begin(provider)
	return h.back(at.Authorize(to), cookie)
}

func (h *hospital) expect(accountID, provider, email string) {
	h.t.Helper()
	if err := h.Care.SSO.Expect(h.t.Context(), h.Admin, accountID, provider, email); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hospital) nurse() models.Actor {
	return h.Clinician(models.DisciplineNursing)
}

// TestStaffComeByTheirHospital: the office names an address, the nurse comes, and comes
// again when the address is another's.
func TestStaffComeByTheirHospital(t *testing.T) {
	h := openHospital(t)
	nurse := h.nurse()
	if code, _ := h.come("hospital", h.main); code != "no-account-for-sign-in" {
		t.Fatalf("a stranger: %q", code)
	}
	h.expect(nurse.AccountID, "hospital", "Ada@hospital.example")
	code, body := h.come("hospital", h.main)
	if code != "" {
		t.Fatalf("%s %v", code, body)
	}
	session := body["session"].(map[string]any)
	if session["accountId"] != nurse.AccountID || session["provider"] != "Riverside Hospital" {
		t.Errorf("%v", session)
	}
	token := body["accessToken"].(string)
	if res, _ := h.do("GET", "/v1/me", map[string]string{"Authorization": "Bearer " + token}, ""); res.StatusCode != 200 {
		t.Errorf("the token: %s", res.Status)
	}
	_, list := h.do("GET", "/v1/me/sessions", map[string]string{"Authorization": "Bearer " + token}, "")
	if !strings.Contains(mustJSON(t, list), "Riverside Hospital") {
		t.Error("my sessions do not tell how I came")
	}
	h.main.Person = signontest.Claims{"email": "new@hospital.example"} // the person is who they are by the subject
	if code, _ := h.come("hospital", h.main); code != "" {
		t.Errorf("again: %s", code)
	}
	h.main.Person = signontest.Claims{"sub": "subject-2"} // the address went to somebody else
	if code, _ := h.come("hospital", h.main); code != "no-account-for-sign-in" {
		t.Errorf("who has the address next: %q", code)
	}
	h.main.Person = nil
	if code, _ := h.come("second", h.second); code != "no-account-for-sign-in" {
		t.Errorf("the same subject and address at another provider: %q", code)
	}
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestUncheckedAddressOpensNothing: whoever can write any address at a provider must
// not come in by it.
func TestUncheckedAddressOpensNothing(t *testing.T) {
	h := openHospital(t)
	nurse := h.nurse()
	h.expect(nurse.AccountID, "hospital", "ada@hospital.example")
	for _, said := range []any{false, "false", nil, 1} {
		h.main.Person = signontest.Claims{"email_verified": said}
		if code, _ := h.come("hospital", h.main); code != "no-account-for-sign-in" {
			t.Errorf("email_verified %v: %q", said, code)
		}
	}
}

// TestOnlyStaffComeByAHospital: no patient is opened by a provider, whoever says so.
func TestOnlyStaffComeByAHospital(t *testing.T) {
	h := openHospital(t)
	patient := h.Patient()
	if err := h.Care.SSO.Expect(t.Context(), h.Admin, patient.AccountID, "hospital", "p@hospital.example"); models.KindOf(err) != models.KindConflict {
		t.Errorf("%v", err)
	}
	if _, err := h.Care.SSO.Begin(t.Context(), patient, "hospital", models.Device{}); models.KindOf(err) != models.KindForbidden {
		t.Errorf("a patient links: %v", err)
	}
	for _, actor := range []models.Actor{patient, h.nurse(), h.First(models.RoleCoordinator, "")} {
		if err := h.Care.SSO.Expect(t.Context(), actor, h.Admin.AccountID, "hospital", "evil@hospital.example"); models.KindOf(err) != models.KindForbidden {
			t.Errorf("%s names an address: %v", actor.Role, err)
		}
	}
}

// TestLinkedWhileSignedIn: who came by a code ties the account to the hospital's
// sign-in, and one person at the hospital is one account here.
func TestLinkedWhileSignedIn(t *testing.T) {
	h := openHospital(t)
	nurse, other := h.nurse(), h.nurse()
	link := func(who models.Actor) (string, map[string]any) {
		res, body := h.do("POST", "/v1/me/providers/hospital/begin", map[string]string{"Authorization": "Bearer " + h.SignIn(who.AccountID).AccessToken}, "")
		if res.StatusCode != 200 {
			t.Fatal(res.Status)
		}
		return h.back(h.main.Authorize(body["authorizeUrl"].(string)), cookieSet(t, res))
	}
	if code, body := link(nurse); code != "" || body["linked"] != true || body["accessToken"] != nil {
		t.Fatalf("%s %v", code, body)
	}
	if code, _ := link(nurse); code != "" {
		t.Errorf("the same again: %s", code)
	}
	if code, _ := link(other); code != "sign-in-of-another" {
		t.Errorf("another account: %q", code)
	}
	if code, body := h.come("hospital", h.main); code != "" || body["session"].(map[string]any)["accountId"] != nurse.AccountID {
		t.Errorf("%s", code)
	}
}

// TestAccountsAreMadeWhereTheSiteAllowsIt, with the role that the claims say, which
// follows them.
func TestAccountsAreMadeWhereTheSiteAllowsIt(t *testing.T) {
	roles := []sso.RoleOf{{Value: "nurses", Role: models.RoleClinician, Discipline: models.DisciplineNursing}, {Value: "desk", Role: models.RoleCoordinator}}
	closed := openHospital(t, func(p *sso.Provider) { p.Roles = roles })
	closed.main.Person = signontest.Claims{"groups": []string{"nurses"}}
	if code, _ := closed.come("hospital", closed.main); code != "no-account-for-sign-in" {
		t.Errorf("not allowed: %q", code)
	}
	h := openHospital(t, func(p *sso.Provider) { p.Roles, p.Create = roles, true })
	for _, groups := range []any{nil, []string{"cooks"}, "administrator", []any{"nurses", 7}, map[string]any{"nurses": true}} {
		h.main.Person = signontest.Claims{"groups": groups}
		if code, _ := h.come("hospital", h.main); code != "no-account-for-sign-in" {
			t.Errorf("groups %v: %q", groups, code)
		}
	}
	h.main.Person = signontest.Claims{"groups": []string{"other", "nurses"}}
	code, body := h.come("hospital", h.main)
	if code != "" {
		t.Fatal(code, body)
	}
	first := body["session"].(map[string]any)
	if first["role"] != "clinician" || first["discipline"] != "nursing" || first["name"] != "Ada Park" {
		t.Errorf("%v", first)
	}
	before := body["accessToken"].(string)
	h.main.Person = signontest.Claims{"groups": "desk"}
	_, body = h.come("hospital", h.main)
	second := body["session"].(map[string]any)
	if second["role"] != "coordinator" || second["accountId"] != first["accountId"] || second["discipline"] != nil {
		t.Errorf("%v", second)
	}
	if res, _ := h.do("GET", "/v1/me", map[string]string{"Authorization": "Bearer " + before}, ""); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("the session with the role of before: %s", res.Status)
	}
	h.main.Person = signontest.Claims{"groups": []string{"cooks"}}
	if code, _ := h.come("hospital", h.main); code != "no-account-for-sign-in" {
		t.Errorf("who has no role at the hospital any more: %q", code)
	}
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, first["accountId"].(string), true); err != nil {
		t.Fatal(err)
	}
	h.main.Person = signontest.Claims{"groups": "desk"}
	if code, _ := h.come("hospital", h.main); code != "no-account-for-sign-in" {
		t.Errorf("suspended: %q", code)
	}
}

// TestManyComeForTheFirstTimeAtOnce: one person is one account.
func TestManyComeForTheFirstTimeAtOnce(t *testing.T) {
	h := openHospital(t, func(p *sso.Provider) {
		p.Roles, p.Create = []sso.RoleOf{{Value: "desk", Role: models.RoleCoordinator}}, true
	})
	h.main.Person = signontest.Claims{"groups": "desk"}
	const browsers = 6
	var mu sync.Mutex
	var all sync.WaitGroup
	accounts := map[string]int{}
	for range browsers {
		to, cookie := h.begin("hospital")
		back := h.main.Authorize(to)
		all.Go(func() {
			code, body := h.back(back, cookie)
			mu.Lock()
			defer mu.Unlock()
			if code != "" {
				accounts["refused: "+code]++
				return
			}
			accounts[body["session"].(map[string]any)["accountId"].(string)]++
		})
	}
	all.Wait()
	if len(accounts) != 1 {
		t.Errorf("%v", accounts)
	}
}

// TestAnswerIsOfOneBrowserOnce: state, cookie, provider and time all have to fit, and a
// code is used once.
func TestAnswerIsOfOneBrowserOnce(t *testing.T) {
	h := openHospital(t)
	nurse := h.nurse()
	h.expect(nurse.AccountID, "hospital", "ada@hospital.example")
	good := func() (*url.URL, string) {
		to, cookie := h.begin("hospital")
		return h.main.Authorize(to), cookie
	}
	with := func(u *url.URL, change func(url.Values)) *url.URL {
		q, out := u.Query(), *u
		change(q)
		out.RawQuery = q.Encode()
		return &out
	}
	for name, try := range map[string]func() (*url.URL, string){
		"no cookie": func() (*url.URL, string) { u, _ := good(); return u, "" },
		"CSRF: the cookie of another browser": func() (*url.URL, string) {
			u, _ := good()
			_, victim := h.begin("hospital")
			return u, victim
		},
		"two cookies": func() (*url.URL, string) { u, c := good(); return u, c + "; " + c + "x" },
		"no state":    func() (*url.URL, string) { u, c := good(); return with(u, func(q url.Values) { q.Del("state") }), c },
		"a made-up state": func() (*url.URL, string) {
			u, c := good()
			return with(u, func(q url.Values) { q.Set("state", rand.Text()) }), c
		},
		"a huge state": func() (*url.URL, string) {
			u, c := good()
			return with(u, func(q url.Values) { q.Set("state", strings.Repeat("x", 5000)) }), c
		},
		"no code": func() (*url.URL, string) { u, c := good(); return with(u, func(q url.Values) { q.Del("code") }), c },
		"a code of nobody": func() (*url.URL, string) {
			u, c := good()
			return with(u, func(q url.Values) { q.Set("code", rand.Text()) }), c
		},
		"the provider says no": func() (*url.URL, string) {
			u, c := good()
			return with(u, func(q url.Values) { q.Set("error", "access_denied"); q.Del("code") }), c
		},
		"at the address of another provider": func() (*url.URL, string) {
			u, c := good()
			out := *u
			out.Path = strings.Replace(u.Path, "hospital", "second", 1)
			return &out, c
		},
	} {
		t.Run(name, func(t *testing.T) {
			u, cookie := try()
			if code, body := h.back(u, cookie); code == "" {
				t.Errorf("signed in: %v", body)
			} else if strings.Contains(mustJSON(t, body), "xxxx") {
				t.Error("the refusal tells what was sent")
			}
		})
	}
	t.Run("too late", func(t *testing.T) {
		u, cookie := good()
		h.Clock.Move(loginLifeForTest)
		if code, _ := h.back(u, cookie); code != "login-not-valid" {
			t.Errorf("%q", code)
		}
		h.Clock.Move(-loginLifeForTest)
	})
	t.Run("replayed", func(t *testing.T) {
		u, cookie := good()
		if code, _ := h.back(u, cookie); code != "" {
			t.Fatal(code)
		}
		exchanges := h.main.Exchanges
		res, _ := h.do("GET", u.RequestURI(), map[string]string{"Cookie": cookie}, "")
		if res.Header.Get("Location") != "/#/arrived" || h.main.Exchanges != exchanges {
			t.Error("a code was traded twice")
		}
		code, body := h.finish(cookie) // the first answer was lost
		if code != "" {
			t.Errorf("asked again: %s", code)
		}
		h.do("POST", "/v1/auth/refresh", nil, `{"refreshToken":"`+body["refreshToken"].(string)+`"}`)
		if code, _ := h.finish(cookie); code != "login-not-valid" {
			t.Errorf("after the tokens were used: %q", code)
		}
	})
}

const loginLifeForTest = 15 * time.Minute

// TestProvidersAreNotMixedUp (RFC 9207; RFC 9700, section 4.4).
func TestProvidersAreNotMixedUp(t *testing.T) {
	h := openHospital(t)
	nurse := h.nurse()
	h.expect(nurse.AccountID, "hospital", "ada@hospital.example")
	h.main.NamesIssuer = true
	for name, iss := range map[string]string{"another provider's name": h.second.Issuer(), "no name": "", "with a slash": h.main.Issuer() + "/"} {
		to, cookie := h.begin("hospital")
		back := h.main.Authorize(to)
		q := back.Query()
		q.Set("iss", iss)
		if iss == "" {
			q.Del("iss")
		}
		back.RawQuery = q.Encode()
		before := h.main.Exchanges
		if code, _ := h.back(back, cookie); code != "provider-mixed-up" {
			t.Errorf("%s: %q", name, code)
		}
		if h.main.Exchanges != before {
			t.Errorf("%s: the code was sent on", name)
		}
	}
	if code, _ := h.come("hospital", h.main); code != "" {
		t.Errorf("the right name: %s", code)
	}
	// A code of the one, brought to the other: where it is sent, it is worth nothing.
	to, cookie := h.begin("second")
	honest, _ := h.begin("hospital")
	stolen := h.main.Authorize(honest)
	back := h.second.Authorize(to)
	q := back.Query()
	q.Set("code", stolen.Query().Get("code"))
	back.RawQuery = q.Encode()
	if code, _ := h.back(back, cookie); code == "" {
		t.Error("signed in by another provider's code")
	}
}

// TestProviderThatFails: what a provider does wrong is never our mistake.
func TestProviderThatFails(t *testing.T) {
	h := openHospital(t)
	for name, token := range map[string]func(http.ResponseWriter){
		"answers 500":     func(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) },
		"answers nothing": func(http.ResponseWriter) {},
		"answers a page":  func(w http.ResponseWriter) { w.Write([]byte("<html>")) },
		"answers without end": func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte(`{"access_token":"` + strings.Repeat("a", 2<<20) + `"}`))
		},
		"sends us elsewhere": func(w http.ResponseWriter) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(http.StatusTemporaryRedirect)
		},
	} {
		h.main.Token = token
		if code, _ := h.come("hospital", h.main); !strings.HasPrefix(code, "provider-") {
			t.Errorf("%s: %q", name, code)
		}
	}
	h.main.Token = nil
	h.second.Stop()
	res, body := h.do("POST", "/v1/auth/providers/second/begin", nil, `{"device":{"id":"`+care.NewID()+`","name":"PC"}}`)
	if res.StatusCode != http.StatusServiceUnavailable || body["code"] != "provider-unavailable" {
		t.Errorf("%s %v", res.Status, body)
	}
	if res, _ := h.do("POST", "/v1/auth/providers/none/begin", nil, `{"device":{"id":"`+care.NewID()+`","name":"PC"}}`); res.StatusCode != http.StatusNotFound {
		t.Errorf("no such provider: %s", res.Status)
	}
}

// TestBrowserIsSentToThePageAlone: whatever stands in the address, and whatever host
// was asked, the browser goes to one place, and the provider knows one address of ours.
func TestBrowserIsSentToThePageAlone(t *testing.T) {
	h := openHospital(t)
	for _, query := range []string{"", "?redirect_uri=https://evil.example", "?next=//evil.example&state=x&code=y", "?state=%0d%0aLocation:%20https://evil.example", "?RelayState=https://evil.example"} {
		for _, host := range []string{"care.example.org", "evil.example"} {
			res, _ := h.do("GET", "https://"+host+"/v1/auth/providers/hospital/callback"+query, map[string]string{"Cookie": "__Host-handrail-login=x"}, "")
			if got := res.Header.Values("Location"); len(got) != 1 || got[0] != "/#/arrived" {
				t.Errorf("%s %s: %s %v", host, query, res.Status, got)
			}
		}
	}
	res, body := h.do("POST", "https://evil.example/v1/auth/providers/hospital/begin?redirect_uri=https://evil.example", map[string]string{"Origin": "https://evil.example"}, `{"device":{"id":"`+care.NewID()+`","name":"PC"}}`)
	to, err := url.Parse(body["authorizeUrl"].(string))
	if err != nil || res.StatusCode != 200 || to.Query().Get("redirect_uri") != hospitalURL+"/v1/auth/providers/hospital/callback" {
		t.Errorf("%v", to)
	}
}
