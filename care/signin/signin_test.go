package signin_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/models"
)

func TestACodeWorksOnceAndForgivesALostAnswer(t *testing.T) {
	h := caretest.New(t)
	code, mine := h.CodeFor(h.NewPatient().ID), caretest.Phone()
	typed := strings.ToLower(strings.ReplaceAll(code, "-", " "))
	first, err := h.Care.Signin.Enrol(t.Context(), "a", typed, mine)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Enrol(t.Context(), "a", code, caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "code-not-valid")
	again, err := h.Care.Signin.Enrol(t.Context(), "a", code, mine)
	if err != nil {
		t.Fatalf("the same phone within a quarter of an hour: %v", err)
	}
	if again.Session.ID != first.Session.ID || again.RefreshToken != first.RefreshToken {
		t.Error("the answer that was lost is not given again")
	}
	for _, s := range []signin.SignedIn{first, again} {
		if _, err := h.Care.Signin.Authenticate(t.Context(), s.AccessToken); err != nil {
			t.Error(err)
		}
	}
	h.Clock.Move(16 * time.Minute)
	_, err = h.Care.Signin.Enrol(t.Context(), "a", code, mine)
	caretest.WantKind(t, err, models.KindInvalid, "code-not-valid")
}

func TestWrongAndExpiredCodesLookAlike(t *testing.T) {
	h := caretest.New(t)
	code := h.CodeFor(h.NewPatient().ID)
	tail := map[bool]string{true: "1", false: "0"}[strings.HasSuffix(code, "0")]
	_, wrong := h.Care.Signin.Enrol(t.Context(), "a", code[:len(code)-1]+tail, caretest.Phone())
	_, unknown := h.Care.Signin.Enrol(t.Context(), "a", "0000-000-000", caretest.Phone())
	_, noCode := h.Care.Signin.Enrol(t.Context(), "a", "hello", caretest.Phone())
	h.Clock.Move(73 * time.Hour)
	_, expired := h.Care.Signin.Enrol(t.Context(), "a", code, caretest.Phone())
	for _, err := range []error{wrong, unknown, noCode, expired} {
		caretest.WantKind(t, err, models.KindInvalid, "code-not-valid")
	}
}

func TestTwoPhonesRaceForOneCode(t *testing.T) {
	h := caretest.New(t)
	code := h.CodeFor(h.NewPatient().ID)
	wins := make(chan bool)
	for range 8 {
		go func() {
			_, err := h.Care.Signin.Enrol(t.Context(), "a", code, caretest.Phone())
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
	first := h.SignIn(h.NewPatient().ID)
	second, err := h.Care.Signin.Refresh(t.Context(), first.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	lost, err := h.Care.Signin.Refresh(t.Context(), first.RefreshToken)
	if err != nil || lost.RefreshToken != second.RefreshToken {
		t.Fatalf("a repeated refresh within a minute must get the same successor: %v", err)
	}
	third, err := h.Care.Signin.Refresh(t.Context(), second.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Refresh(t.Context(), first.RefreshToken[:len(first.RefreshToken)-2]+"AA")
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended") // noise changes nothing
	if _, err := h.Care.Signin.Authenticate(t.Context(), third.AccessToken); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Refresh(t.Context(), first.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Signin.Authenticate(t.Context(), third.AccessToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Signin.Refresh(t.Context(), third.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
}

func TestManyTabsRefreshTogetherAndNobodyIsSignedOut(t *testing.T) {
	h := caretest.New(t)
	first := h.SignIn(h.NewPatient().ID)
	const tabs = 200
	tokens := make(chan string, tabs)
	for range tabs {
		go func() {
			s, err := h.Care.Signin.Refresh(t.Context(), first.RefreshToken)
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
	good := h.SignIn(h.NewPatient().ID)
	if _, err := h.Care.Signin.Authenticate(t.Context(), good.AccessToken); err != nil {
		t.Fatal(err)
	}
	other := caretest.New(t)
	foreign := other.SignIn(other.NewPatient().ID)
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
	for name, token := range map[string]string{"alg none": none, "wrong algorithm": hmac, "key of another clinic": foreign.AccessToken,
		"empty": "", "noise": "a.b.c", "cut": good.AccessToken[:len(good.AccessToken)-4]} {
		if _, err := h.Care.Signin.Authenticate(t.Context(), token); models.KindOf(err) != models.KindUnsigned {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.Clock.Move(10 * time.Minute)
	_, err = h.Care.Signin.Authenticate(t.Context(), good.AccessToken)
	caretest.WantKind(t, err, models.KindUnsigned, "token-expired")
}

func TestANewSigningKeySignsNobodyOut(t *testing.T) {
	h := caretest.New(t)
	before := h.SignIn(h.NewPatient().ID)
	if err := h.Care.Signin.AddSigningKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(time.Minute)
	after := h.SignIn(h.NewPatient().ID)
	for _, token := range []string{before.AccessToken, after.AccessToken} {
		if _, err := h.Care.Signin.Authenticate(t.Context(), token); err != nil {
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
	a := h.NewPatient()
	old, keep := h.SignIn(a.ID), h.SignIn(a.ID)
	if list, err := h.Care.Signin.Sessions(t.Context(), keep.Session.Actor()); err != nil || len(list) != 2 {
		t.Fatalf("%d sessions, %v", len(list), err)
	}
	stranger := h.Patient()
	caretest.WantKind(t, h.Care.Signin.EndSession(t.Context(), stranger, old.Session.ID), models.KindNotFound, "not-found")
	if err := h.Care.Signin.EndSession(t.Context(), keep.Session.Actor(), old.Session.ID); err != nil {
		t.Fatal(err)
	}
	_, err := h.Care.Signin.Authenticate(t.Context(), old.AccessToken)
	caretest.WantKind(t, err, models.KindUnsigned, "ended-by-owner")
	if _, err := h.Care.Signin.Authenticate(t.Context(), keep.AccessToken); err != nil {
		t.Error(err)
	}
}

// TestAnEndIsKnownAtEveryInstance within a second, however the session ended; at the
// instance where it did, with the next request, also for a token that was verified.
func TestAnEndIsKnownAtEveryInstance(t *testing.T) {
	h := caretest.New(t)
	here, there := h.Care, h.Instance()
	for name, end := range map[string]func(s signin.SignedIn) error{
		"signed out": func(s signin.SignedIn) error {
			return here.Signin.EndSession(t.Context(), s.Session.Actor(), s.Session.ID)
		},
		"lost": func(s signin.SignedIn) error {
			return here.Signin.EndSessionOf(t.Context(), h.Admin, s.Session.AccountID, s.Session.ID, models.EndReportedLost)
		},
		"suspended": func(s signin.SignedIn) error {
			_, err := here.People.Suspend(t.Context(), h.Admin, care.AnyVersion, s.Session.AccountID, true)
			return err
		},
		"copied": func(s signin.SignedIn) error {
			old := s.RefreshToken
			for range 2 {
				next, err := here.Signin.Refresh(t.Context(), s.RefreshToken)
				if err != nil {
					return err
				}
				s.RefreshToken = next.RefreshToken
			}
			if _, err := here.Signin.Refresh(t.Context(), old); models.KindOf(err) != models.KindUnsigned {
				return fmt.Errorf("an old token: %w", err)
			}
			return nil
		},
	} {
		s := h.SignIn(h.NewPatient().ID)
		for _, c := range []*care.Care{here, there} { // verified and kept at both
			if _, err := c.Signin.Authenticate(t.Context(), s.AccessToken); err != nil {
				t.Fatal(err)
			}
		}
		if err := end(s); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := here.Signin.Authenticate(t.Context(), s.AccessToken); models.KindOf(err) != models.KindUnsigned {
			t.Errorf("%s, the next request here: %v", name, err)
		}
		if ended, err := there.Signin.EndedOf(t.Context(), []string{s.Session.ID}); err != nil || len(ended) != 1 {
			t.Errorf("%s, a push there: %v, %v", name, ended, err)
		}
		h.Clock.Move(time.Second)
		if _, err := there.Signin.Authenticate(t.Context(), s.AccessToken); models.KindOf(err) != models.KindUnsigned {
			t.Errorf("%s, there a second later: %v", name, err)
		}
	}
}

func TestSuspendingEndsEverySession(t *testing.T) {
	h := caretest.New(t)
	a := h.NewPatient()
	s := h.SignIn(a.ID)
	_, err := h.Care.People.Suspend(t.Context(), s.Session.Actor(), care.AnyVersion, a.ID, true)
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, a.ID, true); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.Authenticate(t.Context(), s.AccessToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	_, err = h.Care.Signin.Enrol(t.Context(), "a", h.CodeFor(a.ID), caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "code-not-valid")
}

func TestTheSameRequestForACodeIsOneCode(t *testing.T) {
	h := caretest.New(t)
	sam, kim := h.NewPatient().ID, h.NewPatient().ID
	made := func(account, request string) signin.EnrolmentCode {
		t.Helper()
		c, err := h.Care.Signin.NewEnrolmentCode(t.Context(), h.Admin, account, signin.CodeRequest{RequestID: request, Identity: []string{"photo-id"}})
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
	for _, c := range []signin.EnrolmentCode{made(sam, "two"), made(kim, "one"), made(sam, ""), made(sam, "")} {
		if others[c.Code] {
			t.Errorf("%s was made twice", c.Code)
		}
		others[c.Code] = true
	}
	last := made(sam, "three")
	if _, err := h.Care.Signin.Enrol(t.Context(), "a", last.Code, caretest.Phone()); err != nil {
		t.Error(err)
	}
}
