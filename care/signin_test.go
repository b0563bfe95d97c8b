package care_test

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

func phone() models.Device { return models.Device{ID: care.NewID(), Name: "Phone"} }

// wantKind ends the test unless err is a refusal of this kind and code.
func wantKind(t *testing.T, err error, kind models.Kind, code string) {
	t.Helper()
	if models.KindOf(err) != kind || !strings.HasPrefix(err.Error(), code) {
		t.Fatalf("got %v, want kind %d, code %q", err, kind, code)
	}
}

func newPatient(t *testing.T, h *caretest.House) models.Account {
	t.Helper()
	a, err := h.Care.CreateAccount(t.Context(), h.Admin, care.NewAccount{Role: models.RolePatient, Name: "Sam"})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func codeFor(t *testing.T, h *caretest.House, accountID string) string {
	t.Helper()
	c, err := h.Care.NewEnrolmentCode(t.Context(), h.Admin, accountID, "")
	if err != nil {
		t.Fatal(err)
	}
	return c.Code
}

func TestACodeWorksOnceAndForgivesALostAnswer(t *testing.T) {
	h := caretest.New(t)
	code, mine := codeFor(t, h, newPatient(t, h).ID), phone()
	typed := strings.ToLower(strings.ReplaceAll(code, "-", " "))
	first, err := h.Care.Enrol(t.Context(), "a", typed, mine)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Enrol(t.Context(), "a", code, phone())
	wantKind(t, err, models.KindInvalid, "code-not-valid")
	again, err := h.Care.Enrol(t.Context(), "a", code, mine)
	if err != nil {
		t.Fatalf("the same phone within a quarter of an hour: %v", err)
	}
	if again.Session.ID != first.Session.ID || again.RefreshToken != first.RefreshToken {
		t.Error("the answer that was lost is not given again")
	}
	for _, s := range []care.SignedIn{first, again} {
		if _, err := h.Care.Authenticate(t.Context(), s.AccessToken); err != nil {
			t.Error(err)
		}
	}
	h.Clock.Move(16 * time.Minute)
	_, err = h.Care.Enrol(t.Context(), "a", code, mine)
	wantKind(t, err, models.KindInvalid, "code-not-valid")
}

func TestWrongAndExpiredCodesLookAlike(t *testing.T) {
	h := caretest.New(t)
	code := codeFor(t, h, newPatient(t, h).ID)
	tail := map[bool]string{true: "1", false: "0"}[strings.HasSuffix(code, "0")]
	_, wrong := h.Care.Enrol(t.Context(), "a", code[:len(code)-1]+tail, phone())
	_, unknown := h.Care.Enrol(t.Context(), "a", "0000-000-000", phone())
	_, noCode := h.Care.Enrol(t.Context(), "a", "hello", phone())
	h.Clock.Move(73 * time.Hour)
	_, expired := h.Care.Enrol(t.Context(), "a", code, phone())
	for _, err := range []error{wrong, unknown, noCode, expired} {
		wantKind(t, err, models.KindInvalid, "code-not-valid")
	}
}

func TestTwoPhonesRaceForOneCode(t *testing.T) {
	h := caretest.New(t)
	code := codeFor(t, h, newPatient(t, h).ID)
	wins := make(chan bool)
	for range 8 {
		go func() {
			_, err := h.Care.Enrol(t.Context(), "a", code, phone())
			wins <- err == nil
		}()
	}
	n := 0
	for range 8 {
		if <-wins {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d phones got in with one code", n)
	}
}

func TestRefreshRotatesForgivesAndCatchesReuse(t *testing.T) {
	h := caretest.New(t)
	first := h.SignIn(newPatient(t, h).ID)
	second, err := h.Care.Refresh(t.Context(), first.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	lost, err := h.Care.Refresh(t.Context(), first.RefreshToken)
	if err != nil || lost.RefreshToken != second.RefreshToken {
		t.Fatalf("a repeated refresh within a minute must get the same successor: %v", err)
	}
	third, err := h.Care.Refresh(t.Context(), second.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Refresh(t.Context(), first.RefreshToken[:len(first.RefreshToken)-2]+"AA")
	wantKind(t, err, models.KindUnsigned, "sign-in-ended") // noise changes nothing
	if _, err := h.Care.Authenticate(t.Context(), third.AccessToken); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Refresh(t.Context(), first.RefreshToken)
	wantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Authenticate(t.Context(), third.AccessToken)
	wantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Refresh(t.Context(), third.RefreshToken)
	wantKind(t, err, models.KindUnsigned, "sign-in-ended")
}

func TestManyTabsRefreshTogetherAndNobodyIsSignedOut(t *testing.T) {
	h := caretest.New(t)
	first := h.SignIn(newPatient(t, h).ID)
	const tabs = 200
	tokens := make(chan string, tabs)
	for range tabs {
		go func() {
			s, err := h.Care.Refresh(t.Context(), first.RefreshToken)
			if err != nil {
				t.Error(err)
			}
			tokens <- s.RefreshToken
		}()
	}
	seen := map[string]bool{}
	for range tabs {
		seen[<-tokens] = true
	}
	if len(seen) != 1 {
		t.Errorf("%d different successors of one token", len(seen))
	}
}

func TestAuthenticateRefusesWhatIsNotOurs(t *testing.T) {
	h := caretest.New(t)
	good := h.SignIn(newPatient(t, h).ID)
	if _, err := h.Care.Authenticate(t.Context(), good.AccessToken); err != nil {
		t.Fatal(err)
	}
	other := caretest.New(t)
	foreign := other.SignIn(newPatient(t, other).ID)
	var claims jwt.MapClaims
	if _, _, err := jwt.NewParser().ParseUnverified(good.AccessToken, &claims); err != nil {
		t.Fatal(err)
	}
	none, err := jwt.NewWithClaims(jwt.SigningMethodNone, claims).SignedString(jwt.UnsafeAllowNoneSignatureType)
	if err != nil {
		t.Fatal(err)
	}
	hmac, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte("guess"))
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"alg none": none, "wrong algorithm": hmac, "key of another house": foreign.AccessToken,
		"empty": "", "noise": "a.b.c", "cut": good.AccessToken[:len(good.AccessToken)-4]} {
		if _, err := h.Care.Authenticate(t.Context(), token); models.KindOf(err) != models.KindUnsigned {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.Clock.Move(10 * time.Minute)
	_, err = h.Care.Authenticate(t.Context(), good.AccessToken)
	wantKind(t, err, models.KindUnsigned, "token-expired")
}

func TestANewSigningKeySignsNobodyOut(t *testing.T) {
	h := caretest.New(t)
	before := h.SignIn(newPatient(t, h).ID)
	if err := h.Care.AddSigningKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(time.Minute)
	after := h.SignIn(newPatient(t, h).ID)
	for _, token := range []string{before.AccessToken, after.AccessToken} {
		if _, err := h.Care.Authenticate(t.Context(), token); err != nil {
			t.Error(err)
		}
	}
	kid := func(token string) any {
		p, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
		if err != nil {
			t.Fatal(err)
		}
		return p.Header["kid"]
	}
	if kid(before.AccessToken) == kid(after.AccessToken) {
		t.Error("the new key does not sign")
	}
}

func TestEndingASessionHoldsAtOnce(t *testing.T) {
	h := caretest.New(t)
	a := newPatient(t, h)
	old, keep := h.SignIn(a.ID), h.SignIn(a.ID)
	if list, err := h.Care.Sessions(t.Context(), keep.Session.Actor()); err != nil || len(list) != 2 {
		t.Fatalf("%d sessions, %v", len(list), err)
	}
	stranger := h.Patient()
	wantKind(t, h.Care.EndSession(t.Context(), stranger, old.Session.ID), models.KindNotFound, "not-found")
	if err := h.Care.EndSession(t.Context(), keep.Session.Actor(), old.Session.ID); err != nil {
		t.Fatal(err)
	}
	_, err := h.Care.Authenticate(t.Context(), old.AccessToken)
	wantKind(t, err, models.KindUnsigned, "ended-by-owner")
	if _, err := h.Care.Authenticate(t.Context(), keep.AccessToken); err != nil {
		t.Error(err)
	}
}

func TestSuspendingEndsEverySession(t *testing.T) {
	h := caretest.New(t)
	a := newPatient(t, h)
	s := h.SignIn(a.ID)
	_, err := h.Care.Suspend(t.Context(), s.Session.Actor(), care.AnyVersion, a.ID, true)
	wantKind(t, err, models.KindForbidden, "not-for-your-role")
	if _, err := h.Care.Suspend(t.Context(), h.Admin, care.AnyVersion, a.ID, true); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Authenticate(t.Context(), s.AccessToken)
	wantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Enrol(t.Context(), "a", codeFor(t, h, a.ID), phone())
	wantKind(t, err, models.KindInvalid, "code-not-valid")
}

func TestTheSameRequestForACodeIsOneCode(t *testing.T) {
	h := caretest.New(t)
	sam, kim := newPatient(t, h).ID, newPatient(t, h).ID
	made := func(account, request string) care.EnrolmentCode {
		t.Helper()
		c, err := h.Care.NewEnrolmentCode(t.Context(), h.Admin, account, request)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := made(sam, "one")
	h.Clock.Move(time.Minute)
	if again := made(sam, "one"); again != first {
		t.Errorf("a second call: %+v, the first: %+v", again, first)
	}
	others := map[string]bool{first.Code: true}
	for _, c := range []care.EnrolmentCode{made(sam, "two"), made(kim, "one"), made(sam, ""), made(sam, "")} {
		if others[c.Code] {
			t.Errorf("%s was made twice", c.Code)
		}
		others[c.Code] = true
	}
	last := made(sam, "three")
	if _, err := h.Care.Enrol(t.Context(), "a", last.Code, phone()); err != nil {
		t.Error(err)
	}
}
