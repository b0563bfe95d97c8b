package signin_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/models"
)

func addPasskey(t *testing.T, h *caretest.Clinic, who models.Actor, a *caretest.Authenticator) signin.Passkey {
	t.Helper()
	made, err := h.Care.Signin.NewPasskey(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.Care.Signin.AddPasskey(t.Context(), who, "Phone", a.Make(made))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func offer(t *testing.T, h *caretest.Clinic) signin.Request {
	t.Helper()
	r, err := h.Care.Signin.OfferPasskey(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func withPasskey(t *testing.T, h *caretest.Clinic, a *caretest.Authenticator) (signin.SignedIn, error) {
	t.Helper()
	return h.Care.Signin.SignInWithPasskey(t.Context(), a.Answer(offer(t, h)), caretest.Phone())
}

func TestAPasskeySignsInWithoutAName(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	first, second := caretest.NewAuthenticator(t), caretest.NewAuthenticator(t)
	second.Synced, second.Verified = true, false
	addPasskey(t, h, who, first)
	p := addPasskey(t, h, who, second)
	if !p.Synced {
		t.Error("a synced passkey is not told as one")
	}
	for _, a := range []*caretest.Authenticator{first, second} {
		s, err := withPasskey(t, h, a)
		if err != nil || s.Session.AccountID != who.AccountID || s.Session.Way != models.WayPasskey {
			t.Fatalf("%+v, %v", s.Session, err)
		}
	}
	ways, err := h.Care.Signin.RemovePasskey(t.Context(), who, p.ID)
	if err != nil || len(ways.Passkeys) != 1 || len(ways.Signal.Credentials) != 1 {
		t.Fatalf("%+v, %v", ways, err)
	}
	_, err = withPasskey(t, h, second)
	caretest.WantKind(t, err, models.KindInvalid, "passkey-not-valid")
	if _, err := withPasskey(t, h, first); err != nil {
		t.Error(err)
	}
}

// A counter that does not rise is written down and shuts nobody out.
func TestACounterThatDoesNotRiseShutsNobodyOut(t *testing.T) {
	h := caretest.New(t)
	a := caretest.NewAuthenticator(t)
	a.Counter = 7
	addPasskey(t, h, h.Patient(), a)
	for _, n := range []uint32{9, 9, 3, 10} {
		a.Counter = n
		if _, err := withPasskey(t, h, a); err != nil {
			t.Fatalf("at %d: %v", n, err)
		}
	}
}

func TestStaffProveThatItIsThem(t *testing.T) {
	h := caretest.New(t)
	nurse := h.Clinician(models.DisciplineNursing)
	a := caretest.NewAuthenticator(t)
	made, err := h.Care.Signin.NewPasskey(t.Context(), nurse)
	if err != nil {
		t.Fatal(err)
	}
	a.Verified = false
	_, err = h.Care.Signin.AddPasskey(t.Context(), nurse, "Key", a.Make(made))
	caretest.WantKind(t, err, models.KindInvalid, "passkey-not-made")
	a.Verified = true
	addPasskey(t, h, nurse, a)
	a.Verified = false
	_, err = withPasskey(t, h, a)
	caretest.WantKind(t, err, models.KindInvalid, "passkey-unverified")
	a.Verified = true
	if _, err := withPasskey(t, h, a); err != nil {
		t.Error(err)
	}
}

// TestForgedPasskeysOpenNothing: whatever is wrong, the answer is the one of an unknown
// passkey.
func TestForgedPasskeysOpenNothing(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	a := caretest.NewAuthenticator(t)
	addPasskey(t, h, who, a)
	forged := func(bend func(a *caretest.Authenticator, r *signin.Request), after func(s *signin.Asserted)) signin.Asserted {
		r, b := offer(t, h), *a
		bend(&b, &r)
		s := b.Answer(r)
		after(&s)
		return s
	}
	nothing, none := func(*caretest.Authenticator, *signin.Request) {}, func(*signin.Asserted) {}
	other := caretest.NewAuthenticator(t)
	addPasskey(t, h, h.Patient(), other)
	theirs := other.Answer(offer(t, h))
	for name, s := range map[string]signin.Asserted{
		"another origin":  forged(func(a *caretest.Authenticator, _ *signin.Request) { a.Origin = "https://care.example.com" }, none),
		"a deeper origin": forged(func(a *caretest.Authenticator, _ *signin.Request) { a.Origin = "https://evil.care.example.org" }, none),
		"without TLS":     forged(func(a *caretest.Authenticator, _ *signin.Request) { a.Origin = "http://care.example.org" }, none),
		"another party":   forged(func(a *caretest.Authenticator, _ *signin.Request) { a.RPID = "example.org" }, none),
		"a challenge of ours": forged(func(_ *caretest.Authenticator, r *signin.Request) {
			r.PublicKey.Challenge = []byte("0123456789abcdef0123456789abcdef")
		}, none),
		"no challenge":         forged(func(_ *caretest.Authenticator, r *signin.Request) { r.PublicKey.Challenge = nil }, none),
		"another signature":    forged(nothing, func(s *signin.Asserted) { s.Signature = theirs.Signature }),
		"another handle":       forged(nothing, func(s *signin.Asserted) { s.UserHandle = theirs.UserHandle }),
		"no handle":            forged(nothing, func(s *signin.Asserted) { s.UserHandle = "" }),
		"another id":           forged(nothing, func(s *signin.Asserted) { s.ID = theirs.ID }),
		"an unknown id":        forged(nothing, func(s *signin.Asserted) { s.ID = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }),
		"not base64":           forged(nothing, func(s *signin.Asserted) { s.AuthenticatorData = "!" }),
		"no data":              forged(nothing, func(s *signin.Asserted) { s.AuthenticatorData = "" }),
		"no client data":       forged(nothing, func(s *signin.Asserted) { s.ClientDataJSON = "" }),
		"a long signature":     forged(nothing, func(s *signin.Asserted) { s.Signature = strings.Repeat("A", 8192) }),
		"a made passkey again": {ID: theirs.ID, ClientDataJSON: theirs.ClientDataJSON, AuthenticatorData: theirs.AuthenticatorData, Signature: theirs.Signature, UserHandle: text(t, who)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.Care.Signin.SignInWithPasskey(t.Context(), s, caretest.Phone())
			caretest.WantKind(t, err, models.KindInvalid, "passkey-not-valid")
		})
	}
	if _, err := withPasskey(t, h, a); err != nil {
		t.Errorf("the right one: %v", err)
	}
}

func text(_ *testing.T, who models.Actor) string { return strings.ReplaceAll(who.AccountID, "-", "") }

// TestAnAnswerOpensOnce: also of 16 that come at the same time at two instances, and not
// after its end; one that was made for another purpose opens nothing.
func TestAnAnswerOpensOnce(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	a := caretest.NewAuthenticator(t)
	addPasskey(t, h, who, a)
	s := a.Answer(offer(t, h))
	instances := []*care.Care{h.Care, h.Instance()}
	var all sync.WaitGroup
	var mu sync.Mutex
	in := 0
	for i := range 16 {
		all.Go(func() {
			_, err := instances[i%2].Signin.SignInWithPasskey(t.Context(), s, caretest.Phone())
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				in++
			} else if err.Error() != "passkey-not-valid" {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if in != 1 {
		t.Errorf("one answer opened %d times", in)
	}
	late := a.Answer(offer(t, h))
	h.Clock.Move(16 * time.Minute)
	_, err := h.Care.Signin.SignInWithPasskey(t.Context(), late, caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "passkey-not-valid")
	who = h.SignIn(who.AccountID).Session.Actor()
	step, err := h.Care.Signin.OfferStepUp(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Care.Signin.SignInWithPasskey(t.Context(), a.Answer(step), caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "passkey-not-valid")
	_, err = h.Care.Signin.StepUpWithPasskey(t.Context(), who, a.Answer(offer(t, h)))
	caretest.WantKind(t, err, models.KindInvalid, "passkey-not-valid")
}

// TestAKeyOfAnAlgorithmThatWasNotAskedFor is not taken: it says that it signs by what
// nobody offered, or by what it is not.
func TestAKeyOfAnAlgorithmThatWasNotAskedFor(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	for _, alg := range []int64{-35, -65535, -257, -8, 0, 5, 1 << 40} {
		a := caretest.NewAuthenticator(t)
		a.Alg = alg
		made, err := h.Care.Signin.NewPasskey(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = h.Care.Signin.AddPasskey(t.Context(), who, "Key", a.Make(made)); err == nil {
			_, err = withPasskey(t, h, a)
		}
		if models.KindOf(err) != models.KindInvalid {
			t.Errorf("algorithm %d: %v", alg, err)
		}
	}
}

// TestALostAnswerToARegistrationIsOnePasskey, and nobody else gets it by that answer.
func TestALostAnswerToARegistrationIsOnePasskey(t *testing.T) {
	h := caretest.New(t)
	who, other := h.Patient(), h.Patient()
	a := caretest.NewAuthenticator(t)
	made, err := h.Care.Signin.NewPasskey(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	r := a.Make(made)
	_, err = h.Care.Signin.AddPasskey(t.Context(), other, "Mine", r)
	caretest.WantKind(t, err, models.KindInvalid, "passkey-not-made")
	made, err = h.Care.Signin.NewPasskey(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	r = a.Make(made)
	for range 2 {
		if _, err := h.Care.Signin.AddPasskey(t.Context(), who, "Mine", r); err != nil {
			t.Fatal(err)
		}
	}
	ways, err := h.Care.Signin.MyWays(t.Context(), who)
	if err != nil || len(ways.Passkeys) != 1 {
		t.Errorf("%+v, %v", ways, err)
	}
	_, err = h.Care.Signin.AddPasskey(t.Context(), other, "Mine", r)
	caretest.WantKind(t, err, models.KindInvalid, "passkey-not-made")
	_, err = h.Care.Signin.RemovePasskey(t.Context(), other, ways.Passkeys[0].ID)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

// TestASuspendedAccountHasNoWayIn, and it looks as one that was never there.
func TestASuspendedAccountHasNoWayIn(t *testing.T) {
	h := caretest.New(t)
	who := h.Patient()
	a := caretest.NewAuthenticator(t)
	addPasskey(t, h, who, a)
	codes, err := h.Care.Signin.NewRecoveryCodes(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, who.AccountID, true); err != nil {
		t.Fatal(err)
	}
	_, err = withPasskey(t, h, a)
	caretest.WantKind(t, err, models.KindInvalid, "passkey-not-valid")
	_, err = h.Care.Signin.SignInWithRecoveryCode(t.Context(), codes.Codes[0], caretest.Phone())
	caretest.WantKind(t, err, models.KindInvalid, "recovery-code-not-valid")
}

// TestPasskeysNeedAnAddress: browsers know none at a number, nor without TLS.
func TestPasskeysNeedAnAddress(t *testing.T) {
	for address, offered := range map[string]bool{"": false, "http://127.0.0.1:8080": false, "http://[::1]:1": false, "http://care.example.org": false,
		"http://localhost:8080": true, "https://care.example.org": true, "https://192.0.2.1": false} {
		h := caretest.NewWith(t, func(c *care.Config) { c.BaseURL = address })
		_, err := h.Care.Signin.OfferPasskey(t.Context(), false)
		if offered != (err == nil) {
			t.Errorf("%q: %v", address, err)
		}
	}
}
