package handlers_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"

	"handrail/care"
	"handrail/care/apps"
	"handrail/care/caretest"
	"handrail/handlers/edge/edgetest"
	"handrail/handlers/fhirapi"
	"handrail/models"
)

const (
	diaryBack = "https://diary.example/back?x=1"
	fhirHere  = hospitalURL + fhirapi.Base
)

// appClinic is a clinic with a patient and an app.
type appClinic struct {
	*hospital
	patient models.Actor
	token   string // of the patient's own phone
	app     string // its client_id
	secret  string
}

func openApps(t *testing.T, confidential bool) *appClinic {
	t.Helper()
	c := &appClinic{hospital: &hospital{t: t}}
	c.Clinic = caretest.NewWith(t, func(config *care.Config) { config.BaseURL = hospitalURL })
	c.api = c.instance(c.Care)
	c.patient = c.Patient()
	c.token = c.SignIn(c.patient.AccountID).AccessToken
	app, secret, err := c.Care.Apps.Register(t.Context(), c.Admin, apps.App{ID: care.NewID(), Name: "Diary", RedirectURIs: []string{diaryBack},
		LaunchURL: "https://diary.example/launch", Confidential: confidential})
	if err != nil {
		t.Fatal(err)
	}
	c.app, c.secret = app.ID, secret
	return c
}

const verifier = "a-verifier-of-forty-three-characters-at-least-123"

func challengeOf(v string) string {
	sum := sha256.Sum256([]byte(v))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// asks is what the app asks, with changes; nil takes a parameter away.
func (c *appClinic) asks(scope string, over map[string]string) url.Values {
	q := url.Values{"response_type": {"code"}, "client_id": {c.app}, "redirect_uri": {diaryBack}, "scope": {scope}, "state": {"s-1"}, "aud": {fhirHere},
		"code_challenge": {challengeOf(verifier)}, "code_challenge_method": {"S256"}, "nonce": {"n-1"}}
	for name, v := range over {
		if q.Set(name, v); v == "" {
			q.Del(name)
		}
	}
	return q
}

// authorize brings the browser to the authorize endpoint: where it is sent to.
func (c *appClinic) authorize(q url.Values) *url.URL {
	c.t.Helper()
	res, _ := c.do("GET", "/oauth/authorize?"+q.Encode(), nil, "")
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Cache-Control") != "no-store" {
		c.t.Fatalf("%s", res.Status)
	}
	to, err := url.Parse(res.Header.Get("Location"))
	if err != nil {
		c.t.Fatal(err)
	}
	return to
}

// says answers a question as somebody; the address to go back to.
func (c *appClinic) says(token string, to *url.URL, scopes ...string) (int, *url.URL) {
	c.t.Helper()
	id, ok := strings.CutPrefix(to.Fragment, "/apps/ask/")
	if !ok {
		c.t.Fatalf("no question: %s", to)
	}
	res, body := c.do("POST", "/v1/app-questions/"+id+"/answer", map[string]string{"Authorization": "Bearer " + token}, mustJSON(c.t, map[string]any{"scopes": append([]string{}, scopes...)}))
	back, _ := body["redirectTo"].(string)
	u, err := url.Parse(back)
	if err != nil {
		c.t.Fatal(err)
	}
	return res.StatusCode, u
}

// post sends a form as the app.
func (c *appClinic) post(path string, form url.Values) (*http.Response, map[string]any) {
	c.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if c.secret != "" {
		r.SetBasicAuth(url.QueryEscape(c.app), url.QueryEscape(c.secret))
	}
	res, err := c.api.App().Test(r, -1)
	if err != nil {
		c.t.Fatal(err)
	}
	out := map[string]any{}
	if err := json.Unmarshal([]byte(edgetest.ReadAll(c.t, res.Body)), &out); err != nil {
		c.t.Fatal(err)
	}
	if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Content-Type") != "application/json" {
		c.t.Errorf("%s: %v", path, res.Header)
	}
	return res, out
}

func (c *appClinic) trade(code string, over map[string]string) (int, map[string]any) {
	c.t.Helper()
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {diaryBack}, "code_verifier": {verifier}, "client_id": {c.app}}
	for name, v := range over {
		form.Set(name, v)
	}
	res, out := c.post("/oauth/token", form)
	return res.StatusCode, out
}

// allowed goes the whole way: the answer of the token endpoint.
func (c *appClinic) allowed(scope string, allow ...string) map[string]any {
	c.t.Helper()
	status, back := c.says(c.token, c.authorize(c.asks(scope, nil)), allow...)
	if status != 200 || back.Query().Get("state") != "s-1" || back.Query().Get("iss") != fhirHere || back.Query().Get("x") != "1" {
		c.t.Fatalf("%d %s", status, back)
	}
	status, out := c.trade(back.Query().Get("code"), nil)
	if status != 200 {
		c.t.Fatalf("%d %v", status, out)
	}
	return out
}

func (c *appClinic) reads(token, path string) int {
	c.t.Helper()
	res, _ := c.do("GET", path, map[string]string{"Authorization": "Bearer " + token}, "")
	return res.StatusCode
}

const (
	seePatient = "patient/Patient.rs"
	seeVisits  = "patient/Appointment.rs"
)

// TestAnAppReadsWhatWasAllowed: standalone launch, one scope of two allowed, tokens,
// what is open and what is not, the log names the app, and each scope is taken back.
func TestAnAppReadsWhatWasAllowed(t *testing.T) {
	c := openApps(t, false)
	out := c.allowed("openid fhirUser offline_access launch/patient patient/*.rs", seePatient, seeVisits)
	if out["token_type"] != "Bearer" || out["patient"] != c.patient.PatientID || out["scope"] != "openid fhirUser offline_access launch/patient patient/Patient.rs patient/Appointment.rs" {
		t.Errorf("%v", out)
	}
	token := out["access_token"].(string)
	me, visits := fhirapi.Base+"/Patient/"+c.patient.PatientID, fhirapi.Base+"/Appointment?patient=Patient/"+c.patient.PatientID
	other := c.Patient()
	for path, want := range map[string]int{me: 200, visits: 200, fhirapi.Base + "/Patient/" + other.PatientID: 404, fhirapi.Base + "/Practitioner/" + c.Admin.AccountID: 403,
		fhirapi.Base + "/Schedule": 403, fhirapi.Base + "/Slot": 403, "/v1/me": 401, "/v1/patients/" + c.patient.PatientID: 401, "/v1/patients/" + c.patient.PatientID + "/crisis-plan": 401, "/v1/me/apps": 401} {
		if got := c.reads(token, path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	res, _ := c.do("POST", fhirapi.Base+"/Appointment/$book", map[string]string{"Authorization": "Bearer " + token}, `{"resourceType":"Parameters"}`)
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("it writes: %s", res.Status)
	}
	c.checkIDToken(out["id_token"].(string))
	_, log := c.do("GET", "/v1/patients/"+c.patient.PatientID+"/access-log", map[string]string{"Authorization": "Bearer " + c.token}, "")
	if !strings.Contains(mustJSON(t, log), "You · Diary") {
		t.Error("the log does not name the app")
	}
	_, mine := c.do("GET", "/v1/me/apps", map[string]string{"Authorization": "Bearer " + c.token}, "")
	grant := mine["apps"].([]any)[0].(map[string]any)
	take := func(scope string) {
		if res, _ := c.do("DELETE", "/v1/me/apps/"+grant["id"].(string)+"?scope="+url.QueryEscape(scope), map[string]string{"Authorization": "Bearer " + c.token}, ""); res.StatusCode != 204 {
			t.Errorf("take back: %s", res.Status)
		}
	}
	take(seePatient)
	if a, b := c.reads(token, me), c.reads(token, visits); a != 403 || b != 200 {
		t.Errorf("one taken back: %d %d", a, b)
	}
	take(seeVisits)
	if a, b := c.reads(token, me), c.reads(token, visits); a != 401 || b != 401 {
		t.Errorf("both taken back: %d %d", a, b)
	}
	if status, _ := c.refresh(out["refresh_token"].(string)); status != 400 {
		t.Errorf("refreshed: %d", status)
	}
}

func (c *appClinic) refresh(token string) (int, map[string]any) {
	c.t.Helper()
	res, out := c.post("/oauth/token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}, "client_id": {c.app}})
	return res.StatusCode, out
}

// checkIDToken verifies it as an app would, by what the discovery says.
func (c *appClinic) checkIDToken(text string) {
	c.t.Helper()
	_, config := c.do("GET", fhirapi.Base+"/.well-known/openid-configuration", nil, "")
	_, set := c.do("GET", strings.TrimPrefix(config["jwks_uri"].(string), hospitalURL), nil, "")
	var keys jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(mustJSON(c.t, set)), &keys); err != nil {
		c.t.Fatal(err)
	}
	claims := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(text, claims, func(t *jwt.Token) (any, error) { return keys.Key(t.Header["kid"].(string))[0].Key, nil },
		jwt.WithValidMethods([]string{"RS256"}), jwt.WithAudience(c.app), jwt.WithIssuer(config["issuer"].(string)), jwt.WithTimeFunc(c.Clock.Now))
	if err != nil || claims["nonce"] != "n-1" || claims["fhirUser"] != fhirHere+"/Patient/"+c.patient.PatientID {
		c.t.Errorf("%v %v", err, claims)
	}
	if got := c.reads(text, fhirapi.Base+"/Patient/"+c.patient.PatientID); got != 401 {
		c.t.Errorf("an id_token opens a record: %d", got)
	}
}

// TestWhatAnAppMayNotAsk: what goes wrong before the address is known to be the app's
// goes to nobody; the rest goes to the app, with state and issuer.
func TestWhatAnAppMayNotAsk(t *testing.T) {
	c := openApps(t, false)
	for name, over := range map[string]map[string]string{
		"no such app": {"client_id": care.NewID()}, "no app": {"client_id": ""}, "a huge app": {"client_id": strings.Repeat("a", 2000)},
		"another address": {"redirect_uri": "https://evil.example/"}, "a longer address": {"redirect_uri": diaryBack + "&y=2"}, "no address": {"redirect_uri": ""},
		"another path": {"redirect_uri": "https://diary.example/back/../evil?x=1"}, "another case": {"redirect_uri": "https://DIARY.example/back?x=1"},
	} {
		if to := c.authorize(c.asks(seePatient, over)); to.String() != "/#/apps/ask/none" {
			t.Errorf("%s: %s", name, to)
		}
	}
	for want, all := range map[string][]map[string]string{
		"unsupported_response_type": {{"response_type": "token"}, {"response_type": ""}},
		"invalid_request": {{"code_challenge": ""}, {"code_challenge_method": "plain"}, {"code_challenge_method": ""}, {"code_challenge": "short"}, {"aud": "https://evil.example/fhir"}, {"aud": ""},
			{"state": ""}, {"state": strings.Repeat("s", 2000)}, {"launch": "made-up"}},
		"invalid_scope": {{"scope": ""}, {"scope": "openid"}, {"scope": "user/*.rs system/*.rs"}, {"scope": "patient/Observation.rs"}, {"scope": "patient/Appointment.c patient/Patient.u"}, {"scope": "patient/Patient.rs?x=1"}},
	} {
		for _, over := range all {
			to := c.authorize(c.asks(seePatient, over))
			if q := to.Query(); to.Host != "diary.example" || q.Get("error") != want || q.Get("iss") != fhirHere || q.Get("code") != "" {
				t.Errorf("%v: %s", over, to)
			}
		}
	}
	res, _ := c.do("POST", "/oauth/authorize", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, c.asks(seePatient, nil).Encode())
	if to := res.Header.Get("Location"); !strings.HasPrefix(to, "/#/apps/ask/") || to == "/#/apps/ask/none" {
		t.Errorf("POST: %s %s", res.Status, to)
	}
}

// TestCodesOfAppsHoldOnce, for the app, address and verifier that they are of.
func TestCodesOfAppsHoldOnce(t *testing.T) {
	c := openApps(t, false)
	fresh := func() string {
		_, back := c.says(c.token, c.authorize(c.asks(seePatient+" offline_access", nil)), seePatient)
		return back.Query().Get("code")
	}
	second, _, err := c.Care.Apps.Register(t.Context(), c.Admin, apps.App{ID: care.NewID(), Name: "Other", RedirectURIs: []string{diaryBack}})
	if err != nil {
		t.Fatal(err)
	}
	for name, over := range map[string]map[string]string{
		"another verifier": {"code_verifier": strings.Repeat("v", 43)}, "no verifier": {"code_verifier": ""}, "the challenge": {"code_verifier": challengeOf(verifier)},
		"another address": {"redirect_uri": "https://diary.example/other"}, "another app": {"client_id": second.ID}, "made up": {"code": "a.b"}, "cut": {"code": "x"}, "none": {"code": ""},
	} {
		if status, out := c.trade(fresh(), over); status != 400 || out["error"] != "invalid_grant" {
			t.Errorf("%s: %d %v", name, status, out)
		}
	}
	late := fresh()
	c.Clock.Move(61 * time.Second)
	if status, _ := c.trade(late, nil); status != 400 {
		t.Errorf("late: %d", status)
	}
	code := fresh()
	_, out := c.trade(code, nil)
	token := out["access_token"].(string)
	me := fhirapi.Base + "/Patient/" + c.patient.PatientID
	if got := c.reads(token, me); got != 200 {
		t.Fatalf("%d", got)
	}
	if status, _ := c.trade(code, nil); status != 400 {
		t.Errorf("twice: %d", status)
	}
	if got := c.reads(token, me); got != 401 {
		t.Errorf("two have the code, and its token still opens: %d", got)
	}
	for want, form := range map[string]url.Values{"unsupported_grant_type": {"grant_type": {"password"}, "client_id": {c.app}}, "invalid_client": {"grant_type": {"authorization_code"}},
		"invalid_request": {"client_id": {c.app, c.app}}} {
		if res, out := c.post("/oauth/token", form); out["error"] != want || res.StatusCode >= 500 {
			t.Errorf("%v: %v", form, out)
		}
	}
	if _, out := c.trade(fresh(), map[string]string{"client_secret": "x"}); out["error"] != "invalid_client" {
		t.Errorf("a public app with a secret: %v", out)
	}
}

// TestRefreshOfApps: a lost answer is given again, an older token ends the app.
func TestRefreshOfApps(t *testing.T) {
	c := openApps(t, true)
	first := c.allowed(seePatient+" offline_access", seePatient)["refresh_token"].(string)
	_, second := c.refresh(first)
	_, again := c.refresh(first)
	if second["refresh_token"] == first || again["refresh_token"] != second["refresh_token"] {
		t.Errorf("the answer was lost: %v %v", second["refresh_token"], again["refresh_token"])
	}
	_, third := c.refresh(second["refresh_token"].(string))
	me := fhirapi.Base + "/Patient/" + c.patient.PatientID
	if got := c.reads(third["access_token"].(string), me); got != 200 {
		t.Errorf("%d", got)
	}
	_, is := c.post("/oauth/introspect", url.Values{"token": {third["access_token"].(string)}})
	if is["active"] != true || is["client_id"] != c.app || is["patient"] != c.patient.PatientID {
		t.Errorf("introspection: %v", is)
	}
	if status, _ := c.refresh(first); status != 400 {
		t.Errorf("an old one: %d", status)
	}
	if got := c.reads(third["access_token"].(string), me); got != 401 {
		t.Errorf("two have the tokens, and the app still reads: %d", got)
	}
	if _, is := c.post("/oauth/introspect", url.Values{"token": {third["access_token"].(string)}}); is["active"] != false || len(is) != 1 {
		t.Errorf("introspection: %v", is)
	}
	secret := c.secret
	first = c.allowed(seePatient+" offline_access", seePatient)["refresh_token"].(string)
	c.secret = ""
	if res, out := c.post("/oauth/token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {first}}); res.StatusCode != 401 || out["error"] != "invalid_client" {
		t.Errorf("an app that does not show its secret: %s %v", res.Status, out)
	}
	c.secret = secret
	_, second = c.refresh(first)
	c.Clock.Move(3 * time.Minute)
	if status, _ := c.refresh(first); status != 400 {
		t.Errorf("the one before the newest, minutes later: %d", status)
	}
	if got := c.reads(second["access_token"].(string), me); got != 401 {
		t.Errorf("two go on side by side: %d", got)
	}
	fourth := c.allowed(seePatient+" offline_access", seePatient)
	if res, _ := c.post("/oauth/revoke", url.Values{"token": {fourth["refresh_token"].(string)}}); res.StatusCode != 200 {
		t.Errorf("revoke: %s", res.Status)
	}
	if got := c.reads(fourth["access_token"].(string), me); got != 401 {
		t.Errorf("given back: %d", got)
	}
	c.secret = "wrong"
	if res, out := c.post("/oauth/introspect", url.Values{"token": {"x"}}); res.StatusCode != 401 || out["error"] != "invalid_client" {
		t.Errorf("%s %v", res.Status, out)
	}
}

// TestTokensOfAppsThatMustNotHold: each is as it should be but for one thing.
func TestTokensOfAppsThatMustNotHold(t *testing.T) {
	c := openApps(t, false)
	good := c.allowed(seePatient, seePatient)["access_token"].(string)
	me := fhirapi.Base + "/Patient/" + c.patient.PatientID
	parts := strings.Split(good, ".")
	body, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	head := func(h string) string { return base64.RawURLEncoding.EncodeToString([]byte(h)) }
	kid := strings.Split(string(must(base64.RawURLEncoding.DecodeString(parts[0]))), `"kid":"`)[1][:16]
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(alg jose.SignatureAlgorithm, key any) string {
		s, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", kid).WithType("at+jwt"))
		if err != nil {
			t.Fatal(err)
		}
		jws, err := s.Sign(body)
		if err != nil {
			t.Fatal(err)
		}
		return must(jws.CompactSerialize())
	}
	for name, bad := range map[string]string{
		"alg none": head(`{"alg":"none","typ":"at+jwt","kid":"`+kid+`"}`) + "." + parts[1] + ".", "RS256 of a stranger": sign(jose.RS256, stranger),
		"HS256": sign(jose.HS256, []byte(strings.Repeat("k", 32))), "EdDSA": sign(jose.EdDSA, ed), "PS256": sign(jose.PS256, stranger),
		"another payload": parts[0] + "." + head(`{"gid":"x"}`) + "." + parts[2], "oversized": good + strings.Repeat("A", 5000), "cut": good[:len(good)-8],
	} {
		if got := c.reads(bad, me); got != 401 {
			t.Errorf("%s: %d", name, got)
		}
	}
	if got := c.reads(good, me); got != 200 {
		t.Fatalf("the good one: %d", got)
	}
	if _, err := c.Care.People.Suspend(t.Context(), c.Admin, care.AnyVersion, c.patient.AccountID, true); err != nil {
		t.Fatal(err)
	}
	if got := c.reads(good, me); got != 401 {
		t.Errorf("of somebody suspended: %d", got)
	}
	if _, err := c.Care.People.Suspend(t.Context(), c.Admin, care.AnyVersion, c.patient.AccountID, false); err != nil {
		t.Fatal(err)
	}
	c.Clock.Move(11 * time.Minute)
	if got := c.reads(good, me); got != 401 {
		t.Errorf("ended: %d", got)
	}
	c.token = c.SignIn(c.patient.AccountID).AccessToken
	good = c.allowed(seePatient, seePatient)["access_token"].(string)
	if err := c.Care.Apps.Remove(t.Context(), c.Admin, c.app); err != nil {
		t.Fatal(err)
	}
	if got := c.reads(good, me); got != 401 {
		t.Errorf("of an app that was removed: %d", got)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestStartedFromHere (EHR launch): for the one who started it, once, within minutes.
func TestStartedFromHere(t *testing.T) {
	c := openApps(t, false)
	start := func(token string) (int, *url.URL) {
		res, body := c.do("POST", "/v1/apps/"+c.app+"/launch", map[string]string{"Authorization": "Bearer " + token}, "")
		to, _ := body["redirectTo"].(string)
		return res.StatusCode, must(url.Parse(to))
	}
	status, to := start(c.token)
	if status != 200 || to.Host != "diary.example" || to.Query().Get("iss") != fhirHere {
		t.Fatalf("%d %s", status, to)
	}
	launch := to.Query().Get("launch")
	q := c.asks("launch "+seePatient, map[string]string{"launch": launch})
	question := c.authorize(q)
	other := c.SignIn(c.Patient().AccountID).AccessToken
	if status, _ := c.says(other, question, seePatient); status != 404 {
		t.Errorf("another patient answers: %d", status)
	}
	if status, back := c.says(c.token, question, seePatient); status != 200 || back.Query().Get("code") == "" {
		t.Errorf("%d %s", status, back)
	}
	if again := c.authorize(q); again.Query().Get("error") != "invalid_request" {
		t.Errorf("twice: %s", again)
	}
	_, to = start(c.token)
	c.Clock.Move(6 * time.Minute)
	if late := c.authorize(c.asks("launch "+seePatient, map[string]string{"launch": to.Query().Get("launch")})); late.Query().Get("error") != "invalid_request" {
		t.Errorf("late: %s", late)
	}
	if status, _ := start(c.SignIn(c.nurse().AccountID).AccessToken); status != 403 {
		t.Errorf("a nurse: %d", status)
	}
}

// TestQuestionsOfAppsAreForPatients: who else answers, says no, or allows what was not
// asked.
func TestQuestionsOfAppsAreForPatients(t *testing.T) {
	c := openApps(t, false)
	to := c.authorize(c.asks("openid "+seePatient+" "+seeVisits, nil))
	for name, who := range map[string]models.Actor{"nurse": c.nurse(), "supporter": c.Supporter(c.patient), "administrator": c.Admin} {
		if status, _ := c.says(c.SignIn(who.AccountID).AccessToken, to, seePatient); status != 403 {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := c.says(c.token, to, "patient/Practitioner.rs"); status != 422 {
		t.Errorf("more than was asked: %d", status)
	}
	if status, back := c.says(c.token, to); status != 200 || back.Query().Get("error") != "access_denied" || back.Query().Get("code") != "" {
		t.Errorf("no: %d %s", status, back)
	}
	if status, _ := c.says(c.token, to, seePatient); status != 404 {
		t.Errorf("after no: %d", status)
	}
	late := c.authorize(c.asks(seePatient, nil))
	c.Clock.Move(16 * time.Minute)
	c.token = c.SignIn(c.patient.AccountID).AccessToken
	if status, _ := c.says(c.token, late, seePatient); status != 404 {
		t.Errorf("late: %d", status)
	}
	if err := c.Care.Apps.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"http://diary.example/", "https://*.example/", "https://diary.example/#x", "javascript:alert(1)", "diary.example", "https://u:p@diary.example/", "myapp:/cb"} {
		if _, _, err := c.Care.Apps.Register(t.Context(), c.Admin, apps.App{ID: care.NewID(), Name: "X", RedirectURIs: []string{bad}}); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
	for _, good := range []string{"https://a.example/cb?y=1", "http://127.0.0.1:8765/cb", "com.example.diary:/cb"} {
		if _, _, err := c.Care.Apps.Register(t.Context(), c.Admin, apps.App{ID: care.NewID(), Name: "X", RedirectURIs: []string{good}}); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	if _, config := c.do("GET", fhirapi.Base+"/.well-known/smart-configuration", nil, ""); !slices.Contains(config["capabilities"].([]any), any("launch-ehr")) || mustJSON(t, config["code_challenge_methods_supported"]) != `["S256"]` {
		t.Errorf("%v", config)
	}
}
