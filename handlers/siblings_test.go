package handlers_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"handrail/care"
	"handrail/care/apps"
	"handrail/care/sso"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/dpop"
	"handrail/models/dpop/dpoptest"
	"handrail/signon/oidc"
	"handrail/signon/signontest"
)

// What is nearly an attack of the table in docs/security.md: spelled in another way, or in
// another place.

// raw signs a head and a body as they are written.
func raw(t *testing.T, key *rsa.PrivateKey, head, body string) string {
	t.Helper()
	enc := base64.RawURLEncoding
	text := enc.EncodeToString([]byte(head)) + "." + enc.EncodeToString([]byte(body))
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + enc.EncodeToString(signature)
}

// respelled is base64url of the same bytes with other bits in its last letter.
func respelled(t *testing.T, part string) string {
	t.Helper()
	want := must(base64.RawURLEncoding.DecodeString(part))
	for _, last := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
		other := part[:len(part)-1] + string(last)
		if got, err := base64.RawURLEncoding.DecodeString(other); err == nil && string(got) == string(want) && other != part {
			return other
		}
	}
	return part + "="
}

const rsaHead = `{"alg":"RS256","kid":"rsa","typ":"JWT"}`

// oddTokens are the claims of a good token, spelled as none should be.
func oddTokens(t *testing.T, p *signontest.Provider) map[string]func(signontest.Claims) string {
	body := func(c signontest.Claims) string { return mustJSON(t, c) }
	with := func(head string) func(signontest.Claims) string {
		return func(c signontest.Claims) string { return raw(t, p.RSA, head, body(c)) }
	}
	over := func(name, value string) func(signontest.Claims) string {
		return func(c signontest.Claims) string {
			delete(c, name)
			return raw(t, p.RSA, rsaHead, strings.TrimSuffix(body(c), "}")+`,"`+name+`":`+value+`}`)
		}
	}
	bend := func(change func(string) string) func(signontest.Claims) string {
		return func(c signontest.Claims) string { return change(p.Sign(c)) }
	}
	part := func(n int, change func(string) string) func(signontest.Claims) string {
		return bend(func(token string) string {
			parts := strings.Split(token, ".")
			parts[n] = change(parts[n])
			return strings.Join(parts, ".")
		})
	}
	all := map[string]func(signontest.Claims) string{
		"alg in small letters": with(`{"alg":"rs256","kid":"rsa"}`), "no alg": with(`{"kid":"rsa"}`), "alg is a list": with(`{"alg":["RS256"],"kid":"rsa"}`),
		"alg twice": with(`{"alg":"none","alg":"RS256","kid":"rsa"}`), "kid twice": with(`{"alg":"RS256","kid":"x","kid":"rsa"}`), "Crit": with(`{"alg":"RS256","kid":"rsa","Crit":["x"]}`),
		"b64 false": with(`{"alg":"RS256","kid":"rsa","b64":false,"crit":["b64"]}`), "b64 without crit": with(`{"alg":"RS256","kid":"rsa","b64":false}`), "x5c": with(`{"alg":"RS256","kid":"rsa","x5c":["AA"]}`),
		"a head that is a list": with(`["RS256"]`), "a head that is null": with(`null`), "more after the head": with(rsaHead + rsaHead),
		"a token in a token": func(c signontest.Claims) string {
			return raw(t, p.RSA, `{"alg":"RS256","kid":"rsa","cty":"JWT"}`, p.Sign(c))
		},
		"claims in a list":  func(c signontest.Claims) string { return raw(t, p.RSA, rsaHead, "["+body(c)+"]") },
		"more after claims": func(c signontest.Claims) string { return raw(t, p.RSA, rsaHead, body(c)+body(c)) },
		"no claims":         func(signontest.Claims) string { return raw(t, p.RSA, rsaHead, "{}") }, "null": func(signontest.Claims) string { return raw(t, p.RSA, rsaHead, "null") },
		"iss with a slash": over("iss", mustJSON(t, p.Issuer()+"/")), "iss is a list": over("iss", mustJSON(t, []string{p.Issuer()})),
		"aud is a number": over("aud", "7"), "aud of lists": over("aud", `[["handrail"]]`), "aud in capitals": over("aud", `"HANDRAIL"`),
		"exp as text": over("exp", `"4102444800"`), "exp beyond numbers": over("exp", "1e400"), "exp is negative": over("exp", "-1"), "iat as text": over("iat", `"now"`), "iat is huge": over("iat", "9223372036854775807"),
		"space before": bend(func(s string) string { return " " + s }), "space after": bend(func(s string) string { return s + " " }), "a line after": bend(func(s string) string { return s + "\n" }),
		"a line within": bend(func(s string) string { return s[:40] + "\n" + s[40:] }), "a line in the claims": part(1, func(s string) string { return s[:9] + "\r\n" + s[9:] }),
		"padded": bend(func(s string) string { return s + "==" }), "another last letter": part(2, func(s string) string { return respelled(t, s) }),
		"plain base64": part(2, func(s string) string { return strings.NewReplacer("-", "+", "_", "/").Replace(s) + "=" }), "JSON form": bend(func(s string) string {
			parts := strings.Split(s, ".")
			return mustJSON(t, map[string]string{"protected": parts[0], "payload": parts[1], "signature": parts[2]})
		}),
	}
	for _, alg := range []string{"None", "NONE", "nOnE", "", "none "} {
		for _, signature := range []string{"", "AA"} {
			all["alg "+alg+" "+signature] = func(c signontest.Claims) string {
				enc := base64.RawURLEncoding
				return enc.EncodeToString([]byte(`{"alg":"`+alg+`","kid":"rsa"}`)) + "." + enc.EncodeToString([]byte(body(c))) + "." + signature
			}
		}
	}
	return all
}

// TestSiblingsOfIDTokens: the same claims in another spelling let nobody in, and sign
// nobody out.
func TestSiblingsOfIDTokens(t *testing.T) {
	h := openHospital(t)
	h.expect(h.nurse().AccountID, "hospital", "ada@hospital.example")
	h.main.Person = signontest.Claims{"sid": "s1"}
	_, in := h.come("hospital", h.main)
	token := in["accessToken"].(string)
	for name, mint := range oddTokens(t, h.main) {
		h.main.Mint = mint
		if code, body := h.come("hospital", h.main); code != "provider-token-not-valid" {
			t.Errorf("%s: %q %v", name, code, body)
		}
		if status := h.logout("hospital", mint(h.main.LogoutClaims(signontest.Claims{"sid": "s1"}))); status != http.StatusBadRequest {
			t.Errorf("logout token, %s: %d", name, status)
		}
	}
	if !h.lives(h.api, token) {
		t.Error("one of them ended a session")
	}
}

// another is a client of a provider that a test can change.
type another struct{ sso.Client }

// TestProvidersThatSayOddThings of themselves and their keys let nobody in; when they have
// come to themselves, people come again.
func TestProvidersThatSayOddThings(t *testing.T) {
	keys := func(text string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { fmt.Fprint(w, text) }
	}
	set := func(t *testing.T, keys ...jose.JSONWebKey) string {
		return mustJSON(t, jose.JSONWebKeySet{Keys: keys})
	}
	client := &another{}
	h := openHospital(t, func(p *sso.Provider) { p.Client = client })
	asNew := func() {
		client.Client = oidc.New(oidc.Config{Issuer: h.main.Issuer(), ClientID: h.main.ClientID, ClientSecret: h.main.Secret, Now: h.Clock.Now})
	}
	asNew()
	h.expect(h.nurse().AccountID, "hospital", "ada@hospital.example")
	stranger := must(rsa.GenerateKey(rand.Reader, 2048))
	strangers := jose.JSONWebKey{Key: stranger.Public(), KeyID: "rsa", Algorithm: "RS256", Use: "sig"}
	for name, bend := range map[string]func(p *signontest.Provider){
		"another issuer":         func(p *signontest.Provider) { p.Says = func(m map[string]any) { m["issuer"] = "https://evil.example" } },
		"an issuer with a slash": func(p *signontest.Provider) { p.Says = func(m map[string]any) { m["issuer"] = p.Issuer() + "/" } },
		"no keys' address":       func(p *signontest.Provider) { p.Says = func(m map[string]any) { delete(m, "jwks_uri") } },
		"its address is a list":  func(p *signontest.Provider) { p.Says = func(m map[string]any) { m["token_endpoint"] = []string{"x"} } },
		"it says 10 MB":          func(p *signontest.Provider) { p.Says = func(m map[string]any) { m["x"] = strings.Repeat("x", 10<<20) } },
		"keys of 10 MB":          func(p *signontest.Provider) { p.Keys = keys(`{"keys":[],"x":"` + strings.Repeat("x", 10<<20) + `"}`) },
		"no keys":                func(p *signontest.Provider) { p.Keys = keys(`{"keys":[]}`) },
		"keys are null":          func(p *signontest.Provider) { p.Keys = keys(`null`) },
		"keys are words":         func(p *signontest.Provider) { p.Keys = keys(`<html>`) },
		"a stranger's key":       func(p *signontest.Provider) { p.Keys = keys(set(t, strangers)) },
		"a secret for a key": func(p *signontest.Provider) {
			p.Keys = keys(set(t, jose.JSONWebKey{Key: []byte(strings.Repeat("k", 32)), KeyID: "rsa"}))
		},
		"it sends elsewhere": func(p *signontest.Provider) {
			p.Keys = func(w http.ResponseWriter) {
				w.Header().Set("Location", p.Issuer()+"/authorize")
				w.WriteHeader(http.StatusFound)
			}
		},
		"it is broken": func(p *signontest.Provider) {
			p.Keys = func(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			asNew()
			bend(h.main)
			res, body := h.do("POST", "/v1/auth/providers/hospital/begin", nil, `{"device":{"id":"`+care.NewID()+`","name":"Ward PC"}}`)
			switch code, _ := body["code"].(string); {
			case res.StatusCode == http.StatusServiceUnavailable && code == "provider-unavailable":
			case res.StatusCode != http.StatusOK:
				t.Errorf("begin: %s %v", res.Status, body)
			default:
				cookie := cookieSet(t, res)
				if code, out := h.back(h.main.Authorize(body["authorizeUrl"].(string)), cookie); code != "provider-token-not-valid" && code != "provider-unavailable" {
					t.Errorf("%q %v", code, out)
				}
			}
			h.main.Says, h.main.Keys = nil, nil
			if code, _ := h.come("hospital", h.main); code != "" {
				t.Errorf("afterwards: %s", code)
			}
		})
	}
	asNew()
	h.main.Keys = keys(set(t, strangers, jose.JSONWebKey{Key: h.main.RSA.Public(), KeyID: "rsa", Algorithm: "RS256", Use: "sig"}))
	h.main.Mint = func(c signontest.Claims) string {
		return raw(t, stranger, `{"alg":"RS256","kid":"other"}`, mustJSON(t, c))
	}
	if code, _ := h.come("hospital", h.main); code != "provider-token-not-valid" {
		t.Errorf("a kid that is not there: %q", code)
	}
}

// TestSiblingsOfTheWayBack: parameters twice, answers of two flows mixed, used again.
func TestSiblingsOfTheWayBack(t *testing.T) {
	h := openHospital(t)
	h.expect(h.nurse().AccountID, "hospital", "ada@hospital.example")
	for name, bend := range map[string]func(to *url.URL, other *url.URL){
		"state twice": func(to, other *url.URL) { to.RawQuery += "&state=" + other.Query().Get("state") },
		"code twice":  func(to, other *url.URL) { to.RawQuery += "&code=" + other.Query().Get("code") },
		"iss twice": func(to, _ *url.URL) {
			to.RawQuery += "&iss=" + url.QueryEscape(h.main.Issuer()) + "&iss=https%3A%2F%2Fevil.example"
		},
		"state of another": func(to, other *url.URL) {
			q := to.Query()
			q.Set("state", other.Query().Get("state"))
			to.RawQuery = q.Encode()
		},
		"an error and code": func(to, _ *url.URL) { to.RawQuery += "&error=access_denied" },
		"an odd iss":        func(to, _ *url.URL) { to.RawQuery += "&iss=" + url.QueryEscape(h.main.Issuer()+"/") },
		"a long state": func(to, _ *url.URL) {
			q := to.Query()
			q.Set("state", strings.Repeat("s", 5000))
			to.RawQuery = q.Encode()
		},
		"an odd state": func(to, _ *url.URL) { q := to.Query(); q.Set("state", q.Get("state")+"\x00"); to.RawQuery = q.Encode() },
		"a huge code": func(to, _ *url.URL) {
			q := to.Query()
			q.Set("code", strings.Repeat("c", 5000))
			to.RawQuery = q.Encode()
		},
	} {
		to, cookie := h.begin("hospital")
		other, _ := h.begin("hospital")
		back := h.main.Authorize(to)
		bend(back, h.main.Authorize(other))
		res, _ := h.do("GET", back.RequestURI(), map[string]string{"Cookie": cookie}, "")
		if res.StatusCode >= 500 || res.StatusCode == http.StatusSeeOther && res.Header.Get("Location") != "/#/arrived" {
			t.Errorf("%s: %s %s", name, res.Status, res.Header.Get("Location"))
		}
		if code, _ := h.finish(cookie); code == "" {
			t.Errorf("%s: signed in", name)
		}
	}
	to, cookie := h.begin("hospital")
	good := h.main.Authorize(to)
	if code, _ := h.back(good, cookie); code != "" {
		t.Fatal(code)
	}
	later, again := h.begin("hospital")
	mixed := h.main.Authorize(later)
	q := mixed.Query()
	q.Set("code", good.Query().Get("code"))
	mixed.RawQuery = q.Encode()
	if code, _ := h.back(mixed, again); code != "provider-code-not-valid" {
		t.Errorf("the code of before: %q", code)
	}
	for name, c := range map[string]string{"two cookies": again + "; " + cookie, "in quotes": strings.Replace(cookie, "=", `="`, 1) + `"`, "without its prefix": strings.TrimPrefix(cookie, "__Host-"), "cut": cookie[:len(cookie)-3]} {
		if code, _ := h.finish(c); code == "" && name != "in quotes" {
			t.Errorf("%s: signed in", name)
		}
	}
}

// TestSiblingsOfRedirects: what an app can't register, and where it sends nobody.
func TestSiblingsOfRedirects(t *testing.T) {
	c := openApps(t, false)
	for _, bad := range []string{"javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://a.example/x", "about:blank", "ftp://a.example/",
		"https://", "https:///cb", "https:a.example", "//a.example/cb", "/cb", "https://@a.example/", "https://a.example@evil.example/", "https://a.example\\@evil.example/", "https://a.example/\r\nX: y", "https://a.example/cb#", "https://a.example/#",
		"https://a.example:99999999999/", "https://[::1", "https://a .example/", "http://localhost.evil.example/", "http://127.0.0.1.evil.example/", "http://127.1/", "http://2130706433/", "http://0.0.0.0/", "http://a.example/", "https://a.example/%", "https://a.example/../cb",
		"https://a.example/%2e%2e/cb", "https://a.example/x/%2E%2e/cb", "https://a.example/./cb", "https://a.example/cb?code=x", "https://a.example/cb?State=x&state=y", "https://a.example/cb?iss=x", "https://a.example/cb?error=x", "https://a.example/cb?a=1;b=2",
		"https://exämple.example/cb", "https://a.example/cb\u202e", "https://" + strings.Repeat("a", 500) + ".example/", "a.b", "a.b:cb", "javascript.x:alert(1)"} {
		if _, _, err := c.Care.Apps.Register(t.Context(), c.Admin, apps.App{ID: care.NewID(), Name: "X", RedirectURIs: []string{bad}}); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q can be registered: %v", bad, err)
		}
	}
	good := diaryBack
	for _, sent := range []string{"https://diary.example/back?x=1#", "https://diary.example:443/back?x=1", "https://diary.example/%62ack?x=1", "https://diary.example/./back?x=1", "https://u@diary.example/back?x=1", "https://diary.example./back?x=1",
		"HTTPS://diary.example/back?x=1", "https://diary.example/back?x=1&", "https://diary.example/back/?x=1", "https://diary.example/back?x=%31", " " + good, good + "\x00", good + "\n", "https://diary.example\\@evil.example/back?x=1"} {
		q := c.asks(seePatient, nil)
		q.Set("redirect_uri", sent)
		res, _ := c.do("GET", "/oauth/authorize?"+q.Encode(), nil, "")
		if to := res.Header.Get("Location"); res.StatusCode >= 500 || to != "" && to != "/#/apps/ask/none" {
			t.Errorf("%q: %s %s", sent, res.Status, to)
		}
	}
	for _, twice := range []string{"redirect_uri", "client_id", "state", "scope", "code_challenge", "code_challenge_method", "response_type", "aud"} {
		q := c.asks(seePatient, nil)
		q.Add(twice, "https://evil.example/")
		for method, res := range map[string]*http.Response{
			"GET":  headOf(c.do("GET", "/oauth/authorize?"+q.Encode(), nil, "")),
			"POST": headOf(c.do("POST", "/oauth/authorize", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, q.Encode())),
		} {
			to := res.Header.Get("Location")
			if res.StatusCode >= 500 || strings.Contains(to, "evil") || strings.HasPrefix(to, "/#/apps/ask/") && to != "/#/apps/ask/none" {
				t.Errorf("%s, %s twice: %s %s", method, twice, res.Status, to)
			}
		}
	}
}

func headOf[A, B any](a A, _ B) A { return a }

// TestSiblingsOfTokensOfApps: another app's, another spelling, in another place.
func TestSiblingsOfTokensOfApps(t *testing.T) {
	c := openApps(t, false)
	given := c.allowed(seePatient+" offline_access", seePatient)
	refresh, access := given["refresh_token"].(string), given["access_token"].(string)
	me := "/fhir/R4/Patient/" + c.patient.PatientID
	second, _, err := c.Care.Apps.Register(t.Context(), c.Admin, apps.App{ID: care.NewID(), Name: "Other", RedirectURIs: []string{diaryBack}})
	if err != nil {
		t.Fatal(err)
	}
	third, secret, err := c.Care.Apps.Register(t.Context(), c.Admin, apps.App{ID: care.NewID(), Name: "Third", RedirectURIs: []string{diaryBack}, Confidential: true})
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(refresh, ".")
	for name, form := range map[string]url.Values{
		"another app":            {"refresh_token": {refresh}, "client_id": {second.ID}},
		"an app with a secret":   {"refresh_token": {refresh}, "client_id": {third.ID}, "client_secret": {secret}},
		"a secret that is none":  {"refresh_token": {refresh}, "client_id": {c.app}, "client_secret": {"x"}},
		"an access token":        {"refresh_token": {access}, "client_id": {c.app}},
		"another number":         {"refresh_token": {strings.Join([]string{parts[0], parts[1], "+" + parts[2], parts[3]}, ".")}, "client_id": {c.app}},
		"a long number":          {"refresh_token": {strings.Join([]string{parts[0], parts[1], strings.Repeat("9", 40), parts[3]}, ".")}, "client_id": {c.app}},
		"another last letter":    {"refresh_token": {strings.Join(append(parts[:3:3], respelled(t, parts[3])), ".")}, "client_id": {c.app}},
		"space":                  {"refresh_token": {refresh + " "}, "client_id": {c.app}},
		"twice":                  {"refresh_token": {refresh, refresh}, "client_id": {c.app}},
		"as a code":              {"grant_type": {"authorization_code"}, "code": {refresh}, "client_id": {c.app}, "code_verifier": {verifier}, "redirect_uri": {diaryBack}},
		"grant type in capitals": {"grant_type": {"REFRESH_TOKEN"}, "refresh_token": {refresh}, "client_id": {c.app}},
	} {
		if form.Get("grant_type") == "" {
			form.Set("grant_type", "refresh_token")
		}
		if res, out := c.post("/oauth/token", form); res.StatusCode != 400 && res.StatusCode != 401 || out["access_token"] != nil || out["error"] == nil {
			t.Errorf("%s: %s %v", name, res.Status, out)
		}
	}
	tokens := strings.Split(access, ".")
	for name, sent := range map[string]string{"another last letter": strings.Join([]string{tokens[0], tokens[1], respelled(t, tokens[2])}, "."), "padded": access + "==", "space": access + " x", "twice": access + ", Bearer " + access,
		"the refresh token": refresh, "alg None": base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"None","typ":"at+jwt"}`)) + "." + tokens[1] + "."} {
		if got := c.reads(sent, me); got != 401 {
			t.Errorf("access token, %s: %d", name, got)
		}
	}
	if got := c.reads(access, me); got != 200 {
		t.Errorf("the good one: %d", got)
	}
	own := strings.Split(c.token, ".")
	if res, _ := c.do("GET", "/v1/me", map[string]string{"Authorization": "Bearer " + strings.Join([]string{own[0], own[1], respelled(t, own[2])}, ".")}, ""); res.StatusCode != 401 {
		t.Errorf("our own token with another last letter: %s", res.Status)
	}
	var introspected map[string]any
	if err := json.Unmarshal([]byte(mustJSON(t, bodyOf(c.post("/oauth/introspect", url.Values{"token": {access}, "client_id": {third.ID}, "client_secret": {secret}})))), &introspected); err != nil || introspected["active"] != false {
		t.Errorf("another app asks about a token: %v %v", introspected, err)
	}
}

func bodyOf[A, B any](_ A, b B) B { return b }

// TestSiblingsOfProofs: the same proof in another spelling, or with more in it.
func TestSiblingsOfProofs(t *testing.T) {
	b := boundPhone(t)
	sign := func(claims, header map[string]any) string {
		all := dpoptest.Claims("GET", dpopSite+"/v1/me", b.nonce, b.access)
		maps.Copy(all, claims)
		return b.key.Sign(all, header)
	}
	type m = map[string]any
	jwk := func(name string, v any) m {
		key := maps.Clone(b.key.JWK)
		key[name] = v
		return m{"jwk": key}
	}
	part := func(n int, change func(string) string) string {
		parts := strings.Split(sign(nil, nil), ".")
		parts[n] = change(parts[n])
		return strings.Join(parts, ".")
	}
	for what, proof := range map[string]string{
		"method in small letters": sign(m{"htm": "get"}, nil), "method with space": sign(m{"htm": "GET "}, nil), "no method": sign(m{"htm": nil}, nil), "methods": sign(m{"htm": []string{"GET"}}, nil),
		"another port": sign(m{"htu": dpopSite + ":8443/v1/me"}, nil), "port 80": sign(m{"htu": dpopSite + ":80/v1/me"}, nil), "http": sign(m{"htu": "http://care.example.org/v1/me"}, nil), "a dot after the host": sign(m{"htu": "https://care.example.org./v1/me"}, nil),
		"steps": sign(m{"htu": dpopSite + "/v1/x/../me"}, nil), "two slashes": sign(m{"htu": dpopSite + "//v1/me"}, nil), "escaped slash": sign(m{"htu": dpopSite + "/v1%2fme"}, nil), "a slash after": sign(m{"htu": dpopSite + "/v1/me/"}, nil), "capitals": sign(m{"htu": dpopSite + "/V1/ME"}, nil),
		"user": sign(m{"htu": "https://u@care.example.org/v1/me"}, nil), "backslash": sign(m{"htu": `https://evil.example\@care.example.org/v1/me`}, nil), "addresses": sign(m{"htu": []string{dpopSite + "/v1/me"}}, nil),
		"iat as text": sign(m{"iat": "1"}, nil), "iat beyond numbers": sign(m{"iat": json.Number("1e400")}, nil), "iat with a fraction": sign(m{"iat": 1.5}, nil), "jti is a number": sign(m{"jti": 7}, nil), "jti is a list": sign(m{"jti": []string{"x"}}, nil),
		"ath padded": sign(m{"ath": dpop.TokenHash(b.access) + "="}, nil), "ath of other case": sign(m{"ath": strings.ToLower(dpop.TokenHash(b.access))}, nil), "no ath": sign(m{"ath": nil}, nil),
		"typ in capitals": sign(nil, m{"typ": "DPOP+JWT"}), "typ with more": sign(nil, m{"typ": "application/dpop+jwt"}), "alg in small letters": sign(nil, m{"alg": "es256"}), "alg None": sign(nil, m{"alg": "None"}), "ES384": sign(nil, m{"alg": "ES384"}),
		"crit empty": sign(nil, m{"crit": []string{}}), "crit null": sign(nil, m{"crit": nil, "b64": false, "alg": "none"}), "a private part": sign(nil, jwk("d", "AA")), "a private part null": sign(nil, jwk("d", nil)), "x padded": sign(nil, jwk("x", b.key.JWK["x"].(string)+"=")),
		"x too short": sign(nil, jwk("x", b.key.JWK["x"].(string)[1:])), "x longer": sign(nil, jwk("x", "AA"+b.key.JWK["x"].(string))), "y of another": sign(nil, jwk("y", dpoptest.New(t).JWK["y"])), "curve in small letters": sign(nil, jwk("crv", "p-256")), "kty in small letters": sign(nil, jwk("kty", "ec")),
		"the key is a list": sign(nil, m{"jwk": []any{b.key.JWK}}), "the key is text": sign(nil, m{"jwk": mustJSON(t, b.key.JWK)}),
		"signature respelled": part(2, func(s string) string { return respelled(t, s) }), "signature padded": part(2, func(s string) string { return s + "==" }), "claims padded": part(1, func(s string) string { return s + "=" }), "signature of zeros": part(2, func(string) string { return strings.Repeat("A", 86) }),
		"signature as DER": part(2, func(s string) string {
			return base64.RawURLEncoding.EncodeToString(append([]byte{0x30, 0x44, 2, 32}, must(base64.RawURLEncoding.DecodeString(s))...))
		}),
		"two proofs": sign(nil, nil) + ", " + sign(nil, nil), "four parts": sign(nil, nil) + ".x", "JSON": `{"protected":"","payload":"","signature":""}`,
	} {
		b.want(what, b.send("GET", "/v1/me", "DPoP", b.access, proof, nil), 401, "proof-not-valid")
	}
	for what, nonce := range map[string]string{"a line in it": b.nonce[:5] + "\n" + b.nonce[5:], "padded": b.nonce + "=", "respelled": strings.ToUpper(b.nonce)} {
		b.want("nonce, "+what, b.send("GET", "/v1/me", "DPoP", b.access, sign(m{"nonce": nonce}, nil), nil), 401, models.CodeNewProof)
	}
	r := httptest.NewRequest("GET", "/v1/me", nil)
	r.Header.Set("Authorization", "DPoP "+b.access)
	r.Header["Dpop"] = []string{sign(nil, nil), sign(nil, nil)}
	if res := must(b.api.App().Test(r, -1)); res.StatusCode != 401 {
		t.Errorf("the header twice: %s", res.Status)
	}
	b.want("a good one", b.send("GET", "/v1/me", "DPoP", b.access, sign(nil, nil), nil), 200, "")
}

// TestSiblingsOfAddresses: what is one network counts as one, however it is written.
func TestSiblingsOfAddresses(t *testing.T) {
	c := openClinic(t)
	api := handlers.New(handlers.Config{Care: c.Care, Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Proxies: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32")}}})
	for name, spell := range map[string]func(i int) string{
		"IPv4, mapped": func(i int) string {
			return []string{"203.0.113.7", "::ffff:203.0.113.7", "::ffff:cb00:7107", "[::ffff:203.0.113.7]:80", "203.0.113.7:4711"}[i%5]
		},
		"one /64": func(i int) string { return fmt.Sprintf("2001:db8:9:9:%x::%x", i+1, i) },
		"spelled out": func(i int) string {
			return []string{"2001:db8:8:8::1", "2001:0DB8:0008:0008:0000:0000:0000:0001", "[2001:db8:8:8::1]:443", `"[2001:db8:8:8::1]"`, "2001:db8:8:8::1%eth0"}[i%5]
		},
		"first hops made up": func(i int) string { return fmt.Sprintf("198.51.100.%d, 203.0.113.8", i%250) },
	} {
		held := 0
		for i := range handlers.EnrolPace.Burst + 20 {
			r := knockWith("/v1/auth/enrol", map[string]any{"code": "XXXXX-000-000", "device": models.Device{ID: care.NewID(), Name: "Phone"}})
			r.Header.Set("X-Forwarded-For", spell(i))
			switch res := must(api.App().Test(r, -1)); res.StatusCode {
			case http.StatusTooManyRequests:
				held++
			case http.StatusUnprocessableEntity:
			default:
				t.Fatalf("%s: %s", name, res.Status)
			}
		}
		if held < 20 {
			t.Errorf("%s: only %d held back", name, held)
		}
	}
}
