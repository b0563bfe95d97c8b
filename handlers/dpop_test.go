package handlers_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/dpop"
	"handrail/models/dpop/dpoptest"
)

const dpopSite = "https://care.example.org"

// bound is a phone whose session is bound to a key.
type bound struct {
	*clinic
	t       *testing.T
	key     *dpoptest.Key
	nonce   string
	access  string
	refresh string
}

type dpopAnswer struct {
	status int
	code   string
	header http.Header
	body   map[string]any
}

// send sends a request with a proof and no more: scheme "" sends no token.
func (b *bound) send(method, path, scheme, token, proof string, body any) dpopAnswer {
	b.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, strings.NewReader(string(text)))
	if body == nil {
		r = httptest.NewRequest(method, path, nil)
	} else {
		r.Header.Set("Content-Type", "application/json")
	}
	if scheme != "" {
		r.Header.Set("Authorization", scheme+" "+token)
	}
	if proof != "" {
		r.Header.Set("DPoP", proof)
	}
	res, err := b.api.App().Test(r, -1)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	out := dpopAnswer{status: res.StatusCode, header: res.Header, body: map[string]any{}}
	_ = json.NewDecoder(res.Body).Decode(&out.body) // a 204 has none
	out.code, _ = out.body["code"].(string)
	return out
}

func (b *bound) proof(method, path, token string) string {
	return b.key.Sign(dpoptest.Claims(method, dpopSite+path, b.nonce, token), nil)
}

// boundPhone enrols a phone of the patient with a key, as a phone does: its first proof
// has no nonce, and the answer gives it one.
func boundPhone(t *testing.T) *bound {
	t.Helper()
	c := openClinic(t)
	b := &bound{clinic: c, t: t, key: dpoptest.New(t)}
	code := c.CodeFor(c.patient.AccountID)
	body := map[string]any{"code": code, "device": models.Device{ID: "0190f1d2-0000-7000-8000-000000000001", Name: "Phone"}}
	first := b.send("POST", "/v1/auth/enrol", "", "", b.proof("POST", "/v1/auth/enrol", ""), body)
	if first.status != 401 || first.code != models.CodeNewProof || !strings.Contains(first.header.Get("WWW-Authenticate"), `error="use_dpop_nonce"`) {
		t.Fatalf("%+v", first)
	}
	b.nonce = first.header.Get("DPoP-Nonce")
	b.take(b.send("POST", "/v1/auth/enrol", "", "", b.proof("POST", "/v1/auth/enrol", ""), body), 201)
	return b
}

func (b *bound) take(a dpopAnswer, status int) {
	b.t.Helper()
	if a.status != status {
		b.t.Fatalf("%d %s", a.status, a.code)
	}
	b.access, b.refresh = a.body["accessToken"].(string), a.body["refreshToken"].(string)
	if n := a.header.Get("DPoP-Nonce"); n != "" {
		b.nonce = n
	}
}

func (b *bound) want(what string, a dpopAnswer, status int, code string) {
	b.t.Helper()
	if a.status != status || a.code != code {
		b.t.Errorf("%s: %d %s, want %d %s", what, a.status, a.code, status, code)
	}
}

// TestAStolenTokenIsWorthNothingWithoutTheKey: neither the access token nor the refresh
// token of a phone with a key opens anything elsewhere, and trying ends nothing.
func TestAStolenTokenIsWorthNothingWithoutTheKey(t *testing.T) {
	b := boundPhone(t)
	thief := *b
	thief.key = dpoptest.New(t)
	refresh := map[string]any{"refreshToken": b.refresh}
	b.want("the token alone", b.send("GET", "/v1/me", "Bearer", b.access, "", nil), 401, "proof-not-valid")
	b.want("no proof", b.send("GET", "/v1/me", "DPoP", b.access, "", nil), 401, "proof-not-valid")
	b.want("another key", b.send("GET", "/v1/me", "DPoP", b.access, thief.proof("GET", "/v1/me", b.access), nil), 401, "proof-not-valid")
	b.want("refresh alone", b.send("POST", "/v1/auth/refresh", "", "", "", refresh), 401, "proof-not-valid")
	b.want("refresh by another key", b.send("POST", "/v1/auth/refresh", "", "", thief.proof("POST", "/v1/auth/refresh", ""), refresh), 401, "proof-not-valid")
	b.want("its own phone", b.send("GET", "/v1/me", "DPoP", b.access, b.proof("GET", "/v1/me", b.access), nil), 200, "")
	plain := b.SignIn(b.other.AccountID).AccessToken
	b.want("a token with no key", b.send("GET", "/v1/me", "DPoP", plain, b.proof("GET", "/v1/me", plain), nil), 401, "proof-not-valid")
	b.take(b.send("POST", "/v1/auth/refresh", "", "", b.proof("POST", "/v1/auth/refresh", ""), refresh), 200)
	bundle := httptest.NewRequest("GET", "/v1/patients/"+b.patient.PatientID+"/crisis-plan/bundle", nil)
	bundle.Header.Set("Authorization", "Bearer "+b.access)
	res, err := b.api.App().Test(bundle, -1)
	if err != nil || res.StatusCode == 401 {
		t.Errorf("the crisis plan asks for a proof: %v %v", res, err)
	}
}

// TestALostAnswerToAProvenRefresh: the same token and another proof give the same next
// token, days later too; a proof that is sent twice asks for another and ends nothing.
func TestALostAnswerToAProvenRefresh(t *testing.T) {
	b := boundPhone(t)
	body := map[string]any{"refreshToken": b.refresh}
	proof := b.proof("POST", "/v1/auth/refresh", "")
	lost := b.send("POST", "/v1/auth/refresh", "", "", proof, body)
	again := b.send("POST", "/v1/auth/refresh", "", "", proof, body)
	b.want("the same proof", again, 401, models.CodeNewProof)
	for _, later := range []time.Duration{0, 7 * time.Minute, 3 * 24 * time.Hour, -5 * 24 * time.Hour} {
		b.Clock.Move(later)
		a := b.send("POST", "/v1/auth/refresh", "", "", b.proof("POST", "/v1/auth/refresh", ""), body)
		if later != 0 {
			b.want("an old nonce", a, 401, models.CodeNewProof)
			b.nonce = a.header.Get("DPoP-Nonce")
			a = b.send("POST", "/v1/auth/refresh", "", "", b.proof("POST", "/v1/auth/refresh", ""), body)
		}
		if a.status != 200 || a.body["refreshToken"] != lost.body["refreshToken"] {
			t.Errorf("%s later: %d %s", later, a.status, a.code)
		}
	}
}

// TestProofsThatDoNotHold: each is refused, and a good one beside them is let in.
func TestProofsThatDoNotHold(t *testing.T) {
	b := boundPhone(t)
	sign := func(claims, header map[string]any) string {
		all := dpoptest.Claims("GET", dpopSite+"/v1/me", b.nonce, b.access)
		maps.Copy(all, claims)
		return b.key.Sign(all, header)
	}
	type m = map[string]any
	private := maps.Clone(b.key.JWK)
	private["d"] = "AA"
	good := sign(nil, nil)
	parts := strings.Split(good, ".")
	for what, proof := range map[string]string{
		"alg none": sign(nil, m{"alg": "none"}), "alg HS256": sign(nil, m{"alg": "HS256"}), "alg EdDSA": sign(nil, m{"alg": "EdDSA"}),
		"typ": sign(nil, m{"typ": "JWT"}), "crit": sign(nil, m{"crit": []string{"b64"}}), "no key": sign(nil, m{"jwk": nil, "kid": "x"}),
		"a private key": sign(nil, m{"jwk": private}), "another key": sign(nil, m{"jwk": dpoptest.New(t).JWK}),
		"off the curve": sign(nil, m{"jwk": m{"kty": "EC", "crv": "P-256", "x": strings.Repeat("A", 43), "y": strings.Repeat("A", 43)}}),
		"another curve": sign(nil, m{"jwk": m{"kty": "EC", "crv": "P-384", "x": b.key.JWK["x"], "y": b.key.JWK["y"]}}),
		"an oct key":    sign(nil, m{"jwk": m{"kty": "oct", "k": "AA"}}),
		"method":        sign(m{"htm": "POST"}, nil), "address": sign(m{"htu": dpopSite + "/v1/me/sessions"}, nil),
		"another host": sign(m{"htu": "https://evil.example/v1/me"}, nil), "no ath": sign(m{"ath": ""}, nil),
		"another token": sign(m{"ath": dpop.TokenHash("x")}, nil), "no jti": sign(m{"jti": ""}, nil), "a long jti": sign(m{"jti": strings.Repeat("x", 129)}, nil),
		"no iat": sign(m{"iat": nil}, nil), "too long": sign(m{"more": strings.Repeat("x", 3000)}, nil), "unsigned": parts[0] + "." + parts[1] + ".",
		"cut": parts[0] + "." + parts[1], "words": "none", "padded": good + "=",
		"another signature": parts[0] + "." + parts[1] + "." + strings.Split(sign(nil, nil), ".")[2],
	} {
		b.want(what, b.send("GET", "/v1/me", "DPoP", b.access, proof, nil), 401, "proof-not-valid")
	}
	b.want("no nonce", b.send("GET", "/v1/me", "DPoP", b.access, sign(m{"nonce": ""}, nil), nil), 401, models.CodeNewProof)
	b.want("a made-up nonce", b.send("GET", "/v1/me", "DPoP", b.access, sign(m{"nonce": strings.Repeat("A", 32)}, nil), nil), 401, models.CodeNewProof)
	b.want("good", b.send("GET", "/v1/me", "DPoP", b.access, good, nil), 200, "")
	b.want("good, twice", b.send("GET", "/v1/me", "DPoP", b.access, good, nil), 401, models.CodeNewProof)
	for _, iat := range []int64{0, 4102444800, -5} { // a clock that is wrong by years
		b.want("a clock", b.send("GET", "/v1/me", "DPoP", b.access, sign(m{"iat": iat}, nil), nil), 200, "")
	}
	b.Clock.Move(3 * time.Minute)
	a := b.send("GET", "/v1/me", "DPoP", b.access, sign(nil, nil), nil)
	if a.status != 200 || a.header.Get("DPoP-Nonce") == "" {
		t.Errorf("%d: no newer nonce in time", a.status)
	}
	b.Clock.Move(2 * time.Minute)
	b.want("an expired nonce", b.send("GET", "/v1/me", "DPoP", b.access, sign(nil, nil), nil), 401, models.CodeNewProof)
}

// TestAWordReachesAPhoneThatLostItsKey: who reports a phone lost empties it, key or not.
func TestAWordReachesAPhoneThatLostItsKey(t *testing.T) {
	b := boundPhone(t)
	sessions, err := b.Care.Signin.SessionsOf(t.Context(), b.admin, b.patient.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sessions {
		if err := b.Care.Signin.EndSessionOf(t.Context(), b.admin, b.patient.AccountID, s.ID, models.EndReportedLost); err != nil {
			t.Fatal(err)
		}
	}
	b.want("refresh", b.send("POST", "/v1/auth/refresh", "", "", "", map[string]any{"refreshToken": b.refresh}), 401, models.EndReportedLost)
}

// TestAPINOpensNothingWithoutThePhonesKey: after the sign-in has run out, the last token
// and the PIN are not enough elsewhere; on the phone they are, and the key goes on.
func TestAPINOpensNothingWithoutThePhonesKey(t *testing.T) {
	const pin = "739152"
	b := boundPhone(t)
	who := b.patient
	live, err := b.Care.Signin.Sessions(t.Context(), who)
	if err != nil || len(live) == 0 {
		t.Fatal(err)
	}
	who.SessionID = live[0].ID
	if _, err := b.Care.Signin.SetPIN(t.Context(), who, pin); err != nil {
		t.Fatal(err)
	}
	b.Clock.Move(181 * 24 * time.Hour)
	const path = "/v1/auth/pin"
	body := map[string]any{"refreshToken": b.refresh, "pin": pin}
	b.want("no key", b.send("POST", path, "", "", "", body), 401, "proof-not-valid")
	b.nonce = b.send("POST", path, "", "", b.proof("POST", path, ""), body).header.Get("DPoP-Nonce")
	thief := *b
	thief.key = dpoptest.New(t)
	b.want("another key", b.send("POST", path, "", "", thief.proof("POST", path, ""), body), 401, "proof-not-valid")
	b.take(b.send("POST", path, "", "", b.proof("POST", path, ""), body), 201)
	b.want("the token alone", b.send("GET", "/v1/me", "Bearer", b.access, "", nil), 401, "proof-not-valid")
	b.want("its own phone", b.send("GET", "/v1/me", "DPoP", b.access, b.proof("GET", "/v1/me", b.access), nil), 200, "")
}
