package signin_test

import (
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/models"
)

const goodPIN = "280417"

// withPIN signs a patient in on a device and lets their session end by itself.
func withPIN(t *testing.T) (*caretest.Clinic, models.Account, signin.SignedIn) {
	t.Helper()
	h := caretest.New(t)
	a := h.NewPatient()
	s := h.SignIn(a.ID)
	if _, err := h.Care.Signin.SetPIN(t.Context(), s.Session.Actor(), goodPIN); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(181 * 24 * time.Hour)
	_, err := h.Care.Signin.Refresh(t.Context(), s.RefreshToken)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	return h, a, s
}

// TestAPINLetsSomebodyBackInOnTheirDevice; a lost answer is given again, and the session
// that it opens is one.
func TestAPINLetsSomebodyBackInOnTheirDevice(t *testing.T) {
	h, a, s := withPIN(t)
	first, err := h.Care.Signin.SignInWithPIN(t.Context(), s.RefreshToken, goodPIN)
	if err != nil || first.Session.AccountID != a.ID || first.Session.Device.ID != s.Session.Device.ID {
		t.Fatalf("%+v, %v", first.Session, err)
	}
	again, err := h.Care.Signin.SignInWithPIN(t.Context(), s.RefreshToken, goodPIN)
	if err != nil || again.RefreshToken != first.RefreshToken {
		t.Fatalf("a lost answer: %v", err)
	}
	if _, err := h.Care.Signin.Refresh(t.Context(), again.RefreshToken); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.SignInWithPIN(t.Context(), s.RefreshToken, goodPIN)
	caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended") // it has arrived: this is another's
	mine, err := h.Care.Signin.Sessions(t.Context(), again.Session.Actor())
	if err != nil || len(mine) != 1 {
		t.Errorf("%+v, %v", mine, err)
	}
}

// TestAPINIsUselessElsewhere: without the device's own token, with that of somebody
// else, and on a device that was ended on purpose.
func TestAPINIsUselessElsewhere(t *testing.T) {
	h, _, s := withPIN(t)
	other := h.SignIn(h.NewPatient().ID)
	for _, token := range []string{"", "none", s.Session.ID + ".1." + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", s.Session.ID} {
		_, err := h.Care.Signin.SignInWithPIN(t.Context(), token, goodPIN)
		caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
	}
	h.Clock.Move(181 * 24 * time.Hour)
	_, err := h.Care.Signin.SignInWithPIN(t.Context(), other.RefreshToken, goodPIN)
	caretest.WantKind(t, err, models.KindInvalid, "pin-not-right")
	if err := h.Care.Signin.End(t.Context(), h.Admin, s.Session.ID, models.EndReportedLost); err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.SignInWithPIN(t.Context(), s.RefreshToken, goodPIN)
	caretest.WantKind(t, err, models.KindUnsigned, models.EndReportedLost)
}

// TestFiveWrongPINsAreAllThereAre: of 64 tries at once, at two instances, five are
// judged. The right one is too late then; a new code of the office is the way on.
func TestFiveWrongPINsAreAllThereAre(t *testing.T) {
	h, a, s := withPIN(t)
	instances := []*care.Care{h.Care, h.Instance()}
	var all sync.WaitGroup
	var mu sync.Mutex
	judged := 0
	for i := range 64 {
		all.Go(func() {
			_, err := instances[i%2].Signin.SignInWithPIN(t.Context(), s.RefreshToken, "000001")
			mu.Lock()
			defer mu.Unlock()
			if models.KindOf(err) != models.KindInvalid {
				t.Errorf("a wrong one: %v", err)
			} else if err.Error() == "pin-not-right" {
				judged++
			}
		})
	}
	all.Wait()
	if judged > 5 {
		t.Errorf("%d tries were judged", judged)
	}
	_, err := h.Care.Signin.SignInWithPIN(t.Context(), s.RefreshToken, goodPIN)
	caretest.WantKind(t, err, models.KindInvalid, "pin-locked")
	back := h.SignIn(a.ID).Session.Actor()
	if _, err := h.Care.Signin.SetPIN(t.Context(), back, "773914"); err != nil {
		t.Fatalf("a new one after a new code: %v", err)
	}
	h.Clock.Move(11 * time.Minute)
	if _, err := h.Care.Signin.StepUpWithPIN(t.Context(), back, "773914"); err != nil {
		t.Error(err)
	}
}

func TestEasyPINsAreRefused(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	for pin, code := range map[string]string{"": "too-short", "12345": "too-short", "000000": "too-easy", "123456": "too-easy", "987654": "too-easy",
		"1234567890123": "too-long", "12345a": "not-digits", "１２３４": "not-digits", "28 0417": "not-digits"} {
		_, err := h.Care.Signin.SetPIN(t.Context(), who, pin)
		caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
		if f := caretest.FieldsOf(err); len(f) != 1 || f[0].Code != code {
			t.Errorf("%q: %+v", pin, f)
		}
	}
	_, err := h.Care.Signin.SetPIN(t.Context(), h.Admin, goodPIN)
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
}

// TestARecoveryCodeOpensOnce, also when it is shown twice at once.
func TestARecoveryCodeOpensOnce(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	old, err := h.Care.Signin.NewRecoveryCodes(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	codes, err := h.Care.Signin.NewRecoveryCodes(t.Context(), who)
	if err != nil || len(codes.Codes) != 10 {
		t.Fatal(codes, err)
	}
	_, err = h.Care.Signin.SignInWithRecoveryCode(t.Context(), old.Codes[0], caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "recovery-code-not-valid")
	var all sync.WaitGroup
	var mu sync.Mutex
	in := 0
	for range 8 {
		all.Go(func() {
			if _, err := h.Care.Signin.SignInWithRecoveryCode(t.Context(), codes.Codes[1], caretest.Phone()); err == nil {
				mu.Lock()
				in++
				mu.Unlock()
			} else if err.Error() != "recovery-code-not-valid" {
				t.Error(err)
			}
		})
	}
	all.Wait()
	ways, err := h.Care.Signin.MyWays(t.Context(), who)
	if in != 1 || err != nil || ways.RecoveryCodes != 9 {
		t.Errorf("in %d times, %d left, %v", in, ways.RecoveryCodes, err)
	}
}
