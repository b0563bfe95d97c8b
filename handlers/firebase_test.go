package handlers_test

import (
	"crypto/rand"
	"crypto/rsa"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/sso"
	"handrail/models"
	"handrail/signon/firebase"
	"handrail/signon/signontest"
)

// firebaseClinic is a clinic with a Firebase project, verified by Firebase's own SDK.
type firebaseClinic struct {
	*hospital
	keys *signontest.Firebase
	now  time.Time
}

func openFirebase(t *testing.T) *firebaseClinic {
	t.Helper()
	f := &firebaseClinic{hospital: &hospital{t: t}, keys: signontest.NewFirebase(t, "riverside")}
	v, err := firebase.New(t.Context(), "riverside", "")
	if err != nil {
		t.Fatal(err)
	}
	f.now = f.keys.Now(t)
	f.Clinic = caretest.NewWith(t, func(c *care.Config) {
		c.SSO = sso.Config{Firebase: &sso.Firebase{Project: "riverside", Verifier: v}}
	})
	f.Clock.Set(f.now)
	f.Admin = f.First(models.RoleAdministrator, "")
	f.api = f.instance(f.Care)
	return f
}

func (f *firebaseClinic) agree() {
	f.t.Helper()
	if err := f.Care.SSO.AgreeToFirebase(f.t.Context(), f.Admin, sso.FirebaseAgreement{Agreement: "BAA of 2026-01-02", SenderName: "Your code"}); err != nil {
		f.t.Fatal(err)
	}
}

func (f *firebaseClinic) signIn(token, device string) (int, map[string]any) {
	f.t.Helper()
	res, body := f.do("POST", "/v1/auth/firebase", nil, `{"idToken":"`+token+`","device":{"id":"`+device+`","name":"Phone"}}`)
	delete(body, "instance")
	return res.StatusCode, body
}

// TestFirebaseIsOffUntilTheClinicHasAgreed, with a sender's name that tells nothing.
func TestFirebaseIsOffUntilTheClinicHasAgreed(t *testing.T) {
	f := openFirebase(t)
	token := f.keys.IDToken(f.now, nil)
	if status, _ := f.signIn(token, care.NewID()); status != http.StatusNotFound {
		t.Errorf("before: %d", status)
	}
	for _, name := range []string{"", "Handrail", "HAND-RAIL", "Hand Rail", "MyRecovery", "Sober app", "A very long name"} {
		err := f.Care.SSO.AgreeToFirebase(t.Context(), f.Admin, sso.FirebaseAgreement{Agreement: "BAA", SenderName: name})
		if models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, who := range []models.Actor{f.Patient(), f.nurse(), f.First(models.RoleCoordinator, "")} {
		if err := f.Care.SSO.AgreeToFirebase(t.Context(), who, sso.FirebaseAgreement{Agreement: "BAA", SenderName: "Code"}); models.KindOf(err) != models.KindForbidden {
			t.Errorf("%s: %v", who.Role, err)
		}
	}
	f.agree()
	if status, _ := f.signIn(token, care.NewID()); status == http.StatusNotFound {
		t.Error("still off")
	}
	f.api = f.instance(f.InstanceWith(func(*care.Config) {}))
	if status, _ := f.signIn(token, care.NewID()); status != http.StatusNotFound {
		t.Error("a site without a project")
	}
}

// TestPatientsComeByFirebase: by the number that the office has, or tied while signed
// in; a lost answer is given again to the same phone and to no other.
func TestPatientsComeByFirebase(t *testing.T) {
	f := openFirebase(t)
	f.agree()
	patient, other, phone := f.Patient(), f.Patient(), care.NewID()
	if err := f.Care.SSO.ExpectByFirebase(t.Context(), f.Admin, patient.AccountID, "+1 415 555 0100", ""); err != nil {
		t.Fatal(err)
	}
	token := f.keys.IDToken(f.now, nil)
	status, body := f.signIn(token, phone)
	if status != http.StatusCreated || body["session"].(map[string]any)["accountId"] != patient.AccountID || !f.lives(f.api, body["accessToken"].(string)) {
		t.Fatalf("%d %v", status, body)
	}
	_, again := f.signIn(token, phone)
	if again["refreshToken"] != body["refreshToken"] {
		t.Errorf("the answer was lost: %v", again)
	}
	if status, body := f.signIn(token, care.NewID()); status != http.StatusUnprocessableEntity {
		t.Errorf("the token on another phone: %d %v", status, body)
	}
	if same := sameSignature(token); same == token {
		t.Fatal("spelled no other way")
	} else if status, body := f.signIn(same, care.NewID()); status != http.StatusUnprocessableEntity {
		t.Errorf("the token, spelled another way, on another phone: %d %v", status, body)
	}
	f.do("POST", "/v1/auth/refresh", nil, `{"refreshToken":"`+body["refreshToken"].(string)+`"}`)
	if status, _ := f.signIn(token, phone); status != http.StatusUnprocessableEntity {
		t.Errorf("the token after it has done its work: %d", status)
	}
	if status, _ := f.signIn(f.keys.IDToken(f.now, signontest.Claims{"sub": "uid-2"}), care.NewID()); status != http.StatusUnprocessableEntity {
		t.Errorf("who has the number next: %d", status)
	}
	mine := f.keys.IDToken(f.now, signontest.Claims{"sub": "uid-3", "phone_number": "+14155550199"})
	link := func(who models.Actor, token string) int {
		res, _ := f.do("POST", "/v1/me/firebase", map[string]string{"Authorization": "Bearer " + f.SignIn(who.AccountID).AccessToken}, `{"idToken":"`+token+`"}`)
		return res.StatusCode
	}
	if a, b, c, d := link(other, mine), link(other, mine), link(patient, mine), link(f.nurse(), mine); a != 204 || b != 204 || c != 409 || d != 409 {
		t.Errorf("tied: %d, again %d, another's %d, staff %d", a, b, c, d)
	}
	if status, body := f.signIn(f.keys.IDToken(f.now, signontest.Claims{"sub": "uid-3"}), care.NewID()); status != 201 || body["session"].(map[string]any)["accountId"] != other.AccountID {
		t.Errorf("%d %v", status, body)
	}
}

// sameSignature spells a token another way: the last character of a signature of 256 bytes
// has four bits that say nothing.
func sameSignature(token string) string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(digits, token[len(token)-1])
	return token[:len(token)-1] + digits[last^1:][:1]
}

// TestFirebaseTellsNobodyWhoIsHere: unknown, suspended, staff and every token that does
// not hold get the same answer, to the letter.
func TestFirebaseTellsNobodyWhoIsHere(t *testing.T) {
	f := openFirebase(t)
	f.agree()
	suspended, unchecked := f.Patient(), f.Patient()
	for _, e := range []struct{ account, phone, email string }{{suspended.AccountID, "+14155550101", ""}, {unchecked.AccountID, "", "p@mail.example"}} {
		if err := f.Care.SSO.ExpectByFirebase(t.Context(), f.Admin, e.account, e.phone, e.email); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Care.People.Suspend(t.Context(), f.Admin, care.AnyVersion, suspended.AccountID, true); err != nil {
		t.Fatal(err)
	}
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	good := f.keys.Claims(f.now, signontest.Claims{"phone_number": "+14155550101"})
	with := func(name string, v any) string {
		c := maps.Clone(good)
		if c[name] = v; v == nil {
			delete(c, name)
		}
		return f.keys.Sign(c)
	}
	ago := func(d time.Duration) int64 { return f.now.Add(-d).Unix() }
	_, want := f.signIn(f.keys.IDToken(f.now, signontest.Claims{"phone_number": "+14155550111"}), care.NewID())
	if want["code"] != "firebase-sign-in-not-valid" {
		t.Fatalf("unknown: %v", want)
	}
	for name, token := range map[string]string{
		"suspended":                   f.keys.Sign(good),
		"an address not checked":      f.keys.IDToken(f.now, signontest.Claims{"phone_number": nil, "email": "p@mail.example", "email_verified": false}),
		"neither number nor address":  f.keys.IDToken(f.now, signontest.Claims{"phone_number": nil}),
		"alg none":                    signontest.Unsigned(good),
		"HS256":                       f.keys.SignedWith(jose.HS256, []byte(strings.Repeat("k", 32)), "rsa", good),
		"a stranger's key":            f.keys.SignedWith(jose.RS256, stranger, "rsa", good),
		"a kid that is not there":     f.keys.SignedWith(jose.RS256, f.keys.RSA, "other", good),
		"no kid":                      f.keys.SignedWith(jose.RS256, f.keys.RSA, "", good),
		"another project":             with("aud", "elsewhere"),
		"another project's issuer":    with("iss", "https://securetoken.google.com/elsewhere"),
		"a session cookie's issuer":   with("iss", "https://session.firebase.google.com/riverside"),
		"no subject":                  with("sub", nil),
		"a huge subject":              with("sub", strings.Repeat("s", 200)),
		"ended":                       with("exp", ago(time.Hour)),
		"issued in days":              with("iat", ago(-72*time.Hour)),
		"signed in there an hour ago": with("auth_time", ago(time.Hour)),
		"signed in there never":       with("auth_time", nil),
		"signed in there in days":     with("auth_time", ago(-72*time.Hour)),
		"no JWS":                      "a.b.c",
		"oversized":                   with("x", strings.Repeat("x", 5000)),
	} {
		status, body := f.signIn(token, care.NewID())
		if status != http.StatusUnprocessableEntity || mustJSON(t, body) != mustJSON(t, want) {
			t.Errorf("%s: %d %v", name, status, body)
		}
	}
	f.keys.Stop()
}

// TestEmulatorIsNeverOnByAccident: with the SDK's variable set, no signature would be
// checked.
func TestEmulatorIsNeverOnByAccident(t *testing.T) {
	for _, bad := range []string{"10.0.0.1:9099", "emulator.example.org:9099", "127.0.0.1", "0.0.0.0:9099", "[::]:9099"} {
		if err := firebase.CheckEmulator(bad); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
	t.Setenv(firebase.EmulatorVariable, "127.0.0.1:9099")
	if _, err := firebase.New(t.Context(), "riverside", ""); err == nil {
		t.Error("the variable alone turned it on")
	}
	if _, err := firebase.New(t.Context(), "riverside", "127.0.0.1:9099"); err != nil {
		t.Error(err)
	}
}
