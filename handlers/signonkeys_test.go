package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/handlers/fhirapi"
	"handrail/models"
	"handrail/models/dpop/dpoptest"
	"handrail/signon/signontest"
)

// proofs makes the proofs of one browser's key, each with the newest nonce.
type proofs struct {
	h     *hospital
	key   *dpoptest.Key
	nonce string
}

// do sends a request with a proof, and once more where the server wants a newer nonce.
func (p *proofs) do(method, target string, header map[string]string, body string) (*http.Response, map[string]any) {
	p.h.t.Helper()
	for last := false; ; last = true {
		with := map[string]string{"DPoP": p.key.Sign(dpoptest.Claims(method, hospitalURL+target, p.nonce, strings.TrimPrefix(header["Authorization"], "DPoP ")), nil)}
		for name, v := range header {
			with[name] = v
		}
		res, out := p.h.do(method, target, with, body)
		if n := res.Header.Get("DPoP-Nonce"); n != "" {
			p.nonce = n
		}
		if last || out["code"] != models.CodeNewProof {
			return res, out
		}
	}
}

// TestASignInElsewhereIsBoundToTheKey that it began with: whoever has the cookie and the
// tokens has nothing without it.
func TestASignInElsewhereIsBoundToTheKey(t *testing.T) {
	h := openHospital(t)
	nurse := h.nurse()
	h.expect(nurse.AccountID, "hospital", "ada@hospital.example")
	mine, thief := &proofs{h: h, key: dpoptest.New(t)}, &proofs{h: h, key: dpoptest.New(t)}
	res, body := mine.do("POST", "/v1/auth/providers/hospital/begin", nil, `{"device":{"id":"`+care.NewID()+`","name":"Ward PC"}}`)
	if res.StatusCode != http.StatusOK {
		t.Fatal(res.Status, body)
	}
	cookie := cookieSet(t, res)
	h.do("GET", h.main.Authorize(body["authorizeUrl"].(string)).RequestURI(), map[string]string{"Cookie": cookie}, "")
	if code, _ := h.finish(cookie); code != "login-not-valid" {
		t.Errorf("without the key: %q", code)
	}
	if res, _ := thief.do("POST", "/v1/auth/providers/finish", map[string]string{"Cookie": cookie}, ""); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("with another key: %s", res.Status)
	}
	res, body = mine.do("POST", "/v1/auth/providers/finish", map[string]string{"Cookie": cookie}, "")
	if res.StatusCode != http.StatusOK {
		t.Fatal(res.Status, body)
	}
	token := body["signIn"].(map[string]any)["accessToken"].(string)
	for scheme, want := range map[string]int{"Bearer ": http.StatusUnauthorized, "DPoP ": http.StatusOK} {
		if res, _ := mine.do("GET", "/v1/me", map[string]string{"Authorization": scheme + token}, ""); res.StatusCode != want {
			t.Errorf("%s: %s", scheme, res.Status)
		}
	}
}

// TestFirebaseSignInIsBoundToTheKey likewise.
func TestFirebaseSignInIsBoundToTheKey(t *testing.T) {
	f := openFirebase(t)
	f.agree()
	patient := f.Patient()
	if err := f.Care.SSO.ExpectByFirebase(t.Context(), f.Admin, patient.AccountID, "+14155550100", ""); err != nil {
		t.Fatal(err)
	}
	mine, thief := &proofs{h: f.hospital, key: dpoptest.New(t)}, &proofs{h: f.hospital, key: dpoptest.New(t)}
	sent := `{"idToken":"` + f.keys.IDToken(f.now, nil) + `","device":{"id":"` + care.NewID() + `","name":"Phone"}}`
	res, body := mine.do("POST", "/v1/auth/firebase", nil, sent)
	if res.StatusCode != http.StatusCreated || body["session"].(map[string]any)["keyThumbprint"] == nil {
		t.Fatal(res.Status, body)
	}
	if res, _ := thief.do("POST", "/v1/auth/firebase", nil, sent); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the answer again, with another key: %s", res.Status)
	}
	if res, _ := mine.do("POST", "/v1/auth/firebase", nil, sent); res.StatusCode != http.StatusCreated {
		t.Errorf("the answer was lost: %s", res.Status)
	}
}

// TestSecondFactorAtTheHospital: from the site's day on, a sign-in there counts as two
// factors only where the hospital says that it asked for them.
func TestSecondFactorAtTheHospital(t *testing.T) {
	h := openHospital(t)
	h.Care = h.InstanceWith(func(c *care.Config) {
		c.BaseURL, c.SSO, c.SecondFactorFrom = hospitalURL, h.config, h.Clock.Now().Add(-time.Hour)
	})
	h.api = h.instance(h.Care)
	nurse := h.nurse()
	h.expect(nurse.AccountID, "hospital", "ada@hospital.example")
	for said, want := range map[any]int{nil: http.StatusForbidden, "pwd": http.StatusForbidden, "mfa": http.StatusOK} {
		h.main.Person = signontest.Claims{"amr": nil}
		if said != nil {
			h.main.Person = signontest.Claims{"amr": []any{"pwd", said}}
		}
		code, body := h.come("hospital", h.main)
		if code != "" {
			t.Fatal(said, code)
		}
		if res, _ := h.do("GET", "/v1/patients", map[string]string{"Authorization": "Bearer " + body["accessToken"].(string)}, ""); res.StatusCode != want {
			t.Errorf("amr %v: %s, want %d", said, res.Status, want)
		}
	}
}

// TestATieIsTakenOffByItsOwner, which ends what it let in; nobody takes off another's.
func TestATieIsTakenOffByItsOwner(t *testing.T) {
	h := openHospital(t)
	nurse, other := h.nurse(), h.nurse()
	h.expect(nurse.AccountID, "hospital", "ada@hospital.example")
	_, body := h.come("hospital", h.main)
	token := body["accessToken"].(string)
	mine := map[string]string{"Authorization": "Bearer " + h.SignIn(nurse.AccountID).AccessToken}
	_, list := h.do("GET", "/v1/me/providers", mine, "")
	id := list["ties"].([]any)[0].(map[string]any)["id"].(string)
	h.do("DELETE", "/v1/me/providers/"+id, map[string]string{"Authorization": "Bearer " + h.SignIn(other.AccountID).AccessToken}, "")
	if !h.lives(h.api, token) {
		t.Error("another took it off")
	}
	for range 2 {
		if res, _ := h.do("DELETE", "/v1/me/providers/"+id, mine, ""); res.StatusCode != http.StatusNoContent {
			t.Error(res.Status)
		}
	}
	if code, _ := h.come("hospital", h.main); code != "no-account-for-sign-in" || h.lives(h.api, token) {
		t.Errorf("after it was taken off: %q", code)
	}
}

// TestAllowingAnAppAsksForAFactor, as sharing does; saying no and stopping do not.
func TestAllowingAnAppAsksForAFactor(t *testing.T) {
	c := openApps(t, false)
	c.allowed(seePatient, seePatient)
	in := c.SignIn(c.patient.AccountID)
	if _, err := c.Care.Signin.SetPIN(t.Context(), in.Session.Actor(), "280417"); err != nil {
		t.Fatal(err)
	}
	to := c.authorize(c.asks(seeVisits, nil))
	c.Clock.Move(11 * time.Minute)
	again, err := c.Care.Signin.Refresh(t.Context(), in.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	c.token = again.AccessToken
	res, out := c.do("POST", "/v1/app-questions/"+strings.TrimPrefix(to.Fragment, "/apps/ask/")+"/answer", map[string]string{"Authorization": "Bearer " + c.token}, `{"scopes":["`+seeVisits+`"]}`)
	if res.StatusCode != http.StatusForbidden || out["code"] != "step-up-required" {
		t.Errorf("%s %v", res.Status, out)
	}
	if status, back := c.says(c.token, to); status != 200 || back.Query().Get("error") != "access_denied" {
		t.Errorf("to say no: %d", status)
	}
	_, mine := c.do("GET", "/v1/me/apps", map[string]string{"Authorization": "Bearer " + c.token}, "")
	id := mine["apps"].([]any)[0].(map[string]any)["id"].(string)
	if res, _ := c.do("DELETE", "/v1/me/apps/"+id, map[string]string{"Authorization": "Bearer " + c.token}, ""); res.StatusCode != http.StatusNoContent {
		t.Errorf("to stop: %s", res.Status)
	}
}

// TestARestoredStoreLetsNoStoppedAppRead: what was stopped, taken off or untied after the
// backup ends again; what was allowed since stays.
func TestARestoredStoreLetsNoStoppedAppRead(t *testing.T) {
	c := openApps(t, false)
	tokens := c.allowed("patient/*.rs", seePatient, seeVisits)
	token, me, visits := tokens["access_token"].(string), fhirapi.Base+"/Patient/"+c.patient.PatientID, fhirapi.Base+"/Appointment?patient=Patient/"+c.patient.PatientID
	_, mine := c.do("GET", "/v1/me/apps", map[string]string{"Authorization": "Bearer " + c.token}, "")
	grant := mine["apps"].([]any)[0].(map[string]any)["id"].(string)
	end := func(kind, id string, at time.Time) int {
		undone, err := c.Care.Upkeep.Undone(t.Context(), []care.Ended{{Kind: kind, ID: id, At: at}})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range undone {
			if err := c.Care.Upkeep.EndAgain(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		return len(undone)
	}
	now := c.Clock.Now()
	if n := end("app-grant", grant, now.Add(-time.Minute)); n != 0 || c.reads(token, me) != 200 {
		t.Errorf("what was stopped before it was allowed: %d", n)
	}
	if n := end("app-grant", grant+"/"+seePatient, now); n != 1 || c.reads(token, me) != 403 || c.reads(token, visits) != 200 {
		t.Errorf("one thing: %d", n)
	}
	if n := end("app-grant", grant, now); n != 1 || c.reads(token, visits) != 401 {
		t.Errorf("all of it: %d", n)
	}
	if a, b := end("app-grant", grant, now), end("app-grant", "none", now); a+b != 0 {
		t.Errorf("again: %d %d", a, b)
	}
	token = c.allowed(seePatient, seePatient)["access_token"].(string)
	if a, b := end("app", c.app, now), end("app", c.app, now); a != 1 || b != 0 || c.reads(token, me) != 401 {
		t.Errorf("the app: %d %d", a, b)
	}
	if n := end("sign-in-elsewhere", c.patient.AccountID+"/none", now); n != 0 {
		t.Errorf("a tie that is not there: %d", n)
	}
}

// TestKeysOfAppsRotateByThemselves: on two instances no token is refused, the new key is
// published before it signs, and the old one goes when nothing of it can be needed.
func TestKeysOfAppsRotateByThemselves(t *testing.T) {
	c := openApps(t, false)
	second := c.instance(c.InstanceWith(func(config *care.Config) { config.BaseURL = hospitalURL }))
	me := fhirapi.Base + "/Patient/" + c.patient.PatientID
	kids := func() string {
		_, set := c.do("GET", "/oauth/jwks.json", nil, "")
		return mustJSON(t, set)
	}
	begun := func(keep time.Duration) (token string, keys int) {
		t.Helper()
		c.Clock.Move(keep)
		if err := c.Care.Apps.KeepKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.token = c.SignIn(c.patient.AccountID).AccessToken
		token = c.allowed(seePatient, seePatient)["access_token"].(string)
		res, _ := doAt(t, second, "GET", me, map[string]string{"Authorization": "Bearer " + token}, "")
		if got := c.reads(token, me); got != 200 || res.StatusCode != 200 {
			t.Fatalf("after %s: %d, at another instance %s", keep, got, res.Status)
		}
		return token, strings.Count(kids(), `"kid"`)
	}
	kid := func(token string) string { return strings.Split(token, ".")[0] }
	first, n := begun(0)
	if n != 1 {
		t.Errorf("%d keys at first", n)
	}
	young, n := begun(90 * 24 * time.Hour)
	if n != 2 || kid(young) != kid(first) {
		t.Errorf("%d keys, and the new one signs at once: %t", n, kid(young) != kid(first))
	}
	old, n := begun(11 * time.Minute)
	if n != 2 || kid(old) == kid(first) {
		t.Errorf("%d keys, and the old one still signs: %t", n, kid(old) == kid(first))
	}
	if _, n = begun(2 * time.Hour); n != 1 {
		t.Errorf("%d keys at last", n)
	}
}
